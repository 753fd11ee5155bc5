"""Whether what steps do with papers can be done. Each flaw says where in the file it is, and what is wrong. Pure."""

from collections.abc import Iterator

from procedures.asking.questions import Kind
from procedures.cases.engine import can_lead
from procedures.definition.papers import Paper, Paperwork
from procedures.definition.procedure import Procedure, Step
from procedures.papers.values import ALWAYS_KNOWN, names_for, placeholders_in
from procedures.soundness.asked_before import Flaw

Path = tuple[str | int, ...]
_COUNTED = {Kind.NUMBER, Kind.AMOUNT}


def flaws(procedure: Procedure) -> Iterator[Flaw]:
    """Yield what is wrong with the papers of a procedure, and with what its steps do with them."""
    of_money = {name for step in procedure.steps for name in step.money.papers}
    for index, paper in enumerate(procedure.papers):
        yield from _texts(procedure, paper, ("papers", index))
        yield from _asked(procedure, paper, ("papers", index))
        if paper.id not in {*procedure.paperwork.papers, *of_money}:
            yield Flaw(path=("papers", index), message=f"no step makes {paper.id} or takes it in")
    for path, step, work in _works(procedure):
        yield from _known(procedure, work, path)
        yield from _in_order(procedure, step, work, path)
        yield from _filed(procedure, step, work, path)
        yield from _by_people(procedure, step, work, path)


def _by_people(procedure: Procedure, step: Step, work: Paperwork, path: Path) -> Iterator[Flaw]:
    """Find what nobody can sign or initial so: each is done by a person of the desk, and by how they decide."""
    role = procedure.role(step.role)
    for key, done, papers in (("signs", "signs", work.signs), ("initials", "initials", work.initials)):
        if papers and role is not None and role.requester:
            said = f"whoever asks {done} nothing here; let a step take their signed file in, with files"
            yield Flaw(path=(*path, key), message=said)
        if papers and step.beside:
            said = f"whoever {done} stands alone; expected a row for each who {done}, without with"
            yield Flaw(path=(*path, key), message=said)
        if papers and step.decides and work is step.paperwork:
            said = (
                f"a step that decides {done} with one of its outcomes; expected {key} there, not at the step"
            )
            yield Flaw(path=(*path, key), message=said)
    for each in work.initials:
        if procedure.paper(each) and each not in procedure.paperwork.signs:
            said = f"{each} is initialled before it is signed, and no step signs it"
            yield Flaw(path=(*path, "initials"), message=said)


def _works(procedure: Procedure) -> Iterator[tuple[Path, Step, Paperwork]]:
    for index, step in enumerate(procedure.steps):
        yield ("steps", index), step, step.paperwork
        for at, outcome in enumerate(step.outcomes):
            yield ("steps", index, "outcomes", at), step, outcome.paperwork


def _texts(procedure: Procedure, paper: Paper, path: Path) -> Iterator[Flaw]:
    known = {*ALWAYS_KNOWN, *(name for question in procedure.questions for name in names_for(question))}
    texts = {
        "about": (paper.about or "",),
        "to": paper.to,
        "copies": paper.copies,
        "text": paper.text,
        "closing": paper.closing,
        "details": tuple(value for _, value in paper.details),
    }
    for key, each in texts.items():
        for strange in sorted({name for text in each for name in placeholders_in(text)} - known):
            said = (
                f"nothing is called {{{strange}}}; expected a question, or one of {', '.join(ALWAYS_KNOWN)}"
            )
            yield Flaw(path=(*path, key), message=said)


def _asked(procedure: Procedure, paper: Paper, path: Path) -> Iterator[Flaw]:
    kinds = {one.id: one.kind for question in procedure.questions for one in (question, *question.sums)}
    for each in paper.lists:
        if kinds.get(each) is not Kind.ITEMS:
            yield Flaw(path=(*path, "lists"), message=f"expected a question of kind items, not {each}")
    for key, named in (("number", paper.number), ("people", paper.people), ("amount", paper.amount)):
        if named is not None and named not in kinds:
            yield Flaw(path=(*path, key), message=f"no question is called {named}")
        elif named is not None and key == "amount" and kinds[named] not in _COUNTED:
            yield Flaw(
                path=(*path, key),
                message=f"expected a question of kind amount, and {named} is {kinds[named]}",
            )


def _known(procedure: Procedure, work: Paperwork, path: Path) -> Iterator[Flaw]:
    named = {
        "makes": work.makes,
        "files": tuple(each.paper for each in work.files),
        "initials": work.initials,
        "signs": work.signs,
        "sends": work.sends,
    }
    for key, papers in named.items():
        for each in papers:
            paper = procedure.paper(each)
            if paper is None:
                known = ", ".join(one.id for one in procedure.papers) or "none"
                yield Flaw(path=(*path, key), message=f"there is no paper {each} among papers: {known}")
            elif key == "makes" and not paper.is_made:
                yield Flaw(path=(*path, key), message=f"{each} has neither kind nor template to be made from")


def _in_order(procedure: Procedure, step: Step, work: Paperwork, path: Path) -> Iterator[Flaw]:
    """Find what is initialled, signed or sent before anybody has made it."""
    for key, done, papers in (
        ("initials", "initialled", work.initials),
        ("signs", "signed", work.signs),
        ("sends", "sent", work.sends),
    ):
        for each in papers:
            if procedure.paper(each) and not _is_there(procedure, step, each):
                yield Flaw(
                    path=(*path, key), message=f"{each} is {done} here, and no step has made it before"
                )


def _is_there(procedure: Procedure, step: Step, paper: str) -> bool:
    for each in procedure.steps:
        works = (each.paperwork, *(outcome.paperwork for outcome in each.outcomes))
        makes = any(paper in work.makes or any(one.paper == paper for one in work.files) for work in works)
        if makes and (each is step or can_lead(procedure, each.id, step.id)):
            return True
    return False


def _filed(procedure: Procedure, step: Step, work: Paperwork, path: Path) -> Iterator[Flaw]:
    """Find files that no question has asked for when they are to be taken in."""
    kinds = {question.id: question.kind for question in step.asks}
    for at, filing in enumerate(work.files):
        if kinds.get(filing.answer) is not Kind.FILE:
            said = f"expected a question of this step of kind file, not {filing.answer}"
            yield Flaw(path=(*path, "files", at, "answer"), message=said)
        known = {question.id for question in procedure.questions}
        if filing.number is not None and filing.number not in known:
            yield Flaw(path=(*path, "files", at, "number"), message=f"no question is called {filing.number}")
