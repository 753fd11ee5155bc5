"""What a step would do with papers, in words, for whoever plays a case through. Pure."""

from collections.abc import Iterator

from procedures.definition.papers import Paperwork
from procedures.definition.procedure import Procedure


def worked_on(procedure: Procedure, work: Paperwork) -> Iterator[str]:
    """Yield a line for each thing that is done with a paper."""
    signed = procedure.paperwork.signs
    for name in work.makes:
        yield f"made: {_name(procedure, name)}{' (a draft)' if name in signed else ''}"
    for filing in work.files:
        yield f"taken in: {_name(procedure, filing.paper)}"
    for name in work.initials:
        yield f"initialled: {_name(procedure, name)}"
    for name in work.signs:
        yield f"signed: {_name(procedure, name)}"
    for name in work.sends:
        yield f"sent to the requester: {_name(procedure, name)}"


def _name(procedure: Procedure, name: str) -> str:
    paper = procedure.paper(name)
    return paper.name if paper else name
