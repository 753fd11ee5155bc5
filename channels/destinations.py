"""Where we may call by a URL that somebody wrote: the public internet by https, elsewhere only as the operator says.

Whoever writes the desk file chooses URLs; without these rules they could have the service knock at whatever only the
service can reach: the database's port, a cloud's metadata address, the router of the house. A name is resolved once
for each try and the connection goes to the very address that was looked at, so that a name which answers differently
a moment later (DNS rebinding) gains nothing.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpx

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]  # host, port → addresses
_HIGHEST_PORT = 65_535
_TRANSLATED = IPv6Network("64:ff9b::/96")  # NAT64: the last four bytes are an IPv4 address
# What Python 3.11 takes for public: protocols' own addresses, one of which a cloud has its metadata at, and site-local ones.
_NOT_PUBLIC = (IPv4Network("192.0.0.0/24"), IPv6Network("fec0::/10"))


class ForbiddenDestinationError(Exception):
    """We may not go there; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Destination:
    """An address that may be tried."""

    url: httpx.URL
    host: str
    port: int
    trusted: bool  # the operator named it: plain http and private addresses are allowed


def destination(url: str, trusted: frozenset[str]) -> Destination:
    """Read a URL. `trusted` holds hosts, or `host:port`. Raises ForbiddenDestinationError."""
    try:
        read = httpx.URL(url)
        host = read.host.lower().rstrip(".")
    except (httpx.InvalidURL, UnicodeError):  # the latter of a name that is none, such as xn--zzzz
        raise ForbiddenDestinationError("the URL cannot be read") from None
    if read.scheme not in {"http", "https"} or not host:
        raise ForbiddenDestinationError("only https URLs are called")
    if read.userinfo:
        raise ForbiddenDestinationError("a URL with a user name in it is not called")
    port = read.port or (443 if read.scheme == "https" else 80)
    if port > _HIGHEST_PORT:
        raise ForbiddenDestinationError("the URL cannot be read")
    known = not trusted.isdisjoint({host, f"{host}:{port}"})
    if read.scheme == "http" and not known:
        raise ForbiddenDestinationError("only https URLs are called, unless the operator allows the host")
    return Destination(url=read, host=host, port=port, trusted=known)


def allowed(addresses: Iterable[str], *, to: Destination) -> list[str]:
    """Return the addresses that a host has. Raises ForbiddenDestinationError if one of them is not public."""
    found = list(dict.fromkeys(addresses))
    if not found:
        raise ForbiddenDestinationError("the host has no address")
    if not to.trusted and not all(_is_public(ip_address(each)) for each in found):
        raise ForbiddenDestinationError("the host is not on the public internet")
    return found


async def is_outside(host: str, port: int, *, trusted: frozenset[str]) -> bool:
    """Whether a host is on the public internet or trusted; one that has no address is nowhere, and so outside."""
    host = host.lower().rstrip(".")
    if not trusted.isdisjoint({host, f"{host}:{port}"}):
        return True
    try:
        found = await resolve(host, port)
    except OSError:
        return True
    return all(_is_public(ip_address(each)) for each in found)


def host_header(to: Destination) -> str:
    """Return the name under which a host is called, for the connection goes to its address."""
    return to.url.netloc.decode("ascii")


async def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a host. Raises OSError."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a part of the name is empty, or too long for one
        raise socket.gaierror(socket.EAI_NONAME, "no host can have this name") from error
    return [str(each[4][0]) for each in found]


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether anybody may be called there; addresses that only wrap another one are unwrapped."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _TRANSLATED:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if address.teredo is not None:
            return False
        if inner is not None:
            return _is_public(inner)
    if any(address in each for each in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved
