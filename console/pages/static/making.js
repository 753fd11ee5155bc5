// Keeps true what a page tells of files that are being made: looked at again every second until all of them are there.
const EVERY = 1000;
const under = () => document.querySelector("[data-under-way]");

async function look() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-making]")) {
    const newer = fresh.getElementById(part.id);
    if (!newer || part.contains(document.activeElement) && newer.hasAttribute("data-under-way")) {
      tell(part, newer);
      continue;
    }
    part.toggleAttribute("data-under-way", newer.hasAttribute("data-under-way"));
    if (newer.innerHTML !== part.innerHTML) part.replaceChildren(...newer.childNodes);
  }
}

// Whoever stands on a button there keeps it: only the bars move.
function tell(part, newer) {
  const bars = newer ? newer.querySelectorAll("progress") : [];
  const old = part.querySelectorAll("progress");
  if (bars.length === old.length) bars.forEach((bar, at) => old[at].replaceWith(bar));
}

function again() {
  if (!under()) return;
  setTimeout(() => look().catch(() => {}).finally(again), EVERY);
}

again();
