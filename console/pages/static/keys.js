// Single keys for whoever has the pages open all day. An element with data-key is pressed by that key, or given the cursor
// if one writes into it, or if what it does reaches somebody (data-key-asks: Enter does it). The list is shown by "?".
import { isTyping, singleKeys, switchSingleKeys } from "./typing.js";

const help = document.getElementById("keys");
let going = 0; // until when a letter after g says where to go

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event)) return;
  if (document.querySelector("dialog[open]") || !singleKeys()) return;
  const key = event.key.toLowerCase();
  const goes = Date.now() < going && document.querySelector(`.places [data-go="${CSS.escape(key)}"]`);
  going = !goes && key === "g" ? Date.now() + 1500 : 0;
  if (going) return;
  const done = goes ? (goes.click(), true) : everywhere(key) || pressed(key);
  if (done) event.preventDefault();
});

function everywhere(key) {
  if (key === "?") { help?.showModal(); return Boolean(help); }
  if (key === "/") {
    const search = document.querySelector("main [type=search]");
    search?.focus();
    return Boolean(search);
  }
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  if (key === "x") {
    const box = document.activeElement.closest("li, tr")?.querySelector("[type=checkbox]:not(:disabled)");
    box?.click();
    return Boolean(box);
  }
  return false;
}

function step(way) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return false;
  const at = rows.findIndex((row) => row.contains(document.activeElement) || row.closest("li, tr")?.contains(document.activeElement));
  const next = at < 0 ? (way > 0 ? 0 : rows.length - 1) : Math.min(Math.max(at + way, 0), rows.length - 1);
  rows[next].focus();
  rows[next].scrollIntoView({ block: "nearest" });
  return true;
}

function pressed(key) {
  const wanted = document.querySelector(`main [data-key="${CSS.escape(key)}"]`);
  if (!wanted) return false;
  wanted.closest("details:not([open])")?.setAttribute("open", "");
  if (wanted.matches("textarea, select, input") || "keyAsks" in wanted.dataset) wanted.focus();
  else wanted.click();
  return true;
}

const whether = document.getElementById("single-keys");
if (whether) {
  whether.checked = singleKeys();
  whether.addEventListener("change", () => switchSingleKeys(whether.checked));
}

for (const all of document.querySelectorAll("[data-choose-all]")) {
  all.hidden = false;
  all.addEventListener("click", () => {
    const boxes = [...all.form.querySelectorAll("[type=checkbox]:not(:disabled)")];
    const every = boxes.every((box) => box.checked);
    boxes.forEach((box) => { box.checked = !every; });
  });
}
