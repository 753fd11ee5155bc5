"""What the doctor's questions to providers have in common: reading an answer, comparing clocks, wording a finding."""

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.doctor import words
from bot.doctor.findings import Finding, State
from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase
from tickets.connections import Account

SECONDS = 5.0  # for one question
SKEW = timedelta(seconds=30)  # from which on instants of providers and ours are no longer of one time

# By OpenSSL's number of what it found (X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_HOSTNAME_MISMATCH).
_OF_CERTIFICATES = {10: words.EXPIRED, 62: words.OF_ANOTHER_NAME}

Now = Callable[[], datetime]


def skew(account: Account, answer: httpx.Response, now: Now) -> list[Finding]:
    """Compare our clock with the provider's, as its answer shows it."""
    try:
        theirs = parsedate_to_datetime(answer.headers["Date"])
        off = abs(now() - theirs)
    except (KeyError, ValueError, TypeError):
        return []
    if off < SKEW:
        return []
    return [finding(account, State.WARNING, words.SKEWED, seconds=f"{off.total_seconds():.0f}")]


def content_of(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        content = answer.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def unreached(account: Account, whom: str, error: Exception) -> Finding:
    return finding(account, State.BAD, words.UNREACHED, whom=whom, why=why(error))


def why(error: BaseException) -> tuple[Phrase, Mapping[str, str]]:
    """Say in plain words why a connection failed, as far as the error or what caused it knows."""
    chain = list(_chain(error))
    for each in chain:
        if isinstance(each, ssl.SSLCertVerificationError):
            return _OF_CERTIFICATES.get(each.verify_code, words.UNTRUSTED), {}
    known = (
        (socket.gaierror, words.UNKNOWN_HOST),
        (ssl.SSLError, words.NO_TLS),
        (ConnectionRefusedError, words.REFUSED),
        (TimeoutError, words.TOO_LATE),
        (httpx.TimeoutException, words.TOO_LATE),
    )
    for kind, phrase in known:
        if any(isinstance(each, kind) for each in chain):
            return phrase, {"seconds": f"{SECONDS:g}"}
    return words.BROKEN, {"kind": type(error).__name__}


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for each in error.exceptions:
                yield from _chain(each)
        error = error.__cause__ or error.__context__


Value = (
    str | tuple[Phrase, Mapping[str, str]]
)  # a phrase with its values is said in the language of the whole


def finding(account: Account, state: State, phrase: Phrase | str, **values: Value) -> Finding:
    if isinstance(phrase, str):
        return Finding(about=account.key, state=state, says=phrase)
    return told(account.key, state, phrase, **values)


def told(about: str, state: State, phrase: Phrase, **values: Value) -> Finding:
    """Return a finding in both languages."""

    def said(language: Language) -> str:
        filled = {
            name: value if isinstance(value, str) else value[0].say(language, **value[1])
            for name, value in values.items()
        }
        return phrase.say(language, **filled)

    return Finding(about=about, state=state, says=said("en"), told=said("id"))
