"""The register of findings in the self-evaluation: those of each kind of service, the others, and the plan of what is still open."""

from collections.abc import Iterator, Sequence

from reports.led.proofs import services_asked_for
from reports.led.speaking import Speaking
from reports.led.year import Year
from reports.paper.blocks import Block, Column, Paragraph, Table
from reports.written import NOTHING
from templates_replies.render import one_line
from tickets.views import FindingView

MOST_FINDINGS = 60  # in a table
_LONGEST = 240  # characters of a text in a table
_LONGEST_IN_PLAN = 140  # where the text stands in full in another chapter


def followed_up(year: Year, words: Speaking) -> Iterator[Block]:
    """Say of each kind of service that was asked for, or of which anything was found, what that was and what is done about it."""
    of_service: dict[str, list[FindingView]] = {service: [] for service in services_asked_for(year)}
    shown = [each for each in year.findings if each.service is not None][:MOST_FINDINGS]
    for each in shown:
        of_service.setdefault(each.service or "", []).append(each)
    rows: list[tuple[str, ...]] = []
    for service, found in of_service.items():
        name = _name(service, year, words)
        rows += [(name, *_finding(each, year, words)) for each in found] or [
            (name, NOTHING, words("nothing_found"), *(NOTHING,) * 4)
        ]
    yield Table(
        columns=(Column(label=words("service"), share=5), *_columns(words)), rows=tuple(rows), title=words("followed_up")
    )  # fmt: skip
    yield from _more([each for each in year.findings if each.service is not None], words)


def others(year: Year, words: Speaking) -> Iterator[Block]:
    """What is of no one kind of service."""
    found = [each for each in year.findings if each.service is None]
    if found:
        yield _register(found, year, words, title=words("register"))
        yield from _more(found, words)


def plan(still: Sequence[FindingView], year: Year, words: Speaking) -> Iterator[Block]:
    """What is not closed, in few words: causes and results stand with the service."""
    rows = tuple(
        (
            str(each.id), one_line(each.text, longest=_LONGEST_IN_PLAN), one_line(each.action, longest=_LONGEST_IN_PLAN) or NOTHING,
            *_whose(each, year, words),
        )
        for each in still[:MOST_FINDINGS]
    )  # fmt: skip
    yield Table(columns=_columns(words), rows=rows, title=words("plan"))
    yield from _more(still, words)


def _name(service: str, year: Year, words: Speaking) -> str:
    """Return what a kind of service is called; categories and procedures may have one name."""
    kind, _, key = service.partition(":")
    name = year.services.get(service, key)
    return words("of_procedure", name=name) if kind == "procedure" else name


def _register(found: Sequence[FindingView], year: Year, words: Speaking, *, title: str) -> Table:
    rows = tuple(_finding(each, year, words) for each in found[:MOST_FINDINGS])
    return Table(columns=_columns(words), rows=rows, title=title)


def _more(found: Sequence[FindingView], words: Speaking) -> Iterator[Block]:
    if len(found) > MOST_FINDINGS:
        yield Paragraph(text=words("more_findings", more=words.many(len(found) - MOST_FINDINGS)), quiet=True)


def _columns(words: Speaking) -> tuple[Column, ...]:
    return (
        Column(label=words("number"), right=True), Column(label=words("finding"), share=5),
        Column(label=words("action"), share=5), Column(label=words("responsible"), share=3),
        Column(label=words("due"), share=2), Column(label=words("stand"), share=2),
    )  # fmt: skip


def _finding(each: FindingView, year: Year, words: Speaking) -> tuple[str, ...]:
    found = [one_line(each.text, longest=_LONGEST)]
    if each.cause:
        found.append(words("cause", cause=one_line(each.cause, longest=_LONGEST)))
    done = [one_line(each.action, longest=_LONGEST) or NOTHING]
    if each.result:
        done.append(words("result", result=one_line(each.result, longest=_LONGEST)))
    return (
        str(each.id), "\n".join(found), "\n".join(done), *_whose(each, year, words),
    )  # fmt: skip


def _whose(each: FindingView, year: Year, words: Speaking) -> tuple[str, str, str]:
    """Return who does something about it, until when, and how far it has come."""
    return (
        year.names.get(each.responsible, each.responsible) if each.responsible else NOTHING,
        words.short_day(each.due_on) if each.due_on else NOTHING, ", ".join(_stands(each, year, words)),
    )  # fmt: skip


def _stands(each: FindingView, year: Year, words: Speaking) -> Iterator[str]:
    yield words(f"stand.{each.stand}")
    if each.effect:
        yield words(f"effect.{each.effect}")
    if each.is_overdue(words.today(year)):
        yield words("overdue")
