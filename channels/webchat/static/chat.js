// Makes the chat live: what is sent goes without reloading the page, answers appear when they are there, files can be
// dropped and pasted. Without it the page does the same with plain forms.
const $ = (id) => document.getElementById(id);
const log = $("log"), form = $("say"), text = $("text"), files = $("files"), chosen = $("chosen"), problem = $("problem");
const widget = window.parent !== window && document.documentElement.classList.contains("within");
const SLOWEST = 30_000; // milliseconds between two tries to connect

// --- Who the visitor is: the cookie, or in a frame that gets none the pass that the page handed us ------------------

const shelf = `tanggap-chat:${log.dataset.live.split("/live")[0]}`;
let pass = null;

function keep(key, value) {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch { /* storage is refused as well: the visit lives as long as this page */ }
}

function kept(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

const known = () => (pass ? { "X-Chat-Pass": pass } : {});

// --- Showing what the server's page says ---------------------------------------------------------------------------

// The conversation scrolls, or where there is little height the page as a whole.
const scroller = () => (log.scrollHeight > log.clientHeight ? log : document.scrollingElement);
const atEnd = () => { scroller().scrollTop = scroller().scrollHeight; };
let nearEnd = true; // whoever reads further up stays there
document.addEventListener("scroll", () => {
  const { scrollHeight, scrollTop, clientHeight } = scroller();
  nearEnd = scrollHeight - scrollTop - clientHeight < 80;
}, true);
new ResizeObserver(() => { if (nearEnd) atEnd(); }).observe(log); // a keyboard on the screen hides nothing that is new
const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

// Only what is new is added, so that a screen reader reads out only that. The keys of forms and the links of files are
// signed anew each time.
function renew(list, newer) {
  const lines = [...newer.children];
  while (list.children.length > lines.length) list.lastElementChild.remove();
  lines.forEach((line, index) => {
    const old = list.children[index];
    if (old) exchange(old, line);
    else list.append(line);
  });
}

function exchange(old, newer) {
  if (worded(old) !== worded(newer)) old.replaceWith(newer);
}

const worded = (part) => part.outerHTML.replaceAll(/(name="once" value|href|src)="[^"]*"/g, "");

function show(fresh, sent) {
  const newer = fresh.getElementById("log");
  if (!newer) throw new Error("not the page");
  renew(log.querySelector("ol"), newer.querySelector("ol"));
  renew(log.querySelector(".buttons"), newer.querySelector(".buttons"));
  log.dataset.live = newer.dataset.live;
  for (const name of ["as", "closed"]) exchange($(name), fresh.getElementById(name));
  document.querySelectorAll("[name=once]").forEach((each) => {
    each.value = fresh.querySelector("#say [name=once]").value;
  });
  if (newer.dataset.pass) { pass = newer.dataset.pass; keep(shelf, pass); }
  const leave = fresh.getElementById("leave");
  const asks = (part) => part.querySelector("input") !== null;
  if (asks(leave) !== asks($("leave")) || (sent && fresh.getElementById("problem").hidden)) $("leave").replaceWith(leave);
  if (sent) {
    const said = fresh.getElementById("problem");
    tell(said.hidden ? "" : said.textContent);
    if (said.hidden) {
      form.reset();
      choose([]);
    }
  }
  if (nearEnd || sent) atEnd();
  count();
  listen();
}

function tell(words) {
  problem.textContent = words;
  problem.hidden = !words;
}

async function refresh() {
  const answer = await fetch(location.pathname + location.search, { headers: known() });
  show(parsed(await answer.text()), false);
}

// --- Sending, with progress where it takes long --------------------------------------------------------------------

const bar = $("progress");

function post(target, body) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", target);
    Object.entries(known()).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = (event) => {
      bar.hidden = !event.lengthComputable || event.total < 200_000;
      bar.value = event.loaded / (event.total || 1);
    };
    request.onload = () => resolve(parsed(request.responseText));
    request.onerror = reject;
    request.onloadend = () => { bar.hidden = true; };
    request.send(body);
  });
}

async function send(target, body) {
  const buttons = document.querySelectorAll("button");
  buttons.forEach((each) => { each.disabled = true; });
  try {
    show(await post(target, body), true);
  } finally {
    document.querySelectorAll("button").forEach((each) => { each.disabled = false; });
    text.focus();
  }
}

async function forget(target, body) {
  pass = null;
  read = 0;
  keep(shelf, pass);
  keep(seen, read);
  stop();
  $("options").open = false;
  await send(target, body);
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const body = new FormData(event.target, event.submitter);
  const act = event.target.id === "forget" ? forget : send;
  // If the network fails, the plain form is sent with the same key, so that it still counts once.
  act(event.target.action, body).catch(() => event.target.submit());
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(pointer: fine)").matches) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// --- Files: chosen, dropped or pasted; the field of the form holds them --------------------------------------------

let held = []; // what was chosen so far: a field forgets that when it is used again

function choose(list) {
  held = list;
  const transfer = new DataTransfer();
  list.forEach((file) => transfer.items.add(file));
  files.files = transfer.files;
  chosen.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
  chosen.replaceChildren(...list.map(chip));
  chosen.hidden = list.length === 0;
}

function chip(file, index) {
  const item = document.createElement("li");
  if (/^image\/(png|jpeg|gif|webp)$/.test(file.type)) {
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = "";
    item.append(image);
  }
  const name = document.createElement("span");
  name.textContent = file.name;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = "×";
  remove.setAttribute("aria-label", `${chosen.dataset.remove}: ${file.name}`);
  remove.addEventListener("click", () => {
    choose(held.filter((_, other) => other !== index));
    text.focus();
  });
  item.append(name, remove);
  return item;
}

function add(more) {
  const list = [...held, ...more];
  const fits = list.length <= Number(chosen.dataset.most) && list.every((file) => file.size <= Number(chosen.dataset.bytes));
  tell(fits ? "" : chosen.dataset.tooLarge);
  choose(fits ? list : held);
}

files.addEventListener("change", () => add([...files.files]));

function take(transfer) {
  if (!transfer || transfer.files.length === 0) return false;
  add([...transfer.files]);
  return true;
}

document.addEventListener("paste", (event) => { if (take(event.clipboardData)) event.preventDefault(); });
document.addEventListener("dragover", (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  $("drop").hidden = false;
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) $("drop").hidden = true; });
document.addEventListener("drop", (event) => {
  $("drop").hidden = true;
  if (take(event.dataTransfer)) event.preventDefault();
});

// --- Live: server-sent events, read with the pass; comes again by itself, slower each time -------------------------

let stream = null;

function stop() {
  stream?.abort();
  stream = null;
}

function listen() {
  if (stream || !log.querySelector("li")) return;
  stream = new AbortController();
  follow(stream).catch(() => {});
}

async function follow(mine) {
  let wait = 1000, last = "";
  while (!mine.signal.aborted) {
    try {
      const headers = { ...known(), ...(last && { "Last-Event-ID": last }) };
      const answer = await fetch(log.dataset.live, { headers, signal: mine.signal });
      if (answer.status === 204) { if (stream === mine) stream = null; return; }
      if (!answer.ok) throw new Error(String(answer.status));
      $("offline").hidden = true;
      wait = 1000;
      for await (const mark of news(answer.body)) { last = mark; await refresh(); }
      await pause(500, mine.signal); // its time was up
    } catch {
      if (mine.signal.aborted) return;
      $("offline").hidden = wait < 4000;
      await pause(wait * (0.75 + Math.random() / 2), mine.signal);
      wait = Math.min(wait * 2, SLOWEST);
    }
  }
}

async function* news(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const mark = /^id: (.*)$/m.exec(block);
      if (mark && /^event: news$/m.test(block)) yield mark[1];
    }
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => { clearTimeout(timer); resolve(); });
    addEventListener("online", resolve, { once: true });
  });
}

// --- Whom the site around us has logged in: a token of its own, or an empty one for nobody ----------------------------

const awaiting = widget && new URLSearchParams(location.search).has("awaits");

async function identify(token) {
  form.inert = true;
  stop();
  try {
    const body = new URLSearchParams({ token });
    const answer = await fetch(log.dataset.identity + location.search, { method: "POST", body, headers: known() });
    if (answer.status >= 500) throw new Error(String(answer.status));
    pass = answer.headers.get("X-Chat-Pass");
    keep(shelf, pass);
    await refresh();
    tell(await answer.text());
    form.inert = false;
    if (shown) text.focus();
  } catch {
    setTimeout(() => up({ kind: "ready" }), 3000); // the site may have a fresh one by then
  }
}

// --- The widget around us: it says when it opens, we say what is unread and when to close --------------------------

let shown = !widget;
const seen = `${shelf}:read`;
let read = Number(kept(seen)); // the newest line that was seen

const up = (message) => { if (widget) parent.postMessage({ tanggap: message.kind, ...message }, "*"); };

function count() {
  const newest = Number(log.querySelector("li:last-child")?.dataset.id ?? 0);
  if (shown && !document.hidden && newest > read) {
    keep(seen, (read = newest));
    const body = new URLSearchParams({ newest });
    fetch(log.dataset.live.replace(/\/live.*/, "/read"), { method: "POST", body, headers: known() }).catch(() => {});
  }
  const unread = [...log.querySelectorAll("li.theirs")].filter((line) => Number(line.dataset.id) > read).length;
  up({ kind: "unread", count: unread });
  if (!widget) document.title = document.title.replace(/^(\(\d+\) )?/, unread ? `(${unread}) ` : "");
}

if (widget) {
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || typeof data !== "object" || data === null) return;
    if (data.tanggap === "shown") {
      shown = data.open;
      count();
      if (shown) { atEnd(); text.focus(); }
    } else if (data.tanggap === "identity") {
      identify(String(data.token));
    }
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if ($("options").open) { $("options").open = false; $("options").querySelector("summary").focus(); } else up({ kind: "close" });
});
document.addEventListener("visibilitychange", count);

// --- Begin -----------------------------------------------------------------------------------------------------------

document.documentElement.classList.add("live");
const before = widget ? kept(shelf) : null;
pass = before ?? log.dataset.pass ?? null;
keep(shelf, pass);
if (awaiting) form.inert = true;
else if (before) await refresh().catch(() => {}); // the page was drawn for the cookie
atEnd();
count();
if (!awaiting) listen();
up({ kind: "ready" });
