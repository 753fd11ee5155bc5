"""What people of the desk do with a ticket: take it, hand it on, categorise, close, escalate."""

from rapidfuzz import fuzz, process, utils

from bot import cards
from bot.absence_words import absence_in_words
from bot.commands import LONGEST_DATA, Verb, button
from bot.executing.answers import CLOSE, answer, note_origin
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from templates_replies import matching_phrases, presence_phrases
from templates_replies.promise_phrases import choose_person
from tickets import absences
from tickets import staff as people
from tickets.actions import answering, handling, matching, second_line
from tickets.actions.errors import UnknownValueError
from tickets.message import Button
from tickets.presence import absence_at
from tickets.staff import StaffNow
from tickets.ticket import TicketNow, load

_WHOLE = 85  # rapidfuzz ratio from which on a category's whole name is meant, misspelt
_ALIKE = 75  # rapidfuzz WRatio from which on a part of one is understood


def _claim(doing: Doing, _rest: str) -> None:
    ticket = _give_to(doing, doing.person)
    doing.confirm(doing.voice.claimed(ticket, doing.person.name))


def _assign(doing: Doing, rest: str) -> None:
    if not rest:
        _offer_people(doing)
        return
    person = people.named(doing.tx, doing.desk.slug, rest)
    if person is None:
        raise UnknownValueError("nobody called so works here", field="agent", value=rest[:40])
    ticket = _give_to(doing, person)
    doing.confirm(doing.voice.assigned(ticket, person.name, doing.person.name))
    absence = absence_at(absences.live_of(doing.tx, doing.desk.slug, person.id), doing.at)
    if absence is not None:
        language = doing.voice.language
        words = absence_in_words(doing.desk.now.desk, language, absence, doing.at)
        doing.tell(presence_phrases.given_though_absent(language, name=person.name, absence=words))


def _offer_people(doing: Doing) -> None:
    colleagues = people.active(doing.tx, doing.desk.slug)
    buttons = [
        Button(label=each.name, data=button(Verb.ASSIGN, doing.number, each.id))
        for each in colleagues
        if each.may_hold
    ]
    rows = [[each] for each in buttons if len(each.data.encode()) <= LONGEST_DATA]
    doing.tell(choose_person(doing.voice.language, ticket=doing.number), rows)


def _give_to(doing: Doing, person: StaffNow) -> TicketNow:
    holders = people.holders(doing.tx, doing.desk.slug)
    team = doing.desk.now.desk.members_of(doing.ticket.team)
    return handling.assign(
        doing.tx, doing.number, person.id, staff=holders, team=team, by=doing.by, at=doing.at
    )


def _categorise(doing: Doing, rest: str) -> None:
    if not rest:
        _offer_categories(doing)
        return
    ticket = handling.categorise(
        doing.tx, doing.number, category_named(doing, rest), desk=doing.desk.now, by=doing.by, at=doing.at
    )
    said = (
        doing.confirm if _is_exact(doing, rest, ticket.category) else doing.tell
    )  # a guess is said in the topic, too
    said(doing.voice.categorised(ticket))


def _none_fits(doing: Doing, _rest: str) -> None:
    ticket = matching.reject(doing.tx, doing.number, by=doing.by, at=doing.at)
    doing.confirm(matching_phrases.none_fits_noted(doing.voice.language, ticket=ticket.number))


def _is_exact(doing: Doing, rest: str, id_: str | None) -> bool:
    category = doing.desk.catalogue.category(id_ or "")
    return rest == id_ or (category is not None and rest.casefold() == category.name.casefold())


def _offer_categories(doing: Doing) -> None:
    catalogue = doing.desk.catalogue
    suggested = [
        category
        for pair in doing.ticket.suggestions or []
        if (category := catalogue.category(pair[0]))
    ]  # fmt: skip
    rows = [
        [Button(label=each.name, data=button(Verb.CATEGORY, doing.number, each.id))] for each in suggested
    ]
    doing.tell(doing.voice.choose_category([each.id for each in catalogue.offered]), rows)


def category_named(doing: Doing, rest: str) -> str:
    if (named := doing.desk.now.category_now(rest)) in doing.desk.now.categories:
        return named
    offered = doing.desk.catalogue.offered
    forms = [(form, each.id) for each in offered for form in (each.id, each.name)]
    whole = process.extractOne(
        rest,
        [form for form, _ in forms],
        scorer=fuzz.ratio,
        processor=utils.default_process,
        score_cutoff=_WHOLE,
    )
    if whole is not None:  # else a longer name that holds most of the letters would come as near
        return forms[whole[2]][1]
    names = {each.id: f"{each.id} {each.name}" for each in offered}
    found = process.extractOne(
        rest, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=_ALIKE
    )
    if found is None:
        raise UnknownValueError("there is no such category", field="category", value=rest[:40])
    return str(found[2])


def _close(doing: Doing, rest: str) -> None:
    if rest:
        if answer(doing, rest, then=CLOSE):
            doing.confirm(doing.voice.closed(doing.ticket))
        return
    ticket = doing.acts.close(doing.tx, doing.number, desk=doing.desk.now, by=doing.by, at=doing.at)
    doing.confirm(doing.voice.closed(ticket))


def _reopen(doing: Doing, _rest: str) -> None:
    ticket = doing.acts.reopen(doing.tx, doing.number, desk=doing.desk.now, by=doing.by, at=doing.at)
    doing.confirm(doing.voice.reopened(ticket))


def _escalate(doing: Doing, rest: str) -> None:
    name, _, reason = rest.partition(" ")
    teams = doing.desk.now.desk.teams
    if not name and len(teams) == 1:
        name = teams[0].id
    if reason.strip():
        noted = answering.note(doing.tx, doing.number, reason.strip(), by=doing.by, at=doing.at)
        note_origin(doing, noted)
    ticket = doing.acts.escalate(
        doing.tx, doing.number, name.lower(), desk=doing.desk.now, by=doing.by, at=doing.at
    )
    doing.confirm(doing.voice.escalated(ticket))


def _return(doing: Doing, rest: str) -> None:
    ticket, noted = second_line.give_back(
        doing.tx, doing.number, rest, desk=doing.desk.now, by=doing.by, at=doing.at
    )
    if noted is not None:
        note_origin(doing, noted)
    doing.confirm(doing.voice.returned(ticket))


def _card(doing: Doing, _rest: str) -> None:
    ticket = load(doing.tx, doing.number)
    beside = doing.desks.beside(ticket.account, ticket.desk)
    card, rows = cards.card_of(doing.tx, ticket, desk=doing.desk, now=doing.at, beside=beside)
    doing.tell(doing.voice.card(card, doing.at), rows)


VERBS: OnTicket = {
    Verb.CLAIM: _claim,
    Verb.ASSIGN: _assign,
    Verb.CATEGORY: _categorise,
    Verb.NONE_FITS: _none_fits,
    Verb.CLOSE: _close,
    Verb.REOPEN: _reopen,
    Verb.ESCALATE: _escalate,
    Verb.RETURN: _return,
    Verb.CARD: _card,
}
