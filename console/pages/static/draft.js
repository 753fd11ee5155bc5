// Keeps on the server what is being written: a moment after the last key, again while the connection is lost, and
// when the page is left. Once the form is sent, nothing more is kept.
const PAUSE = 800, RETRY = 4000; // milliseconds
const GOES_ALONG = ["token", "once", "text", "mode", "began_as"];

class SessionOver extends Error {}

export function keepDraft(form, keepUnsent) {
  const state = form.querySelector("[data-draft-state]");
  let version = 0, kept = 0, timer = null, sent = false;

  function content() {
    const all = new FormData(form), some = new FormData();
    for (const name of GOES_ALONG) if (all.has(name)) some.append(name, all.get(name));
    return some;
  }

  async function keep() {
    const wanted = version;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: content() });
      if (answer.redirected) throw new SessionOver(); // to the login
      if (!answer.ok) throw new Error(answer.status);
      kept = wanted;
      if (version === wanted) state.textContent = state.dataset.kept;
    } catch (error) {
      state.textContent = error instanceof SessionOver ? state.dataset.over : state.dataset.unkept;
      if (!sent) soon(RETRY);
    }
  }

  function soon(wait) {
    clearTimeout(timer);
    timer = setTimeout(() => { if (kept < version && !sent) keep(); }, wait);
  }

  function changed() {
    version += 1;
    soon(PAUSE);
  }

  form.addEventListener("input", (event) => { if (event.target.matches("textarea, [name=mode]")) changed(); });
  form.addEventListener("submit", () => { sent = true; clearTimeout(timer); });
  addEventListener("online", () => soon(0));
  addEventListener("pageshow", (event) => { if (event.persisted) sent = false; });
  addEventListener("pagehide", () => {
    if (kept === version || sent) return;
    navigator.sendBeacon(form.dataset.draft, content());
    keepUnsent(); // it may not arrive
  });
  form.querySelector("[data-draft-keep]").remove(); // it keeps itself
}
