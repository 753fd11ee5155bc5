"""The month as a report on paper: which blocks stand on it, in which order, and its PDF."""

from collections.abc import Iterator
from pathlib import Path

from sqlmodel import Session

from reports.findings import words as finding_words
from reports.findings.facts import Facts
from reports.findings.rules import findings
from reports.month_paper import beside, tables
from reports.month_paper.charts import charts
from reports.month_paper.corrected import corrections
from reports.month_paper.front import can_compare, front
from reports.month_paper.words import Words
from reports.paper.blocks import Block, Heading, NewPage, Paragraph, Point, Points
from reports.paper.logos import logo_of
from reports.paper.press import Logo, Sheets, pdf
from reports.scorecard.card import Card
from reports.scorecard.paper import chapter
from reports.whose import whose
from templates_replies.catalogue import supported_language


def write_pdf(session: Session, facts: Facts, card: Card | None, path: Path) -> None:
    """Write the month to a file as PDF. Raises OSError."""
    path.write_bytes(pdf(month_sheets(facts, card, logo_of(session, facts.month.desk))))


def month_sheets(facts: Facts, card: Card | None = None, logo: Logo | None = None) -> Sheets:
    """Lay the month out, with its scorecard where the desk has one."""
    month, report = facts.month, facts.month.report
    words = Words(
        language=supported_language(month.language), tz=report.month.tz, promises=month.desk.promises
    )
    return Sheets(
        title=words.label("title"),
        subtitle=words.labels.month(report.month.year, report.month.number),
        unit=whose(report, words.labels),
        language=words.language,
        letterhead=month.desk.letterhead,
        logo=logo,
        made=words.label("made_at", at=words.at(report.made_at), zone=report.month.zone),
        reading=words("reading"),
        at=report.made_at,
        blocks=tuple(_blocks(facts, card, words)),
    )


def _blocks(facts: Facts, card: Card | None, words: Words) -> Iterator[Block]:
    report = facts.month.report
    yield from front(facts, words)
    yield from _findings(facts, words)
    yield from corrections(facts, words)
    yield from chapter(card, words.language)
    if report.tickets:
        yield Heading(text=words("volume"))
        yield from charts(facts, words)
        yield from tables.promises(facts, words)
        yield from tables.groups(facts, words)
        yield from tables.breaches(facts, words)
        yield from tables.uncategorised(facts, words)
    if report.part.is_whole:
        yield from beside.survey(facts, words)
        yield from beside.procedures(facts, words)
        yield from beside.matcher(facts, words)
    yield from beside.completeness(facts, words)
    yield Heading(text=words.label("notes"), level=2)
    notes = [words.label(f"note.{key}") for key in ("month", "share", "survey", "quality")]
    for note in (*notes[:2], words("note.times"), *notes[2:]):
        yield Paragraph(text=note, quiet=True)


def _findings(facts: Facts, words: Words) -> Iterator[Block]:
    """Return the page of findings: what there is to say, and from where on it is said."""
    found, language = findings(facts), words.language
    if not facts.month.report.tickets and not found:
        return
    if can_compare(facts):  # else the first page has room for them
        yield NewPage()
    yield Heading(text=words("findings"))
    if found:
        points = (
            Point(lead=finding_words.lead(each, language), text=finding_words.sentences(each, language))
            for each in found
        )
        yield Points(points=tuple(points), numbered=True)
    else:
        yield Paragraph(text=finding_words.NOTHING.say(language))
    yield Paragraph(text=finding_words.thresholds(facts.month.desk, language), quiet=True)
