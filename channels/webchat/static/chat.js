// Makes the chat live: what is sent goes without reloading the page, and answers appear when they are there.
// Without it the page does the same with plain forms.
const log = document.getElementById("log");
const form = document.getElementById("say");
const text = document.getElementById("text");
const problem = document.getElementById("problem");
let source = null;

function atEnd() { log.scrollTop = log.scrollHeight; }

// Only what is new is added, so that a screen reader reads out only that.
function renew(list, newer) {
  [...newer.children].forEach((line, index) => {
    const old = list.children[index];
    if (!old) list.append(line);
    else if (old.outerHTML !== line.outerHTML) old.replaceWith(line);
  });
}

function show(fresh, sent) {
  const newer = fresh.getElementById("log");
  if (!newer) return;
  const nearEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  renew(log.querySelector("ol"), newer.querySelector("ol"));
  log.querySelector(".buttons").replaceWith(newer.querySelector(".buttons"));
  log.dataset.live = newer.dataset.live;
  form.elements.once.value = fresh.querySelector("#say [name=once]").value;
  if (sent) {
    const said = fresh.getElementById("problem");
    problem.textContent = said.textContent;
    problem.hidden = said.hidden;
    if (said.hidden) form.reset();
  }
  if (nearEnd || sent) atEnd();
  listen();
}

function page(answer) { return answer.text().then((html) => new DOMParser().parseFromString(html, "text/html")); }

async function refresh() { show(await page(await fetch(location.pathname)), false); }

async function send(target, body) {
  const buttons = document.querySelectorAll("button");
  buttons.forEach((each) => { each.disabled = true; });
  try {
    show(await page(await fetch(target, { method: "POST", body })), true);
  } finally {
    document.querySelectorAll("button").forEach((each) => { each.disabled = false; });
    text.focus();
  }
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const body = new FormData(event.target, event.submitter);
  // If the network fails, the plain form is sent with the same key, so that it still counts once.
  send(event.target.action, body).catch(() => event.target.submit());
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(pointer: fine)").matches) {
    event.preventDefault();
    form.requestSubmit();
  }
});

function listen() {
  if (source || !log.querySelector("li")) return;
  source = new EventSource(log.dataset.live);
  source.addEventListener("news", () => refresh().catch(() => {}));
}

atEnd();
listen();
