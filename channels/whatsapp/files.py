"""Files as WhatsApp has them: names for those that come without one, and what may be sent at all.

Which types and sizes pass is a provider's own rule, as a table of `FileKind`s.
"""

import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass

from channels.contract import RefusedByProvider
from tickets.message import File

MB = 1024 * 1024

_EXTENSIONS = {
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/amr": ".amr",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "video/mp4": ".mp4",
    "video/3gpp": ".3gp",
}
_KINDS = {"image": "gambar", "audio": "audio", "video": "video"}


@dataclass(frozen=True, kw_only=True)
class FileKind:
    """What a provider takes in one way."""

    name: str  # the provider's word for it
    types: frozenset[str]
    limit: int  # bytes


def file_name(media_type: str, number: int) -> str:
    """Name a file that came without one, such as `gambar-1.jpg`."""
    extension = _EXTENSIONS.get(media_type) or mimetypes.guess_extension(media_type, strict=False) or ""
    kind = "kontak" if extension == ".vcf" else _KINDS.get(media_type.partition("/")[0], "berkas")
    return f"{kind}-{number}{extension}"


def plain_type(content_type: str) -> str:
    """Return a media type in lower case without its parameters."""
    return content_type.partition(";")[0].strip().lower() or "application/octet-stream"


def takes(file: File, kinds: Iterable[FileKind]) -> bool:
    """Whether a file can go as one of these kinds."""
    fitting = _fitting(file, kinds)
    return fitting is not None and _size(file) <= fitting.limit


def sendable(file: File, kinds: Iterable[FileKind]) -> FileKind:
    """Return the first kind as which a file can go. Raises RefusedByProvider for what WhatsApp would drop silently."""
    fitting = _fitting(file, kinds)
    if fitting is None:
        raise RefusedByProvider(f"WhatsApp tidak menerima berkas berjenis {file.type} ({file.name}).")
    if _size(file) > fitting.limit:
        raise RefusedByProvider(
            f"Berkas {file.name} terlalu besar untuk WhatsApp (paling besar {fitting.limit // MB} MB)."
        )
    return fitting


def _fitting(file: File, kinds: Iterable[FileKind]) -> FileKind | None:
    return next((kind for kind in kinds if file.type in kind.types), None)


def _size(file: File) -> int:
    return len(file.content) if file.content is not None else file.size or 0
