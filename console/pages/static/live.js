// Keeps an open page true: when the server says that something is new, the parts marked with data-part are fetched
// again and replaced. What somebody is typing into is left alone, and forms outside the parts are never touched.
const main = document.querySelector("[data-live]");

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-part]")) {
    const newer = fresh.getElementById(part.id);
    if (!newer || newer.innerHTML === part.innerHTML) continue;
    if (part.contains(document.activeElement) && document.activeElement.matches("select, input, textarea")) continue;
    if ([...part.querySelectorAll("[type=checkbox]")].some((box) => box.checked !== box.defaultChecked)) continue;
    const open = [...part.querySelectorAll("details")].map((each) => each.open);
    part.replaceChildren(...newer.childNodes);
    part.querySelectorAll("details").forEach((each, index) => { each.open = open[index] ?? each.open; });
  }
}

if (main && "EventSource" in window) {
  let waiting = null;
  const soon = () => { waiting ??= setTimeout(() => { waiting = null; refresh().catch(() => {}); }, 150); };
  new EventSource(main.dataset.live).addEventListener("news", soon);
  setInterval(soon, 60_000); // the time that is left
}
