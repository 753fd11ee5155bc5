// What is written on a ticket's page: everything here makes the form nicer, and it works without.
import { keepDraft } from "./draft.js";
import "./paste.js";
import { sendsByKey } from "./sending.js";
import { countDown } from "./undo.js";

const form = document.getElementById("answer");
if (form?.dataset.draft) {
  keepDraft(form);
  sendsByKey(form);
}
countDown();
setInterval(countDown, 500);
