// "/" at the beginning of a word opens the reply templates: by title and text, with arrows, Enter and Escape. What is
// missing stays marked with its braces, and the first of it is selected.
const MOST = 8;

export function templatesBySlash(form) {
  const words = form.querySelector("textarea"), list = form.querySelector("[data-slash]");
  if (!list) return;
  let all = null, shown = [], at = 0, from = -1;
  words.setAttribute("aria-autocomplete", "list");
  words.setAttribute("aria-controls", list.id);

  async function known() {
    all ??= fetch(list.dataset.slash).then((answer) => (answer.ok ? answer.json() : Promise.reject()));
    try { return await all; } catch { all = null; return []; }
  }

  function close() {
    list.hidden = true;
    from = -1;
    words.removeAttribute("aria-activedescendant");
  }

  function fits(each, asked) {
    const text = `${each.title} ${each.text}`.toLowerCase();
    return asked.every((word) => text.includes(word));
  }

  function draw() {
    list.replaceChildren(...shown.map((each, index) => {
      const option = document.createElement("li"), title = document.createElement("strong"), text = document.createElement("span");
      option.id = `slash-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", index === at);
      title.textContent = each.title;
      text.textContent = each.text.replace(/\s+/g, " ").slice(0, 110);
      option.append(title, text);
      option.addEventListener("mousedown", (event) => { event.preventDefault(); at = index; choose(); });
      return option;
    }));
    if (!shown.length) {
      const none = document.createElement("li");
      none.textContent = list.dataset.none;
      list.append(none);
    }
    list.hidden = false;
    if (shown.length) words.setAttribute("aria-activedescendant", `slash-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  async function look() {
    const before = words.value.slice(0, words.selectionStart);
    const typed = before.match(/(?:^|\s)\/([^\n/]{0,40})$/);
    if (!typed) { close(); return; }
    from = before.length - typed[1].length - 1;
    const asked = typed[1].toLowerCase().split(" ").filter(Boolean), titled = (each) => fits({ ...each, text: "" }, asked);
    const found = (await known()).filter((each) => fits(each, asked));
    if (from < 0) return; // closed meanwhile
    if (!found.length && typed[1].includes(" ")) { close(); return; } // a fraction, a path: no template was meant
    shown = [...found.filter(titled), ...found.filter((each) => !titled(each))].slice(0, MOST);
    at = 0;
    draw();
  }

  function choose() {
    const { id, text } = shown[at], start = from;
    words.setRangeText(text, start, words.selectionStart, "end");
    let began = form.querySelector("[name=began_as]");
    if (!began) {
      began = Object.assign(document.createElement("input"), { type: "hidden", name: "began_as" });
      form.append(began);
    }
    began.value = id;
    const gap = words.value.slice(start).match(/\{[^{}\n]+\}/);
    if (gap) words.setSelectionRange(start + gap.index, start + gap.index + gap[0].length);
    close();
    words.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  }

  words.addEventListener("input", look);
  words.addEventListener("blur", close);
  words.addEventListener("keydown", (event) => {
    if (list.hidden || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close();
    else if (step && shown.length) { at = (at + step + shown.length) % shown.length; draw(); }
    else if ((event.key === "Enter" || event.key === "Tab") && shown.length) choose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
