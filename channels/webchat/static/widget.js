// The chat on another site: <script src="https://…/chat/<desk>/widget.js" defer></script>
// A button in the corner that opens the chat page in a frame. Needs nothing of the site; all it leaves there is a mark in
// its storage that the chat was used, so that answers are noticed on the next page as well.
(() => {
  const script = document.currentScript;
  if (!script || window.TanggapChat) return;
  const address = new URL(script.src.replace(/\/widget\.js(\?.*)?$/, "/widget"));
  const asked = script.dataset.lang || script.dataset.language || document.documentElement.lang || navigator.language;
  const english = asked.toLowerCase().startsWith("en");
  const words = english
    ? { open: "Open the chat", close: "Close the chat", chat: "Chat", unread: (n) => `Open the chat, ${n} new`, news: "New answer in the chat" }
    : { open: "Buka obrolan", close: "Tutup obrolan", chat: "Obrolan", unread: (n) => `Buka obrolan, ${n} pesan baru`, news: "Ada jawaban baru di obrolan" };
  address.searchParams.set("lang", english ? "en" : "id");
  const used = `tanggap-chat-used:${address.pathname}`;

  const host = document.createElement("div");
  host.style.setProperty("all", "initial", "important"); // whatever the site's rules say of its own elements
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    .launch, .panel { position: fixed; z-index: 2147483000; box-sizing: border-box; }
    .launch { all: unset; box-sizing: border-box; position: fixed; z-index: 2147483000; right: 20px; bottom: 20px; width: 56px;
      height: 56px; border-radius: 50%; background: #0f766e; cursor: pointer; display: grid; place-items: center;
      box-shadow: 0 4px 14px rgb(0 0 0 / 25%); }
    .launch:focus-visible, .close:focus-visible { outline: 3px solid #fff; outline-offset: -5px; box-shadow: 0 0 0 3px #0f766e; }
    svg { width: 26px; height: 26px; fill: none; stroke: #fff; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    .badge { position: absolute; top: -4px; right: -4px; min-width: 22px; height: 22px; padding: 0 6px; border-radius: 11px;
      box-sizing: border-box; background: #b42318; color: #fff; font: 600 13px/22px system-ui, sans-serif; text-align: center; }
    .panel { inset: auto 20px 88px auto; width: 380px; height: min(600px, calc(100dvh - 108px)); max-width: none; max-height: none;
      margin: 0; padding: 0; border: 0; border-radius: 16px; overflow: hidden; background: #f5f6f4; box-shadow: 0 8px 32px rgb(0 0 0 / 25%); }
    iframe { display: block; width: 100%; height: 100%; border: 0; color-scheme: light dark; }
    .close { all: unset; box-sizing: border-box; position: absolute; top: 4px; right: 4px; width: 40px; height: 40px; border-radius: 8px;
      cursor: pointer; display: grid; place-items: center; }
    [hidden] { display: none !important; }
    @media (max-width: 460px), (max-height: 420px) {
      .panel { inset: var(--top, 0) 0 auto; width: auto; height: var(--height, 100dvh); border-radius: 0; }
      .opened { visibility: hidden; }
    }
    @media (prefers-color-scheme: dark) { .panel { background: #101615; } }
    @media (prefers-reduced-motion: no-preference) {
      .panel { animation: rise .18s ease-out; }
      @keyframes rise { from { opacity: 0; translate: 0 12px; } }
    }
    @media (forced-colors: active) { svg { stroke: CanvasText; } .launch, .panel { border: 2px solid CanvasText; } }
    .said { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    @media print { .launch, .panel { display: none; } }
  `);
  root.adoptedStyleSheets = [style];

  function picture(path) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  function knob(name, path) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = name;
    button.append(picture(path));
    return button;
  }

  const launch = knob("launch", "M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 4v-4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z");
  const close = knob("close", "M6 6l12 12M18 6L6 18");
  const badge = document.createElement("span");
  badge.className = "badge";
  badge.setAttribute("aria-hidden", "true");
  badge.hidden = true;
  launch.append(badge);
  const said = document.createElement("div"); // for screen readers, while the chat is closed
  said.className = "said";
  said.setAttribute("role", "status");
  const panel = document.createElement("dialog");
  panel.className = "panel";
  panel.setAttribute("aria-label", words.chat);
  const frame = document.createElement("iframe");
  frame.title = words.chat;
  close.setAttribute("aria-label", words.close);
  panel.append(close, frame);
  const covers = matchMedia("(max-width: 460px), (max-height: 420px)"); // the panel the whole page, as above

  let ready = false, unread = 0;
  let token = script.dataset.identity; // undefined: the site says nothing of who has logged in; empty: nobody has
  const source = script.dataset.identityUrl; // where the site gives a fresh one
  const tell = (message) => { if (ready) frame.contentWindow.postMessage(message, address.origin); };

  function label() {
    const opened = panel.open;
    launch.setAttribute("aria-expanded", String(opened));
    launch.setAttribute("aria-label", opened ? words.close : unread ? words.unread(unread) : words.open);
    launch.classList.toggle("opened", opened);
    badge.textContent = unread > 9 ? "9+" : String(unread);
    badge.hidden = opened || unread === 0;
  }

  function load() {
    if (frame.src) return;
    if (source || token !== undefined) address.searchParams.set("awaits", "1");
    frame.src = address.href;
  }

  async function fresh() {
    try {
      const answer = await fetch(source, { credentials: "same-origin", cache: "no-store" });
      return answer.ok ? (await answer.text()).trim() : "";
    } catch { return ""; }
  }

  async function identify() {
    if (source) token = await fresh();
    if (token !== undefined) tell({ tanggap: "identity", token });
  }

  function toggle(open) {
    if (open === panel.open) return;
    if (open) {
      load();
      said.textContent = "";
      if (covers.matches) panel.showModal(); // nobody shall get lost behind it
      else panel.show();
      frame.focus();
    } else panel.close();
    label();
    tell({ tanggap: "shown", open });
  }

  function shut() {
    toggle(false);
    launch.focus();
  }

  // A keyboard on the screen takes height away; zooming in does not.
  function fit() {
    const { scale, height, offsetTop } = visualViewport;
    if (scale > 1.01) return;
    panel.style.setProperty("--top", `${offsetTop}px`);
    panel.style.setProperty("--height", `${height}px`);
  }

  addEventListener("message", ({ source: from, origin, data }) => {
    if (from !== frame.contentWindow || origin !== address.origin || typeof data !== "object" || data === null) return;
    if (data.tanggap === "ready") {
      ready = true;
      tell({ tanggap: "shown", open: panel.open });
      identify();
    } else if (data.tanggap === "unread") {
      const count = Number(data.count) || 0;
      if (count > unread && !panel.open) said.textContent = words.news;
      else if (count === 0) said.textContent = "";
      unread = count;
      label();
    } else if (data.tanggap === "close") shut();
  });
  launch.addEventListener("click", () => {
    toggle(!panel.open);
    try { localStorage.setItem(used, "1"); } catch { /* then answers are noticed on this page only */ }
  });
  close.addEventListener("click", shut);
  host.addEventListener("keydown", (event) => { if (event.key === "Escape" && panel.open) shut(); });
  panel.addEventListener("cancel", (event) => { event.preventDefault(); shut(); }); // a phone's way back
  for (const change of ["resize", "scroll"]) visualViewport.addEventListener(change, fit);

  label();
  root.append(panel, launch, said);
  const begin = () => {
    document.body.append(host);
    try { if (token !== undefined || localStorage.getItem(used)) load(); } catch { /* as above */ }
  };
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
  window.TanggapChat = {
    open: () => toggle(true),
    close: () => (document.activeElement === host ? shut() : toggle(false)),
    identify: (given) => { token = String(given); load(); tell({ tanggap: "identity", token }); },
    logout: () => { token = ""; load(); tell({ tanggap: "identity", token }); },
  };
})();
