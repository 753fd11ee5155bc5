"""The doors: who gets in, with what, and for how long."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from argon2 import PasswordHasher, extract_parameters
from httpx import ASGITransport, AsyncClient
from structlog.testing import capture_logs

from console import doors
from console.app import create_app
from tests.console.conftest import PASSWORD
from tests.console.pages import Visitor
from tests.tickets.desks import BUDI


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
    assert 'name="name" value="Budi"' in (await browser.opens(link)).answer.text  # as the desk calls him
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
    assert (await browser.opens("/login")).path == "/"  # that is where they are now, and open it again


async def test_whoever_guesses_has_to_wait(office, budi, browser):
    for _ in range(8):
        await browser.logs_in(BUDI.id, "a guess")
    assert (await browser.logs_in(BUDI.id, PASSWORD)).status == 429
    office.clock.now += timedelta(minutes=16)
    assert (await browser.logs_in(BUDI.id, PASSWORD)).path == "/inbox"


async def test_who_is_not_logged_in_is_sent_to_the_door_and_then_where_they_wanted(office, budi, browser):
    door = await browser.opens("/people")
    assert (door.path, door.form("/login").fields["next"]) == ("/", "/people")
    for page, back in (
        ("http://desk.test/tickets/7/say?x=1", "/tickets/7"),
        ("http://desk.test/people", "/people"),
        ("http://evil.example/people", "/inbox"),
    ):
        answer = await browser.client.post(
            "/tickets/7/say", headers={"Referer": page}, data={"text": "Baik."}
        )
        assert answer.headers["location"] == f"/?next={back}"
    for led in (
        "//evil.example/x",
        "/\\evil.example",
        "https://evil.example",
        "\t//evil.example",
        "/\t/evil.example",
        "javascript:x",
    ):
        away = await browser.opens("/?" + urlencode({"next": led}))
        assert away.form("/login").fields["next"] == "/inbox"
        async with office.browser() as client:
            visitor = Visitor(client)
            door = await visitor.opens("/people")
            inside = await visitor.sends(door, "/login", next=led, email=BUDI.id, password=PASSWORD)
        assert (inside.answer.url.host, inside.path) == ("desk.test", "/inbox")


async def test_a_session_ends_when_it_is_not_used(office, budi):
    office.clock.now += timedelta(days=5)
    assert (await budi.opens("/inbox")).path == "/inbox"
    office.clock.now += timedelta(days=5)
    assert (await budi.opens("/inbox")).path == "/inbox"
    office.clock.now += doors.SESSION_RESTS
    assert (await budi.opens("/inbox")).path == "/"


async def test_a_new_password_logs_everybody_else_out(office, budi, browser, invites):
    setup = await browser.opens(invites(BUDI.id))
    assert 'name="name" value="Budi"' in setup.answer.text
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
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page.answer.headers["x-content-type-options"] == "nosniff"
    app = create_app(
        replace(office.house, public_url="https://desk.test")
    )  # over https nothing goes without it
    async with AsyncClient(transport=ASGITransport(app), base_url="https://desk.test") as client:
        inside = await Visitor(client).logs_in("a@b.id", PASSWORD)
        (first,) = inside.answer.history
        # Nobody beside us can set what is called so, and the browser takes it for this host alone.
        assert {"__Host-tanggap_visit", "__Host-tanggap_session"} == set(client.cookies)
        assert "; secure" in first.headers["set-cookie"].lower()
        assert "path=/;" in f"{first.headers['set-cookie'].lower()};"
        left = await Visitor(client).sends(inside, "/logout")
        assert "secure" in left.answer.history[0].headers["set-cookie"].lower()  # else it would not go


async def test_whoever_is_logged_out_cannot_come_back_by_a_cookie_that_was_copied(office, budi):
    copied = dict(budi.client.cookies)
    await budi.sends(await budi.opens("/inbox"), "/logout")
    async with office.browser() as client:
        client.cookies.update(copied)
        assert (await Visitor(client).opens("/inbox")).path == "/"


async def test_nobody_is_let_in_under_a_key_that_somebody_else_gave_them(office, budi, browser):
    """A session that an attacker plants in a browser is not the one that its owner logs in to."""
    browser.client.cookies.set("tanggap_session", "planted" * 6, domain="desk.test")
    await browser.logs_in(BUDI.id, PASSWORD)
    assert "planted" not in "".join(browser.client.cookies.values())


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "utf-16"])
async def test_a_form_is_written_in_utf_8_or_not_read(office, browser, charset):
    """Of Python's codecs some take minutes for what a form may hold, and whoever posts it names them."""
    part = b"--x\r\nContent-Disposition: form-data; name=email-\r\n\r\n" + b"a" * 100_000 + b"\r\n--x--\r\n"
    for path in ("/login", "/chat/uji"):
        kind = f'multipart/form-data; boundary=x; charset="{charset}"'
        answer = await browser.client.post(path, content=part, headers={"Content-Type": kind})
        assert (answer.status_code, answer.json()["error"]["code"]) == (415, "charset")


@pytest.mark.parametrize(
    "path", ["/desks/u%00/revisions", "/webhooks/a%00b/c/again", "/tickets/1%00/messages"]
)
async def test_nothing_is_called_by_a_name_that_no_database_holds(office, path):
    async with office.program() as program:
        asked = program.post if path.endswith("again") else program.get
        assert (await asked(path)).status_code == 404


async def test_a_letter_that_no_database_holds_is_left_out_of_what_is_asked_for(office, budi):
    for typed, meant in (("%00sandi%00", "sandi"), ("sandi%%0000", "sandi%00")):
        page = await budi.client.get(f"/inbox?q={typed}")
        assert (page.status_code, f'value="{meant}"' in page.text) == (200, True)


async def test_a_form_whose_token_no_browser_of_ours_sent_is_refused(office, budi):
    answer = await budi.client.post("/logout", data={"token": "é"})
    assert answer.status_code == 403


async def test_a_failure_of_ours_is_told_to_nobody(office, budi):
    @office.app.get("/broken")
    @office.app.get("/api/v1/broken")
    def broken():
        raise RuntimeError("postgresql://tanggap:geheim@localhost/tanggap")

    with capture_logs() as logged:
        answers = [await budi.client.get("/broken"), await budi.client.get("/api/v1/broken")]
    assert [answer.status_code for answer in answers] == [500, 500]
    told = [*(answer.text for answer in answers), *map(str, logged)]
    assert [each for each in told if "geheim" in each or "Traceback" in each] == []
    assert {each["error"] for each in logged} == {"RuntimeError"}


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
