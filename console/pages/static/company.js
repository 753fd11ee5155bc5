// Who else has the ticket open and who is typing, as the server tells it; and telling it that we are. While nobody else is
// there nothing is told, and never more than once in so many milliseconds.
const EVERY = 1500;

const form = document.getElementById("answer"), company = document.getElementById("company");
let told = 0;

document.addEventListener("company", ({ detail }) => {
  for (const line of company?.querySelectorAll("[data-company]") ?? []) {
    line.textContent = detail[line.dataset.company] ?? "";
    line.hidden = !line.textContent;
  }
});

const alone = () => ![...company.children].some((line) => !line.hidden);

if (form && company) {
  form.addEventListener("input", (event) => {
    if (!event.target.matches("textarea") || Date.now() - told < EVERY || alone()) return;
    told = Date.now();
    const words = new FormData();
    words.append("token", form.elements.token.value);
    fetch(company.dataset.typing, { method: "POST", body: words }).catch(() => {});
  });
}
