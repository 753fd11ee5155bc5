// "/" opens the reply templates, by title and text. What is missing stays marked with its braces, and the first of it is selected.
import { suggests } from "./suggest.js";

export function templatesBySlash(form) {
  const words = form.querySelector("textarea"), list = document.getElementById("slash");
  if (!list) return;
  suggests(form, list, {
    typed: /(?:^|\s)\/([^\n/]{0,40})$/,
    chosen({ id }, start) {
      let began = form.querySelector("[name=began_as]");
      if (!began) {
        began = Object.assign(document.createElement("input"), { type: "hidden", name: "began_as" });
        form.append(began);
      }
      began.value = id;
      const gap = words.value.slice(start).match(/\{[^{}\n]+\}/);
      if (gap) words.setSelectionRange(start + gap.index, start + gap.index + gap[0].length);
    },
  });
}
