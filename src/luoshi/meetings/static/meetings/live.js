// The record of a meeting: Enter walks from field to field and from the last one to the next row; says whether all is stored.
const going = document.querySelector("#going");
document.body.classList.add("scripted");

const fields = (row) => [...row.querySelectorAll(".cells input:not([type=checkbox])")];

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.closest("[data-slip] .cells")) return;
  event.preventDefault();
  const row = event.target.closest(".slip-row");
  const mine = fields(row);
  const at = mine.indexOf(event.target);
  // The one who helps is seldom named: Enter in the day goes on to the next row.
  if (at < 2) { mine[at + 1].focus(); return; }
  const next = row.nextElementSibling;
  if (next) fields(next)[0].focus();
  else { row.dataset.goOn = "yes"; event.target.dispatchEvent(new Event("change", { bubbles: true })); }
});

// A row begun from a line of the agenda is stored at once; a reload does not begin it again.
const begun = document.querySelector("#blank").closest(".slip-row");
if (fields(begun)[0].value) {
  history.replaceState(null, "", location.pathname);
  document.addEventListener("htmx:load", () => {
    fields(begun)[0].dispatchEvent(new Event("change", { bubbles: true }));
  }, { once: true });
}

document.addEventListener("input", (event) => {
  if (event.target.closest("[data-slip]")) going.textContent = "正在记……";
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.closest("[data-slip]")) going.textContent = "正在保存……";
});
document.addEventListener("htmx:afterRequest", (event) => {
  const slip = event.target.closest("[data-slip]");
  if (!slip) return;
  going.textContent = event.detail.successful ? "都已保存" : "有一条没有保存，请看标红的提示";
  const row = slip.closest(".slip-row");
  row.classList.toggle("stuck", !event.detail.successful);
  if (row.dataset.goOn && row.nextElementSibling) {
    delete row.dataset.goOn;
    fields(row.nextElementSibling)[0].focus();
  }
});

// What a row could not save is said in the row itself.
document.addEventListener("htmx:responseError", (event) => {
  if (event.target.closest("[data-slip]") && [409, 422].includes(event.detail.xhr.status)) event.stopPropagation();
}, true);
