// The desk: source on the left, items and findings on the right, linked both ways. The server draws every mark and every
// row; here they are only found, lit and scrolled. All state that matters is on the server; tab and place are in the
// address. A row is known by its key: "12" is an item, "f12" a finding, "o12.0" the first other place of that finding.

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const typing = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select") !== null;

let pieces = new Map(); // key → its marked pieces in the source, in order
let here = null; // key of the row stood on

const desk = () => one("#desk");
const list = () => one("#items");
const itemOf = (id) => document.getElementById(`i${id}`);
const idOf = (item) => item.id.slice(1);
const shown = () => all("#items > li").filter((item) => item.offsetParent !== null);
const isFinding = (id) => id[0] === "f";
const rowKey = (key) => (key[0] === "o" ? `f${key.slice(1).split(".")[0]}` : key); // an other place belongs to its finding
const checking = () => list().dataset.tab === "check";
const KINDS = ["task", "indicator", "task_force", "mechanism", "quota", "action", "document"];

function index() {
  for (const every of all(".tick-all")) every.hidden = false;
  for (const button of all(".sifting")) button.hidden = true;
  pieces = new Map();
  for (const piece of all("#sheet .m")) {
    for (const id of piece.dataset.i.split(" ")) {
      if (!pieces.has(id)) pieces.set(id, []);
      pieces.get(id).push(piece);
    }
  }
}

// Lighting and scrolling ---------------------------------------------------------------------------------

function light(id) {
  for (const piece of all("#sheet .glow")) piece.classList.remove("glow", "second");
  for (const piece of pieces.get(id) || []) piece.classList.add("glow");
  if (!isFinding(id)) return;
  for (const link of all("[data-place]", itemOf(id))) {
    for (const piece of pieces.get(link.dataset.place) || []) if (!piece.classList.contains("glow")) piece.classList.add("glow", "second");
  }
}

function scrollSheet(id) {
  const [first] = pieces.get(id) || [];
  if (!first) return;
  const fold = first.closest("details");
  if (fold) fold.open = true;
  const sheet = one("#sheet");
  const top = first.getBoundingClientRect().top - sheet.getBoundingClientRect().top;
  if (top < 40 || top > sheet.clientHeight * 0.7) sheet.scrollBy({ top: top - sheet.clientHeight * 0.25 });
}

function stand(id, { sheet = true, side = true, focus = true, told = true } = {}) {
  const item = itemOf(id);
  if (!item) return;
  for (const other of all("#items .here")) other.classList.remove("here");
  item.classList.add("here");
  here = id;
  const act = one("#act");
  if (act && isFinding(id)) act.hidden = true;
  else if (act && desk().dataset.openDesk !== undefined && !item.classList.contains("editing")) {
    const gone = item.classList.contains("gone");
    for (const button of all("button", act)) button.hidden = (button.dataset.act === "restore") !== gone && button.dataset.act !== "edit";
    item.append(act);
    act.hidden = false;
  }
  light(id);
  if (sheet) scrollSheet(id);
  if (side) item.scrollIntoView({ block: "nearest" });
  if (focus) { const link = one(".name", item); if (link) link.focus({ preventScroll: true }); }
  if (told) remember();
}

function remember() {
  const address = new URL(location.href);
  address.searchParams.set("tab", list().dataset.tab);
  address.searchParams.delete("at");
  for (const name of ["severity", "kind"]) {
    address.searchParams.delete(name);
    if (checking() && one(`#${name}`).value) address.searchParams.set(name, one(`#${name}`).value);
  }
  address.hash = here ? `i${here}` : "";
  history.replaceState(history.state, "", address);
  for (const field of all('input[name="tab"]')) field.value = list().dataset.tab;
}

// Tabs and search ----------------------------------------------------------------------------------------

function show(tab) {
  list().dataset.tab = desk().dataset.tab = tab;
  for (const button of all('#bulk [value="restore"], #bulk [value="delete"]')) button.hidden = (button.value === "restore") !== (tab === "gone");
  find();
  remember();
}

const abouts = (item) => (item.dataset.about || "").split("|");

// Questions can be settled kind by kind: the box offers the kinds that are still open, with how many items ask.
function sortDoubts() {
  const box = one("#about");
  const counts = new Map();
  for (const item of all("#items > li.asks")) for (const kind of abouts(item)) counts.set(kind, (counts.get(kind) || 0) + 1);
  for (const option of [...box.options].slice(1)) {
    const n = counts.get(option.value) || 0;
    option.hidden = option.disabled = !n;
    option.textContent = `${option.value}（${n}）`;
  }
  if (box.value && !counts.has(box.value)) box.value = "";
  box.hidden = list().dataset.tab !== "doubt" || counts.size < 2;
  box.disabled = list().dataset.tab !== "doubt";
  return box.disabled ? "" : box.value;
}

// Findings are sifted by severity (or by being waived) and by kind; the boxes say how many there are of each.
function sift() {
  const severity = one("#severity").value, kind = one("#kind").value;
  const rows = all("#items > li.finding");
  const wanted = (row, s, k) => (!k || row.dataset.kind === k) && (!s || row.classList.contains(s));
  for (const option of one("#severity").options) {
    const n = rows.filter((row) => wanted(row, option.value, "") && (option.value === "waived" || !row.classList.contains("waived"))).length;
    if (option.value) option.textContent = option.textContent.replace(/（\d+）/, `（${n}）`);
  }
  for (const name of ["severity", "kind"]) for (const field of all(`#waive [name=${name}]`)) field.value = one(`#${name}`).value;
  const away = one("#findings-export");
  away.href = `${away.pathname}?severity=${severity}&kind=${kind}`;
  return (row) => wanted(row, severity, kind);
}

function find() {
  const words = one("#find").value.trim().split(/\s+/).filter(Boolean);
  for (const link of all("#tally a")) {
    if (link.dataset.tab === list().dataset.tab) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const about = sortDoubts();
  const lists = one("#lists");
  if (lists) lists.hidden = list().dataset.tab !== "doubt" || lists.dataset.count < 2;
  let found = 0;
  const wanted = sift();
  for (const item of list().children) {
    item.hidden = (item.classList.contains("finding") && !item.classList.contains("editing") && !wanted(item)) || (about && !abouts(item).includes(about)) || (words.length > 0 && !words.every((word) => item.textContent.includes(word)));
    if (!item.hidden && !item.classList.contains("gone") && !item.classList.contains("finding")) found += 1;
  }
  const none = one("#none");
  none.hidden = shown().length > 0;
  one("button", none).hidden = !words.length || !found;
  one("button", none).textContent = `在全部条目中有${found}条，去看`;
  one("span", none).textContent = words.length ? "这一栏里没有找到。" : list().dataset.tab === "doubt" ? "疑问都定完了，可以去对应单位、建账。" : checking() ? "没有这样的问题。" : "这一栏没有条目。";
}

function step(by) {
  const items = shown();
  if (!items.length) return;
  let at = items.findIndex((item) => idOf(item) === here);
  if (at < 0) at = by > 0 ? -1 : items.length;
  stand(idOf(items[Math.min(items.length - 1, Math.max(0, at + by))]));
}

// A pressed sentence shows its items, or on the tab of the checks its findings: the innermost is stood on, on a tab that
// has it. Where there is nothing of the one sort, the other is shown.
function fromSheet(piece) {
  const rows = [...new Set(piece.dataset.i.split(" ").map(rowKey))].filter(itemOf);
  const fit = rows.filter((id) => isFinding(id) === checking());
  const ids = fit.length ? fit : rows;
  if (!ids.length) return;
  const length = (id) => (pieces.get(id) || []).reduce((sum, p) => sum + p.textContent.length, 0);
  ids.sort((a, b) => length(a) - length(b));
  const visible = ids.find((id) => itemOf(id).offsetParent !== null);
  const id = visible && ids.length > 1 && ids[0] === here ? ids[(ids.indexOf(here) + 1) % ids.length] : visible && here !== visible ? visible : ids[(ids.indexOf(here) + 1) % ids.length];
  uncover(id);
  stand(id, { sheet: false });
}

// Onto a tab, and past the filters, that would hide this row.
function uncover(id) {
  if (itemOf(id).offsetParent !== null) return;
  for (const field of ["#find", "#severity", "#kind"]) one(field).value = "";
  show(isFinding(id) ? "check" : KINDS.find((kind) => itemOf(id).classList.contains(kind)));
}

function toPlace(key) {
  light(here);
  scrollSheet(key);
}

// From place to place of the finding stood on, and back to its own.
const round = { of: null, at: 0 };
function otherPlace() {
  if (!here || !isFinding(here)) return;
  const keys = [here, ...all("[data-place]", itemOf(here)).map((link) => link.dataset.place)];
  round.at = round.of === here ? (round.at + 1) % keys.length : Math.min(1, keys.length - 1);
  round.of = here;
  toPlace(keys[round.at]);
}

// Doing --------------------------------------------------------------------------------------------------

function act(verb, id = here) {
  const item = id && itemOf(id);
  if (item && isFinding(id)) { onFinding(verb, id, item); return; }
  if (!item || desk().dataset.openDesk === undefined) return;
  const address = `/plans/${desk().dataset.plan}/items/${id}/`;
  const target = { target: item, swap: "outerHTML", source: item };
  if (verb === "edit") htmx.ajax("GET", `${address}edit/`, target);
  else if (verb === "cancel") htmx.ajax("GET", address, { ...target, values: { tab: list().dataset.tab } });
  else {
    if (verb !== "edit") next.after = neighbour(item);
    htmx.ajax("POST", `${address}${verb}/`, { ...target, values: { version: item.dataset.v, tab: list().dataset.tab } });
  }
}

function onFinding(verb, id, item) {
  if (desk().dataset.mayWaive === undefined) return;
  const address = `/plans/${desk().dataset.plan}/findings/${id.slice(1)}/`;
  const target = { target: item, swap: "outerHTML", source: item };
  const waived = item.classList.contains("waived");
  if (verb === "cancel") htmx.ajax("GET", address, target);
  else if (verb === "unwaive" && waived) htmx.ajax("POST", `${address}unwaive/`, target);
  else if (["edit", "waive"].includes(verb) && !waived) htmx.ajax("GET", `${address}waive/`, target);
}

const next = { after: null, field: null }; // where to stand, and which field to fill, once the server has answered
function neighbour(item) {
  const items = shown();
  const at = items.indexOf(item);
  const other = items[at + 1] || items[at - 1];
  return other ? idOf(other) : null;
}

const KEYS = { y: "confirm", l: "leave", d: "delete", Enter: "edit", e: "edit", n: "waive" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || one("dialog[open]")) return;
  if (event.key === "Escape") {
    const stood = here && itemOf(here);
    const editing = event.target.closest(".editing") || (stood && stood.classList.contains("editing") && stood);
    if (editing) act("cancel", idOf(editing));
    else if (event.target.id === "find") { event.target.value = ""; find(); event.target.blur(); }
    one("#pick").hidden = true;
    return;
  }
  if (typing(event.target)) return;
  if (event.key === "Enter" && !event.target.closest("#items .name, body:not(:focus-within)")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "j" || key === "k") step(key === "j" ? 1 : -1);
  else if (key === "/") one("#find").focus();
  else if (key === "?") one("#help").showModal();
  else if (key === "u" && checking()) act("unwaive");
  else if (key === "o" && checking()) otherPlace();
  else if (key === "w" && checking()) { const why = here && one(".why", itemOf(here)); if (why) why.open = !why.open; }
  else if (key === "u") { const undo = one("#undo"); if (undo) undo.click(); }
  else if (key === "x" && here) { const box = one("input[type=checkbox]", itemOf(here)); if (box) box.click(); }
  else if (KEYS[key] && (key !== "n" || checking())) act(KEYS[key]);
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const verb = event.target.closest("[data-act]");
  if (verb) {
    event.preventDefault();
    const item = verb.closest("li.item");
    act(verb.dataset.act, item ? idOf(item) : here);
    return;
  }
  const tab = event.target.closest("#tally a");
  if (tab) { event.preventDefault(); show(tab.dataset.tab); one("#items").scrollTop = 0; return; }
  if (event.target.closest("#none button")) { show("all"); return; }
  const go = event.target.closest("#items [data-go]");
  if (go && itemOf(go.dataset.go)) { event.preventDefault(); uncover(go.dataset.go); stand(go.dataset.go); return; }
  const place = event.target.closest("#items [data-place]");
  if (place) { event.preventDefault(); stand(idOf(place.closest("li")), { sheet: false, focus: false }); toPlace(place.dataset.place); return; }
  const kind = event.target.closest("#pick button");
  if (kind) { pick(kind.dataset.kind); return; }
  const piece = event.target.closest("#sheet .m");
  if (piece && getSelection().isCollapsed) { fromSheet(piece); return; }
  const chip = event.target.closest("#items .chip");
  if (chip && desk().dataset.openDesk !== undefined) {
    next.field = chip.classList.contains("lead") ? "lead" : "units";
    act("edit", idOf(chip.closest("li")));
    return;
  }
  const item = event.target.closest("#items > li");
  if (!item || item.classList.contains("editing") || event.target.closest("button, input, summary, label")) return;
  const link = event.target.closest("a");
  if (link) event.preventDefault();
  stand(idOf(item));
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("form.edit, .ask form")) next.after = neighbour(event.target.closest("li"));
});

document.addEventListener("dblclick", (event) => {
  const item = event.target.closest("#items > li:not(.editing)");
  if (item && !event.target.closest("button, input, details, [data-place], [data-go]")) act("edit", idOf(item));
});

document.addEventListener("input", (event) => { if (event.target.id === "find") find(); });
document.addEventListener("change", (event) => {
  if (["about", "severity", "kind"].includes(event.target.id)) {
    find();
    for (const box of all("[data-tick]")) box.checked = false;
    if (checking()) remember();
  }
  const name = event.target.dataset.tick || event.target.name;
  if (event.target.dataset.tick) {
    for (const item of list().children) {
      const box = one(`input[name=${name}]`, item);
      if (box) box.checked = event.target.checked && item.offsetParent !== null;
    }
  }
  if (name === "items" || name === "findings") {
    const n = all(`#items input[name="${name}"]:checked`).length;
    const told = one(name === "items" ? "#bulk .ticked" : "#waive .ticked");
    told.textContent = n ? `已勾${n}${name === "items" ? "条" : "处"}：` : told.dataset.none;
  }
});

// Selected words become an item --------------------------------------------------------------------------

const points = (text) => [...text].length; // the server counts characters, not UTF-16 units

function offset(node, at) {
  const piece = node.nodeType === Node.TEXT_NODE ? node.parentElement.closest("[data-s]") : null;
  return piece ? Number(piece.dataset.s) + points(node.data.slice(0, at)) : null;
}

function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const sheet = one("#sheet");
  if (!sheet.contains(range.commonAncestorContainer)) return null;
  const start = offset(range.startContainer, range.startOffset);
  let end = offset(range.endContainer, range.endOffset);
  if (start !== null && end === null) end = start + points(String(selection));
  return start !== null && end > start ? { start, end, box: range.getBoundingClientRect() } : null;
}

document.addEventListener("mouseup", () => setTimeout(() => {
  const bar = one("#pick");
  const found = desk() && desk().dataset.openDesk !== undefined ? selected() : null;
  bar.hidden = !found;
  if (!found) return;
  bar.style.left = `${Math.max(8, Math.min(found.box.left, innerWidth - bar.offsetWidth - 8))}px`;
  bar.style.top = `${Math.max(8, found.box.top - bar.offsetHeight - 8)}px`;
}));

function pick(kind) {
  const found = selected();
  const form = one("#pick-form");
  if (!found) return;
  form.elements.start.value = found.start;
  form.elements.end.value = found.end;
  form.elements.kind.value = kind;
  one("#pick").hidden = true;
  getSelection().removeAllRanges();
  show(kind);
  htmx.trigger(form, "submit");
}

// After the server answered ------------------------------------------------------------------------------

document.addEventListener("htmx:configRequest", (event) => { if (desk()) event.detail.parameters.set("tab", list().dataset.tab); });

let scrolled = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const shelf = one("#act");
  if (shelf) { shelf.hidden = true; document.body.append(shelf); }
  if (event.detail.target.id === "desk") scrolled = { sheet: one("#sheet").scrollTop, side: list().scrollTop, about: one("#about").value, severity: one("#severity").value, kind: one("#kind").value };
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (!desk()) return;
  if (event.detail.target.id === "desk") {
    index();
    const made = new URL(event.detail.xhr.responseURL).searchParams.get("at");
    if (scrolled) { one("#sheet").scrollTop = scrolled.sheet; list().scrollTop = scrolled.side; for (const field of ["about", "severity", "kind"]) one(`#${field}`).value = scrolled[field]; scrolled = null; }
    find();
    if (made && itemOf(made)) stand(made);
    else if (itemOf(here)) stand(here, { sheet: false });
    if (made && event.detail.requestConfig.elt.id === "pick-form") act("edit", made);
    return;
  }
  const item = event.detail.elt.closest ? event.detail.elt.closest("#items > li") : null;
  if (!item) return;
  if (item.classList.contains("editing")) {
    item.scrollIntoView({ block: "nearest" });
    const form = one("form.edit", item);
    const field = (next.field && form.elements[next.field]) || one("input:not([type=hidden]), textarea, select", form);
    next.field = null;
    if (field) field.focus();
    here = idOf(item);
    light(here);
    scrollSheet(here);
    return;
  }
  find();
  const id = next.after && itemOf(next.after) ? next.after : idOf(item);
  next.after = null;
  if (itemOf(id).offsetParent !== null) stand(id);
});

// Somebody else was faster: the notice says who; what stands here is fetched again.
document.addEventListener("htmx:afterRequest", (event) => {
  const { xhr, requestConfig, target } = event.detail;
  if (xhr.status !== 409 || !xhr.getResponseHeader("HX-Retarget")) return;
  const path = requestConfig.path.match(/items\/(\d+)\//);
  next.after = null;
  if (path && itemOf(path[1]) && target.id !== "desk") act("cancel", path[1]);
  else htmx.ajax("GET", `${location.pathname}?tab=${list().dataset.tab}`, { target: "#desk", select: "#desk", swap: "outerHTML" });
});

window.addEventListener("beforeprint", () => all("details.aside").forEach((box) => { box.open = false; }));

if (desk()) {
  index();
  find();
  const id = location.hash.slice(2);
  if (itemOf(id)) stand(id);
  else if (shown().length) stand(idOf(shown()[0]), { focus: false, side: false, told: false }); // a place in the address would scroll the page to it
}
