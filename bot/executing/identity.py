"""Who the contact is: looked up, vouched for or disputed, proven by a code, joined with what is known elsewhere."""

from bot.commands import Verb
from bot.executing.doing import Doing
from bot.executing.verbs import OnTicket
from templates_replies import identity_phrases
from tickets.actions import identity, joining
from tickets.one_time_codes import masked_mailbox
from tickets.threads import numbers_in
from tickets.ticket import NoSuchTicketError


def _check(doing: Doing, _rest: str) -> None:
    place = doing.written.said.place
    tell = {
        "account": place.account, "channel": str(place.channel), "address": place.address, "thread": place.thread
    }  # fmt: skip
    identity.check(doing.tx, doing.number, desk=doing.desk.now, by=doing.by, at=doing.at, tell=tell)
    doing.confirm(identity_phrases.checking(doing.voice.language, ticket=doing.number))


def _confirm(doing: Doing, rest: str) -> None:
    identity.confirm(doing.tx, doing.number, by=doing.by, at=doing.at, reason=rest or None)
    doing.confirm(identity_phrases.decided(doing.voice.language, ticket=doing.number, confirmed=True))


def _dispute(doing: Doing, rest: str) -> None:
    identity.dispute(doing.tx, doing.number, by=doing.by, at=doing.at, reason=rest or None)
    doing.confirm(identity_phrases.decided(doing.voice.language, ticket=doing.number, confirmed=False))


def _send_code(doing: Doing, _rest: str) -> None:
    code = doing.acts.send_code(doing.tx, doing.number, desk=doing.desk.now, by=doing.by, at=doing.at)
    mailbox = masked_mailbox(code.mailbox)
    doing.tell(identity_phrases.code_queued(doing.voice.language, ticket=doing.number, mailbox=mailbox))


def _join(doing: Doing, rest: str) -> None:
    named, _, reason = rest.partition(" ")
    other = next(iter(numbers_in(named)), None)
    if other is None:
        raise NoSuchTicketError(0)
    joining.join(
        doing.tx, doing.number, other, by=doing.by, at=doing.at, reason=reason.strip() or None
    )  # fmt: skip
    doing.tell(identity_phrases.joined(doing.voice.language, ticket=doing.number, other=other))


def _part(doing: Doing, _rest: str) -> None:
    joining.part(doing.tx, doing.number, by=doing.by, at=doing.at)
    doing.tell(identity_phrases.parted(doing.voice.language, ticket=doing.number))


VERBS: OnTicket = {
    Verb.CHECK: _check,
    Verb.CONFIRM: _confirm,
    Verb.DISPUTE: _dispute,
    Verb.CODE: _send_code,
    Verb.JOIN: _join,
    Verb.PART: _part,
}
