"""Going to the provider, and coming back.

What ties the two lies sealed in a cookie of the browser that was sent: state, nonce and verifier. A state is answered once:
its hash is kept for as long as the cookie could be good.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import structlog
from fastapi import Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console import doors
from console.cookies import HostCookie
from console.doors import AccountNow, Knock
from console.doors.throttle import Limit, neighbourhood
from console.doors.trail import Kind
from console.doors.visitor import Way as WayIn
from console.entrance.logging_in import let_account_in, local
from console.entrance.login_page import login_page
from console.guarded import failed, may_try
from console.house import House, TheHouse
from console.routes import Router
from console.sso import people
from console.sso.claims import SignOnError, says_enough, signed_in, verified
from console.sso.people import Found
from console.sso.provider import Provider, Way
from console.visitors import knock_of
from later import Later
from tickets.ledger.tx import Tx

if TYPE_CHECKING:
    from joserfc import errors, jws
else:
    errors = Later("joserfc.errors")
    jws = Later("joserfc.jws")

PATH = "/sso"
BACK = f"{PATH}/callback"
_SENT = HostCookie("tanggap_sso")
LASTS = timedelta(minutes=10)
MOST = 60  # goings and comings from one place in the window of the throttle
_PURPOSE = "single sign-on"
_Text = Annotated[str, Query(max_length=4000)]

log = structlog.get_logger()
router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the provider lets the browser bring."""

    code: str
    iss: str  # who answers; empty where it does not say so
    error: str


@router.get(PATH)
async def go(request: Request, house: TheHouse, next: _Text = "") -> Response:  # noqa: A002
    """Send the browser to the provider."""
    provider, now, knock = _provider(house), house.clock(), knock_of(request)
    if not await _may_try(house, knock):
        return _refused(request, house, "too_many", status=429)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    try:
        address = await provider.address(
            Way(state=state, nonce=nonce, challenge=challenge), back=_back(house), now=now
        )
    except SignOnError as error:
        log.warning("sso.unreachable", reason=error.reason)
        return _refused(request, house, "sso_unreachable", status=502)
    content = {
        "state": state,
        "nonce": nonce,
        "verifier": verifier,
        "next": local(next),
        "at": now.timestamp(),
    }
    response = RedirectResponse(address, status_code=303)
    _SENT.put(response, house, house.sealer(_PURPOSE).seal(content, of=_PURPOSE), lasts=LASTS)
    return response


@router.get(BACK)
async def come_back(
    request: Request,
    house: TheHouse,
    *,
    state: _Text = "",
    code: _Text = "",
    iss: _Text = "",
    error: _Text = "",
) -> Response:
    """Let whoever the provider has logged in come in, if the answer is to a question of this browser's."""
    provider, knock = _provider(house), knock_of(request)
    if not await _may_try(house, knock):
        return _refused(request, house, "too_many", status=429)
    try:
        asked = await _asked(request, house, state)
        found = await _whoever(house, provider, asked, Answer(code=code, iss=iss, error=error))
        account = await _settled(house, found)
    except SignOnError as refused:
        log.warning("sso.refused", reason=refused.reason)
        await failed(house, Kind.SSO_REFUSED, who="", knock=knock, reason=refused.reason)
        phrase = _PHRASES.get(refused.reason, "sso_refused")
        return _forgetting(house, _refused(request, house, phrase, status=403))
    response = await let_account_in(request, house, account, to=asked["next"], way=WayIn.SSO)
    return _forgetting(house, response)


_PHRASES = {
    "unknown": "sso_unknown",
    "another subject": "sso_another",
    "email not verified": "sso_not_verified",
    "state": "sso_over",
    "state replayed": "sso_over",
}


async def _asked(request: Request, house: House, state: str) -> Mapping[str, Any]:
    """Return what this browser was sent with. Raises SignOnError for an answer that is not to it, old, or repeated."""
    now = house.clock()
    content = house.sealer(_PURPOSE).open(_SENT.read(request, house), of=_PURPOSE)
    if content is None or not secrets.compare_digest(content["state"].encode(), state.encode()):
        raise SignOnError("state")
    if now - datetime.fromtimestamp(content["at"], tz=now.tzinfo) > LASTS:
        raise SignOnError("state")

    if not await house.ledger.write(lambda tx: people.is_first_answer(tx, state, at=now), name="door"):
        raise SignOnError("state replayed")
    asked: Mapping[str, Any] = content
    return asked


async def _whoever(house: House, provider: Provider, asked: Mapping[str, Any], answer: Answer) -> Found:
    """Return whom the provider has logged in. Raises SignOnError."""
    now, settings = house.clock(), provider.settings
    names_itself = bool(answer.iss) or await provider.says_who_answers(now=now)
    if names_itself and answer.iss != settings.issuer:
        raise SignOnError("answer of another issuer")
    if answer.error or not answer.code:
        raise SignOnError(f"provider: {answer.error[:60] or 'no code'}")
    tokens = await provider.exchange(answer.code, verifier=asked["verifier"], back=_back(house), now=now)
    keys = await provider.keys(now=now, wanted=_key_of(tokens["id_token"]))
    claims = verified(tokens["id_token"], keys, settings, nonce=asked["nonce"], now=now)
    if not says_enough(claims, settings):
        more = await provider.more_of(tokens.get("access_token"), now=now)
        if more and more.get("sub") != claims["sub"]:
            raise SignOnError("userinfo: another subject")
        claims = {**more, **claims}
    signed = signed_in(claims, settings)
    return await house.ledger.read(lambda session: people.found(session, signed, issuer=settings.issuer))


async def _settled(house: House, found: Found) -> AccountNow:
    now = house.clock()

    def job(tx: Tx) -> None:
        people.settle(tx, found, at=now)
        people.sweep(tx, before=now - 2 * LASTS)

    await house.ledger.write(job, name="account")
    account = await house.ledger.read(lambda session: doors.account_of(session, found.email))
    assert account is not None
    return account


async def _may_try(house: House, knock: Knock) -> bool:
    limit = Limit(what=f"sso {neighbourhood(knock.place)}", most=MOST)
    return await may_try(house, (limit,), who="", knock=knock)


def _key_of(token: str) -> str | None:
    """Return by which key a token says to be signed; nothing is believed of it yet."""
    try:
        kid = jws.extract_compact(token.encode()).headers().get("kid")
    except (errors.JoseError, ValueError):
        return None
    return kid if isinstance(kid, str) else None


def _provider(house: House) -> Provider:
    if house.sso is None:
        raise HTTPException(404, "there is no single sign-on here")
    return house.sso


def _back(house: House) -> str:
    return f"{house.public_url.rstrip('/')}{BACK}"


def _refused(request: Request, house: House, problem: str, *, status: int) -> Response:
    return login_page(request, house, next="/inbox", problem=problem, status=status)


def _forgetting(house: House, response: Response) -> Response:
    _SENT.take_away(response, house)
    return response
