"""What the domain name system says of a desk's mailbox: whether answers to it find a way, and whether its own mail is believed.

DKIM's keys cannot be looked for: under which name one lies, only the relay knows.
"""

from typing import Protocol

import dns.asyncresolver
import dns.exception
import dns.resolver

from bot.doctor import words
from bot.doctor.asking import finding
from bot.doctor.findings import Finding, State
from tickets.connections import Account

_WITHIN = 4.0  # seconds, for one name
_LONGEST = 60  # characters of a record, as it is shown


class NamesUnreachableError(Exception):
    """The domain name system does not answer."""


class Names(Protocol):
    """Who looks names up."""

    async def records(self, name: str, kind: str) -> tuple[str, ...]:
        """Return the records of a name, such as those of kind TXT; none where there is none. Raises NamesUnreachableError."""


class DnsNames:
    """The resolver of this machine, or the one that is given."""

    def __init__(self, resolver: dns.asyncresolver.Resolver | None = None) -> None:
        self._resolver = resolver

    async def records(self, name: str, kind: str) -> tuple[str, ...]:
        try:
            resolver = self._resolver or dns.asyncresolver.Resolver()
            answer = await resolver.resolve(name, kind, lifetime=_WITHIN, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return ()
        except (dns.exception.DNSException, OSError) as error:
            raise NamesUnreachableError(type(error).__name__) from error
        if kind == "TXT":
            return tuple(b"".join(each.strings).decode("utf-8", "replace") for each in answer)
        return tuple(each.to_text() for each in answer)


async def of_names(account: Account, names: Names) -> list[Finding]:
    """Look up the domain of a mailbox from which answers are sent."""
    domain = account.settings["address"].rpartition("@")[2]
    try:
        exchanges = await names.records(domain, "MX")
        spf = _beginning("v=spf1", await names.records(domain, "TXT"))
        dmarc = _beginning("v=dmarc1", await names.records(f"_dmarc.{domain}", "TXT"))
        if not dmarc and domain.count(".") > 1:  # a domain above it may speak for it
            above = domain.split(".", 1)[1]
            dmarc = _beginning("v=dmarc1", await names.records(f"_dmarc.{above}", "TXT"))
    except NamesUnreachableError:
        return [finding(account, State.WARNING, words.NAMES_UNREACHED, domain=domain)]
    found = []
    if not exchanges or exchanges == ("0 .",):
        found.append(finding(account, State.WARNING, words.NO_MX, domain=domain))
    found += _of_spf(account, domain, spf)
    if len(dmarc) != 1:
        phrase = words.TWO_DMARC if dmarc else words.NO_DMARC
        found.append(finding(account, State.WARNING, phrase, domain=domain))
    return found or [finding(account, State.GOOD, words.NAMES_READY, domain=domain)]


def _of_spf(account: Account, domain: str, spf: tuple[str, ...]) -> list[Finding]:
    if not spf:
        return [finding(account, State.WARNING, words.NO_SPF, domain=domain)]
    if len(spf) > 1:  # RFC 7208, 4.5: then none of them counts
        return [finding(account, State.BAD, words.TWO_SPF, domain=domain)]
    if spf[0].lower().split()[-1] in {"+all", "all"}:
        return [finding(account, State.WARNING, words.SPF_LETS_ALL, domain=domain, record=spf[0][:_LONGEST])]
    return []


def _beginning(with_: str, records: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in records if each.lower().split(";")[0].split()[:1] == [with_])
