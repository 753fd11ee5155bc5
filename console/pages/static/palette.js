// Ctrl-K: every page, every act of this page, and what the search finds, by typing a few letters of it.
const palette = document.getElementById("palette");
const asked = palette?.querySelector("input");
const list = palette?.querySelector("[role=listbox]");
const nothing = palette?.querySelector(".nothing");
let shown = [];
let chosen = 0;
let found = []; // what the search has for what is typed now
let pause = null;

const wordsOf = (element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd, .many").forEach((each) => each.remove());
  return (element.dataset.act || element.getAttribute("aria-label") || copy.textContent).trim().replace(/\s+/g, " ");
};

function pressable(element, kind) {
  const key = element.dataset.go ? `g ${element.dataset.go}` : element.dataset.key ?? "";
  return { words: wordsOf(element), kind, key, do: () => act(element) };
}

function act(element) {
  element.closest("details:not([open])")?.setAttribute("open", "");
  if (element.matches("textarea, select, input") || "keyAsks" in element.dataset) element.focus();
  else element.click();
}

function everything() {
  const { acts, pages, mine } = palette.dataset;
  return [
    ...[...document.querySelectorAll("main [data-key], main [data-act]")].map((each) => pressable(each, acts)),
    ...[...document.querySelectorAll(".places a")].map((each) => pressable(each, pages)),
    ...[...document.querySelectorAll(".mine li a, .mine [data-act], .mine [value], .mine .plain")].filter((each) => !each.matches("[type=hidden]")).map((each) => pressable(each, mine)),
  ];
}

function fitting(words) {
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  const fit = everything().filter((each) => parts.every((part) => `${each.words} ${each.kind}`.toLowerCase().includes(part)));
  const first = (each) => (each.words.toLowerCase().startsWith(parts[0] ?? "") ? 0 : 1);
  fit.sort((one, other) => first(one) - first(other));
  const number = /^#?(\d{1,9})$/.exec(words.trim());
  if (number) fit.unshift(leading(palette.dataset.ticket.replace("0", number[1]), "", `/tickets/${number[1]}`));
  return [...fit.slice(0, 60), ...found];
}

const leading = (words, kind, url) => ({ words, kind, key: "", do: () => { location.href = url; } });

async function seek(words) {
  const answer = await fetch(`/search/quick?q=${encodeURIComponent(words)}`);
  if (!answer.ok || asked.value !== words) return;
  const { tickets, contacts, categories, views } = await answer.json();
  const named = palette.dataset;
  found = [
    ...views.map((each) => leading(each.name, named.view, each.url)),
    ...tickets.map((each) => leading(`#${each.number} ${each.subject ?? ""}`, each.contact ?? "", each.url)),
    ...contacts.map((each) => leading(each.name, named.contact, each.url)),
    ...categories.map((each) => leading(each.name, named.category, each.url)),
    leading(named.search.replace("…", words), "", `/search?q=${encodeURIComponent(words)}`),
  ];
  draw();
}

function typed() {
  clearTimeout(pause);
  found = [];
  chosen = 0;
  draw();
  const words = asked.value;
  if (words.trim().length > 1) pause = setTimeout(() => seek(words).catch(() => {}), 150);
}

function draw() {
  shown = fitting(asked.value);
  chosen = Math.min(chosen, Math.max(shown.length - 1, 0));
  list.replaceChildren(...shown.map((each, index) => {
    const line = document.createElement("li");
    line.id = `choice-${index}`;
    line.setAttribute("role", "option");
    const words = document.createElement("span");
    words.textContent = each.words;
    const kind = document.createElement("span");
    kind.className = "soft";
    kind.textContent = each.kind;
    line.append(words, kind);
    if (each.key) {
      const key = document.createElement("kbd");
      key.textContent = each.key.toUpperCase();
      line.append(key);
    }
    line.addEventListener("click", () => choose(index));
    return line;
  }));
  nothing.hidden = shown.length > 0;
  mark();
}

function mark() {
  [...list.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === chosen)));
  const now = list.children[chosen];
  if (now) { asked.setAttribute("aria-activedescendant", now.id); now.scrollIntoView({ block: "nearest" }); }
  else asked.removeAttribute("aria-activedescendant");
}

function choose(index) {
  const it = shown[index];
  palette.close();
  it?.do();
}

function show() {
  if (!palette.open) palette.showModal();
  asked.value = "";
  typed();
}

if (palette) {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    show();
  });
  for (const opener of document.querySelectorAll("[data-opens-palette]")) {
    opener.hidden = false;
    opener.addEventListener("click", show);
  }
  asked.addEventListener("input", typed);
  asked.addEventListener("keydown", (event) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way && shown.length) { event.preventDefault(); chosen = (chosen + way + shown.length) % shown.length; mark(); }
    if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); choose(chosen); }
  });
}
