// The two sentences open under the rows: the row they belong to is marked, and each pane is scrolled to its sentence.

const one = (selector, root = document) => root.querySelector(selector);

document.addEventListener("htmx:beforeRequest", (event) => {
  const row = event.detail.elt.closest ? event.detail.elt.closest(".comparison tr") : null;
  if (!row) return;
  for (const other of document.querySelectorAll(".comparison tr.here")) other.classList.remove("here");
  row.classList.add("here");
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "drawer") return;
  for (const pane of event.detail.target.querySelectorAll(".pane")) {
    const place = one(".here:not(.second)", pane);
    if (place) pane.scrollTop += place.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  }
  const row = one(".comparison tr.here");
  if (row) row.scrollIntoView({ block: "nearest" });
});
