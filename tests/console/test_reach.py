"""Who reaches what of procedures: every page and every route of the API, generated from the routes that there are."""

import re
from dataclasses import replace

import pytest
from fastapi.routing import APIRoute
from sqlmodel import select

from console.tokens import create_token
from procedures.asking.periods import Period
from procedures.bookings.taking import For, Wish, make
from procedures.cases.happened import Doing
from procedures.papers import actions as papers
from procedures.papers import typesetting_queue as queue
from procedures.running import actions, paying
from tests.console.houses import Office
from tests.console.test_second_line import YOGA
from tests.console.test_viewers import WATI
from tests.procedures import lending, letters
from tests.procedures.bookings.rooms import RESOURCES, STUDIO
from tests.procedures.test_money import FORM
from tests.tickets.desks import BUDI, SLUG, whatsapp
from tickets import staff
from tickets.actor import CONTACT, Role
from tickets.desk import StaffMember, Team
from tickets.ledger.blobs import Stored
from tickets.tables import Event

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SECRET = "Rapat Tertutup"
OTHER = StaffMember(id="lia@example.com", name="Lia", role=Role.SUPERVISOR, email="lia@example.com")
OF_PROCEDURES = re.compile(r"/(procedures|cases|papers|bills|payments|bookings|resources|archive)\b")
BODY = {
    "desk": SLUG, "procedure": "surat", "reason": "x", "to": BUDI.id, "text": "x", "resource": STUDIO.id, "title": "x",
    "start": "2026-10-21T09:00", "end": "2026-10-21T10:00", "lines": [{"name": "x", "price": 5, "quantity": 1}],
}  # fmt: skip
FIELDS = {"desk": SLUG, "procedure": "surat", "reason": "x", "to": BUDI.id, "text": "x", "outcome": "done"}
FIELDS |= {"resource": STUDIO.id, "from": "2026-10-21T09:00", "until": "2026-10-21T10:00", "title": "x"}
LISTS = {f"GET /{one}" for one in ("bills", "archive", "bookings", "procedures", "procedures/figures")} | {
    "GET /procedures/surat/papers/balasan",  # of sample values
    "GET /procedures/table.svg",
}
GIVEN = {
    "number": "1", "id": "1", "case": "1", "payment": "1", "booking": "1", "paper": "balasan", "procedure": "surat", "name": "surat",
    "step": "bayar", "ending": "svg", "at": "0", "chart": "steps", "resource": STUDIO.id, "file": "steps",
}  # fmt: skip


@pytest.fixture
def office(ledger):
    """A case of a ticket with an invoice, a proof, a booking and a letter; another desk, and a team of this one."""
    office = Office(ledger, procedures=(lending.LENDING, letters.LETTERS))
    team = Team(id="edunex", name="Edunex", members=(YOGA.id,))
    office.becomes(resources=RESOURCES, letterhead=letters.LETTERHEAD, series=letters.SERIES, teams=(team,))
    office.hires(WATI)
    office.hires(YOGA)
    office.has_neighbour("lain", "Unit Lain")
    other = office.neighbours["lain"]
    office.neighbours["lain"] = replace(other, desk=replace(other.desk, staff=(OTHER,)))
    ledger.write_blocking(lambda tx: staff.sync(tx, office.neighbours["lain"].desk, office.clock.now))
    message = office.receives(whatsapp(SECRET, sid="SM1", name=SECRET)).message
    at, desk = office.clock.now, office.desk
    pdf = Stored(
        name=f"{SECRET}.pdf", type="application/pdf", size=4, sha256=ledger.blobs.put(SECRET.encode()), state="stored"
    )  # fmt: skip
    tuesday = Period.fromisoformat("2026-10-20T09:00/2026-10-20T11:00")

    def job(tx):
        case = actions.start(
            tx, 1, lending.LENDING, answers=FORM | {"kegiatan": SECRET}, desk=desk, by=BUDI, at=at
        )
        case = actions.act(
            tx, case.id, "invoice", "done", procedure=lending.LENDING, answers={}, reason=SECRET, desk=desk, by=BUDI,
            at=at,
        )  # fmt: skip
        doing = Doing(procedure=lending.LENDING, desk=desk, by=BUDI, at=at)
        paying.hand_in(tx, case, message, doing=replace(doing, by=CONTACT))
        papers.make(tx, case, doing, letters.LETTERS.paper("kuitansi"))
        for order in queue.claim(tx, now=at):
            queue.keep(tx, order.paper, pdf, (pdf.sha256,), at=at)
        wish = Wish(resource=STUDIO, period=tuesday, title=SECRET)
        make(tx, wish, For(ticket=1), desk=desk.desk, by=BUDI, at=at)

    ledger.write_blocking(job)
    return office


def of_pages(office):
    for route in office.app.routes:
        if isinstance(route, APIRoute) and not route.include_in_schema and OF_PROCEDURES.search(route.path):
            yield from ((method, _filled(route.path)) for method in sorted(route.methods - {"HEAD"}))


def of_the_api(office):
    for path, methods in office.app.openapi()["paths"].items():
        if OF_PROCEDURES.search(path):
            yield from ((method.upper(), _filled(path.removeprefix("/api/v1"))) for method in methods)


def _filled(path):
    return re.sub(r"\{(\w+)[^}]*\}", lambda each: GIVEN[each[1]], path)


def told(office):
    with office.ledger.reading() as session:
        return len(session.exec(select(Event).where(Event.kind != "step.refused")).all())


async def reached(client, routes, fields=None):
    """Try everything, by forms where there are `fields`; what was answered, and which answers let the secret out."""
    asked = {"desk": SLUG, "procedure": "surat", "on": "2026-10-20"}
    given = {"json": BODY} if fields is None else {"data": fields | FIELDS}
    came, out = {}, set()
    for method, path in routes:
        answer = await client.request(method, path, params=asked, **(given if method == "POST" else {}))
        came[f"{method} {path}"] = answer.status_code
        if SECRET in answer.text:
            out.add(f"{method} {path}")
    return came, out


def of_acts(came):
    return {status for way, status in came.items() if way.startswith("POST")}


async def test_nobody_else_reaches_it_and_viewers_only_look(office, enters):
    before, routes = told(office), list(of_pages(office))
    for stranger in (OTHER, YOGA):  # another desk's supervisor, and a team that does not have the ticket
        came, out = await reached(*await _with_forms(enters, stranger, routes))
        assert (of_acts(came) <= {403, 404}, out) == (True, set())
        assert {way for way, status in came.items() if status == 200} <= LISTS
    came, out = await reached(*await _with_forms(enters, WATI, routes))
    assert of_acts(came) == {403}
    assert "GET /tickets/1/papers/1/file" in out  # she sees what the desk sees
    assert told(office) == before


async def test_tokens_of_another_desk_reach_nothing_and_a_viewers_does_nothing(office):
    before, routes = told(office), list(of_the_api(office))
    for role, desk in ((Role.SUPERVISOR, "lain"), (Role.VIEWER, SLUG)):
        token = office.ledger.write_blocking(
            lambda tx, r=role, d=desk: create_token(tx, d, r, d, office.clock.now)
        )
        async with office.program(token) as program:
            came, out = await reached(program, routes)
        if role is Role.VIEWER:
            assert of_acts(came) == {403}
        else:  # 404 where they would learn that there is one
            assert (set(came.values()) <= {403, 404}, out) == (True, set())
    assert "GET /cases/1" in out
    assert told(office) == before


async def _with_forms(enters, who, routes):
    """Return somebody's browser, the routes, and what their forms carry."""
    visitor = await enters(who.id, who.name)
    return visitor.client, routes, (await visitor.opens("/account")).form("/account/name").fields
