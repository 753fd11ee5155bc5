"""My account: one's name, password and language, where one is logged in; and everybody's sessions."""

import pytest

from console.account.browsers import in_words
from console.doors import sessions, throttle
from tests.console.conftest import PASSWORD
from tests.tickets.desks import BUDI, MONDAY
from tickets import staff

ACCOUNT, SESSIONS = "/account", "/account/sessions"


async def test_a_new_password_takes_the_old_one_and_logs_other_browsers_out(office, budi, browser):
    await browser.logs_in(BUDI.id, PASSWORD)
    page = await budi.opens(ACCOUNT)
    refused = await budi.sends(page, "/account/password", current="wrong", new="a new long password")
    assert (refused.status, "current password is not right" in refused.text) == (422, True)
    short = await budi.sends(page, "/account/password", current=PASSWORD, new="short")
    assert "at least 10" in short.text
    done = await budi.sends(page, "/account/password", current=PASSWORD, new="a new long password")
    assert "The password was changed" in done.text
    assert (await budi.opens("/inbox")).path == "/inbox"
    assert (await browser.opens("/inbox")).path == "/"
    assert (await browser.logs_in(BUDI.id, PASSWORD)).status == 403
    assert (await browser.logs_in(BUDI.id, "a new long password")).path == "/inbox"


async def test_one_sees_where_one_is_logged_in_and_ends_what_is_not_oneself(office, budi, browser):
    browser.client.headers["User-Agent"] = (
        "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"
    )
    await browser.logs_in(BUDI.id, PASSWORD)
    page = await budi.opens(ACCOUNT)
    assert "Firefox · Android" in page.text
    assert "This browser" in page.text
    ended = await budi.sends(page, SESSIONS)
    assert "Sessions were ended" in ended.text
    assert (await browser.opens("/inbox")).path == "/"
    assert (await budi.opens("/inbox")).path == "/inbox"


async def test_nobody_ends_a_strangers_session(office, budi, rina):
    theirs = await office.ledger.read(lambda session: _sessions(session, "rina@example.ac.id"))
    page = await budi.opens(ACCOUNT)
    token = page.form("/account/name").fields["token"]
    await budi.client.post(SESSIONS, data={"token": token, "session": theirs[0]})
    assert (await rina.opens("/inbox")).path == "/inbox"
    assert (
        await budi.client.post("/sessions", data={"token": token, "email": "rina@example.ac.id"})
    ).status_code == 403
    assert (await budi.opens("/sessions")).status == 403


async def test_the_administrator_sees_everybodys_sessions_and_ends_them(office, kepala, budi):
    page = await kepala.opens("/sessions")
    assert BUDI.id in page.text
    await kepala.sends(page, "/sessions", email=BUDI.id)
    assert (await budi.opens("/inbox")).path == "/"
    assert (await kepala.opens("/inbox")).path == "/inbox"


async def test_who_works_nowhere_any_more_is_out(office, budi):
    office.ledger.write_blocking(lambda tx: staff.disable(tx, office.desk.slug, BUDI.id, at=MONDAY))
    assert (await budi.opens("/inbox")).path == "/"
    assert (await budi.logs_in(BUDI.id, PASSWORD)).status == 403


async def test_name_and_language_are_kept_with_the_account(office, budi, browser):
    await budi.sends(await budi.opens(ACCOUNT), "/account/name", name="Budi Santoso")
    assert "Budi Santoso" in (await budi.opens("/inbox")).text
    await budi.sends(await budi.opens(ACCOUNT), "/account/language", language="id")
    inside = await browser.logs_in(BUDI.id, PASSWORD)
    assert "Kotak masuk" in inside.text


async def test_tries_are_counted_for_all_processes_and_given_back_when_right(ledger):
    limits = throttle.at_the_door(BUDI.id, "2001:db8::1")
    neighbours = [throttle.at_the_door(f"{number}@example.ac.id", "2001:db8::2") for number in range(35)]

    def tries(these, times):
        return ledger.write_blocking(
            lambda tx: [throttle.too_many(tx, these, at=MONDAY) for _ in range(times)]
        )

    assert tries(limits, 9) == [0] * 8 + [1]
    ledger.write_blocking(lambda tx: throttle.was_right(tx, limits))
    assert tries(limits, 8) == [0] * 8
    # They come from the same network of 64 bits, where 50 are too many.
    assert [tries(each, 1)[0] for each in neighbours] == [0] * 34 + [1]
    later = MONDAY + throttle.WINDOW
    assert ledger.write_blocking(lambda tx: throttle.too_many(tx, limits, at=later)) == 0
    ledger.write_blocking(lambda tx: throttle.sweep(tx, at=later + throttle.WINDOW))


@pytest.mark.parametrize(
    ("browser", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox · Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1",
            "Safari · iPhone",
        ),
        ("curl/8.0", ""),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(browser, words):
    assert in_words(browser) == words


def _sessions(session, email):
    return [one.id for one in sessions.open_sessions(session, now=MONDAY, email=email)]
