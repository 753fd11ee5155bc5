// What somebody has done to a part of a page and no server knows of: what is ticked and opened, where they are with the
// keyboard, what they look at. `handled(part)` remembers it and returns how it is done again once the part is replaced.
const NAMED = "a[href], button, [type=checkbox], summary";
const nameOf = (each) => [each.localName, each.name, each.getAttribute("href") ?? each.value].join(" ");
const found = (part, selector, name) => [...part.querySelectorAll(selector)].find((each) => nameOf(each) === name);

export function handled(part) {
  const turned = [...part.querySelectorAll("[type=checkbox]")].filter((box) => box.checked !== box.defaultChecked);
  const ticks = new Map(turned.map((box) => [nameOf(box), box.checked]));
  const open = [...part.querySelectorAll("details")].map((each) => each.open);
  const here = part.contains(document.activeElement) && document.activeElement.matches(NAMED) ? nameOf(document.activeElement) : null;
  const row = [...part.querySelectorAll("[data-row]")].find((each) => each.getBoundingClientRect().bottom > 0);
  const seen = window.scrollY > 0 && row ? { name: nameOf(row), top: row.getBoundingClientRect().top } : null;
  return () => {
    for (const box of part.querySelectorAll("[type=checkbox]")) box.checked = ticks.get(nameOf(box)) ?? box.checked;
    part.querySelectorAll("details").forEach((each, index) => { each.open = open[index] ?? each.open; });
    if (here) found(part, NAMED, here)?.focus({ preventScroll: true });
    const again = seen && found(part, "[data-row]", seen.name);
    if (again) window.scrollBy(0, again.getBoundingClientRect().top - seen.top);
  };
}
