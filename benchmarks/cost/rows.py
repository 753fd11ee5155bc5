"""The rows of the cost table, measured one theme after another."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import starting
from benchmarks.cost import telling
from benchmarks.cost.growing import SIZES, grown
from benchmarks.cost.intaking import Cost, mail_costs, said, webhook_costs
from benchmarks.cost.mailing import mails
from benchmarks.cost.peers import taken_by_peers
from benchmarks.cost.table import Row, write
from benchmarks.ground import Figures
from benchmarks.sweeping import nothing_due

MAILS_OF_PEERS = 100
_TIMES = {"django-helpdesk": 5.0, "Redmine": 25.0, "Request Tracker": 60.0}
_MB_IDLE, _MB_WRITTEN, _MB_LARGE = 150.0, 250.0, 300.0
_WRITTEN = 100_000  # messages after which the second is asked


def measure(messages: int, ledger: Path | None) -> Figures:
    """Measure everything, write it into docs/performance.md, and tell it."""
    rows: list[Row] = []
    loads = [os.getloadavg()[0]]
    for theme in (_webhooks(), _mails(), _held(messages, ledger), _sweep(), _grown(), _told()):
        for row in theme:
            rows.append(row)
            if row.found is not None:
                yield f"cost: {row.what}", row.found, row.unit or "ratio"
        loads.append(os.getloadavg()[0])
    write(rows, loads)


@dataclass(frozen=True, kw_only=True)
class _Channel:
    """How the rows of one channel's intake are worded, and what is asked of them."""

    against: str  # what comes in, and what it is held beside
    a_message: str
    ratio: float  # of the bare one's rate
    worked: float  # ms


_WEBHOOK = _Channel(
    against="WhatsApp webhook, everything on, against one that only checks the signature",
    a_message="a webhook",
    ratio=0.4,
    worked=0.6,
)
_MAIL = _Channel(
    against="mail by SMTP, everything on, against a listener that parses and discards",
    a_message="a mail",
    ratio=0.7,
    worked=1.5,
)


def _rates(channel: _Channel, costs: Mapping[str, Cost]) -> Iterator[Row]:
    bare, whole, only = costs["bare"], costs["whole"], costs["only"]
    beside = f"{bare.rate:,.0f} a second, {bare.worked:.2f} ms; taking in alone {only.rate:,.0f}, {only.worked:.2f} ms"
    yield Row(
        what=channel.against, asked=channel.ratio, found=whole.rate / bare.rate, unit="", at_least=True,
        beside=f"{whole.rate:,.0f} a second; {beside}",
    )  # fmt: skip
    yield Row(
        what="the same, taking in alone (`--roles web`)",
        asked=channel.ratio,
        found=only.rate / bare.rate,
        unit="",
        at_least=True,
    )


def _works(channel: _Channel, costs: Mapping[str, Cost]) -> Iterator[Row]:
    bare, whole, only = costs["bare"], costs["whole"], costs["only"]
    yield Row(
        what=f"{channel.a_message}'s processor, taking in and the reply queued",
        asked=channel.worked,
        found=only.worked,
        unit="ms",
        beside=f"{bare.worked:.2f} ms",
    )
    yield Row(
        what="the same with the reply sent and all that follows",
        asked=channel.worked,
        found=whole.worked,
        unit="ms",
    )


def _webhooks() -> Iterator[Row]:
    costs = webhook_costs()
    bare, whole, only = costs["bare"], costs["whole"], costs["only"]
    yield from _rates(_WEBHOOK, costs)
    yield Row(
        what="99th percentile of 64 senders at once", asked=60, found=whole.last_hundredth, unit="ms",
        beside=f"{bare.last_hundredth:,.0f} ms; taking in alone {only.last_hundredth:,.0f} ms",
    )  # fmt: skip
    yield from _works(_WEBHOOK, costs)


def _mails() -> Iterator[Row]:
    costs = mail_costs()
    yield from _rates(_MAIL, costs)
    yield from _works(_MAIL, costs)
    whole = costs["whole"]
    with tempfile.TemporaryDirectory(prefix="tanggap-cost-") as folder:
        taken = taken_by_peers([mail for _, mail in mails(0, MAILS_OF_PEERS, texts=said())], Path(folder))
    for name, times in _TIMES.items():
        peer = taken.get(name)
        yield Row(
            what=f"mails a second, times {name}'s", asked=times, found=peer and whole.rate / peer.rate, unit="×", at_least=True,
            beside=f"{peer.rate:,.1f} a second, {peer.worked:,.1f} ms" if peer else "not installed",
        )  # fmt: skip


def _held(messages: int, ledger: Path | None) -> Iterator[Row]:
    found = {label.removeprefix("start: "): figure for label, figure, _ in starting.measure(messages, ledger)}
    bare = f"a bare web {found['bare web: idle: shared pages by parts (PSS)']:.0f} MB"
    pss, large = "shared pages by parts (PSS)", "given ledger"
    yield Row(
        what="memory, idle",
        asked=_MB_IDLE,
        found=found[f"empty, second start: idle: {pss}"],
        unit="MB",
        beside=bare,
    )
    yield Row(
        what=f"memory after {messages:,} messages (asked: of 100,000)", asked=_MB_WRITTEN,
        found=found[f"empty, second start: after {messages:,} messages: {pss}"], unit="MB",
        of_enough=messages >= _WRITTEN,
    )  # fmt: skip
    yield Row(
        what="memory with a million tickets",
        asked=_MB_LARGE,
        found=found.get(f"{large}: idle: {pss}"),
        unit="MB",
    )
    beside = "a bare web {:.1f} s".format(found["bare web: waited"])
    yield Row(
        what="cold start, empty",
        asked=2,
        found=found["empty, second start: waited"],
        unit="s",
        beside=f"{beside}; worked {found['empty, second start: worked']:.1f} s",
    )
    yield Row(
        what="cold start, a million tickets", asked=3, found=found.get(f"{large}: waited"), unit="s",
        beside=f"worked {found[f'{large}: worked']:.1f} s" if f"{large}: worked" in found else "",
    )  # fmt: skip


def _sweep() -> Iterator[Row]:
    swept, bare = nothing_due(1_000_000)
    yield Row(
        what="sweep at a million open clocks, nothing due",
        asked=2,
        found=swept,
        unit="ms",
        beside=f"the bare query {bare:.3f} ms",
    )


def _grown() -> Iterator[Row]:
    small, large = grown(SIZES)
    for page, asked in (("inbox", 50), ("ticket", 50), ("search", 100)):
        yield Row(
            what=f"{page} page at a million tickets, 95th percentile, the server's processor", asked=asked,
            found=large[f"{page}, 95th"], unit="ms", beside=f"at 10,000: {small[f'{page}, 95th']:.0f} ms",
        )  # fmt: skip
    for what, name in (("intake", "intake"), ("delivery", "delivery"), ("inbox", "inbox, least")):
        yield Row(
            what=f"{what} at a million tickets, times what it is at 10,000", asked=1.2, found=large[name] / small[name], unit="×",
            beside=f"{small[name]:.2f} and {large[name]:.2f} ms of a processor",
        )  # fmt: skip


def _told() -> Iterator[Row]:
    waits = telling.told()
    yield Row(
        what="live update at a second browser through another process, 95th percentile", asked=100, found=waits and waits[1],
        unit="ms", beside=f"median {waits[0]:.0f} ms" if waits else "needs PostgreSQL",
    )  # fmt: skip
