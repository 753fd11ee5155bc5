"""All files of a desk, out and in: as a zip, or `desk.yaml` alone. What comes in is shown before it is saved."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath

from tickets.binary_texts import as_bytes, as_text

LARGEST = 4_000_000  # bytes of one file, unpacked
LARGEST_TOGETHER = 20_000_000
MOST = 500
DESK = "desk.yaml"
_ALLOWED = (DESK, "categories.yaml", "replies.yaml", "tags.yaml", "rules.yaml")
_FOLDERS = ("procedures", "documents", "feeds", "papers")


class ExchangeError(Exception):
    """The file that was brought in cannot be a desk's; a phrase says why."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


def packed(files: Mapping[str, str], *, at: datetime) -> bytes:
    """Return files as a zip, each in its folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, as_bytes(files[name]))
    return out.getvalue()


def unpacked(name: str, content: bytes, before: Mapping[str, str]) -> Mapping[str, str]:
    """Return the files of a desk with what was brought in: a zip replaces all, a desk file only itself."""
    if not name.lower().endswith(".zip"):
        if not name.lower().endswith((".yaml", ".yml")):
            raise ExchangeError("settings_no_file")
        return {**before, DESK: _text(content)}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            sizes = [entry.file_size for entry in entries]
            if len(sizes) > MOST or max(sizes, default=0) > LARGEST or sum(sizes) > LARGEST_TOGETHER:
                raise ExchangeError("settings_too_large")
            read = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise ExchangeError("settings_no_file") from error
    root = _root(read)
    found = {
        name: as_text(each) if name.startswith("papers/") else _text(each)
        for path, each in read.items()
        if belongs(path, root) and (name := path.removeprefix(root))
    }
    if DESK not in found:
        raise ExchangeError("settings_no_file")
    return found


def _root(read: Mapping[str, bytes]) -> str:
    """Return the folder in which the desk file lies: a zip often has one around everything."""
    places = sorted((path for path in read if PurePosixPath(path).name == DESK), key=len)
    return places[0].removesuffix(DESK) if places else ""


def belongs(path: str, root: str = "") -> bool:
    """Whether a file of this name can be a desk's; `root` is the folder around everything."""
    name = path.removeprefix(root)
    parts = PurePosixPath(name).parts
    is_safe = path.startswith(root) and ".." not in parts and not any(part.startswith(".") for part in parts)
    is_ours = name in _ALLOWED or parts[0] in _FOLDERS or name.lower().endswith((".csv", ".ics"))
    return is_safe and is_ours and len(name) <= 300


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError("not_utf8") from error
