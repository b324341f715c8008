// The sheet of a book: one tick for all rows nobody has reported; a row that is typed into is no longer "unchanged".
const all = document.querySelector("#tick-all");
const ticks = () => [...document.querySelectorAll("input[name=same]")];
if (all && ticks().length) {
  all.closest("label").hidden = false;
  all.addEventListener("change", () => { for (const tick of ticks()) if (!tick.disabled) tick.checked = all.checked; });
}
document.addEventListener("input", (event) => {
  const row = event.target.closest("table.sheet tr");
  if (!row || event.target.name === "same") return;
  const tick = row.querySelector("input[name=same]");
  if (tick) { tick.checked = false; tick.disabled = true; }
});
