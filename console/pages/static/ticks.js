// A box that stands for all of a name in its form: it ticks and unticks them, and is unticked with the first of them.
for (const every of document.querySelectorAll("[data-every]")) {
  const all = () => every.form.querySelectorAll(`[name="${CSS.escape(every.dataset.every)}"]`);
  every.addEventListener("change", () => all().forEach((box) => { box.checked = every.checked; }));
  every.form.addEventListener("change", (event) => {
    if (event.target.name === every.dataset.every && !event.target.checked) every.checked = false;
  });
}
