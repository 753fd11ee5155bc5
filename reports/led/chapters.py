"""The chapters of a self-evaluation: under each heading what the ledger proves, and what people have written or are to write."""

from collections.abc import Callable, Iterator, Mapping

from reports.led import register_tables, service_tables, tables
from reports.led.headings import HEADINGS, WANTED
from reports.led.proofs import proven
from reports.led.speaking import Speaking
from reports.led.year import Year
from reports.paper.blocks import Block, Heading, Paragraph, Point, Points
from tickets.clocks import RESOLUTION
from tickets.evaluation import Evidence, Section
from tickets.findings import Stand

_Chapter = Callable[[Year, Speaking], Iterator[Block]]


def chapters(year: Year, words: Speaking) -> Iterator[Block]:
    """Return the whole report, chapter by chapter."""
    if year.running:
        yield Paragraph(text=words("running", year=year.year, day=words.day(year.days.last_on)), strong=True)
    if (gone := words.gone((*year.now.gone, *year.before.gone))) is not None:
        yield Paragraph(text=gone, strong=True)
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
        yield Paragraph(text=words("to_write", what=WANTED[section].say(words.language)), wanted=True)
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
    channels = sorted({words.channel(str(account.channel)) for account in year.desk.accounts})
    yield Paragraph(
        text=words(
            "services", categories=words.many(len(list(year.categories()))), procedures=words.many(len(year.procedures)),
            channels=words.joined(channels),
        )
    )  # fmt: skip


def _main(year: Year, words: Speaking) -> Iterator[Block]:
    found = proven(year)
    yield tables.criteria(found, year, words)
    for each in found:
        if Evidence.ANSWERED_WITHIN in each.criterion.evidence and year.now.tickets:
            if _has_course(year):
                yield tables.answered_chart(year, each.criterion, words)
            yield tables.answered(year, each.criterion, words)


def _additional(year: Year, words: Speaking) -> Iterator[Block]:
    if year.now.tickets:
        yield tables.additional(year, words)


def _achievement(year: Year, words: Speaking) -> Iterator[Block]:
    if year.now.tickets:
        yield tables.volume_chart(year, words)
        yield service_tables.services(year, words)
        if _has_course(year):
            yield service_tables.largest_chart(year, words)
        yield service_tables.services_by_month(year, words)
    if any(each.cases for each in year.procedures):
        yield service_tables.procedures(year, words)
        yield service_tables.cases_by_month(year, words)
    if year.now.tickets or any(each.service for each in year.findings):
        yield from register_tables.followed_up(year, words)


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
    if any(each.service for each in year.findings):
        yield Paragraph(text=words("of_services"))
    yield from register_tables.others(year, words)


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
        yield Paragraph(
            text=words(
                "sum", year=year.year, tickets=words.many(year.now.tickets), finished=words.many(year.now.finished),
                solved=words.share(year.now.promise(RESOLUTION).share),
            )
        )  # fmt: skip
        yield from _targets(year, words)
        more = year.now.tickets - year.before.tickets
        if year.before.tickets and more:
            by = words.share(abs(more) / year.before.tickets)
            yield Paragraph(text=words("up" if more > 0 else "down", by=by))
    still = [each for each in year.findings if each.stand is not Stand.CLOSED]
    if still:
        yield from register_tables.plan(still, year, words)
    elif year.findings:
        yield Paragraph(text=words("nothing_open"))


def _has_course(year: Year) -> bool:
    """Whether there are months enough for a line between them."""
    return len(year.services_by_month) > 1


def _targets(year: Year, words: Speaking) -> Iterator[Block]:
    """Say how many of the indicators that have a target and a figure were reached, and which were not."""
    aimed = [each for each in proven(year) if each.reached is not None]
    missed = [each.criterion.code for each in aimed if not each.reached]
    if aimed:
        said = words("targets", reached=words.many(len(aimed) - len(missed)), all=words.many(len(aimed)))
        yield Paragraph(text=f"{said} {words('missed', codes=words.joined(missed))}" if missed else said)


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
