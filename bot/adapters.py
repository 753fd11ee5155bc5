"""The adapters of this process, by the account that each serves."""

from collections.abc import Iterator, Mapping

from channels.contract import Sender


class Adapters:
    def __init__(self, adapters: Mapping[str, Sender]) -> None:
        self._adapters = dict(adapters)

    def get(self, account: str) -> Sender | None:
        return self._adapters.get(account)

    def values(self) -> Iterator[Sender]:
        return iter(self._adapters.values())

    def items(self) -> Iterator[tuple[str, Sender]]:
        return iter(self._adapters.items())
