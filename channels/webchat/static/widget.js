// The chat on another site: <script src="https://…/chat/<desk>/widget.js" async></script>
// A button in the corner that opens the chat page in a frame. Needs nothing of the site and leaves nothing in it.
(() => {
  const script = document.currentScript;
  if (!script) return;
  const address = script.src.replace(/\/widget\.js(\?.*)?$/, "/widget");
  const english = (script.dataset.language || document.documentElement.lang || navigator.language).startsWith("en");
  const words = english ? ["Open the chat", "Close the chat"] : ["Buka obrolan", "Tutup obrolan"];

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    button { all: unset; box-sizing: border-box; position: fixed; right: 20px; bottom: 20px; width: 56px; height: 56px;
      border-radius: 50%; background: #0f766e; cursor: pointer; display: grid; place-items: center;
      box-shadow: 0 4px 14px rgb(0 0 0 / 25%); z-index: 2147483000; }
    button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #0f766e; }
    svg { width: 26px; height: 26px; fill: #fff; }
    iframe { position: fixed; right: 20px; bottom: 88px; width: 380px; height: min(600px, calc(100vh - 108px)); border: 0;
      border-radius: 16px; box-shadow: 0 8px 32px rgb(0 0 0 / 25%); z-index: 2147483000; background: #fff; }
    iframe[hidden] { display: none; }
    @media (max-width: 460px) { iframe { right: 8px; left: 8px; width: calc(100vw - 16px); } }
  `);
  root.adoptedStyleSheets = [style];

  const button = document.createElement("button");
  button.type = "button";
  button.innerHTML = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 3h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 4v-4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"/></svg>';
  const frame = document.createElement("iframe");
  frame.hidden = true;

  function toggle(open) {
    if (open && !frame.src) frame.src = address;
    frame.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", words[open ? 1 : 0]);
  }
  frame.title = words[0];
  button.addEventListener("click", () => toggle(frame.hidden));
  host.addEventListener("keydown", (event) => { if (event.key === "Escape") { toggle(false); button.focus(); } });
  toggle(false);
  root.append(frame, button);
  (document.body || document.documentElement).append(host);
})();
