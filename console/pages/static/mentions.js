// "@" in a note opens the colleagues who can be named in it.
import { suggests } from "./suggest.js";

export function colleaguesByAt(form) {
  const list = document.getElementById("colleagues");
  if (!list) return;
  const on = () => (form.querySelector("[name=mode]:checked")?.value ?? "note") === "note"; // a form without the switch takes notes alone
  suggests(form, list, { typed: /(?:^|[\s(])@([^\n@]{0,40})$/, on });
}
