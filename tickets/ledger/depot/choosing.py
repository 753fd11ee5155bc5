"""Which place it is."""

from pathlib import Path

from tickets.ledger.depot.bucket import BucketAddress, BucketDepot
from tickets.ledger.depot.contract import Depot
from tickets.ledger.depot.folder import FolderDepot


def depot_at(folder: Path, bucket: BucketAddress | None) -> Depot:
    """Return the bucket if there is one, else the folder."""
    return FolderDepot(folder) if bucket is None else BucketDepot(bucket)
