"""What people of the desk write from chat: answers, notes and commands, in a ticket's topic or as `#1042 …`.

Each message is one transaction: guarded by its event like everything that comes in, executed as one act, answered
where it was written. An act that is refused writes nothing; the refusal is told.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from bot import commands, executing, manners, topics
from bot.commands import Answer, Do, Note, NotUnderstood, Order, Verb
from bot.desks import Desks, OpenDesk
from bot.executing import AtDesk, Doing, OfTurn, Written, prompts
from bot.people import People
from bot.telling import to_place
from bot.topics import Seen
from bot.turns.answered import AnsweredCalls
from bot.turns.replies import Meant
from bot.voice import staff_voice
from channels.email.message_ids import MessageIds
from templates_replies import notice_phrases, promise_phrases
from tickets import inbound, references, scoped_numbers, staff_windows, windows
from tickets import ticket as tickets_
from tickets.actions.errors import ActError
from tickets.desk import Plain
from tickets.inbound import RAW_INLINE
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import Channel, Edited, Person, Place, Said
from tickets.staff import StaffNow, team_as_one
from tickets.threads import numbers_in
from tickets.ticket import NoSuchTicketError

log = structlog.get_logger()


class Orders:
    def __init__(self, ledger: Ledger, desks: Desks, people: People, *, message_ids: MessageIds) -> None:
        self._ledger = ledger
        self._desks = desks
        self._people = people
        self._calls = AnsweredCalls(ledger, message_ids)

    async def said(self, said: Said, *, desk: OpenDesk, at: datetime) -> bool:
        """Take it as an order if it comes from the agents' group or from somebody of the desk; False: a contact's."""
        in_group = manners.in_group(said.place, desk)
        person = await self._person(desk.slug, said.place, said.sender)
        call = await self._calls.answered(said, desk, person, in_group=in_group, at=at)
        if call is not None and person is not None:
            await self._carry_out(said, desk, person, at, call=call)
            return True
        seen = await self._answers_team_mail(said, desk)
        if (
            said.authenticity is not None
            and said.authenticity.forged
            and (person is not None or seen is not None)
        ):
            # To be seen by people, like any contact's mail, with the warning that it shows; it commands nothing.
            log.warning("orders.forged", account=said.place.account, by=said.authenticity.by)
            return False
        if seen is not None:
            person = _of_team(person, said, desk, seen.team)
            if person is not None and said.automatic:  # on holiday: nobody needs a note of that
                await self._pass_over(said, at)
                return True
        if person is None and (in_group or manners.in_a_group(said.place)):
            await self._pass_over(
                said, at
            )  # whoever joined the group gains nothing by it, nor a group of their own
            return True
        if person is None or not (in_group or seen is not None or manners.speaks_to_us(said)):
            return False
        await self._carry_out(said, desk, person, at, in_group=in_group, seen=seen)
        return True

    async def _carry_out(
        self, said: Said, desk: OpenDesk, person: StaffNow, at: datetime, *, in_group: bool = False,
        seen: Seen | None = None, call: Meant | None = None,
    ) -> None:  # fmt: skip
        raw_sha256 = await inbound.set_aside(self._ledger, said.raw)
        kept = await self._ledger.keep_files(said.files)
        files = tuple(replace(file, source=said.place.account) for file in kept)
        written = Written(said=said, by=person, in_group=in_group, files=files, at=at, seen=seen, call=call)
        await self._execute(written, desk, raw_sha256)

    async def edited(self, edited: Edited, *, desk: OpenDesk, at: datetime) -> bool:
        """Let an answer or a note read as its writer has changed it; False: a contact's message."""
        place = edited.place
        person = await self._person(desk.slug, place, edited.sender)
        if person is None and not (manners.in_group(place, desk) or manners.in_a_group(place)):
            return False

        def rewrite(tx: Tx) -> bool:
            origin = topics.origin_at(tx, account=place.account, external_id=edited.external_id)
            if origin is None and not manners.in_a_group(place):
                return False
            if (
                _mark(tx, place.account, edited.event_id, edited.raw, at)
                and origin is not None
                and person is not None
            ):
                executing.rewrite(tx, edited, message=origin.message, by=person.actor, at=at)
            return True

        def refuse(tx: Tx, refusal: str) -> None:
            if _mark(tx, place.account, edited.event_id, edited.raw, at):
                to_place(
                    tx, place, refusal, desk=desk.slug, dedup=f"told:{place.account}:{edited.event_id}", at=at,
                    replies_to=edited.external_id,
                )  # fmt: skip

        try:
            return await self._ledger.write(rewrite, name="order")
        except (ActError, NoSuchTicketError) as error:
            refusal = staff_voice(desk).refusal(error)
            await self._ledger.write(lambda tx: refuse(tx, refusal), name="order")
            return True

    async def _person(self, desk: str, place: Place, sender: Person) -> StaffNow | None:
        """Return who of the desk it is: by their address, or the number that is or was shown beside it."""
        ids = (sender.address, *sender.also)
        found = next((who for each in ids if (who := self._people.find(desk, place.channel, each))), None)
        scoped = [each for each in ids if not each.startswith("+")]
        if place.channel is not Channel.WHATSAPP or not scoped:
            return found
        account, external_id = place.account, scoped[0]
        if found is not None and found.whatsapp in ids:
            known = found.whatsapp
            await self._ledger.write(
                lambda tx: scoped_numbers.learn(tx, account=account, external_id=external_id, number=known),
                name="order",
            )
        if found is not None or len(ids) > 1:
            return found
        number = await self._ledger.write(
            lambda tx: scoped_numbers.number_of(tx, account=account, external_id=external_id), name="order"
        )
        return None if number is None else self._people.find(desk, place.channel, number)

    async def _answers_team_mail(self, said: Said, desk: OpenDesk) -> Seen | None:
        """Return the ticket about which a team was written to, if this answers that mail."""
        if said.place.channel is not Channel.EMAIL or not said.references:
            return None
        if not any(team.email for team in desk.now.desk.teams):
            return None
        return await self._ledger.write(lambda tx: topics.seen_in_mail(tx, said.references), name="order")

    async def _pass_over(self, said: Said, at: datetime) -> None:
        log.info("orders.stranger_in_group", account=said.place.account)
        await self._ledger.write(
            lambda tx: _mark(tx, said.place.account, said.event_id, said.raw, at), name="order"
        )

    async def _execute(self, written: Written, desk: OpenDesk, raw_sha256: str | None) -> None:
        def guarded(act: Callable[[Tx], None]) -> Callable[[Tx], None]:
            def job(tx: Tx) -> None:
                said = written.said
                account, event_id = said.place.account, said.event_id
                passes = inbound.guard(
                    tx, account=account, event_id=event_id, raw=said.raw, raw_sha256=raw_sha256, at=written.at
                )
                if passes:
                    if windows.has_one(said.place.channel):
                        told_at = replace(said.place, address=written.by.whatsapp or said.place.address)
                        staff_windows.note(tx, told_at, at=written.at)
                    act(tx)
                    inbound.processed(tx, account=account, event_id=event_id, message=None, at=written.at)

            return job

        try:
            await self._ledger.write(guarded(lambda tx: _act(tx, written, desk, self._desks)), name="order")
        except (ActError, NoSuchTicketError) as error:
            refusal = staff_voice(desk).refusal(error)
            await self._ledger.write(guarded(lambda tx: _tell(tx, written, desk, refusal)), name="order")


def _act(tx: Tx, written: Written, desk: OpenDesk, desks: Desks) -> None:
    if executing.call_answered(tx, written, desk=desk, desks=desks):
        return
    number, order = _read(tx, written, desk)
    prompt = prompts.take(tx, of=written.by, at_place=written.said.place, at=written.at)
    if prompt is not None and prompt.verb is Verb.PICK:
        picked = prompt.picked(written.said.text.strip()) if manners.is_plain(written.said) else None
        number, order = picked or (number, order)
    elif (
        prompt is not None and prompt.verb is Verb.FILL and isinstance(order, Do) and order.verb is Verb.FILL
    ):
        number, order = prompt.ticket, prompt.completed(order.rest)  # pressed instead of written
    elif prompt is not None and (manners.is_plain(written.said) or manners.is_file(written.said, prompt)):
        number, order = prompt.ticket, prompt.completed(written.said.text.strip())
    elif prompt is not None and order == Do(verb=Verb.CANCEL):
        _tell(tx, written, desk, promise_phrases.dropped(staff_voice(desk).language))
        return
    voice = staff_voice(desk)
    if isinstance(order, NotUnderstood):
        _tell(tx, written, desk, voice.unknown_command(order.word))
        return
    if executing.at_desk(AtDesk(tx, written, desk=desk, desks=desks, number=number), order):
        return
    if number is None:
        if not written.in_group:
            _tell(tx, written, desk, voice.which_ticket())
        else:  # talk among colleagues outside the topics
            _hint(tx, written, desk)
        return
    if executing.of_turn(order):
        goes_on = tickets_.going_on(tx, number)  # its case may have gone along to another ticket
        executing.upon_turn(OfTurn(tx, written, desk=desk, desks=desks, number=goes_on), order)
        return
    executing.upon_ticket(Doing(tx, written, desk=desk, desks=desks, number=number), order)


def _read(tx: Tx, written: Written, desk: OpenDesk) -> tuple[int | None, Order]:
    """Return the ticket that is meant, and what is wanted."""
    said = written.said
    pressed = commands.pressed(said.button) if said.button else None
    if pressed is not None:
        return pressed
    helper = written.by.helps is not None  # the second line speaks to the first unless it says otherwise
    numbered = commands.numbered(said.text)
    if numbered is not None:
        return numbered[0], commands.parse(numbered[1], plain_is_note=helper)
    if written.seen is not None:
        return written.seen.ticket, commands.parse(said.text, plain_is_note=True)
    if not written.in_group:
        subject = numbers_in(said.subject)
        return (subject[0] if subject else None), commands.parse(said.text, plain_is_note=helper)
    seen = topics.seen_at(tx, said.place)
    team = desk.now.desk.team(seen.team) if seen is not None and seen.team is not None else None
    plain_is_note = helper or team is not None or desk.now.desk.plain is Plain.NOTE
    order = commands.parse(said.text, plain_is_note=plain_is_note)
    reply_is_answer = (team is None or team.answers) and not said.text.strip().startswith("//")
    if isinstance(order, Note) and reply_is_answer and _answers_contact(tx, said):
        order = Answer(text=order.text)  # plain messages are notes here, but this replies to the contact
    return (seen.ticket if seen is not None else None), order


def _answers_contact(tx: Tx, said: Said) -> bool:
    return said.replies_to is not None and (
        references.message_at(tx, account=said.place.account, external_id=said.replies_to) is not None
    )


def _of_team(person: StaffNow | None, said: Said, desk: OpenDesk, team: str | None) -> StaffNow | None:
    """Return who answers a team's mail: a member, or the team as one from its own mailbox; None: anybody else."""
    found = desk.now.desk.team(team or "")
    if found is None:
        return None
    if person is not None and person.id in found.members:
        return person
    return team_as_one(desk.now.desk, found) if said.sender.address.lower() == found.email else None


def _tell(tx: Tx, written: Written, desk: OpenDesk, text: str) -> None:
    said = written.said
    to_place(
        tx, said.place, text, desk=desk.slug, dedup=f"told:{said.place.account}:{said.event_id}", at=written.at,
        replies_to=None if said.button else said.external_id, subject=_reply_subject(said),
    )  # fmt: skip


def _hint(tx: Tx, written: Written, desk: OpenDesk) -> None:
    """Say once to each of them what is read where."""
    place = written.said.place
    to_place(
        tx, place, notice_phrases.in_general(staff_voice(desk).language), desk=desk.slug, at=written.at,
        dedup=f"hint:{place.account}:{place.address}:{written.by.id}", replies_to=written.said.external_id,
    )  # fmt: skip


def _reply_subject(said: Said) -> str | None:
    return f"Re: {said.subject}" if said.subject else None


def _mark(tx: Tx, account: str, event_id: str, raw: bytes, at: datetime) -> bool:
    """Note an event as taken; False if it was."""
    passes = inbound.guard(tx, account=account, event_id=event_id, raw=raw[:RAW_INLINE], at=at)
    if passes:
        inbound.processed(tx, account=account, event_id=event_id, message=None, at=at)
    return passes
