"""What supervisors do about the surveys from chat: see the month, and close the finding of a low score."""

from bot.commands import Verb
from bot.executing.doing import AtDesk, Doing
from bot.executing.verbs import ForDesk, OnTicket
from reports.periods import Month
from reports.satisfaction import ASKED, INVITED, measured, public_measured
from templates_replies import public_survey, survey_phrases
from templates_replies.moments import month_in_words
from tickets.actions import survey
from tickets.actions.rights import require
from tickets.actor import Role
from tickets.ledger.prepared import Prepared
from tickets.survey import period_at

_ASKED = Prepared(ASKED)
_INVITED = Prepared(INVITED)
_MOST_LOW = 5


def _month(doing: AtDesk, _rest: str) -> None:
    """Tell how the month stands: the mean, the scores, the lowest in words, and the index of public services."""
    require(doing.by, Role.SUPERVISOR, doing.desk.slug)
    language, desk = doing.voice.language, doing.desk.now.desk
    local = doing.voice.local(doing.at)
    month = Month.of(local.year, local.month, zone=desk.calendar.zone, now=doing.at)
    rows = doing.tx.all(_ASKED, desk=desk.slug, start_at=month.start_at, end_at=month.end_at)
    found = measured(rows)
    low = [(row.ticket, row.score or 0, row.remark) for row in found.answers if row.is_low]
    said = survey_phrases.summary(
        language, month=month_in_words(local.date(), language), best=found.scale, asked=found.asked, counts=found.counts,
        mean=survey_phrases.decimal_words(found.mean, language), open_findings=found.waiting, low=low[:_MOST_LOW],
    )  # fmt: skip
    public = desk.survey.public_service if desk.survey else None
    if public is not None:
        key = period_at(public.period, doing.at, desk.calendar.tz).key
        index = public_measured(doing.tx.all(_INVITED, desk=desk.slug, period=key), period=key).index
        if index.index is not None:
            shown = survey_phrases.decimal_words(index.index, language) or ""
            said += "\n\n" + survey_phrases.index_line(
                language, period=public_survey.period_words(key, language), index=shown, grade=index.grade or "",
                answers=index.answers,
            )  # fmt: skip
    doing.tell(said)


def _follow_up(doing: Doing, rest: str) -> None:
    survey.follow_up(doing.tx, doing.number, rest, by=doing.by, at=doing.at)
    doing.confirm(survey_phrases.followed_up(doing.voice.language, ticket=doing.number))


ON_TICKET: OnTicket = {Verb.FOLLOW_UP: _follow_up}
AT_DESK: ForDesk = {Verb.SURVEY: _month}
