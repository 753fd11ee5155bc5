"""What a paper shows of whoever signs it, and of those who initialled it before. Pure.

signature    {post, name, number}        approval    {name, post, at}
initials     [{initials, name, post, at}, ..], in the order in which it was checked
"""

from typing import Any

from procedures.definition.papers import Paper
from procedures.definition.procedure import Step
from procedures.papers.values import Around, moment_words
from templates_replies import paper_phrases as phrases
from templates_replies.catalogue import Language
from tickets.actor import Actor

_MOST_LETTERS = 3


def signature_of(paper: Paper, around: Around, step: Step, *, by: Actor) -> dict[str, Any]:
    """Return `signature` and `approval`. Who stands in for the role signs in its name, with their own."""
    name = _name(around, by)
    post = paper.signature.post if paper.signature else around.procedure.actor(step)
    printed: dict[str, str | None] = {"post": post, "name": name, "number": None}
    if not _holds(around, step, by):
        printed["post"] = f"{phrases.in_the_name_of(paper.language)} {post}"
    elif paper.signature is not None:
        printed |= {"name": paper.signature.name or name, "number": paper.signature.number}
    approval = {"name": name, "post": printed["post"], "at": moment_words(around.local, paper.language)}
    return {"signature": printed, "approval": approval}


def initials_of(around: Around, step: Step, *, by: Actor, language: Language) -> dict[str, str]:
    """Return one of `initials`: those of whoever ended the step, as the role or in its name."""
    name, post = _name(around, by), around.procedure.actor(step)
    if not _holds(around, step, by):
        post = f"{phrases.in_the_name_of(language)} {post}"
    return {
        "initials": initials(name),
        "name": name,
        "post": post,
        "at": moment_words(around.local, language),
    }


def initials(name: str) -> str:
    """Return `SD` of `Dr. Sari Dewi, M.Si.`: titles have none."""
    words = [word for word in name.partition(",")[0].split() if not word.endswith(".")]
    return "".join(word[0].upper() for word in words[:_MOST_LETTERS]) or name[:1].upper()


def _name(around: Around, by: Actor) -> str:
    return next((member.name for member in around.desk.staff if member.id == by.id), by.id or str(by.kind))


def _holds(around: Around, step: Step, by: Actor) -> bool:
    role = around.procedure.role(step.role)
    return role is not None and by.id in {*role.people, *around.desk.members_of(role.team)}
