"""Words between open pages that nobody keeps: said in one process, heard in all. One may be lost; none holds anything up."""

import threading
from collections.abc import Callable

Hear = Callable[[str], None]


class Whispers:
    def __init__(self, carry: Callable[[str], None] | None = None) -> None:
        """`carry` brings words to all processes, this one among them; without it there is no other."""
        self._carry = carry
        self._ears: list[Hear] = []
        self._lock = threading.Lock()

    def say(self, words: str) -> None:
        """Say something, from any thread; it is heard soon, or not at all."""
        if self._carry is None:
            self.heard(words)
        else:
            self._carry(words)

    def heard(self, words: str) -> None:
        with self._lock:
            ears = list(self._ears)
        for hear in ears:
            hear(words)

    def listen(self, hear: Hear) -> None:
        """Call it, from any thread, with everything that is said from now on."""
        with self._lock:
            self._ears.append(hear)
