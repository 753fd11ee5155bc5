"""What the ledger does for each thing that leaves: claimed by a worker, taken by the provider, written down."""

import time
from datetime import timedelta

from benchmarks.ground import NOW, care_center
from benchmarks.sweeping import each_ledger
from tickets import outbox
from tickets.ledger.store import Ledger
from tickets.message import Sent
from tickets.parcels import Audience, Priority

COUNT, AT_ONCE = 2_000, 32
LEASE = timedelta(minutes=2)


def measure():
    for database, ledger in each_ledger():
        desk = care_center(ledger).slug
        ledger.write_blocking(lambda tx, desk=desk: [_wait(tx, line, desk) for line in range(COUNT)])
        started = time.perf_counter()
        yield (
            f"{database}: parcels claimed and settled",
            send_all(ledger) / (time.perf_counter() - started),
            "parcels/s",
        )


def _wait(tx, line: int, desk: str) -> None:
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
        settled = [
            ledger.writer.submit(
                lambda tx, parcel=parcel: outbox.settle_sent(
                    tx, parcel, Sent(external_ids=(f"wamid.{parcel.id}",)), at=NOW
                )
            )
            for parcel in parcels
        ]
        for each in settled:
            each.result()
        sent += len(parcels)
    return sent
