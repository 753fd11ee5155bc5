// A sign at the beginning of a word opens a list of what may be meant by it: with arrows, Enter and Escape, or a click.
// What is offered is fetched once, from where the list says, as {id, title, text}.
const MOST = 8;

// `typed`: finds the sign and what follows it, right before the cursor; `on`: whether it means anything now;
// `chosen(each, start)`: what is done with what was chosen, once its text stands at `start`.
export function suggests(form, list, { typed, on = () => true, chosen = () => {} }) {
  const words = form.querySelector("textarea");
  let all = null, shown = [], at = 0, from = -1;

  async function known() {
    all ??= fetch(list.dataset.from).then((answer) => (answer.ok ? answer.json() : Promise.reject()));
    try { return await all; } catch { all = null; return []; }
  }

  function close() {
    if (!list.hidden) words.removeAttribute("aria-activedescendant");
    list.hidden = true;
    from = -1;
  }

  function fits(text, asked) {
    const low = text.toLowerCase();
    return asked.every((word) => low.includes(word));
  }

  function draw() {
    list.replaceChildren(...shown.map((each, index) => {
      const option = document.createElement("li"), title = document.createElement("strong"), text = document.createElement("span");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", index === at);
      title.textContent = each.title;
      text.textContent = (each.about ?? each.text).replace(/\s+/g, " ").slice(0, 110);
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
    words.setAttribute("aria-autocomplete", "list");
    words.setAttribute("aria-controls", list.id);
    if (shown.length) words.setAttribute("aria-activedescendant", `${list.id}-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  async function look() {
    const before = words.value.slice(0, words.selectionStart);
    const found = on() && before.match(typed);
    if (!found) { close(); return; }
    from = before.length - found[1].length - 1;
    const asked = found[1].toLowerCase().split(" ").filter(Boolean);
    const fitting = (await known()).filter((each) => fits(`${each.title} ${each.text}`, asked));
    if (from < 0) return; // closed meanwhile
    if (!fitting.length && found[1].includes(" ")) { close(); return; } // a fraction, a path, a sentence: nothing was meant
    const rank = ({ title }) => (asked.every((word) => ` ${title.toLowerCase()}`.includes(` ${word}`)) ? 0 : fits(title, asked) ? 1 : 2);
    shown = fitting.sort((one, other) => rank(one) - rank(other)).slice(0, MOST);
    at = 0;
    draw();
  }

  function choose() {
    const each = shown[at], start = from;
    words.setRangeText(each.text, start, words.selectionStart, "end");
    chosen(each, start);
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
