"""What steps and ends do with papers: the lines of `procedures.running.effects` that are about them."""

from collections.abc import Iterator

from procedures.cases.happened import Happened
from procedures.definition.papers import Paperwork
from procedures.papers import actions
from tickets.ledger.tx import Tx


def of_step(happened: Happened) -> Iterator[Paperwork]:
    """Yield what a step that has ended does with papers."""
    step, turn = happened.step, happened.turn
    paperwork = step.paperwork_of(turn.outcome or "") if step and turn else None
    if paperwork is not None and paperwork.papers:
        yield paperwork


def work_on(tx: Tx, happened: Happened, paperwork: Paperwork) -> None:
    if happened.step is not None:
        actions.work(tx, happened.case, happened.doing, happened.step, paperwork)


def of_end(happened: Happened) -> Iterator[None]:
    """Yield once where the procedure has papers, of which some may be drafts still."""
    if happened.doing.procedure.papers:
        yield None


def close(tx: Tx, happened: Happened, _order: None) -> None:
    actions.close(tx, happened.case, happened.doing)
