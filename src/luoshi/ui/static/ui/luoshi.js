// What every page can do, asked for by data-* attributes. No framework; a page without this still works.
//   data-search            the field that "/" goes to (forms with data-live send themselves while typing)
//   data-rows              a table or list whose rows J and K walk; Enter opens the first link of the row
//   data-confirm="…?"      a button or link that asks first; data-confirm-label names the yes-button
//   data-open="#id"        opens a dialog; data-close closes the dialog, drawer or toast it stands in
//   data-back              a link that goes back where the person came from
//   data-fold              a details element that is open on a wide screen and folded on a telephone
//   data-guard             a form that warns before the page is left with unsaved words
// Esc closes the drawer. Events: a fragment swapped into #drawer opens it.

const one = (selector, root = document) => root.querySelector(selector);
const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

export function toast(sentence, bad = false) {
  const box = document.createElement("p");
  box.className = bad ? "toast bad" : "toast";
  box.setAttribute("role", bad ? "alert" : "status");
  box.textContent = sentence;
  one("#toasts").append(box);
}

function closeDrawer() {
  const drawer = one("#drawer");
  if (!drawer || drawer.hidden) return false;
  drawer.hidden = true;
  drawer.dispatchEvent(new CustomEvent("drawer:closed", { bubbles: true }));
  if (closeDrawer.back) closeDrawer.back.focus();
  return true;
}

function walk(step) {
  const rows = [...document.querySelectorAll("[data-rows] tbody tr, [data-rows] > li")].filter(
    (row) => row.offsetParent && !row.classList.contains("group"),
  );
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.classList.contains("here"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  if (at >= 0) rows[at].classList.remove("here");
  next.classList.add("here");
  next.scrollIntoView({ block: "nearest" });
  const link = one("a, button", next);
  if (link) link.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") {
    if (closeDrawer()) event.preventDefault();
    return;
  }
  if (typing(event.target) || one("dialog[open]")) return;
  if (event.key === "/") {
    const field = one("[data-search]");
    if (field) { event.preventDefault(); field.focus(); field.select(); }
  } else if (event.key === "j" || event.key === "k") {
    walk(event.key === "j" ? 1 : -1);
  }
});

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-close], [data-open], [data-back], [data-confirm]");
  if (!target) return;
  if (target.dataset.confirm !== undefined && !target.confirmed) {
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(target);
  } else if (target.dataset.close !== undefined) {
    const box = target.closest("dialog, #drawer, .toast");
    if (box.id === "drawer") closeDrawer();
    else if (box.close) box.close();
    else box.remove();
  } else if (target.dataset.open) {
    event.preventDefault();
    one(target.dataset.open).showModal();
  } else if (target.dataset.back !== undefined && document.referrer && history.length > 1) {
    event.preventDefault();
    history.back();
  }
}, true);

// One dialog in base.html asks for all of them; the pressed button is pressed again when the answer is yes.
function ask(target) {
  const dialog = one("#confirm");
  one("p", dialog).textContent = target.dataset.confirm;
  one("[value=yes]", dialog).textContent = target.dataset.confirmLabel || target.textContent.trim();
  dialog.returnValue = "";
  dialog.onclose = () => {
    if (dialog.returnValue !== "yes") { target.focus(); return; }
    target.confirmed = true;
    target.click();
    target.confirmed = false;
  };
  dialog.showModal();
}

if (matchMedia("(max-width: 860px)").matches) for (const box of document.querySelectorAll("[data-fold]")) box.open = false;

// A live filter sends itself shortly after the last key; with htmx only the list is exchanged.
let wait;
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form || event.isComposing) return;
  clearTimeout(wait);
  wait = setTimeout(() => form.requestSubmit(), event.target.matches("input") ? 250 : 0);
});
document.addEventListener("compositionend", (event) => {
  const form = event.target.closest("form[data-live]");
  if (form) form.requestSubmit();
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) form.dataset.guard = "dirty";
});
document.addEventListener("submit", (event) => {
  if (event.target.dataset.guard) event.target.dataset.guard = "";
});
window.addEventListener("beforeunload", (event) => {
  if (one("form[data-guard=dirty]")) event.preventDefault();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.target && event.detail.target.id === "drawer") closeDrawer.back = event.detail.elt;
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "drawer") return;
  event.detail.target.hidden = false;
  const first = one("[data-close], h2, a", event.detail.target);
  if (first) first.focus();
});
document.addEventListener("htmx:sendError", () => toast("网络不通，这次操作没有完成。请检查网络后再试一次。", true));
document.addEventListener("htmx:timeout", () => toast("服务器没有应答，这次操作没有完成。请稍后再试一次。", true));
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.getResponseHeader("HX-Retarget")) return;
  toast("系统没有办成这次操作。请刷新页面后再试，仍不行请联系系统管理员。", true);
});

// Notices leave by themselves; those that say something went wrong wait to be read.
new MutationObserver((changes) => {
  for (const change of changes) for (const box of change.addedNodes) {
    if (!box.classList || box.dataset.seen) continue;
    box.dataset.seen = "yes";
    const close = document.createElement("button");
    close.className = "link";
    close.dataset.close = "";
    close.setAttribute("aria-label", "关闭提示");
    close.textContent = "×";
    box.append(close);
    if (!box.classList.contains("bad")) setTimeout(() => box.remove(), 5000);
  }
}).observe(one("#toasts"), { childList: true });

// On a telephone the rail is wider than the window: show the word of this page.
const rail = one(".rail nav"), here = rail && one("a[aria-current]", rail);
if (here && rail.scrollWidth > rail.clientWidth) rail.scrollLeft = here.offsetLeft - rail.offsetLeft - (rail.clientWidth - here.offsetWidth) / 2;
