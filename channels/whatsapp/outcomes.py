"""What WhatsApp adapters say beyond the two errors of the channel contract: that an outcome is not known."""

from channels.contract import ChannelError


class OutcomeUnknown(ChannelError):  # noqa: N818  the word of the contract
    """The provider may or may not have taken it."""


class PartlySent(OutcomeUnknown):
    """Some parts of a message went out, the next one did not."""

    def __init__(self, *, external_ids: tuple[str, ...], parts: int, reason: str) -> None:
        super().__init__(f"Baru {len(external_ids)} dari {parts} bagian pesan yang terkirim. {reason}")
        self.external_ids = external_ids
