"""What the codes of WhatsApp's providers mean for the desk: each names its own, the meanings are the same.

Providers warn that codes come and go, so a table makes known ones readable and tells what follows from them. Of others
only the HTTP status counts: surely not sent is final, unless the provider asks for a pause.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from channels.contract import ChannelError, Deferred, RefusedByProvider
from tickets.message import Refusal, TemplateState

DEFAULT_WAIT = timedelta(seconds=5)


class Meaning(StrEnum):
    ACCOUNT = "account"  # a mistake in the account's set-up: nothing will pass until it is mended
    WINDOW = "window"  # the 24 hours are over: only a template may be sent
    OPTED_OUT = "opted_out"  # the contact wants no more of these messages
    ADDRESS = "address"  # nobody is there, or they cannot be reached
    RATE = "rate"  # later
    TROUBLE = "trouble"  # on WhatsApp's side: later
    TEMPLATE = "template"
    FILE = "file"
    CONTENT = "content"  # this message will not pass as it is
    POLICY = "policy"  # WhatsApp does not want to deliver it

    @property
    def passes_later(self) -> bool:
        return self in {Meaning.RATE, Meaning.TROUBLE}


_REFUSALS = {
    Meaning.WINDOW: Refusal.WINDOW,
    Meaning.TEMPLATE: Refusal.TEMPLATE,
    Meaning.OPTED_OUT: Refusal.OPTED_OUT,
}


@dataclass(frozen=True)
class Code:
    """What is known of a provider's code."""

    meaning: Meaning
    says: str  # the sentence an agent reads
    wait: timedelta = DEFAULT_WAIT  # before the next try, if it passes later
    template: TemplateState | None = None  # what it says of the template that was sent

    @property
    def refusal(self) -> Refusal | None:
        return _REFUSALS.get(self.meaning)

    @property
    def of_account(self) -> bool:
        """Whether it is a mistake in the account's set-up."""
        return self.meaning is Meaning.ACCOUNT

    @property
    def again_after(self) -> timedelta | None:
        return self.wait if self.meaning.passes_later else None


def not_sent(known: Code, *, code: str, wait: timedelta | None = None) -> ChannelError:
    """Say in the contract's words that nothing was sent. `wait` is what the provider asks for, if it does."""
    if known.meaning.passes_later:
        return Deferred(known.says, wait=wait or known.wait)
    return RefusedByProvider(
        known.says,
        code=code,
        account_broken=known.of_account,
        why=known.refusal,
        template_is=known.template,
    )


def seconds_asked(retry_after: str | None) -> timedelta | None:
    """Read a Retry-After header that counts seconds."""
    text = retry_after or ""
    return timedelta(seconds=int(text)) if text.isascii() and text.isdecimal() and len(text) <= 5 else None
