"""How a promise stands, in words and in one of five colours."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.phrases import has, say
from templates_replies.catalogue import Language
from templates_replies.moments import in_words
from tickets.views import ClockView

_SOON = 0.2  # the last fifth of a promise is said to be soon
_AT_LEAST = timedelta(minutes=3)


@dataclass(frozen=True, kw_only=True)
class Due:
    name: str
    words: str
    level: str  # calm, soon, late, paused, done


def stand_of(clock: ClockView, language: Language, *, now: datetime) -> Due:
    name = say(language, clock.kind) if has(clock.kind) else clock.kind
    level, words = _stand(clock, language, now)
    return Due(name=name, words=words, level=level)


def _stand(clock: ClockView, language: Language, now: datetime) -> tuple[str, str]:
    if clock.met_at is not None:
        return ("late", say(language, "met_late")) if clock.breached_at else ("done", say(language, "met"))
    if clock.ended_at is not None:
        return "done", say(language, "ended")
    if clock.paused:
        return "paused", say(language, "paused")
    if now >= clock.due_at:
        return "late", say(language, "late", length=in_words(now - clock.due_at, language))
    left = clock.due_at - now
    soon = left <= max((clock.due_at - clock.started_at) * _SOON, _AT_LEAST)
    return "soon" if soon else "calm", say(language, "left", length=in_words(left, language))
