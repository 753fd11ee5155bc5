"""What is said of papers: to the requester who gets one, and on the paper itself."""

from collections.abc import Sequence

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase

_ENCLOSED = Phrase(id="Bersama ini kami sampaikan {paper} (terlampir).", en="Please find attached: {paper}.")
_ENCLOSED_NUMBER = Phrase(
    id="Bersama ini kami sampaikan {paper} nomor {number} (terlampir).",
    en="Please find attached: {paper}, number {number}.",
)
_LISTED = Phrase(id="Dokumen: {papers}", en="Papers: {papers}")
_DRAFT = Phrase(id="konsep", en="draft")
_IN_THE_NAME_OF = Phrase(id="a.n.", en="for the")


def enclosed(language: Language, *, paper: str, number: str | None) -> str:
    if number is None:
        return _ENCLOSED.say(language, paper=paper)
    return _ENCLOSED_NUMBER.say(language, paper=paper, number=number)


def listed(language: Language, papers: Sequence[tuple[str, str | None, bool]]) -> str:
    """Name papers: what each is called, its number, and whether it is a draft."""
    draft = f" ({_DRAFT.say(language)})"
    named = [
        f"{name}{f' {number}' if number else ''}{draft if is_draft else ''}"
        for name, number, is_draft in papers
    ]
    return _LISTED.say(language, papers=", ".join(named))


def in_the_name_of(language: Language) -> str:
    """Return what stands before the post of whom somebody else signs for."""
    return _IN_THE_NAME_OF.say(language)
