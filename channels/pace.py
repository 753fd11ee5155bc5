"""How much one sender may bring in a time before they are asked to come again later. Nothing is dropped by it."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

MOST_SENDERS = 10_000  # remembered at once; those who have been silent longest are forgotten first


def neighbourhood(place: str) -> str:
    """Return what one sender can hardly leave at will: an address, of IPv6 its network of 64 bits."""
    try:
        address = ip_address(place)
    except ValueError:
        return place
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Network((address, 64), strict=False))
    return str(address)


class Pace:
    """A sliding window for each sender, in memory. `allowed` None: no limit."""

    def __init__(
        self, allowed: tuple[int, timedelta] | None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._allowed = allowed
        self._clock = clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def admits(self, sender: str) -> bool:
        """Whether the sender may bring one more now; counts it if so."""
        if self._allowed is None:
            return True
        count, per = self._allowed
        now = self._clock()
        times = self._seen.setdefault(sender, deque())
        self._seen.move_to_end(sender)
        while times and now - times[0] >= per.total_seconds():
            times.popleft()
        if len(times) >= count:
            return False
        times.append(now)
        if len(self._seen) > MOST_SENDERS:
            self._seen.popitem(last=False)
        return True
