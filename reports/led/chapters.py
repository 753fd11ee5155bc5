"""The chapters of a self-evaluation: under each heading what the ledger proves, and what people have written or are to write."""

from collections.abc import Callable, Iterator, Mapping

from reports.led import tables
from reports.led.speaking import Speaking
from reports.led.words import HEADINGS, WANTED
from reports.led.year import Year
from reports.paper.blocks import Block, Heading, Paragraph, Point, Points
from tickets.clocks import RESOLUTION
from tickets.evaluation import Section
from tickets.findings import Stand

_Chapter = Callable[[Year, Speaking], Iterator[Block]]


def chapters(year: Year, words: Speaking) -> Iterator[Block]:
    """Return the whole report, chapter by chapter."""
    if year.running:
        yield Paragraph(text=words("running", year=year.year, day=words.day(year.days.last_on)), strong=True)
    if not year.now.tickets:
        yield Paragraph(text=words("empty"), strong=True)
    for number, section in enumerate(Section, start=1):
        yield Heading(text=f"{number}. {HEADINGS[section].say(words.language)}")
        yield from _CHAPTERS[section](year, words)
        yield from _written(year, section, words)


def _written(year: Year, section: Section, words: Speaking) -> Iterator[Block]:
    """Return what people have written under a heading; where that is nothing, what belongs there."""
    versions = year.texts.get(section) or ()
    if not versions or not versions[0].text:
        yield Paragraph(text=words("to_write", what=WANTED[section].say(words.language)), strong=True)
        return
    newest = versions[0]
    for paragraph in filter(None, (part.strip() for part in newest.text.split("\n"))):
        yield Paragraph(text=paragraph)
    key = "written_by" if newest.year == year.year else "carried"
    yield Paragraph(
        text=words(key, year=newest.year, who=words.who(newest.by, year.names), at=words.at(newest.at)), quiet=True
    )  # fmt: skip


def _background(year: Year, words: Speaking) -> Iterator[Block]:
    if year.now.tickets:
        yield Paragraph(
            text=words(
                "volume", unit=year.desk.name, tickets=words.many(year.now.tickets), before=words.many(year.before.tickets),
                channels=words.channels(year), finished=words.many(year.now.finished),
            )
        )  # fmt: skip


def _policy(year: Year, words: Speaking) -> Iterator[Block]:
    yield Paragraph(text=words("promises"))
    yield Points(
        points=tuple(
            Point(
                lead=f"{words.promise(kind)}:",
                text=words(f"counts.{span.counts}", length=words.length(span.length)),
            )
            for kind, span in year.desk.promises.items()
        )
    )


def _strategy(year: Year, words: Speaking) -> Iterator[Block]:
    categories = sum(key.startswith("category:") for key in year.services)
    channels = sorted({words.channel(str(account.channel)) for account in year.desk.accounts})
    yield Paragraph(
        text=words(
            "services", categories=words.many(categories), procedures=words.many(len(year.procedures)),
            channels=words.joined(channels),
        )
    )  # fmt: skip


def _main(year: Year, words: Speaking) -> Iterator[Block]:
    yield tables.indicators(year, words)
    if year.media:
        yield tables.media_chart(year, words)
        yield tables.media(year, words)


def _additional(year: Year, words: Speaking) -> Iterator[Block]:
    if year.now.tickets:
        yield tables.additional(year, words)


def _achievement(year: Year, words: Speaking) -> Iterator[Block]:
    if year.now.tickets:
        yield tables.volume_chart(year, words)
        yield tables.services(year, words)
    if any(each.cases for each in year.procedures):
        yield tables.procedures(year, words)


def _assurance(year: Year, words: Speaking) -> Iterator[Block]:
    if not year.findings:
        yield Paragraph(text=words("no_findings"))
        return
    closed = [each for each in year.findings if each.stand is Stand.CLOSED]
    overdue = [each for each in year.findings if each.is_overdue(words.today(year))]
    yield Paragraph(
        text=words(
            "assured", all=words.many(len(year.findings)), closed=words.many(len(closed)),
            open=words.many(len(year.findings) - len(closed)), overdue=words.many(len(overdue)),
        )
    )  # fmt: skip
    yield tables.register(year, words, year.findings, title=words("register"))


def _satisfaction(year: Year, words: Speaking) -> Iterator[Block]:
    found = year.satisfaction
    if not found.asked:
        yield Paragraph(text=words("not_asked"))
    else:
        yield Paragraph(
            text=words(
                "satisfied", answered=words.many(found.answered), asked=words.many(found.asked), mean=words.mean(found.mean),
                scale=found.scale, satisfied=words.share(found.satisfied), waiting=words.many(found.waiting),
            )
        )  # fmt: skip
        yield tables.scores_chart(year, words)
    if year.public is not None and year.public.index.index is not None:
        index = year.public.index
        yield Paragraph(
            text=words(
                "index", period=year.public.period, index=words.mean(index.index), grade=index.grade or "–",
                answers=words.many(index.answers),
            )
        )  # fmt: skip


def _conclusion(year: Year, words: Speaking) -> Iterator[Block]:
    if year.now.tickets:
        solved = year.now.promise(RESOLUTION).share
        yield Paragraph(
            text=words(
                "sum", year=year.year, share=words.share(tables.share_in_time(year)), solved=words.share(solved),
                tickets=words.many(year.now.tickets),
            )
        )  # fmt: skip
        more = year.now.tickets - year.before.tickets
        if year.before.tickets and more:
            by = words.share(abs(more) / year.before.tickets)
            yield Paragraph(text=words("up" if more > 0 else "down", by=by))
    still = [each for each in year.findings if each.stand is not Stand.CLOSED]
    if still:
        yield tables.register(year, words, still, title=words("plan"))
    elif year.findings:
        yield Paragraph(text=words("nothing_open"))


_CHAPTERS: Mapping[Section, _Chapter] = {
    Section.BACKGROUND: _background,
    Section.POLICY: _policy,
    Section.STRATEGY: _strategy,
    Section.MAIN: _main,
    Section.ADDITIONAL: _additional,
    Section.ACHIEVEMENT: _achievement,
    Section.ASSURANCE: _assurance,
    Section.SATISFACTION: _satisfaction,
    Section.CONCLUSION: _conclusion,
}
