"""How large the picture of a letterhead is, said by its first bytes: to print it, all of its points are laid out in memory."""

import struct
from typing import TYPE_CHECKING

from later import Later

if TYPE_CHECKING:
    from docx.image import exceptions, image
else:
    image, exceptions = Later("docx.image.image"), Later("docx.image.exceptions")

MOST_POINTS = 25_000_000  # a page of A4 at 430 dpi


def size_of(content: bytes) -> tuple[int, int] | None:
    """Return width and height in points; None of what is no such picture, which whoever prints it tells."""
    try:
        found = image.Image.from_blob(content)
    except (
        exceptions.UnrecognizedImageError, exceptions.InvalidImageStreamError, exceptions.UnexpectedEndOfFileError,
        struct.error, UnicodeDecodeError,
    ):  # fmt: skip
        return None
    return found.px_width, found.px_height


def too_large(content: bytes) -> bool:
    """Whether there are more points than a picture at the head of a letter needs."""
    size = size_of(content)
    return size is not None and size[0] * size[1] > MOST_POINTS
