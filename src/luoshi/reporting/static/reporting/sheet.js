// The unit's sheet: tick all rows that are not filled, and say whether something is still on its way to the server.
const all = document.querySelector("#tick-all");
const going = document.querySelector("#going");
const boxes = () => [...document.querySelectorAll("input[name=same]")];

if (all && boxes().length) {
  all.closest("label").hidden = false;
  all.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; });
}

// Whoever types in a row has changed it: it is no longer one of those without change.
document.addEventListener("input", (event) => {
  const row = event.target.closest(".row");
  if (!row || event.target.name === "same") return;
  const box = row.querySelector("input[name=same]");
  if (box) box.checked = false;
  row.classList.remove("fresh");
  going.textContent = "正在填写……";
});
document.addEventListener("htmx:beforeRequest", () => { going.textContent = "正在保存……"; });
document.addEventListener("htmx:afterRequest", (event) => {
  going.textContent = event.detail.successful ? "改动已保存" : "有改动没有保存，请看标红的行";
});

// What a row could not save is said in the row itself; the notice that every page has would only repeat it.
document.addEventListener("htmx:responseError", (event) => {
  if (event.target.closest(".row") && [409, 422].includes(event.detail.xhr.status)) event.stopPropagation();
}, true);
