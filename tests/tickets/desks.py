"""A small desk for tests of the ledger: Jakarta, Monday to Friday, 15 minutes and 24 hours."""

from datetime import UTC, datetime, timedelta

from tickets import revisions
from tickets.actor import Actor, Kind, Role
from tickets.clocks import FIRST_RESPONSE, NEXT_RESPONSE, RESOLUTION
from tickets.connections import Account
from tickets.desk import Desk, DeskNow, Handling, StaffMember, Team
from tickets.hours import Calendar, Span, Window
from tickets.ledger.store import Ledger
from tickets.message import Channel, Person, Place, Said

SLUG = "uji"
MONDAY = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)  # 09:00 in Jakarta
BUDI = Actor(kind=Kind.STAFF, id="budi@example.ac.id", role=Role.AGENT, desks=frozenset({SLUG}))
RINA = Actor(kind=Kind.STAFF, id="rina@example.ac.id", role=Role.SUPERVISOR, desks=frozenset({SLUG}))
_MORNING, _AFTERNOON = Window.parse("08:00-12:00"), Window.parse("13:00-16:00")


def small_desk(*, next_response: bool = False) -> Desk:
    promises = {FIRST_RESPONSE: Span.parse("15m"), RESOLUTION: Span.parse("24h", "calendar")}
    if next_response:
        promises[NEXT_RESPONSE] = Span.parse("15m")
    return Desk(
        slug=SLUG,
        name="Meja Uji",
        language="id",
        calendar=Calendar(zone="Asia/Jakarta", week=((_MORNING, _AFTERNOON),) * 5 + ((), ())),
        promises=promises,
        warn_at=0.8,
        close_after=timedelta(hours=72),
        reopen_within=timedelta(days=7),
        accounts=(
            Account(key="uji/whatsapp", desk=SLUG, channel=Channel.WHATSAPP, settings={}),
            Account(
                key="uji/email", desk=SLUG, channel=Channel.EMAIL, settings={"address": "uji@example.ac.id"}
            ),
        ),
        staff=(
            StaffMember(id=BUDI.id, name="Budi", role=Role.AGENT, email=BUDI.id),
            StaffMember(id=RINA.id, name="Rina", role=Role.SUPERVISOR, email=RINA.id),
        ),
        teams=(Team(id="edunex", name="Tim Pengembang Edunex"),),
        handling=Handling(undo_within=timedelta()),
    )


def open_desk(ledger: Ledger, **options: bool) -> DeskNow:
    """Save the desk as a revision and return it as acts need it."""
    desk = small_desk(**options)
    number = ledger.write_blocking(
        lambda tx: revisions.save(tx, desk=SLUG, files={}, terms=desk.terms, by="file", at=MONDAY)
    )
    return DeskNow(desk=desk, revision=number, categories=frozenset({"password", "login"}))


def whatsapp(text: str, *, sid: str, sender: str = "+628111", name: str | None = "Ana") -> Said:
    return Said(
        event_id=sid,
        external_id=sid,
        place=Place(account="uji/whatsapp", channel=Channel.WHATSAPP, address=sender),
        sender=Person(address=sender, name=name),
        text=text,
        raw=f"Body={text}".encode(),
    )


def mail(
    text: str,
    *,
    message_id: str,
    sender: str = "ana@example.com",
    subject: str = "Lupa sandi",
    references: tuple[str, ...] = (),
    event_id: str | None = None,
) -> Said:
    return Said(
        event_id=event_id or f"hash-{message_id}",
        external_id=message_id,
        place=Place(account="uji/email", channel=Channel.EMAIL, address=sender, thread=message_id),
        sender=Person(address=sender, name="Ana"),
        text=text,
        subject=subject,
        references=references,
        raw=text.encode(),
    )
