// Keeps an open page true: when the server says that something is new, the parts marked with data-part are fetched
// again and replaced. What somebody is typing into is left alone, what they ticked stays so, and forms outside the parts are never touched.
import { handled } from "./handled.js";

const TYPED = "select, textarea, input:not([type=checkbox])";
const main = document.querySelector("[data-live]");
const lost = document.getElementById("lost");
const LATE = 4000; // ms without a connection until it is said: one is made anew every few minutes

async function refresh() {
  const unseen = document.hidden ? { "Tanggap-Out-Of-Sight": "1" } : {}; // then nothing counts as read
  const answer = await fetch(location.href, { headers: { Accept: "text/html", ...unseen } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-part]")) {
    const newer = fresh.getElementById(part.id);
    if (!newer || newer.innerHTML === part.innerHTML) continue;
    if (part.contains(document.activeElement) && document.activeElement.matches(TYPED)) continue;
    const again = handled(part);
    part.replaceChildren(...newer.childNodes);
    again();
  }
}

let waiting = null;
const soon = () => { waiting ??= setTimeout(() => { waiting = null; refresh().catch(() => {}); }, 150); };

let saying = null;
function isLost() { saying ??= setTimeout(() => { lost.hidden = false; }, LATE); }
function isBack() {
  clearTimeout(saying);
  saying = null;
  if (!lost.hidden) soon();
  lost.hidden = true;
}

function listen() {
  const source = new EventSource(main.dataset.live);
  source.addEventListener("news", soon);
  source.addEventListener("company", (event) => {
    document.dispatchEvent(new CustomEvent("company", { detail: JSON.parse(event.data) }));
  });
  source.addEventListener("open", isBack);
  source.addEventListener("error", () => {
    isLost();
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000); // the browser has given up; we have not
  });
}

if (main && "EventSource" in window) {
  listen();
  setInterval(soon, 60_000); // the time that is left
  document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });
}
