"""What TANGGAP_BLOBS_URL may say of where files are kept. Pure."""

import re
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from urllib.request import url2pathname

S3 = "s3"
REGION = "us-east-1"  # what storage without regions calls its own
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX = re.compile(r"(/[A-Za-z0-9!_.*'()-]+)*/?")


def checked(url: str) -> str:
    """Return a URL that names a folder or a bucket. Raises ValueError."""
    parts = urlsplit(url)
    if not (_is_folder(parts) or _is_bucket(parts)):
        raise ValueError
    return url


def is_bucket(url: str | None) -> bool:
    return url is not None and urlsplit(url).scheme == S3


def folder(url: str) -> Path:
    """Return the folder that is named, as a path or as file:///path."""
    parts = urlsplit(url)
    return Path(url2pathname(parts.path) if parts.scheme else url)


def bucket_and_prefix(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc, parts.path.strip("/")


def amazon(region: str) -> str:
    """Return where Amazon's own storage answers."""
    return f"https://s3.{region}.amazonaws.com"


def _is_folder(parts: SplitResult) -> bool:
    return not parts.scheme or (parts.scheme == "file" and not parts.netloc)


def _is_bucket(parts: SplitResult) -> bool:
    named = _BUCKET.fullmatch(parts.netloc) and _PREFIX.fullmatch(parts.path) and ".." not in parts.path
    return parts.scheme == S3 and bool(named) and not (parts.query or parts.fragment)
