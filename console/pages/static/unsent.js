// What is being sent stays with this tab until a page shows that it was taken: a session may be over by then, or the
// connection lost. Whoever comes back to the ticket, by the login or by hand, finds it in the form again.
const TAKEN = "#newest"; // where the ticket's page is shown at, once it has taken something

export function keepsUnsent(form) {
  const page = form.dataset.draft.replace(/\/draft$/, ""), name = `tanggap_unsent:${page}`;
  const left = take(name);
  if (left && location.pathname === page && location.hash !== TAKEN && !isSaid(left.text)) giveBack(form, left);
  form.addEventListener("submit", () => keepUnsent(form, name));
  return () => keepUnsent(form, name);
}

function keepUnsent(form, name) {
  const text = form.elements.text.value;
  if (!text.trim()) return;
  try { sessionStorage.setItem(name, JSON.stringify({ text, mode: form.elements.mode?.value })); } catch { /* then as before */ }
}

function take(name) {
  try {
    const left = JSON.parse(sessionStorage.getItem(name));
    sessionStorage.removeItem(name);
    return left;
  } catch { return null; }
}

function isSaid(text) {
  return [...document.querySelectorAll("#conversation .words")].some((words) => words.innerText.trim() === text.trim());
}

function giveBack(form, { text, mode }) {
  const field = form.elements.text, draft = field.value.trim();
  if (text.trim() === draft) return;
  field.value = text.startsWith(draft) || !draft ? text : `${draft}\n\n${text}`; // a draft that was kept before is its beginning
  if (mode && form.elements.mode) form.elements.mode.value = mode;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const state = form.querySelector("[data-draft-state]");
  if (state) state.textContent = state.dataset.back;
}
