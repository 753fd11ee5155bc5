"""The stream behind a workbook: its first error is kept, whatever the packer makes of it."""

import io
from collections.abc import Callable
from typing import Any, BinaryIO


class Sink(io.RawIOBase):
    """The stream that a workbook is packed into.

    A packer that meets an error leaves its archive half open, to fail once more when it is swept up. So the first
    error is kept here for the `Book` to tell, and what comes after it goes nowhere.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.error: OSError | None = None
        self.given_up = False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def write(self, data: Any) -> int:
        return self._try(lambda: self._stream.write(data), otherwise=len(data))

    def tell(self) -> int:
        self._need_position()
        return self._try(self._stream.tell, otherwise=0)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._need_position()
        return self._try(lambda: self._stream.seek(offset, whence), otherwise=0)

    def flush(self) -> None:
        self._try(lambda: self._stream.flush() or 0, otherwise=0)

    def _try(self, act: Callable[[], int], *, otherwise: int) -> int:
        if self.given_up:
            return otherwise
        try:
            return act()
        except OSError as error:
            self.error, self.given_up = error, True
            return otherwise

    def _need_position(self) -> None:
        if not self.seekable():
            raise io.UnsupportedOperation("a pipe has no position")  # the packer asks to find out
