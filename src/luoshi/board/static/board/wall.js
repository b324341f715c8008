// A press anywhere in a row of the wall chart leads to its task; the link in its head does the same without this.
const wall = document.querySelector("#wall");
if (wall) {
  wall.addEventListener("click", (event) => {
    if (event.target.closest("a") || String(getSelection())) return;
    let row = event.target.closest("tbody tr");
    while (row && !row.classList.contains("first")) row = row.previousElementSibling;
    const link = row && row.querySelector("th.what a");
    if (link) link.click();
  });
}
