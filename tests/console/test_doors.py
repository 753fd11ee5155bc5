"""The doors: who gets in, with what, and for how long."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters

from console import doors
from tests.console.conftest import PASSWORD
from tests.tickets.desks import BUDI, MONDAY


async def test_while_there_is_no_account_the_entrance_says_where_the_link_is(office, browser):
    page = await browser.opens("/")
    assert "one-time link" in page.text
    assert not [form for form in page.forms if form.action == "/login"]


async def test_the_first_link_makes_the_administrator_and_works_once(office, browser, invites):
    link, another = invites(), invites()
    inside = await browser.sends(
        await browser.opens(link), "", email="Kepala@Example.ac.id", name="Kepala", password=PASSWORD
    )
    assert inside.path == "/inbox"
    assert "Kepala" in inside.text
    assert "People" in inside.text
    for used in (link, another):
        assert (await browser.opens(used)).status == 404


async def test_a_short_password_is_refused_and_the_link_still_works(office, browser, invites):
    setup = await browser.opens(invites())
    refused = await browser.sends(setup, "", email="a@example.ac.id", name="A", password="short")
    assert (refused.status, "at least 10" in refused.text) == (422, True)
    accepted = await browser.sends(refused, "", email="a@example.ac.id", name="A", password=PASSWORD)
    assert accepted.path == "/inbox"


async def test_an_old_link_opens_nothing(office, browser, invites):
    link = invites(BUDI.id)
    office.clock.now += doors.INVITATION_LASTS
    assert (await browser.opens(link)).status == 404


async def test_whoever_has_an_account_logs_in_and_out(office, budi):
    assert (await budi.sends(await budi.opens("/inbox"), "/logout")).path == "/"
    inside = await budi.logs_in("BUDI@example.ac.id", PASSWORD)
    assert inside.path == "/inbox"


@pytest.mark.parametrize(
    ("email", "password"), [(BUDI.id, "wrong password"), ("nobody@example.ac.id", PASSWORD)]
)
async def test_a_wrong_name_and_a_wrong_password_are_refused_in_the_same_words(
    office, budi, browser, email, password
):
    refused = await browser.logs_in(email, password)
    assert (refused.status, "The email or the password is not right" in refused.text) == (403, True)


async def test_whoever_guesses_has_to_wait(office, budi, browser):
    for _ in range(8):
        await browser.logs_in(BUDI.id, "a guess")
    assert (await browser.logs_in(BUDI.id, PASSWORD)).status == 429
    office.clock.now += timedelta(minutes=16)
    assert (await browser.logs_in(BUDI.id, PASSWORD)).path == "/inbox"


async def test_who_is_not_logged_in_is_sent_to_the_door_and_then_where_they_wanted(office, budi, browser):
    door = await browser.opens("/people")
    assert (door.path, door.form("/login").fields["next"]) == ("/", "/people")
    away = await browser.opens("/?next=//evil.example/x")
    assert away.form("/login").fields["next"] == "/inbox"


async def test_a_session_ends_when_it_is_not_used(office, budi):
    office.clock.now += timedelta(days=5)
    assert (await budi.opens("/inbox")).path == "/inbox"
    office.clock.now += timedelta(days=5)
    assert (await budi.opens("/inbox")).path == "/inbox"
    office.clock.now += doors.SESSION_RESTS
    assert (await budi.opens("/inbox")).path == "/"


async def test_a_new_password_logs_everybody_else_out(office, budi, browser, invites):
    setup = await browser.opens(invites(BUDI.id))
    await browser.sends(setup, "", name="Budi", password="another good password")
    assert (await budi.opens("/inbox")).path == "/"


async def test_a_form_from_elsewhere_is_refused(office, budi):
    answer = await budi.client.post("/tickets/1/close", data={"token": "guessed"})
    assert answer.status_code == 403


async def test_cookies_and_headers_are_strict(office, browser, invites):
    page = await browser.opens(invites())
    form = page.form("")
    answer = await browser.client.post(
        page.path, data=form.fields | {"email": "a@b.id", "name": "A", "password": PASSWORD}
    )
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    policy = page.answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


async def test_the_administrator_invites_the_staff_and_nobody_else_does(office, enters, browser):
    kepala = await enters("kepala@example.ac.id", "Kepala", admin=True)
    people = await kepala.opens("/people")
    assert "no account yet" in people.text
    invited = await kepala.sends(people, "/people", email=BUDI.id)
    link = invited.answer.text.split('value="http://desk.test')[1].split('"')[0]
    inside = await browser.sends(await browser.opens(link), "", name="Budi", password=PASSWORD)
    assert inside.path == "/inbox"
    page = await browser.opens("/people")
    assert "/people" not in [form.action for form in page.forms]
    forged = page.form("/people/break").fields | {"email": "rina@example.ac.id"}
    assert (await browser.client.post("/people", data=forged)).status_code == 403
    stranger = await kepala.sends(people, "/people", email="stranger@example.com")
    assert stranger.status == 404


async def test_no_password_or_key_lies_in_the_database(office, invites, budi):
    link = invites()
    key = link.removeprefix("/setup/")
    account = await office.ledger.read(lambda session: doors.account_of(session, BUDI.id))
    assert account.password.startswith("$argon2id$")
    assert await office.ledger.read(lambda session: doors.visitor_of(session, key, now=MONDAY)) is None


def test_where_there_is_no_account_a_password_is_checked_against_a_hash_that_costs_the_same():
    checked = []

    class Watched(PasswordHasher):
        def verify(self, kept, password):
            checked.append(extract_parameters(kept))
            return super().verify(kept, password)

    passwords = doors.Passwords(Watched(time_cost=1, memory_cost=8, parallelism=1))
    kept = passwords.hashed(PASSWORD)
    assert passwords.fits(kept, PASSWORD)
    assert not passwords.fits(kept, "another password")
    assert not passwords.fits(None, PASSWORD)
    assert len(checked) == 3
    assert len(set(map(str, checked))) == 1
