"""The page of contents of an archived case: what was asked, who did what when, what was paid, which files there are. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from procedures.archive.gathering import Gathered
from procedures.definition.procedure import DONE, Procedure
from procedures.money.invoices import InvoiceNow, State
from procedures.sop_table.progress import end_words
from procedures.words.answer_words import answer_words, spoken
from procedures.words.masking import Mask, answers_masked
from templates_replies.archive_phrases import word
from templates_replies.catalogue import Language
from templates_replies.money_words import rupiah

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A file of the archive, as the contents name it."""

    folder: str
    name: str
    says: str
    is_there: bool


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Who reads an archive."""

    language: Language
    mask: Mask
    when: Callable[[datetime], str]


def contents(
    found: Gathered, procedure: Procedure, reading: Reading, *, name: str, papers: Sequence[Filed],
    attached: Sequence[Filed],
) -> str:  # fmt: skip
    """Return the page as HTML that leads to the files beside it. Everything that somebody wrote is text in it."""
    language = reading.language
    return _environment.get_template("contents.html").render(
        t=partial(word, language), language=language, name=name, facts=list(_facts(found, procedure, reading)),
        answers=list(_answers(found, procedure, reading)), steps=list(_steps(found, procedure, reading)),
        invoices=[_invoice(each, language) for each in found.invoices], papers=papers, attached=attached,
    )  # fmt: skip


def _facts(found: Gathered, procedure: Procedure, reading: Reading) -> Iterator[tuple[str, str]]:
    case, say = found.view.case, partial(word, reading.language)
    yield say("procedure"), procedure.name
    yield say("ticket"), f"#{case.ticket}"
    yield say("requester"), reading.mask(found.requester or "–", found.number)
    yield say("begun"), reading.when(case.begun_at)
    yield say("ended"), reading.when(case.ended_at) if case.ended_at else say("under_way")
    yield say("outcome"), end_words(case, procedure, reading.language) or "–"


def _answers(found: Gathered, procedure: Procedure, reading: Reading) -> Iterator[tuple[str, str]]:
    answers = answers_masked(
        found.view.case.answers, procedure, lambda text: reading.mask(text, found.number)
    )
    files = {each.sha256: each.name for each in found.attached}
    for question in procedure.questions:
        if question.id in answers:
            said = answer_words(question, answers[question.id], reading.language, files=files)
            yield spoken(question.ask, reading.language, question.id), reading.mask(said, found.number)


def _steps(found: Gathered, procedure: Procedure, reading: Reading) -> Iterator[tuple[str, ...]]:
    """Yield every turn that came to be, in the order in which they began."""
    for turn in found.view.case.turns:
        step = procedure.step(turn.step)
        if step is None or turn.begun_at is None:
            continue
        outcome = step.outcome(turn.outcome or "")
        who = (turn.by or "").partition(":")[2]
        yield (
            step.number,
            step.does,
            procedure.actor(step),
            found.names.get(who, who) or procedure.actor(step),  # whoever asked is nobody of the staff
            reading.when(turn.begun_at),
            reading.when(turn.ended_at) if turn.ended_at else word(reading.language, "under_way"),
            ""
            if turn.outcome in {None, DONE}
            else spoken(outcome.label, reading.language, outcome.id)
            if outcome
            else "–",
            reading.mask(turn.reason, found.number) if turn.reason else "",
        )


def _invoice(invoice: InvoiceNow, language: Language) -> tuple[str, str, str, str]:
    state = "settled" if invoice.state is State.PAID else str(invoice.state)
    return (
        invoice.number,
        rupiah(invoice.total, language),
        rupiah(invoice.paid, language),
        word(language, state),
    )
