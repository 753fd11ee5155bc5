"""The supervisors' pages: the board with the tickets behind each figure, and the verification of what is solved."""

import re
from datetime import timedelta

import pytest

from tests.console.pages import Seen
from tests.tickets.desks import BUDI, RINA, SLUG, whatsapp
from tickets import inbound, views
from tickets.actions import answering, handling, supervising
from tickets.actions.answering import Words
from tickets.ledger.blobs import Stored
from tickets.sweep import sweep

HOUR = timedelta(hours=1)
FIGURE = re.compile(r'href="/board/(\w+)\?desk=[^>]*>\s*<span class="count">(\d+)<')
LINE = re.compile(r'<li class="line')


@pytest.fixture
def solved(office):
    """Make solved tickets; the last one that was made is answered an hour later than the one before."""
    made = []

    def solve(*files, by=BUDI, words="Sudah kami reset."):
        made.append(
            office.receives(
                whatsapp(f"lupa sandi {len(made)}", sid=f"SM{len(made)}", sender=f"+62{len(made)}"), *files
            )
        )
        number = made[-1].ticket.number
        at = office.clock.now
        office.ledger.write_blocking(lambda tx: answering.answer(tx, number, Words(text=words), by=by, at=at))
        office.ledger.write_blocking(
            lambda tx: handling.categorise(tx, number, "password", desk=office.desk, by=by, at=at)
        )
        office.ledger.write_blocking(lambda tx: handling.solve(tx, number, by=by, at=at))
        return number

    return solve


async def status_of(office, number):
    return (await office.ledger.read(lambda session: views.ticket(session, number, link=str))).ticket.status


async def test_each_figure_leads_to_its_tickets(office, rina):
    office.receives(whatsapp("lupa sandi", sid="SM1"))
    office.clock.now += HOUR
    office.ledger.write_blocking(lambda tx: sweep(tx, now=office.clock.now))
    board = await rina.opens("/board")
    assert "Meja Uji" in board.text
    assert "1 Overdue longest 45 minutes" in board.text
    assert "1 Not answered longest 1 hour" in board.text
    assert "0 Solved, not closed yet" in board.text
    assert "Budi 0 / 10" in board.text
    behind = await rina.opens(f"/board/breached?desk={SLUG}")
    assert "#1" in behind.text
    assert "lupa sandi" in behind.text
    nothing = await rina.opens(f"/board/unverified?desk={SLUG}")
    assert "This is taken care of." in nothing.text


async def test_on_a_quiet_desk_the_board_says_so(rina):
    board = await rina.opens("/board")
    assert "Everything is taken care of" in board.text
    assert "Solved within 24 hours –" in board.text


async def test_the_month_s_indicators_are_measured_at_most_once_a_minute(office, rina, solved):
    await rina.opens("/board")
    solved()
    office.receives(whatsapp("lupa sandi", sid="SMx", sender="+629"))
    assert "With a category –" in (await rina.opens("/board")).text
    office.clock.now += timedelta(minutes=1)
    assert "Solved within 24 hours 100% With a category 50%" in (await rina.opens("/board")).text


async def test_failed_intake_is_shown_with_its_error(office, rina):
    office.ledger.write_blocking(
        lambda tx: inbound.keep(
            tx, account=f"{SLUG}/email", event_id="m1", raw=b"x", error="LookupError", at=office.clock.now
        )
    )
    page = await rina.opens(f"/board/failed_intake?desk={SLUG}")
    assert "LookupError" in page.text
    assert "Process again Download the original" in page.text


async def test_the_supervisors_pages_are_not_for_agents(budi, rina, browser):
    for path in ("/board", f"/board/breached?desk={SLUG}", "/verification"):
        assert (await budi.opens(path)).status == 403
        assert (await browser.opens(path)).path == "/"
    assert "/board" not in [
        link for link in (await budi.opens("/inbox")).answer.text.split('"') if link == "/board"
    ]
    assert (await rina.opens("/board/nonsense?desk=uji")).status == 404
    assert (await rina.opens("/board/breached?desk=another")).status == 404


async def test_a_supervisor_goes_through_the_queue_one_by_one(office, rina, solved):
    missed = Stored(
        name="layar.jpg", type="image/jpeg", size=None, sha256=None, state="refused", fetch="x", error="404"
    )
    first, second = solved(missed, words="Buka laman reset."), solved()
    page = await rina.opens("/verification")
    assert "layar.jpg" in page.text
    assert f"#{first} lupa sandi 0" in page.text
    assert "Buka laman reset." in page.text
    assert "Lupa kata sandi" in page.text
    after = await rina.sends(page, f"/verification/{first}/verify")
    assert await status_of(office, first) == "closed"
    assert f"#{second} lupa sandi 1" in after.text
    done = await rina.sends(after, f"/verification/{second}/verify")
    assert "Nothing waits for verification" in done.text


async def test_what_is_sent_back_needs_a_note_and_is_open_again(office, rina, solved):
    number = solved()
    page = await rina.opens("/verification")
    refused = await rina.sends(page, f"/verification/{number}/send-back", note="  ")
    assert (refused.status, await status_of(office, number)) == (422, "solved")
    again = await rina.sends(refused, f"/verification/{number}/send-back", note="Sebutkan laman resetnya.")
    assert "Nothing waits for verification" in again.text
    assert await status_of(office, number) == "open"
    ticket = await rina.opens(f"/tickets/{number}")
    assert "Sebutkan laman resetnya." in ticket.text
    assert "Sent back to be mended" in ticket.text


async def test_several_are_verified_at_once_and_their_own_are_left(office, rina, solved):
    theirs, other, own = solved(), solved(), solved(by=RINA)
    page = await rina.opens("/verification")
    form = page.form("/verification")
    fields = {name: value for name, value in form.fields.items() if name != "chosen"}
    answer = await rina.client.post(
        "/verification", data={**fields, "chosen": [str(theirs), str(other), str(own)]}, follow_redirects=True
    )
    assert "2 verified." in answer.text
    assert "1 not:" in answer.text
    assert [await status_of(office, number) for number in (theirs, other, own)] == [
        "closed",
        "closed",
        "solved",
    ]


async def test_nobody_judges_what_they_solved_although_somebody_else_holds_it_now(office, rina, solved):
    number = solved(by=RINA)
    office.ledger.write_blocking(
        lambda tx: handling.assign(
            tx, number, BUDI.id, staff=frozenset({BUDI.id}), by=RINA, at=office.clock.now
        )
    )
    page = await rina.opens("/verification")
    assert "another supervisor verifies it" in page.text
    forged = page.form("/verification").fields
    refused = await rina.client.post(f"/verification/{number}/verify", data=forged)
    assert (refused.status_code, await status_of(office, number)) == (403, "solved")


async def test_those_drawn_for_the_sample_come_first(office, rina, solved):
    solved()
    drawn = solved()
    office.ledger.write_blocking(lambda tx: supervising.draw(tx, drawn, share=1, at=office.clock.now))
    page = await rina.opens("/verification")
    assert page.text.index(f"#{drawn} lupa sandi") < page.text.index("#1 lupa sandi")
    assert "sample" in page.text


async def test_a_ticket_s_page_offers_both_decisions(office, rina, budi, solved):
    number = solved()
    assert "/send-back" not in (await budi.opens(f"/tickets/{number}")).answer.text
    page = await rina.opens(f"/tickets/{number}")
    await rina.sends(page, "/send-back", note="Belum lengkap.")
    assert await status_of(office, number) == "open"


async def test_every_figure_counts_just_the_tickets_of_its_list(office, rina, solved):
    for number in range(3):
        office.receives(whatsapp("wifi lambat", sid=f"SMw{number}", sender=f"+628{number}"))
    office.clock.now += HOUR
    drawn = [solved(), solved()][0]
    office.ledger.write_blocking(lambda tx: supervising.draw(tx, drawn, share=1, at=office.clock.now))
    office.ledger.write_blocking(lambda tx: sweep(tx, now=office.clock.now))
    board = await rina.opens("/board")
    counted = dict(FIGURE.findall(board.answer.text))
    assert {name for name, count in counted.items() if int(count)} == {
        "breached", "unanswered", "uncategorised", "to_verify", "unverified",
    }  # fmt: skip
    for name, count in counted.items():
        listed = (await rina.opens(f"/board/{name}?desk={SLUG}")).answer.text
        assert (name, len(LINE.findall(listed))) == (name, int(count))


async def test_missed_promises_are_looked_after_together_for_a_reason(office, rina, budi):
    for number in range(2):
        office.receives(whatsapp("wifi lambat", sid=f"SMw{number}", sender=f"+628{number}"))
    office.clock.now += HOUR
    office.ledger.write_blocking(lambda tx: sweep(tx, now=office.clock.now))
    office.ledger.write_blocking(
        lambda tx: answering.answer(tx, 1, Words(text="Maaf."), by=BUDI, at=office.clock.now)
    )
    page = await rina.opens("/breaches?unseen=1")
    assert (await budi.opens("/breaches")).status == 403
    action = f"/breaches?desk={SLUG}&period=month&unseen=1"
    refused = await rina.sends(page, action, reason=" ", every="1")
    assert (refused.status, "Say why first." in refused.text) == (422, True)
    fields = refused.form(action).fields | {
        "reason": "Jaringan mati.",
        "chosen": ["1.first_response.1.", "2.first_response.1."],
    }
    answer = await rina.client.post(action, data=fields, follow_redirects=True)
    done = Seen(answer)  # the first is answered by now, and was missed all the same
    assert "2 marked as looked after." in done.text
    assert "All of them are looked after" in done.text
    assert "Looked after: First response. Reason: Jaringan mati." in (await rina.opens("/tickets/1")).text
