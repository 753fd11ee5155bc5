"""The adapters of this process, by the account that each serves."""

from collections.abc import Iterator, Mapping

from channels.contract import RefusedByProvider, Sender


class Adapters:
    def __init__(self, adapters: Mapping[str, Sender]) -> None:
        self._adapters = dict(adapters)

    def get(self, account: str) -> Sender | None:
        return self._adapters.get(account)

    def sender(self, account: str) -> Sender:
        """Return the adapter to send with. Raises RefusedByProvider if the account is off."""
        adapter = self._adapters.get(account)
        if adapter is None:
            raise RefusedByProvider(f"the account {account} is off", account_broken=True)
        return adapter

    def values(self) -> Iterator[Sender]:
        return iter(self._adapters.values())

    def items(self) -> Iterator[tuple[str, Sender]]:
        return iter(self._adapters.items())
