// Ctrl+Enter (⌘+Enter) presses the button of what is being written: a note is kept, an answer is sent.
export function sendsByKey(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches("textarea")) return;
    const isNote = (form.querySelector("[name=mode]:checked") ?? form.querySelector("[name=mode]"))?.value === "note";
    const button = form.querySelector(`[data-sends=${isNote ? "note" : "reply"}]`);
    if (!button) return;
    event.preventDefault();
    form.requestSubmit(button);
  });
}
