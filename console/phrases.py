"""The words of the pages, in Indonesian and English."""

from collections.abc import Mapping

from console.words import (
    account,
    archive,
    board,
    booking,
    case,
    catalogue,
    channel,
    composing,
    connection,
    curating,
    device,
    entrance,
    errors,
    evaluation,
    exports,
    findings,
    frame,
    handling,
    history,
    identity,
    inbox,
    mail,
    mention,
    money,
    paper,
    people,
    presence,
    privacy,
    public_survey,
    quality,
    refusals,
    reports,
    request,
    rule,
    saved,
    scheduling,
    scorecard,
    search,
    second_line,
    settings,
    shared,
    standing,
    statistics,
    surveys,
    ticket,
    trail,
    verifying,
    webhooks,
    window,
    writing_down,
)
from templates_replies.catalogue import Language

_ALL: Mapping[str, tuple[str, str]] = {
    **account.PHRASES,
    **archive.PHRASES,
    **board.PHRASES,
    **booking.PHRASES,
    **case.PHRASES,
    **catalogue.PHRASES,
    **channel.PHRASES,
    **composing.PHRASES,
    **connection.PHRASES,
    **curating.PHRASES,
    **device.PHRASES,
    **entrance.PHRASES,
    **errors.PHRASES,
    **evaluation.PHRASES,
    **exports.PHRASES,
    **findings.PHRASES,
    **frame.PHRASES,
    **handling.PHRASES,
    **history.PHRASES,
    **identity.PHRASES,
    **inbox.PHRASES,
    **mail.PHRASES,
    **mention.PHRASES,
    **money.PHRASES,
    **paper.PHRASES,
    **people.PHRASES,
    **presence.PHRASES,
    **privacy.PHRASES,
    **public_survey.PHRASES,
    **quality.PHRASES,
    **refusals.PHRASES,
    **reports.PHRASES,
    **request.PHRASES,
    **rule.PHRASES,
    **saved.PHRASES,
    **scheduling.PHRASES,
    **scorecard.PHRASES,
    **search.PHRASES,
    **second_line.PHRASES,
    **settings.PHRASES,
    **shared.PHRASES,
    **standing.PHRASES,
    **statistics.PHRASES,
    **surveys.PHRASES,
    **ticket.PHRASES,
    **trail.PHRASES,
    **verifying.PHRASES,
    **webhooks.PHRASES,
    **window.PHRASES,
    **writing_down.PHRASES,
}


def say(language: Language, key: str, **values: object) -> str:
    """Return a phrase. Raises KeyError for one that there is not."""
    phrase = _ALL[key][0 if language == "id" else 1]
    return phrase.format(**values) if values else phrase


def has(key: str) -> bool:
    return key in _ALL


def why_refused(code: str, *, of: str = "refused") -> str:
    """Return the phrase that says why something was refused, by the code of its error; a plain one where there is none."""
    key = f"{of}_{code}"
    return key if has(key) else "refused_rule"


def keys() -> frozenset[str]:
    return frozenset(_ALL)
