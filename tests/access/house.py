"""A house with one of everything, so that each address leads to something, for whoever may see it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bot.desks import Desks, OpenDesk
from bot.making.apart import in_a_thread
from bot.making.maker import Maker
from procedures.asking.periods import Period
from procedures.bookings import readers
from procedures.bookings.taking import For, Wish, make
from procedures.cases.happened import Doing
from procedures.papers import actions as papers
from procedures.papers import typesetting_queue
from procedures.requests import acts as requests
from procedures.requests.patience import KEPT_FOR
from procedures.running import actions, paying
from reports.making import queue as makings
from reports.making.order import REPORT, Order
from tests.console.catalogues import keep_files
from tests.console.houses import CATALOGUE, Office
from tests.console.reports.test_scorecard_page import INDICATORS
from tests.console.test_again import Reader
from tests.console.test_second_line import YOGA
from tests.console.test_viewers import WATI
from tests.procedures import lending, letters
from tests.procedures.bookings.rooms import RESOURCES, STUDIO
from tests.procedures.test_money import FORM
from tests.tickets.desks import BUDI, RINA, SLUG, mail, whatsapp
from tickets import contacts, hooks, inbound, staff
from tickets.actions import answering, blocking, keeping_views, public_survey, registering, scheduling
from tickets.actions.answering import Words
from tickets.actor import CONTACT, Kind, Role
from tickets.connections import Webhook
from tickets.desk import StaffMember, Team
from tickets.findings import Matter
from tickets.ledger.blobs import Stored
from tickets.ledger.store import Ledger
from tickets.survey import Every, period_at


class ReadsAll(Reader):
    async def of_message(self, message: int) -> "ReadsAll":
        return self


NEIGHBOUR, PROGRAM, KEPT = "lain", "program", "e1"
LIA = StaffMember(id="lia@example.com", name="Lia", role=Role.SUPERVISOR, email="lia@example.com")
YANI = StaffMember(id="yani@example.ac.id", name="Yani", role=Role.AGENT, email="yani@example.ac.id")
HAS_TICKET, HAS_NOT = "edunex", "jaringan"  # teams of the second line
TEAMS = (
    Team(id=HAS_TICKET, name="Edunex", members=(YOGA.id,)),
    Team(id=HAS_NOT, name="Jaringan", members=(YANI.id,)),
)
MAIL = "From: ana@example.com\nTo: uji@example.ac.id\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>{}</p>\n"
HOOK = Webhook(
    id="lms", url="https://lms.example.ac.id/hook", secret="whsec_" + "A" * 32, events=("ticket.*",)
)
SECRET = "Rahasia Jabatan"  # which only who may see the ticket may read
SHARED_VIEW = "Tampilan bersama"  # which all of the desk may know, the second line too
TUESDAY = Period.fromisoformat("2026-10-20T09:00/2026-10-20T11:00")


async def full_house(
    ledger: Ledger, folder: Path, *, escalated: bool = False, words: str = SECRET, view: str = SHARED_VIEW
) -> Office:  # fmt: skip
    """Build it in an empty ledger.

    Everything has the id 1, but for a case that is over (2) and a mail (ticket 4). `escalated`: ticket 1 is with the second line.
    `view`: what the desk's shared view of the inbox is called.
    """
    office = Office(ledger, procedures=(lending.LENDING, letters.LETTERS))
    office.becomes(
        resources=RESOURCES, letterhead=letters.LETTERHEAD, series=letters.SERIES, teams=TEAMS, webhooks=(HOOK,),
        scorecard=INDICATORS,
    )  # fmt: skip
    for member in (WATI, YOGA, YANI):
        office.hires(member)
    keep_files(office)
    office.desk = replace(office.desk, revision=2)
    _beside(office)
    message = office.receives(whatsapp(words, sid="SM1", name=words)).message
    office.receives(whatsapp(words, sid="SM2", sender="+628222", name=words))
    office.receives(whatsapp(words, sid="SM3", sender="+628333", name=words))
    office.receives(
        replace(
            mail(words, message_id="<a@x>", subject=words),
            html=f"<p>{words}</p>",
            raw=MAIL.format(words).encode(),
        )
    )
    office.app.state.house = replace(office.house, replay=ReadsAll(said=mail(words, message_id="<a@x>")))
    ledger.write_blocking(lambda tx: _of_procedures(tx, office, message, words))
    ledger.write_blocking(lambda tx: _of_the_desk(tx, office, words, view))
    await _made_files(office, folder)
    if escalated:
        ledger.write_blocking(
            lambda tx: office.house.acts.escalate(
                tx, 1, HAS_TICKET, desk=office.desk, by=BUDI, at=office.clock.now, reason="perlu dicek"
            )
        )
    return office


def _beside(office: Office) -> None:
    office.has_neighbour(NEIGHBOUR, "Unit Lain")
    other = office.neighbours[NEIGHBOUR]
    office.neighbours[NEIGHBOUR] = replace(other, desk=replace(other.desk, staff=(LIA,)))
    office.ledger.write_blocking(
        lambda tx: staff.sync(tx, office.neighbours[NEIGHBOUR].desk, office.clock.now)
    )


def _of_procedures(tx, office: Office, message: int, words: str) -> None:
    """A case with an invoice, a proof, a letter and a booking; one that is over; a form that is asked for."""
    at, desk, studio = office.clock.now, office.desk, lending.LENDING
    case = actions.start(tx, 1, studio, answers=FORM | {"kegiatan": words}, desk=desk, by=BUDI, at=at)
    case = actions.act(
        tx, case.id, "invoice", "done", procedure=studio, answers={}, reason=words, desk=desk, by=BUDI, at=at
    )
    doing = Doing(procedure=studio, desk=desk, by=BUDI, at=at)
    paying.hand_in(tx, case, message, doing=replace(doing, by=CONTACT))
    papers.make(tx, case, doing, letters.LETTERS.paper("kuitansi"))
    pdf = Stored(
        name=words, type="application/pdf", size=4, sha256=office.ledger.blobs.put(b"%PDF"), state="stored"
    )  # fmt: skip
    for order in typesetting_queue.claim(tx, now=at):
        typesetting_queue.keep(tx, order.paper, pdf, (pdf.sha256,), at=at)
    make(
        tx,
        Wish(resource=STUDIO, period=TUESDAY, title=words[:100]),
        For(ticket=1),
        desk=desk.desk,
        by=BUDI,
        at=at,
    )
    over = actions.start(tx, 2, studio, answers=FORM | {"kegiatan": words}, desk=desk, by=BUDI, at=at)
    actions.stop(tx, over.id, procedure=studio, desk=desk, why="withdrawn", by=BUDI.key, at=at)
    requests.offer(
        tx,
        requests.new_id(tx),
        office.procedures,
        ticket=2,
        message=message,
        desk=desk,
        stands=KEPT_FOR,
        at=at,
    )


def _of_the_desk(tx, office: Office, words: str, view: str) -> None:
    at, desk = office.clock.now, office.desk
    wish = keeping_views.Wish(name=view, query="sandi", desk=SLUG)
    keeping_views.keep(tx, wish, by=RINA, at=at)
    registering.record(
        tx, SLUG, Matter(text=words, action=words, responsible=BUDI.id, due_on=date(2026, 12, 1)),
        calendar=desk.desk.calendar, by=RINA, at=at,
    )  # fmt: skip
    answering.answer(tx, 1, Words(text=words), by=BUDI, at=at)
    inbound.keep(tx, account="uji/email", event_id=KEPT, raw=words.encode(), error="it broke", at=at)
    scheduling.schedule(tx, 1, Words(text=words), due_at=at + timedelta(days=2), by=BUDI, at=at)
    readers.share(tx, name=words[:60], resource=None, desk=desk, by=RINA, at=at)
    hooks.sync(tx, desk.desk)
    spammer = contacts.address_at(tx, account="uji/whatsapp", external_id="+628333")
    blocking.block(tx, spammer.id, by=BUDI, at=at)
    period = period_at(Every.YEAR, at, desk.desk.calendar.tz)
    public_survey.invite(
        tx,
        contacts.address_at(tx, account="uji/whatsapp", external_id="+628222"),
        desk=SLUG,
        period=period,
        at=at,
    )


async def _made_files(office: Office, folder: Path) -> None:
    at, days = office.clock.now, (date(2026, 10, 1), date(2026, 10, 5))
    maker = Maker(
        office.ledger, Desks({SLUG: OpenDesk(now=office.desk, catalogue=CATALOGUE, matcher=None)}), apart=in_a_thread,
        search_index=folder / "search.db", clock=office.clock,
    )  # fmt: skip
    for order in (
        Order(what="tickets", format="csv", first_on=days[0], last_on=days[1]),
        Order(what=REPORT, format="csv", month="2026-09"),
    ):
        for by in (RINA, replace(RINA, kind=Kind.API, id=PROGRAM)):
            office.ledger.write_blocking(lambda tx, o=order, b=by: makings.ask(tx, o, SLUG, by=b, at=at))
            await maker.drain()
    await maker.close()
