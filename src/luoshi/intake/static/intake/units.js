// One box ticks every name that is still open.

const all = document.querySelector("[data-tick-all]");
if (all) {
  all.addEventListener("change", () => {
    for (const box of document.querySelectorAll('input[form="names"][name="names"]')) box.checked = all.checked;
  });
}
