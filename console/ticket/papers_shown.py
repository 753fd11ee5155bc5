"""Papers as pages show them. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.phrases import say
from procedures.papers.rows import PaperNow, State
from templates_replies.catalogue import Language


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """One paper in the list of a case."""

    path: str
    title: str
    number: str | None
    state: str
    state_words: str
    says: str  # who made or signed it, and when
    error: str | None


def lines_of(
    papers: Sequence[PaperNow], language: Language, *, names: Mapping[str, str], when: Callable[[datetime], str]
) -> list[PaperLine]:  # fmt: skip
    """Return papers as a list shows them; what was replaced stands last."""
    ordered = sorted(papers, key=lambda each: (each.state is State.REPLACED, each.id))
    return [
        PaperLine(
            path=f"/tickets/{each.ticket}/papers/{each.id}",
            title=each.title,
            number=each.number,
            state=each.state,
            state_words=state_words(each, language),
            says=_says(each, language, names=names, when=when),
            error=each.error,
        )
        for each in ordered
    ]


def state_words(paper: PaperNow, language: Language) -> str:
    if paper.error is not None:
        return say(language, "paper_state_failed")
    if paper.due_at is not None:
        return say(language, "paper_state_typesetting")
    return say(language, f"paper_state_{paper.state}")


def _says(
    paper: PaperNow, language: Language, *, names: Mapping[str, str], when: Callable[[datetime], str]
) -> str:
    by, at = (paper.final_by, paper.final_at) if paper.final_at else (paper.made_by, paper.made_at)
    who = (by or "").partition(":")[2]
    checked = ", ".join(each["name"] for each in paper.content.get("initials", ()))
    initials = say(language, "paper_initials", who=checked) if checked else ""
    return " · ".join(part for part in (names.get(who, who), when(at or paper.made_at), initials) if part)
