"""What the ledger does for each thing that leaves: claimed by a worker, taken by the provider, written down."""

import time
from datetime import timedelta
from functools import partial

from benchmarks.ground import NOW, Figures, care_center
from benchmarks.sweeping import each_ledger
from tickets import outbox
from tickets.ledger.store import Ledger
from tickets.ledger.tx import Tx
from tickets.message import Sent
from tickets.parcels import Audience, Parcel, Priority

COUNT, AT_ONCE = 2_000, 32
LEASE = timedelta(minutes=2)


def measure() -> Figures:
    for database, ledger in each_ledger():
        desk = care_center(ledger).slug
        ledger.write_blocking(partial(_wait, desk=desk))
        started = time.perf_counter()
        yield (
            f"{database}: parcels claimed and settled",
            send_all(ledger) / (time.perf_counter() - started),
            "parcels/s",
        )


def _wait(tx: Tx, *, desk: str) -> None:
    for line in range(COUNT):
        outbox.enqueue(
            tx, dedup=f"message:{line}", account=f"{desk}/whatsapp", audience=Audience.CONTACT, act="message",
            order_key=f"contact:{line}", priority=Priority.ANSWER, desk=desk, at=NOW, payload={"text": "Baik."},
        )  # fmt: skip


def send_all(ledger: Ledger) -> int:
    """Claim and settle whatever waits to leave; how much it was."""
    sent = 0
    while parcels := ledger.write_blocking(
        lambda tx: outbox.claim(tx, now=NOW, most=AT_ONCE, lease=LEASE), name="claim"
    ):
        settled = [ledger.writer.submit(partial(_settle, parcel=parcel)) for parcel in parcels]
        for each in settled:
            each.result()
        sent += len(parcels)
    return sent


def _settle(tx: Tx, *, parcel: Parcel) -> None:
    outbox.settle_sent(tx, parcel, Sent(external_ids=(f"wamid.{parcel.id}",)), at=NOW)
