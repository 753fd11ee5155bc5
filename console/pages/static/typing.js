// Whether a key that is pressed now is a letter for somebody who writes, and belongs to no shortcut.
const LETTERLESS = new Set(["checkbox", "radio", "button", "submit", "range"]);

export function isTyping(event) {
  const at = event.target;
  if (event.isComposing || !(at instanceof Element)) return true;
  if (at.matches("input")) return !LETTERLESS.has(at.type);
  return at.matches("textarea, select") || at.isContentEditable;
}

// Single keys can be switched off, as whoever speaks to their device, or types with a tremor, needs it (WCAG 2.1.4).
const KEPT = "tanggap_keys";

export function singleKeys() {
  try { return localStorage.getItem(KEPT) !== "off"; } catch { return true; }
}

export function switchSingleKeys(on) {
  try { localStorage.setItem(KEPT, on ? "on" : "off"); } catch { /* then until the page is left */ }
}
