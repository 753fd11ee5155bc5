// The lines of a rule: beside what is asked stands what may be typed, one tap each.
for (const key of document.querySelectorAll("[data-rule-key]")) {
  const value = key.parentElement.querySelector("textarea");
  const offered = document.createElement("div");
  offered.className = "offered";
  key.parentElement.append(offered);
  const show = () => {
    const known = document.querySelector(`[data-known-values="${key.selectedOptions[0]?.dataset.known ?? ""}"]`);
    offered.replaceChildren(...[...(known?.querySelectorAll("code") ?? [])].slice(0, 12).map((each) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.textContent = each.textContent;
      button.onclick = () => {
        const isOne = key.selectedOptions[0].hasAttribute("data-one");
        const said = isOne ? [] : value.value.split(",").map((one) => one.trim()).filter(Boolean);
        value.value = [...new Set([...said, each.textContent])].join(", ");
        value.focus();
      };
      return button;
    }));
  };
  key.addEventListener("change", () => { show(); value.focus(); });
}
