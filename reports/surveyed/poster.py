"""The sheet with the index of public services that an office hangs up. What it says is data."""

from pathlib import Path

from reports.labels import Labels
from reports.paper.press import Logo, typeset
from reports.surveyed import words
from reports.surveyed.measured import PublicReport
from templates_replies.catalogue import Language
from templates_replies.moments import on_paper
from tickets.letterhead import Letterhead

_TEMPLATE = (Path(__file__).parent / "poster.typ").read_bytes()


def poster_pdf(
    report: PublicReport, language: Language, *, letterhead: Letterhead | None, logo: Logo | None = None
) -> bytes:
    """Return one page of PDF. Takes some tenths of a second."""
    sheet = _sheet(report, language, letterhead)
    return typeset(_TEMPLATE, sheet, logo=logo if letterhead else None, at=report.made_at)


def _sheet(report: PublicReport, language: Language, letterhead: Letterhead | None) -> dict[str, object]:
    index, tz = report.public.index, report.tz
    labels = Labels(language)
    dates = [labels.day(at.astimezone(tz).date()) for at in (report.period.start_at, report.last_at)]
    facts = [
        (words.RESPONDENTS.say(language), _respondents(report, language)),
        (words.PERIOD.say(language), " – ".join(dates)),
        *(
            (words.TRAITS[trait].say(language), _counted(report, trait, language))
            for trait in ("sex", "education")
            if set(report.respondents[trait]) - {None}
        ),
    ]
    return {
        "title": words.POSTER_TITLE.say(language),
        "language": language,
        "above": list(letterhead.above) if letterhead else [],
        "unit": letterhead.unit if letterhead else report.desk_name,
        "period": words.period(report, language),
        "index_label": words.INDEX.say(language),
        "index": words.number(index.index, language),
        "class_label": words.CLASS.say(language),
        "class": index.grade or "–",
        "performance_label": words.PERFORMANCE.say(language),
        "performance": words.performance(index.grade, language),
        "facts": facts,
        "warning": words.NO_PUBLIC.say(language) if index.index is None else words.RUNNING.say(language) if report.running else "",
        "thanks": words.THANKS.say(language),
        "reading": words.PUBLIC_READING.say(language),
        "made": words.MADE.say(language, at=on_paper(report.made_at.astimezone(tz), language)),
    }  # fmt: skip


def _respondents(report: PublicReport, language: Language) -> str:
    return f"{words.many(report.public.index.answers, language)} {words.PEOPLE.say(language)}"


def _counted(report: PublicReport, trait: str, language: Language) -> str:
    values = report.in_order(trait)
    return ", ".join(
        f"{words.trait_value(trait, value, language)} {words.many(count, language)}"
        for value, count in values
    )
