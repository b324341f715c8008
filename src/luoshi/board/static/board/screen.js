// The big screen: turns its pages by itself, exchanges the picture only when the snapshot changed, says when it could not ask.
// Keys: space pauses, left and right turn. Whoever asked for less motion turns by hand.
const main = document.querySelector("#main");
const stage = document.querySelector("#stage");
const pause = document.querySelector("#pause");
const trouble = document.querySelector("#trouble");
const fresh = document.querySelector("#fresh");
const TURN = 20000, ASK = 60000;
let resting = matchMedia("(prefers-reduced-motion: reduce)").matches;
let lastGood = new Date();

const clock = (when) => `${String(when.getHours()).padStart(2, "0")}:${String(when.getMinutes()).padStart(2, "0")}`;
const bands = () => [...stage.querySelectorAll("tbody.band")];

// Where pages begin: every action anew, a long one cut before the row that would not fit.
function pages() {
  const found = [], head = stage.querySelector("thead");
  if (!head) return [0];
  const room = stage.clientHeight - head.offsetHeight, top = stage.getBoundingClientRect().top - stage.scrollTop + head.offsetHeight;
  for (const band of bands()) {
    let begin = band.getBoundingClientRect().top - top;
    found.push(begin);
    for (const row of band.querySelectorAll("tr.first")) {
      let last = row, next = row.nextElementSibling;
      while (next && !next.classList.contains("first")) { last = next; next = next.nextElementSibling; }
      if (last.getBoundingClientRect().bottom - top - begin > room) {
        begin = row.getBoundingClientRect().top - top;
        if (begin > found[found.length - 1]) found.push(begin);
      }
    }
  }
  return found.length ? found : [0];
}

function here(all) {
  let at = 0;
  all.forEach((begin, n) => { if (begin <= stage.scrollTop + 2) at = n; });
  return at;
}

function title() {
  const all = pages(), at = here(all), head = stage.querySelector("thead");
  const line = stage.getBoundingClientRect().top + (head ? head.offsetHeight : 0) + 4;
  const band = bands().filter((one) => one.getBoundingClientRect().top <= line).pop();
  const words = band ? band.querySelector("th span").firstChild.textContent : "";
  document.querySelector("#band").textContent = `${words}　第${at + 1}页，共${all.length}页`;
}

function turn(step) {
  const all = pages(), at = here(all);
  const last = stage.scrollTop + stage.clientHeight >= stage.scrollHeight - 2;
  const next = step > 0 && last ? 0 : (at + step + all.length) % all.length;
  stage.scrollTop = Math.ceil(all[next]);
  title();
}

function rest(yes) {
  resting = yes;
  pause.setAttribute("aria-pressed", String(yes));
  pause.textContent = yes ? "继续" : "暂停";
}

function say(words, login) {
  trouble.hidden = !words;
  trouble.textContent = words;
  if (login) {
    const link = document.createElement("a");
    link.href = `/login/?next=${encodeURIComponent(location.pathname + location.search)}`;
    link.textContent = "重新登录";
    trouble.append(link);
  }
}

function failed(why, login) {
  say(`${clock(new Date())}刷新没有成功：${why}画面停在${clock(lastGood)}的内容。`, login);
}

let asking = false;
async function refresh() {
  if (asking) return;
  asking = true;
  try {
    const shown = stage.querySelector("#shown").dataset.hash;
    const mark = main.dataset.address.includes("?") ? "&" : "?";
    const answer = await fetch(`${main.dataset.address}${mark}hash=${shown}`, { redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) { failed("登录已过期。", true); return; }
    if (answer.status !== 200 && answer.status !== 204) { failed("服务器没有办成。"); return; }
    if (answer.status === 200 && !exchange(await answer.text())) { failed("服务器的回答看不懂。"); return; }
    lastGood = new Date();
    fresh.textContent = `${clock(lastGood)}刷新`;
    say("");
  } catch {
    failed("连不上服务器。");
  } finally {
    asking = false;
    document.dispatchEvent(new CustomEvent("wall:refreshed"));
  }
}

// One exchange in one step, on the same place: nothing flickers.
function exchange(text) {
  const made = new DOMParser().parseFromString(text, "text/html").querySelector("#shown");
  if (!made) return false;
  const place = stage.scrollTop;
  stage.replaceChildren(document.adoptNode(made));
  stage.scrollTop = place;
  document.querySelector("#day").textContent = made.dataset.day;
  title();
  return true;
}

document.querySelector("#on").addEventListener("click", () => turn(1));
document.querySelector("#back").addEventListener("click", () => turn(-1));
pause.addEventListener("click", () => rest(!resting));
const dark = document.querySelector("#dark");
dark.addEventListener("click", () => dark.setAttribute("aria-pressed", String(main.classList.toggle("dark"))));
document.addEventListener("keydown", (event) => {
  if (event.target.closest("button, a") && event.key === " ") return;
  if (event.key === " ") { event.preventDefault(); rest(!resting); }
  else if (event.key === "ArrowRight") { event.preventDefault(); turn(1); }
  else if (event.key === "ArrowLeft") { event.preventDefault(); turn(-1); }
});
document.addEventListener("wall:refresh", refresh);
addEventListener("resize", title);
rest(resting);
title();
setInterval(() => { if (!resting) turn(1); }, TURN);
setInterval(refresh, ASK);
