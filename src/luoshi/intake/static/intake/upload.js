// Sending and reading, seen: what was picked, how much has gone up, how long the machine has been reading.

const one = (selector) => document.querySelector(selector);
const form = one("#upload");
const input = one("#files");
const picked = one("#picked");
const going = one("#going");
let clock;

const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))}KB` : `${(bytes / 1048576).toFixed(1)}MB`);

function list() {
  picked.replaceChildren(...[...input.files].map((file) => {
    const row = document.createElement("li");
    row.textContent = `${file.name}（${size(file.size)}）`;
    return row;
  }));
  picked.hidden = !input.files.length;
  one("#problems").replaceChildren();
}

function say(sentence, part) {
  going.hidden = false;
  one("#going p").textContent = sentence;
  if (part === undefined) one("#going progress").removeAttribute("value");
  else one("#going progress").value = part;
}

input.addEventListener("change", list);
const drop = one(".drop");
drop.classList.add("dressed"); // the browser's own button speaks the browser's language: the box stands in for it
for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
  });
}
drop.addEventListener("drop", (event) => { input.files = event.dataTransfer.files; list(); });

form.addEventListener("htmx:beforeRequest", (event) => {
  const bytes = [...input.files].reduce((sum, file) => sum + file.size, 0);
  if (bytes <= form.dataset.limit * 1048576) return;
  event.preventDefault();
  const told = document.createElement("p");
  told.className = "notice bad";
  told.textContent = `文件共${size(bytes)}，超过了${form.dataset.limit}MB的上限。请去掉其中的图片或拆成几份后再上传。`;
  one("#problems").replaceChildren(told);
});
form.addEventListener("htmx:beforeSend", () => { one("#problems").replaceChildren(); say("正在上传……", 0); });
form.addEventListener("htmx:xhr:progress", (event) => {
  const { loaded, total } = event.detail;
  if (!total || clock) return;
  if (loaded < total) { say(`正在上传，${size(loaded)} / ${size(total)}`, (100 * loaded) / total); return; }
  const began = Date.now();
  const tick = () => say(`正在读方案，已用${((Date.now() - began) / 1000).toFixed(0)}秒。读完会自动打开。`);
  tick();
  clock = setInterval(tick, 500);
});
form.addEventListener("htmx:afterRequest", () => { clearInterval(clock); clock = null; going.hidden = true; });
