"""The desks people use today, given the same mail: what `benchmarks/peers/install.sh` has put there, the rest is left out.

Each takes it in as its own batch intake does, one mail after another in one process on SQLite, without a network between.
"""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PEERS = Path(os.environ.get("PEERS", "/tmp/tanggap-peers"))
_HERE = Path(__file__).parents[1] / "peers"
_WITHIN = 600.0  # seconds


class Taken(NamedTuple):
    rate: float  # mails a second
    worked: float  # milliseconds of a processor for each, a database's own work included


class Peer(NamedTuple):
    name: str
    is_there: Path
    command: tuple[str | Path, ...]
    folder: Path
    environment: dict[str, str]


def _peers() -> tuple[Peer, ...]:
    django, rt = PEERS / "django/bin/python", PEERS / "rt"
    return (
        Peer("django-helpdesk", django, (django, _HERE / "django_helpdesk.py"), PEERS, {}),
        Peer(
            "Redmine", PEERS / "redmine/ready", ("bin/rails", "runner", _HERE / "redmine.rb"), Path("/usr/share/redmine"),
            {"X_DEBIAN_SITEID": f"../../../..{PEERS}/redmine", "RAILS_ENV": "production"},
        ),
        Peer(
            "Request Tracker", rt / "ready", ("perl", _HERE / "request_tracker.pl"), PEERS,
            {"RT_SITE_CONFIG": str(rt / "RT_SiteConfig.pm"), "RT_SITE_CONFIG_DIR": str(rt / "none")},
        ),
    )  # fmt: skip


def taken_by_peers(mails: Sequence[bytes], folder: Path) -> dict[str, Taken]:
    """Return how each peer that is there takes the mails in; no two of them at the same time."""
    for number, mail in enumerate(mails):
        (folder / f"{number:05}.eml").write_bytes(mail)
    return {peer.name: _taken(peer, folder) for peer in _peers() if peer.is_there.exists()}


def _taken(peer: Peer, mails: Path) -> Taken:
    done = subprocess.run(
        [*peer.command, mails], cwd=peer.folder, env={**os.environ, **peer.environment}, capture_output=True, text=True,
        timeout=_WITHIN, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{peer.name}: {done.stderr[-1000:]}")
    count, waited, worked = map(float, done.stdout.split("\n")[-2].split())
    return Taken(rate=count / waited, worked=worked / count * 1000)
