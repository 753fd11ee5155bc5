"""A provider of OpenID Connect, as far as one log in goes: it checks each request, and may be told to lie.

`faults` names what is wrong with its next answers; each is a way in which something that is not our provider, or not
this log in, would look.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

ISSUER = "https://login.example.ac.id/realms/campus"
CLIENT, SECRET = "tanggap", "a secret: with/signs"
BACK = "http://desk.test/sso/callback"


def _b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _unsigned(alg: str, claims: dict) -> str:
    return ".".join(_b64(json.dumps(part).encode()) for part in ({"alg": alg, "kid": "one"}, claims))


@dataclass
class StandIn:
    """The provider, and whom it would log in."""

    clock: object
    person: dict = field(default_factory=dict)  # claims
    faults: set[str] = field(default_factory=set)
    in_userinfo: bool = False  # claims stand there alone
    public: bool = False  # the client has no secret

    def __post_init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self.stranger = RSAKey.generate_key(2048, {"kid": "one"})
        self.codes: dict[str, dict[str, str]] = {}
        self.refusals: list[str] = []
        self.asked: list[str] = []
        path = urlsplit(ISSUER).path
        self.app = Starlette(
            routes=[
                Route(f"{path}/.well-known/openid-configuration", self._published),
                Route(f"{path}/auth", self._authorize),
                Route(f"{path}/token", self._token, methods=["POST"]),
                Route(f"{path}/keys", self._keys),
                Route(f"{path}/me", self._me),
            ]
        )

    @property
    def transport(self) -> httpx.ASGITransport:
        return httpx.ASGITransport(self.app)

    def rotates(self) -> None:
        """Sign with another key from now on."""
        self.key = RSAKey.generate_key(2048, {"kid": "two", "use": "sig", "alg": "RS256"})

    def _refuses(self, why: str) -> Response:
        self.refusals.append(why)
        return JSONResponse({"error": "invalid_request", "error_description": why}, status_code=400)

    async def _published(self, request: Request) -> Response:
        self.asked.append("discovery")
        return JSONResponse(
            {
                "issuer": "https://evil.example" if "another discovery" in self.faults else ISSUER,
                "authorization_endpoint": f"{ISSUER}/auth",
                "token_endpoint": f"{'http://login.example.ac.id' if 'plain' in self.faults else ISSUER}/token",
                "jwks_uri": f"{ISSUER}/keys",
                "userinfo_endpoint": f"{ISSUER}/me",
                "authorization_response_iss_parameter_supported": True,
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            }
        )

    async def _authorize(self, request: Request) -> Response:
        given = dict(request.query_params)
        wanted = {
            "response_type": "code",
            "client_id": CLIENT,
            "redirect_uri": BACK,
            "code_challenge_method": "S256",
        }
        for name, value in wanted.items():
            if given.get(name) != value:
                return self._refuses(f"{name} is {given.get(name)!r}")
        if (
            "openid" not in given["scope"].split()
            or min(len(given[n]) for n in ("state", "nonce", "code_challenge")) < 43
        ):
            return self._refuses("scope, state, nonce or challenge")
        if "denies" in self.faults:
            return RedirectResponse(
                f"{BACK}?{urlencode({'error': 'access_denied', 'state': given['state'], 'iss': ISSUER})}"
            )
        code = f"code-{len(self.codes)}"
        self.codes[code] = given
        answer = {"code": code, "state": given["state"], "iss": ISSUER}
        if "mix-up" in self.faults:
            answer["iss"] = "https://evil.example"
        if "nameless" in self.faults:
            del answer["iss"]
        if "another state" in self.faults:
            answer["state"] = "x" * 43
        return RedirectResponse(f"{BACK}?{urlencode(answer)}", status_code=303)

    async def _token(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        asked = self.codes.pop(form.get("code", ""), None)  # a code is good once
        if (
            asked is None
            or form.get("redirect_uri") != BACK
            or form.get("grant_type") != "authorization_code"
        ):
            return self._refuses("code, redirect_uri or grant_type")
        if not self.public:
            method, _, pair = request.headers.get("authorization", "").partition(" ")
            name, _, secret = base64.b64decode(pair).decode().partition(":")
            if method != "Basic" or (unquote(name), unquote(secret)) != (CLIENT, SECRET):
                return self._refuses("client")
        if _b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest()) != asked["code_challenge"]:
            return self._refuses("code_verifier")
        return JSONResponse(
            {"access_token": "opaque", "token_type": "Bearer", "id_token": self._signed(asked)}
        )

    def _signed(self, asked: dict[str, str]) -> str:
        now = int(self.clock().timestamp())
        claims = {
            "iss": ISSUER,
            "aud": CLIENT,
            "sub": "s-1",
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        }
        claims |= {} if self.in_userinfo else self.person
        claims |= {
            "wrong aud": {"aud": "another"},
            "several aud": {"aud": [CLIENT, "another"], "azp": "another"},
            "expired": {"exp": now - 120, "iat": now - 400},
            "wrong iss": {"iss": "https://evil.example"},
            "wrong nonce": {"nonce": "of another log in"},
            "from the future": {"iat": now + 600},
        }.get(next(iter(self.faults), ""), {})
        for name in ("exp", "nonce", "aud"):
            if f"no {name}" in self.faults:
                del claims[name]
        if "alg none" in self.faults:
            return f"{_unsigned('none', claims)}."
        if (
            "hs256" in self.faults
        ):  # signed with what everybody may know: the public key, taken for a shared secret
            begun = _unsigned("HS256", claims)
            mac = hmac.digest(self.key.as_pem(private=False), begun.encode(), "sha256")
            return f"{begun}.{_b64(mac)}"
        key = self.stranger if "wrong signature" in self.faults else self.key
        return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)

    async def _keys(self, request: Request) -> Response:
        self.asked.append("keys")
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def _me(self, request: Request) -> Response:
        if request.headers.get("authorization") != "Bearer opaque":
            return self._refuses("access token")
        subject = "s-2" if "another userinfo" in self.faults else "s-1"
        return JSONResponse({"sub": subject, **self.person})
