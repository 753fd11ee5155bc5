// Single keys for whoever goes through a queue: an element with data-key is pressed, or given the cursor if one writes
// into it. While somebody is writing, keys are letters.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted.matches("textarea")) wanted.focus();
  else wanted.click();
});

for (const all of document.querySelectorAll("[data-choose-all]")) {
  all.hidden = false;
  all.addEventListener("click", () => {
    const boxes = [...all.form.querySelectorAll("[type=checkbox]:not(:disabled)")];
    const every = boxes.every((box) => box.checked);
    boxes.forEach((box) => { box.checked = !every; });
  });
}
