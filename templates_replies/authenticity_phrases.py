"""What is said of a mail's sender to those who work on its ticket."""

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_FORGED = Phrase(
    id="⚠️ Pengirim mungkin palsu: {checks} (diperiksa {by})",
    en="⚠️ The sender may be forged: {checks} (checked by {by})",
)
_CHECKED = Phrase(
    id="Pengirim surel: {checks} (diperiksa {by})", en="Mail sender: {checks} (checked by {by})"
)


def checked(
    language: Language, *, by: str, spf: str | None, dkim: str | None, dmarc: str | None, forged: bool
) -> str:
    """Say what the server found; the checks are called the same in both languages."""
    found = {"DMARC": dmarc, "DKIM": dkim, "SPF": spf}
    checks = ", ".join(f"{check} {result}" for check, result in found.items() if result)
    return (_FORGED if forged else _CHECKED).say(language, checks=checks, by=one_line(by, longest=80))
