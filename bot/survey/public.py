"""The survey of public services in a chat: who is invited, in which words, and question after question by buttons."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from bot.desks import Desks, OpenDesk
from bot.pressing import may_press
from bot.templates import choosing
from bot.templates.choosing import Chosen, Unusable
from bot.voice import Voice, contact_voice
from templates_replies import public_survey as words
from templates_replies.catalogue import ReplyTemplate
from templates_replies.moments import date_in_words
from templates_replies.phrases import salutation
from tickets import approved, contacts, windows
from tickets import ticket as tickets_
from tickets.actions import answering, public_survey
from tickets.actions.answering import Words
from tickets.actions.public_survey import Invitation, SurveyOverError
from tickets.contacts import AddressNow
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import Button, Channel
from tickets.survey import Period, PublicService, Survey, Way, period_at
from tickets.views import invited_since, to_invite

PRESS = "skm"  # a button's data: skm:<invitation>:<place of the element>:<mark>
TURNS_AN_HOUR = 60
_HOUR = timedelta(hours=1)

Link = Callable[[int], str]  # the address of an invitation's page


class Inviting:
    """Invites, a few at a time, whoever was served; what was sent is in the tables."""

    def __init__(self, ledger: Ledger, desks: Desks, *, clock: Callable[[], datetime], link: Link) -> None:
        self._ledger = ledger
        self._desks = desks
        self._clock = clock
        self._link = link

    async def invite_due(self) -> None:
        for desk in self._desks:
            survey = desk.now.desk.survey
            if survey is not None and survey.public_service is not None:
                await self._invite(desk, survey, survey.public_service)

    async def _invite(self, desk: OpenDesk, survey: Survey, public: PublicService) -> None:
        now = self._clock()
        period = period_at(public.period, now, desk.now.desk.calendar.tz)
        beyond = await self._ledger.write(lambda tx: _reaches_beyond(tx, desk, public), name="templates")
        window_since = None if beyond else now - windows.WHATSAPP
        numbers = await self._ledger.read(
            lambda session: _due(session, desk, survey, public, period, now, window_since)
        )
        for number in numbers:
            await self._ledger.write(
                partial(
                    invite, number=number, desk=desk, public=public, period=period, link=self._link, at=now
                ),
                name="invite",
            )


def invite(
    tx: Tx, number: int, *, desk: OpenDesk, public: PublicService, period: Period, link: Link, at: datetime
) -> bool:
    """Invite the contact of a ticket, if they still may be; whether they were."""
    ticket = tickets_.load(tx, number)
    if ticket.address is None:
        return False
    address = contacts.load_address(tx, ticket.address)
    if address.stopped_at is not None:
        return False
    is_open = windows.is_open(address.channel, address.last_inbound_at, at)
    by_template = partial(
        choosing.on_ticket, tx, _reply(desk, public), ticket, account=address.account, desk=desk, at=at
    )
    if not is_open and isinstance(by_template(link=link(0)), Unusable):
        return False  # to be invited once they write, or the template can be sent
    invitation = public_survey.invite(tx, address, desk=desk.slug, period=period, at=at)
    if invitation is None:
        return False
    contact = contacts.load_contact(tx, address.contact)
    voice = contact_voice(desk, contact.language or ticket.language)
    said = _Invited(invitation=invitation, name=contact.called, desk=desk, voice=voice)
    if not is_open:
        chosen = by_template(link=link(invitation.id))
        assert isinstance(chosen, Chosen)
        message = choosing.as_words(chosen)
    elif public.invite is Way.CHAT and may_press(
        desk.now.desk, account=address.account, channel=address.channel
    ):
        message = said.in_chat()
    else:
        message = said.by_link(link(invitation.id))
    answering.say_outside(tx, desk.slug, address, message, at=at, replies_to=None)
    return True


def pressed(data: str | None) -> tuple[int, int, int] | None:
    """Read a button's data back: invitation, place of the element, mark."""
    head, *parts = (data or "")[:64].split(":")
    if head != PRESS or len(parts) != 3 or not all(part.isdecimal() and len(part) <= 15 for part in parts):
        return None
    invitation, place, mark = (int(part) for part in parts)
    return invitation, place, mark


def go_on(
    tx: Tx, press: tuple[int, int, int], *, address: AddressNow, desk: OpenDesk, replies_to: str, at: datetime
) -> None:
    """Take one mark and ask the next question, or thank; a press that is not theirs does nothing."""
    key, place, given = press
    invitation = public_survey.load(tx, key)
    if invitation is None or invitation.address != address.id or address.stopped_at is not None:
        return
    contact = contacts.load_contact(tx, address.contact)
    voice = contact_voice(desk, contact.language)
    try:
        invitation = public_survey.mark(tx, invitation, place, given, at=at)
        following = invitation.next
        message = _question(voice, invitation, following) if following is not None else None
    except SurveyOverError:
        message = Words(text=words.over(voice.language))
    except ValueError:
        return
    message = message or Words(text=words.done(voice.language))
    answering.say_outside(tx, desk.slug, address, message, at=at, replies_to=replies_to)


@dataclass(frozen=True, kw_only=True)
class _Invited:
    """Who is invited to what, ready to be put in words."""

    invitation: Invitation
    name: str | None
    desk: OpenDesk
    voice: Voice

    @property
    def _period(self) -> str:
        return words.period_words(self.invitation.period, self.voice.language)

    @property
    def _salutation(self) -> str:
        return salutation(self.voice.language, contact=self.name)

    def by_link(self, link: str) -> Words:
        language, desk = self.voice.language, self.desk.now.desk
        last_on = desk.calendar.day_of(self.invitation.expires_at - timedelta(seconds=1))
        text = words.invitation(
            language, salutation=self._salutation, desk=desk.name, period=self._period, link=link,
            until=date_in_words(last_on, language),
        )  # fmt: skip
        return Words(text=text, subject=words.subject(language, period=self._period, desk=desk.name))

    def in_chat(self) -> Words:
        text = words.invitation_in_chat(
            self.voice.language,
            salutation=self._salutation,
            desk=self.desk.now.desk.name,
            period=self._period,
        )
        first = _question(self.voice, self.invitation, 0)
        return Words(text=f"{text}\n\n{first.text}", buttons=first.buttons)


def _question(voice: Voice, invitation: Invitation, place: int) -> Words:
    answers = words.QUESTIONS[place].answers
    rows = tuple(
        (Button(label=answer.say(voice.language), data=f"{PRESS}:{invitation.id}:{place}:{mark}"),)
        for mark, answer in enumerate(answers, start=1)
    )
    return Words(text=words.asked(voice.language, place), buttons=rows)


def _reply(desk: OpenDesk, public: PublicService) -> ReplyTemplate | None:
    return desk.catalogue.reply(public.template) if public.template else None


def _reaches_beyond(tx: Tx, desk: OpenDesk, public: PublicService) -> bool:
    """Whether there is a template that can be sent where WhatsApp's window is closed."""
    reply, language = _reply(desk, public), contact_voice(desk, None).language
    accounts = desk.now.desk.accounts_on(Channel.WHATSAPP)
    if reply is None or reply.whatsapp is None or not accounts:
        return (
            reply is not None and reply.whatsapp is not None
        )  # by the number of another desk: each is looked at
    return any(choosing.sendable(approved.listing(tx, each.key), reply, language) for each in accounts)


def _due(
    session: Session, desk: OpenDesk, survey: Survey, public: PublicService, period: Period, now: datetime,
    window_since: datetime | None,
) -> list[int]:  # fmt: skip
    """Return a ticket of each contact to invite now: no more than a turn's share of the hour's."""
    left = public.per_hour - invited_since(session, desk=desk.slug, since=now - _HOUR)
    share = -(-public.per_hour // TURNS_AN_HOUR)
    if left <= 0:
        return []
    return to_invite(
        session,
        desk=desk.slug,
        period=period,
        solved_until=now - public.wait,
        quiet_since=now - survey.at_most_every,
        window_since=window_since,
        most=min(left, share),
    )
