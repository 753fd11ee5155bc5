// Counts down how long an answer can still be undone; what is over is taken away.
const counted = new WeakMap(); // form → when it is over

function over(form) {
  if (!counted.has(form)) counted.set(form, Date.now() + 1000 * form.dataset.left);
  return counted.get(form);
}

export function countDown() {
  for (const form of document.querySelectorAll("[data-left]")) {
    const left = Math.ceil((over(form) - Date.now()) / 1000);
    if (left <= 0) { form.remove(); continue; }
    const words = form.querySelector("p");
    words.textContent = words.textContent.replace(/\d+/, left);
  }
}
