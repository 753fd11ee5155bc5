"""What takes long to make, made when it is first asked for."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Once(Generic[T]):
    """A value that is made when it is first asked for.

    Threads that ask at the same time may each make it, and get the same; who minds the work asks on one thread first.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make: Callable[[], T] | None = make
        self._made: tuple[T, ...] = ()  # the value, for it may be None

    @property
    def is_made(self) -> bool:
        return bool(self._made)

    def __call__(self) -> T:
        make = self._make
        if not self._made and make is not None:
            self._made = (make(),)
            self._make = None  # and what it was made of
        return self._made[0]

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as the value, which is made for it."""
        return made, (self(),)


def made(value: T) -> Once[T]:
    """Return one that is there already."""
    there: Once[T] = Once(lambda: value)
    there()
    return there
