"""Whoever asked for something takes it back: by words or a button, and only once they have confirmed it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.desks import OpenDesk
from bot.dialogues import Memory
from bot.former_procedures import procedure_of
from bot.listening import Heard
from bot.menu_answers import meant as named
from bot.requesting.going_on import FormLink, Occasion
from bot.turn import Expectation
from procedures.cases import rows as cases
from procedures.cases.engine import TooLateError, withdraw
from procedures.cases.rows import CaseNow
from procedures.cases.whereabouts import whereabouts
from procedures.definition.procedure import Procedure
from procedures.running import actions
from templates_replies import request_phrases as phrases
from templates_replies.catalogue import Language
from templates_replies.request_cues import wants_withdrawal
from tickets import ticket as tickets_
from tickets.actions.answering import Words
from tickets.actor import CONTACT
from tickets.ledger.tx import Tx
from tickets.message import Button, Said
from tickets.placing import ticket_of

WITHDRAW = "withdraw"  # what the bot waits for: whether the case shall be taken back
_WAITS = timedelta(days=1)
_PRESS = "case"  # a button's data: case:<case>:<say>


class Say(StrEnum):
    ASK = "ask"  # they wish it, and are asked whether they mean it
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """A message that is about taking a case back."""

    case: CaseNow
    procedure: Procedure
    say: Say

    @property
    def is_too_late(self) -> bool:
        try:
            withdraw(self.procedure, self.case.standing)
        except TooLateError:
            return True
        return False

    @property
    def is_for_people(self) -> bool:
        return self.is_too_late and self.say is not Say.NO

    @property
    def is_idle(self) -> bool:
        return self.case.ended is not None

    def expects(self, _before: Expectation | None, at: datetime) -> Expectation | None:
        """Return what is waited for then."""
        if self.say is not Say.ASK or self.is_too_late or self.case.ended is not None:
            return None
        data = {"case": self.case.id, "ticket": self.case.ticket}
        return Expectation(what=WITHDRAW, data=data, expires_at=at + _WAITS)

    def go(self, tx: Tx, on: Occasion, *, link: FormLink) -> Words:  # noqa: ARG002  as every part of it is asked
        language, name, ticket = on.language, self.procedure.name, self.case.ticket
        if self.case.ended is not None or self.say is Say.NO:
            stands = whereabouts(tx, self.case, self.procedure, language, desk=on.desk, at=on.at)
            over = self.case.ended is not None
            return Words(text=stands if over else phrases.kept_going(language, procedure=name, stands=stands))
        if self.is_too_late:
            return Words(text=phrases.too_late(language, procedure=name))
        if self.say is Say.ASK:
            yes, no = phrases.withdraw_labels(language)
            buttons = ((_button(self.case, yes, Say.YES),), (_button(self.case, no, Say.NO),))
            text = phrases.whether_withdraw(language, procedure=name, ticket=ticket)
            return Words(text=text, buttons=buttons)
        actions.take_back(tx, self.case.id, procedure=self.procedure, desk=on.desk, by=CONTACT, at=on.at)
        return Words(text=phrases.withdrawn_now(language, procedure=name, ticket=ticket))


def may_be_meant(said: Said, heard: Heard, before: Memory, *, at: datetime) -> bool:
    """Whether a message can be about taking a case back at all."""
    waits = before.waits_for(WITHDRAW, at) is not None
    return waits or _pressed(said.button) is not None or wants_withdrawal(heard.text)


def listen(
    tx: Tx, said: Said, heard: Heard, before: Memory, *, desk: OpenDesk, contact: int, language: Language,
    at: datetime,
) -> Withdrawal | None:  # fmt: skip
    """Return what a message says to taking a case back; None for one that says nothing to it."""
    found = _pressed(said.button) or _answered(heard, before, language, at) or _wished(tx, said, heard)
    if found is None:
        return None
    case = cases.load(tx, found[0])
    procedure = procedure_of(tx, case, desk) if case.desk == desk.slug else None
    if procedure is None or tickets_.load(tx, case.ticket).contact != contact:
        return None
    return Withdrawal(case=case, procedure=procedure, say=found[1])


def _pressed(data: str | None) -> tuple[int, Say] | None:
    head, *parts = (data or "").split(":")
    if head != _PRESS or len(parts) != 2 or not parts[0].isdecimal() or parts[1] not in set(Say):
        return None
    return int(parts[0][:15]), Say(parts[1])


def _answered(heard: Heard, before: Memory, language: Language, at: datetime) -> tuple[int, Say] | None:
    """Read the answer to the question whether they mean it."""
    waits = before.waits_for(WITHDRAW, at)
    if waits is None or heard.button is not None:
        return None
    place = named(heard.text, phrases.withdraw_labels(language))
    if heard.answer is not None:
        place = 0 if heard.answer else 1
    return None if place is None else (waits.data["case"], Say.NO if place else Say.YES)


def _wished(tx: Tx, said: Said, heard: Heard) -> tuple[int, Say] | None:
    if heard.button is not None or not wants_withdrawal(heard.text):
        return None
    ticket = ticket_of(tx, said)
    case = cases.asked_for(cases.of_ticket(tx, ticket.number)) if ticket else None
    return (case.id, Say.ASK) if case is not None and case.ended is None else None


def _button(case: CaseNow, label: str, say: Say) -> Button:
    return Button(label=label, data=f"{_PRESS}:{case.id}:{say}")
