"""Playing a contact through the real doors of a running server: a signed webhook, or a mail by SMTP.

What goes in takes exactly the provider's way, checks and all. It works with an account's real secrets and, where none
of them is set, with the ones that the house made for practice. The bot's answer is then read from the ledger.
"""

import time
from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session, col, func, select

from bot.accounts.secrets_file import practice_settings
from bot.demo.doors import ANA, Knock, NotReadyError, Played, SimulationError, knock_at
from bot.desks import OpenDesk
from bot.house import House
from tickets.connections import Account
from tickets.message import Channel
from tickets.tables import Address, Message, Outbox

PATIENCE = 120.0  # seconds for a server that has just been started: it may train its first matcher yet
_POLL = 0.2
_KNOCK_AGAIN = 1.0


def play(
    house: House, channel: Channel, played: Played, *, desk: str | None, wait: float, patience: float
) -> Iterator[str]:
    """Say it through the door and yield what happened, line by line. Raises SimulationError, HouseError.

    `patience`: seconds for a server that does not take it yet; `wait`: seconds for the answer.
    """
    opened = house.desk(desk)
    account, settings = _account(house, opened, channel)
    sender = played.sender or ANA[channel]
    if played.files and channel is not Channel.EMAIL:
        raise SimulationError(
            f"a file of {channel} is fetched from its provider, which has none of a played contact; send it by email"
        )
    before = _newest(house, account)
    yield from _taken(knock_at(channel, opened.slug, settings, sender, played, house.settings), patience)
    yield from _answers(house, account, sender, after=before, wait=wait)


def _taken(knock: Knock, patience: float) -> Iterator[str]:
    """Knock until it is taken and yield how it was, saying before what is waited for. Raises SimulationError."""
    until = time.monotonic() + patience
    waits_for = None
    while True:
        try:
            taken = knock()
        except NotReadyError as error:
            left = until - time.monotonic()
            if left <= 0:
                raise
            if str(error) != waits_for:
                waits_for = str(error)
                yield f"Waiting, for {patience:g} seconds at most: {waits_for}."
            time.sleep(min(_KNOCK_AGAIN, left))
        else:
            yield taken
            return


def _account(house: House, desk: OpenDesk, channel: Channel) -> tuple[Account, dict[str, str]]:
    """Return the desk's first account on the channel, and the settings with which its door opens."""
    accounts = desk.now.desk.accounts_on(channel)
    if not accounts:
        raise SimulationError(f"{desk.slug} has no account on {channel}")
    account = accounts[0]
    settings = dict(account.settings) if not account.off else practice_settings(account, house.secrets)
    if settings is None:
        raise SimulationError(f"{account.key} is set up by half: {', '.join(account.missing)} not set")
    if channel is Channel.TELEGRAM:
        settings.setdefault("webhook_secret", house.secrets["telegram_webhook_secret"])
    return account, settings


# -- the answer -------------------------------------------------------------------------------------------------------


def _answers(house: House, account: Account, sender: str, *, after: int, wait: float) -> Iterator[str]:
    """Yield the ticket and what the desk answers, as soon as it is in the ledger."""
    until = time.monotonic() + wait
    while True:
        taken, answers = _read(house, account, sender, after)
        if answers or time.monotonic() >= until:
            break
        time.sleep(_POLL)
    if taken is None:
        yield "It is not in the ledger yet; see `tanggap doctor` and the server's log."
        return
    yield f"It is in ticket #{taken.ticket}." if taken.ticket else "It opened no ticket."
    offered = _offered(house, answers)
    for answer in answers:
        yield f"The {answer.author} answers:"
        yield from (f"  {line}" for line in answer.text.splitlines())
        yield from (
            f"  {number}. {label}" for number, label in enumerate(offered.get(answer.id, ()), start=1)
        )
    if not answers:
        yield "Nobody has answered yet."


def _read(house: House, account: Account, sender: str, after: int) -> tuple[Message | None, list[Message]]:
    with house.ledger.reading() as session:
        messages = _since(session, account, sender, after)
        session.expunge_all()
    taken = next((message for message in messages if message.direction == "in"), None)
    return taken, [message for message in messages if message.direction == "out"]


def _offered(house: House, answers: Sequence[Message]) -> Mapping[int, list[str]]:
    """Return the labels of the buttons below each answer; where there are none, they are answered by number."""
    query = select(Outbox.message, Outbox.payload).where(
        col(Outbox.message).in_([answer.id for answer in answers]), Outbox.audience == "contact"
    )
    with house.ledger.reading() as session:
        rows = list(session.exec(query))
    return {
        message: [label for row in payload.get("buttons", ()) for label, _ in row]
        for message, payload in rows
        if message is not None
    }


def _since(session: Session, account: Account, sender: str, after: int) -> list[Message]:
    external_id = sender.lower() if account.channel is Channel.EMAIL else sender
    query = (
        select(Message)
        .join(Address, col(Address.id) == col(Message.address))
        .where(Address.account == account.key, Address.external_id == external_id, Message.id > after)
        .order_by(col(Message.id))
    )
    return list(session.exec(query))


def _newest(house: House, account: Account) -> int:
    with house.ledger.reading() as session:
        newest = session.exec(select(func.max(Message.id)).where(Message.account == account.key)).one()
    return newest or 0
