// What is written on a ticket's page: everything here makes the form nicer, and it works without.
import { keepDraft } from "./draft.js";
import { takesFiles } from "./files.js";
import { colleaguesByAt } from "./mentions.js";
import { sendsByKey } from "./sending.js";
import { templatesBySlash } from "./slash.js";
import { countDown } from "./undo.js";
import { keepsUnsent } from "./unsent.js";

const form = document.getElementById("answer");
if (form?.dataset.draft) {
  templatesBySlash(form); // before Enter is anybody else's
  colleaguesByAt(form);
  takesFiles(form);
  const keepUnsent = keepsUnsent(form);
  keepDraft(form, keepUnsent);
  sendsByKey(form);
}
countDown();
setInterval(countDown, 500);
