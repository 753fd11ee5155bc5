"""Who really sent a mail, as the mail server in front of us found: Authentication-Results (RFC 8601).

Anybody can write such a header into their own mail. So only those count that begin with the name of a server which the
desk file trusts, and of two that speak of the same check the upper one: servers add theirs on top, and ours removes
foreign ones in its own name.
"""

import re
from collections.abc import Collection, Iterator

from channels.email.headers import Headers, unescaped
from tickets.message import Authenticity

HEADER = "authentication-results"
_CHECKS = ("spf", "dkim", "dmarc")
_RESULTS = frozenset(
    {"none", "pass", "fail", "softfail", "neutral", "policy", "temperror", "permerror", "bestguesspass"}
)
_MOST_HEADERS = 20
# Each with its end, if it has one: what is never closed is passed over once, and left as it is.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+(?P<end>")?', re.DOTALL)
_COMMENT = re.compile(r"\((?:[^()\\]|\\.)*+(?P<end>\))?", re.DOTALL)
_SERVER = re.compile(r"\s*([^\s;/]+)(?:\s+[0-9]+)?\s*;(.*)\Z", re.DOTALL)
_RESULT = re.compile(r"\s*([a-z]+)(?:\s*/\s*[0-9]+)?\s*=\s*([a-z]+)")


def authenticity_of(headers: Headers, trusted: Collection[str]) -> Authenticity | None:
    """Return what the trusted servers found; None where none of them says anything. `trusted`: in lower case."""
    by = ""
    found: dict[str, str] = {}
    for raw in headers.get(HEADER, ())[:_MOST_HEADERS] if trusted else ():
        read = _SERVER.match(_plain(unescaped(raw)).lower())
        if read is None or read[1] not in trusted:
            continue
        here: dict[str, list[str]] = {}
        for check, result in _results(read[2]):
            here.setdefault(check, []).append(result)
        # A mail may bear several signatures, of which one that holds is enough.
        found = {check: _best(results) for check, results in here.items()} | found
        by = by or read[1]
    if not found:
        return None
    return Authenticity(by=by, spf=found.get("spf"), dkim=found.get("dkim"), dmarc=found.get("dmarc"))


def _plain(raw: str) -> str:
    """Leave out comments and what stands in quotes: both may hold whatever the sender wrote."""
    text = _QUOTED.sub(lambda found: "quoted" if found["end"] else found[0], raw)
    for _ in range(5):  # comments within comments
        before, text = text, _COMMENT.sub(lambda found: " " if found["end"] else found[0], text)
        if text == before:
            break
    return text


def _results(rest: str) -> Iterator[tuple[str, str]]:
    for one in rest.split(";"):
        read = _RESULT.match(one)
        if read is not None and read[1] in _CHECKS and read[2] in _RESULTS:
            yield read[1], read[2]


def _best(results: list[str]) -> str:
    return "pass" if "pass" in results else results[0]
