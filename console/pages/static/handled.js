// What somebody has done to a part of a page and no server knows of: what is ticked, chosen, typed and opened, where they are
// with the keyboard, what they look at. `handled(part)` remembers it and returns how it is done again once the part is replaced.
const NAMED = "a[href], button, [type=checkbox], summary";
const FIELDS = "select, textarea, input:not([type=checkbox], [type=radio], [type=hidden], [type=file])";
const formOf = (each) => each.form?.getAttribute("action");
const HIDDEN = "[type=hidden]:not([name=token], [name=once])"; // what tells buttons of one act apart
const about = ({ localName, form }) => (localName === "button" && form ? [...form.querySelectorAll(HIDDEN)].map((each) => each.value) : []);
const nameOf = (each) => [each.localName, formOf(each), ...about(each), each.name, each.getAttribute("href") ?? each.value].join(" ");
const fieldOf = (each) => [formOf(each), each.name].join(" ");
const given = (each) => each.defaultValue ?? ([...each.options].find((one) => one.defaultSelected) ?? each.options[0])?.value;
const found = (part, selector, name) => [...part.querySelectorAll(selector)].find((each) => nameOf(each) === name);

export function handled(part) {
  const turned = [...part.querySelectorAll("[type=checkbox]")].filter((box) => box.checked !== box.defaultChecked);
  const ticks = new Map(turned.map((box) => [nameOf(box), box.checked]));
  const filled = [...part.querySelectorAll(FIELDS)].filter((each) => each.value !== given(each));
  const written = new Map(filled.map((each) => [fieldOf(each), each.value]));
  const open = [...part.querySelectorAll("details")].map((each) => each.open);
  const here = part.contains(document.activeElement) && document.activeElement.matches(NAMED) ? nameOf(document.activeElement) : null;
  const row = [...part.querySelectorAll("[data-row]")].find((each) => each.getBoundingClientRect().bottom > 0);
  const seen = window.scrollY > 0 && row ? { name: nameOf(row), top: row.getBoundingClientRect().top } : null;
  return () => {
    for (const box of part.querySelectorAll("[type=checkbox]")) box.checked = ticks.get(nameOf(box)) ?? box.checked;
    for (const each of part.querySelectorAll(FIELDS)) each.value = written.get(fieldOf(each)) ?? each.value;
    part.querySelectorAll("details").forEach((each, index) => { each.open = open[index] ?? each.open; });
    if (here) found(part, NAMED, here)?.focus({ preventScroll: true });
    const again = seen && found(part, "[data-row]", seen.name);
    if (again) window.scrollBy(0, again.getBoundingClientRect().top - seen.top);
  };
}
