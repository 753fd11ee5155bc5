"""The bucket of attachments: whether it can be reached, and all that is to be done there can be done."""

from datetime import datetime

from bot.doctor.findings import Finding, State
from tickets.ledger.depot.bucket import NO_ANSWER, BucketAddress, BucketDepot
from tickets.ledger.depot.contract import DepotError

ABOUT = "attachments"
LARGEST_SKEW = 30.0  # seconds; from 15 minutes on the storage refuses
_MEANS = {
    NO_ANSWER: "nobody answers at TANGGAP_BLOBS_ENDPOINT, or not in time",
    "NoSuchBucket": "there is no such bucket",
    "InvalidAccessKeyId": "TANGGAP_BLOBS_KEY_ID is not known there",
    "SignatureDoesNotMatch": "TANGGAP_BLOBS_SECRET is not that of the key",
    "AccessDenied": "the key may not do this; it needs GetObject, PutObject, DeleteObject and ListBucket",
    "403": "the key may not do this; it needs GetObject, PutObject, DeleteObject and ListBucket",
    "RequestTimeTooSkewed": "this machine's clock is wrong",
    "PermanentRedirect": "the bucket is in another region than TANGGAP_BLOBS_REGION",
    "AuthorizationHeaderMalformed": "the bucket is in another region than TANGGAP_BLOBS_REGION",
}


def of_bucket(at: BucketAddress, now: datetime) -> list[Finding]:
    """Write, read, list and delete an object of our own."""
    try:
        probed = BucketDepot(at).probe()
    except DepotError as error:
        says = f"{at}: {_MEANS.get(error.code, 'the storage refuses')} ({error.code})."
        return [Finding(about=ABOUT, state=State.BAD, says=says)]
    found = [
        Finding(about=ABOUT, state=State.GOOD, says=f"{at} can be read, written, listed and deleted in.")
    ]
    apart = abs((probed.at - now).total_seconds())
    if apart > LARGEST_SKEW:
        says = f"the storage's clock differs by {apart:.0f} seconds; from 15 minutes on it refuses."
        found.append(Finding(about=ABOUT, state=State.WARNING, says=says))
    if probed.keeps_versions:
        says = "the bucket keeps old versions: what is erased stays there, until a rule of the bucket lets it go."
        found.append(Finding(about=ABOUT, state=State.WARNING, says=says))
    if at.endpoint.startswith("http://"):
        says = "TANGGAP_BLOBS_ENDPOINT is http: files go over the network as they are."
        found.append(Finding(about=ABOUT, state=State.WARNING, says=says))
    return found
