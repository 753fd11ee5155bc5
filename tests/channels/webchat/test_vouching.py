"""A site says by a signed token who has logged in there: whom we believe, and what becomes of the conversation."""

import base64
import json
import re
from datetime import UTC, datetime
from functools import partial

import jwt
import pytest
from starlette.requests import Request

from channels.webchat.submission import said_again
from channels.webchat.visitor import LASTS_VOUCHED, Visitors
from channels.webchat.vouching import BadTokenError, word_of
from tests.channels.webchat.house import SECRET, SETTINGS, ChatHouse
from tickets.message import Vouched

PAGE = "/chat/uji/widget"
NOW = 1_790_000_000.0
LMS = "https://lms.test"
ANA = {
    "iss": LMS,
    "sub": "4711",
    "name": "Ana  Putri",
    "email": "Ana@Example.ac.id",
    "nim": 13519002,
    "unit": "Fisika",
}


def token(secret=SECRET, *, algorithm="HS256", now=NOW, **claims):
    said = {"aud": "uji", "exp": now + 600, **ANA, **claims}
    return jwt.encode(
        {claim: value for claim, value in said.items() if value is not None}, secret, algorithm=algorithm
    )


def unsigned(algorithm):
    head = base64.urlsafe_b64encode(json.dumps({"alg": algorithm}).encode()).decode().rstrip("=")
    return f"{head}.{token().split('.')[1]}."


def test_a_token_says_who_somebody_is():
    ana = Vouched(
        subject="4711", name="Ana Putri", number="13519002", email="ana@example.ac.id", unit="Fisika"
    )
    assert word_of(token(), (SECRET,), desk="uji", now=NOW).vouched == ana
    assert word_of(token(aud=["lain", "uji"]), ("x" * 32, SECRET), desk="uji", now=NOW + 659).vouched == ana
    bare = jwt.encode({"aud": "uji", "exp": NOW + 1, "sub": "4711"}, SECRET)
    assert word_of(bare, (SECRET,), desk="uji", now=NOW).vouched == Vouched(subject="4711")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("", "not signed"),
        ("a.b.c", "not signed"),
        (token()[:-2] + "AA", "not signed"),
        (token("another secret of at least 32 letters"), "not signed"),
        (jwt.encode({"aud": "uji", "exp": NOW + 600, **ANA}, None, algorithm="none"), "not signed"),
        (unsigned("nOnE"), "not signed"),
        (unsigned("HS256"), "not signed"),
        (token("x" * 64, algorithm="HS512"), "not signed"),
        (token(SECRET * 2, algorithm="HS512"), "not signed"),
        ("x" * 4001, "longer"),
        (token(aud="lain"), "aud"),
        (token(aud=None), "aud"),
        (token(exp=None), "exp"),
        (token(exp=True), "exp"),
        (token(exp="besok"), "exp"),
        (token(exp=NOW - 60), "expired"),
        (token(exp=NOW + 961), "exp"),
        (token(nbf=NOW + 61), "not good yet"),
        (token(iat=NOW + 61), "not good yet"),
        (token(nbf="besok"), "nbf"),
        (token(iss="https://evil.example"), "iss"),
        (token(iss=None), "iss"),
        (token(jti=" "), "jti"),
        (token(jti=7), "jti"),
        (token(jti="x" * 201), "jti"),
        (token(sub=" "), "sub"),
        (token(sub="x" * 201), "sub"),
        (token(name=["Ana"]), "name"),
        (token(name="x" * 101), "name"),
        (token(name="Ana\u202e"), "name"),
        (token(email=True), "email"),
    ],
)
def test_whatever_is_not_right_about_a_token_is_refused(wrong, why):
    with pytest.raises(BadTokenError, match=why):
        word_of(wrong, (SECRET,), desk="uji", issuer=LMS, now=NOW)
    with pytest.raises(BadTokenError, match="not signed" if len(wrong) <= 4000 else why):
        word_of(wrong, (), desk="uji", now=NOW)


@pytest.fixture
def house():
    return ChatHouse()


async def presents(browser, given, known=""):
    """Let a frame show its site's token; whom it is from then on, and what it was told."""
    headers = {"X-Chat-Pass": known} if known else {}
    answer = await browser.post("/chat/uji/identity", data={"token": given}, headers=headers)
    return answer.headers["x-chat-pass"], answer


async def writes(browser, text, known):
    headers = {"X-Chat-Pass": known}
    page = await browser.get(PAGE, headers=headers)
    once = re.search(r'name="once" value="([^"]+)"', page.text)[1]
    return await browser.post(PAGE, data={"once": once, "text": text}, headers=headers)


def now_token(**claims):
    return token(now=datetime.now(UTC).timestamp(), **claims)


async def test_somebody_has_one_conversation_on_all_their_devices_until_they_log_out(house):
    async with house.browser() as desktop, house.browser() as phone:
        ana, answer = await presents(desktop, now_token())
        assert answer.status_code == 200
        assert "You are logged in as Ana Putri" in (await writes(desktop, "dari meja", ana)).text
        said = house.said[0]
        assert (said.sender.name, said.vouched.number) == ("Ana Putri", "13519002")
        assert said_again(said.raw, said.place.account).vouched == said.vouched
        on_phone, _ = await presents(phone, now_token())
        page = await writes(phone, "dari ponsel", on_phone)
        assert "dari meja" in page.text
        nobody, _ = await presents(desktop, "", ana)
        for headers in ({"X-Chat-Pass": nobody}, {}):
            assert "dari meja" not in (await desktop.get(PAGE, headers=headers)).text
    assert {each.place.address for each in house.said} == {said.place.address}


async def test_a_token_that_is_refused_leaves_a_guest_never_somebody_else(house):
    async with house.browser("id") as browser:
        guest, _ = await presents(browser, "")
        await writes(browser, "sebagai tamu", guest)
        still, refused = await presents(browser, now_token(secret="guessed" * 5), guest)
        assert (refused.status_code, "menulis sebagai tamu" in refused.text) == (401, True)
        assert "sebagai tamu" in (await browser.get(PAGE, headers={"X-Chat-Pass": still})).text
        ana, _ = await presents(browser, now_token(), guest)
        assert "sebagai tamu" not in (await writes(browser, "rahasia", ana)).text
        left, refused = await presents(browser, "x.y.z", ana)
        assert refused.status_code == 401
        for headers in ({"X-Chat-Pass": left}, {}):
            assert "rahasia" not in (await browser.get(PAGE, headers=headers)).text
        another, _ = await presents(browser, now_token(sub="4712"))
        assert "rahasia" not in (await browser.get(PAGE, headers={"X-Chat-Pass": another})).text
        elsewhere = await browser.post(
            "/chat/uji/identity", data={"token": now_token()}, headers={"Origin": "https://evil.example"}
        )
        assert elsewhere.status_code == 401
    assert house.refused == ["identity"] * 3


async def test_a_token_that_is_good_once_makes_nobody_else_of_another_browser(house):
    once, other = now_token(jti="eins"), now_token(jti="zwei", sub="4712")
    async with house.browser() as desktop, house.browser() as thief:
        house.busy = True
        assert (await desktop.post("/chat/uji/identity", data={"token": once})).status_code == 503
        house.busy = False
        ana, first = await presents(desktop, once)
        await writes(desktop, "rahasia", ana)
        again, second = await presents(desktop, once, ana)
        assert (first.status_code, second.status_code) == (200, 200)
        stolen, refused = await presents(thief, once)
        assert refused.status_code == 401
        assert "rahasia" not in (await thief.get(PAGE, headers={"X-Chat-Pass": stolen})).text
        known_as_another, _ = await presents(thief, other)
        assert (await presents(thief, once, known_as_another))[1].status_code == 401
        assert "rahasia" in (await desktop.get(PAGE, headers={"X-Chat-Pass": again})).text


async def test_before_the_site_has_spoken_nothing_of_the_last_person_is_shown(house):
    async with house.browser() as browser:
        ana, _ = await presents(browser, now_token())
        await writes(browser, "rahasia", ana)
        assert "rahasia" in (await browser.get(PAGE)).text
        waiting = await browser.get(f"{PAGE}?awaits=1")
        assert ("rahasia" in waiting.text, "data-pass" in waiting.text) == (False, False)
        assert "set-cookie" not in waiting.headers
        assert "rahasia" in (await browser.get(PAGE)).text


async def test_the_word_of_a_site_is_good_for_half_a_day(house):
    async with house.browser() as browser:
        ana, _ = await presents(browser, now_token())
    for seconds, good in ((LASTS_VOUCHED - 60, True), (LASTS_VOUCHED + 60, False)):
        later = datetime.now(UTC).timestamp() + seconds
        visitors = Visitors(
            SETTINGS.secret_key, SETTINGS.account, page=PAGE, is_https=True, clock=partial(float, later)
        )
        shown = Request({"type": "http", "headers": [(b"x-chat-pass", ana.encode())]})
        assert (visitors.known(shown) is not None) is good
