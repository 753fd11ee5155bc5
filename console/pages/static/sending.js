// Ctrl+Enter (⌘+Enter) presses the button of what is being written: a note is kept, an answer is sent.
export function sendsByKey(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches("textarea")) return;
    const mode = form.querySelector("[name=mode]:checked")?.value ?? "note"; // a form without the switch takes notes alone
    const button = form.querySelector(`[data-sends=${mode}]`);
    if (!button) return;
    event.preventDefault();
    form.requestSubmit(button);
  });
}
