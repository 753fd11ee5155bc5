"""Bringing a mail to the relay, and saying what each failure means.

The line between "surely not sent" and "unknown" is the dot that ends the mail: what fails before it was not sent, and
what falls silent after it may have been. Mails that leave within the same moments go by the same connection, one after
another. Only one that has just brought a mail is used again, and whatever it then says before it takes the next, a new one is
asked instead: what ends a connection, or a log-in, is no word about a mail.
"""

import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPNotSupported,
    SMTPResponseException,
    SMTPStatus,
)

from channels.contract import ChannelError, Deferred, RefusedByProvider
from channels.email.compose import compose, one_line
from channels.email.kept_open import Connection, KeptOpen
from channels.email.message_ids import plus_address_of
from channels.email.oauth import TokenRefusedError, Tokens, TokenUnavailableError
from channels.email.settings import MailboxSettings, Security, Server
from tickets.message import Outgoing, Sent

_LONGEST_REASON = 200
_ADDRESS = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+")


class OutcomeUnknown(ChannelError):  # noqa: N818  the word of the contract
    """The relay may or may not have taken the mail."""


@dataclass(frozen=True, kw_only=True)
class _Envelope:
    sender: str
    recipient: str
    copies: tuple[str, ...]


_Offered = tuple[Connection, tuple[str, ...]]  # and the copies that are not taken


def _now() -> datetime:
    return datetime.now(UTC)


class MailSender:
    """Fulfils Sender and Closable for one mailbox."""

    def __init__(
        self,
        settings: MailboxSettings,
        *,
        tokens: Tokens | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        """`tokens`: needed where the relay is logged in to by OAuth2."""
        self._settings = settings
        self._tokens = tokens
        self._relay = settings.relay_server
        self._clock = clock
        self._kept = KeptOpen()

    async def send(self, outgoing: Outgoing) -> Sent:
        """Send one mail. Raises Deferred, RefusedByProvider, or OutcomeUnknown."""
        if self._relay is None:
            raise RefusedByProvider(
                f"Kotak surat {self._settings.address} belum punya server pengirim (no relay is set up).",
                account_broken=True,
            )
        if outgoing.edits is not None:
            raise RefusedByProvider("Email yang sudah terkirim tidak dapat diubah.")
        recipient = outgoing.place.address
        if not _ADDRESS.fullmatch(recipient) or recipient.endswith(".invalid"):
            raise RefusedByProvider("Alamat email penerima tidak dapat dipakai.", code="553")
        copies = tuple(each for each in outgoing.copies if each.isascii() and _ADDRESS.fullmatch(each))
        mail = compose(replace(outgoing, copies=copies), self._settings, now=self._clock())
        envelope = _Envelope(sender=self._returns_to(outgoing), recipient=recipient, copies=copies)
        refused = await self._bring(self._relay, envelope, mail)
        remark = f"Salinan tidak diterima: {', '.join(refused)}." if refused else None
        return Sent(external_ids=(_message_id(mail),), detail=remark)

    def _returns_to(self, outgoing: Outgoing) -> str:
        """Return where a mail comes back to: an address that says which one it was, if the mailbox has such ones."""
        address = self._settings.address
        return (
            plus_address_of(outgoing.message_id or "", address) if self._settings.plus_addresses else address
        )

    async def aclose(self) -> None:
        await self._kept.aclose()

    async def _bring(self, relay: Server, envelope: _Envelope, mail: bytes) -> tuple[str, ...]:
        """Hand the mail over; those who are to get a copy and whom the relay does not take."""
        connection, refused = await self._offered_again(envelope) or await self._offered(relay, envelope)
        try:
            await self._hand_over(connection.client, mail)
        except BaseException:
            connection.client.close()
            raise
        self._kept.keep(connection)
        return refused

    async def _offered_again(self, envelope: _Envelope) -> _Offered | None:
        """Come as far as the relay's consent by a connection that is open already; None if there is none that gives it."""
        connection = self._kept.take()
        if connection is None:
            return None
        try:
            return connection, await _offer(connection.client, envelope)
        except BaseException as error:
            connection.client.close()
            if isinstance(error, SMTPException | OSError | ValueError):  # a time-out is an OSError
                return None
            raise

    async def _offered(self, relay: Server, envelope: _Envelope) -> _Offered:
        """Come as far as the relay's consent to take a mail for its recipient. Nothing is sent until then."""
        token = await self._token(relay)
        client = self._client(relay, token)
        try:
            return Connection(client=client), await self._introduce(client, envelope)
        except BaseException as error:
            client.close()
            is_token = isinstance(error, RefusedByProvider) and error.account_broken
            if is_token and token is not None and self._tokens is not None:
                self._tokens.spoil(token)
            raise

    async def _token(self, relay: Server) -> str | None:
        if not relay.oauth or self._tokens is None:
            return None
        try:
            return await self._tokens.token()
        except TokenRefusedError as error:
            raise RefusedByProvider(
                _short(f"Izin OAuth2 kotak surat ini ditolak; mohon perbarui pengaturan akun ({error})."),
                account_broken=True,
            ) from None
        except TokenUnavailableError as error:
            raise Deferred(f"Server izin OAuth2 tidak dapat dihubungi ({error}).") from None

    def _client(self, relay: Server, token: str | None) -> SMTP:
        async def access_token() -> str:
            return token or ""

        return SMTP(
            hostname=relay.host,
            port=relay.port,
            username=relay.user,
            password=relay.password,
            oauth_token_generator=None if token is None else access_token,
            use_tls=relay.security is Security.TLS,
            start_tls=relay.security is Security.STARTTLS,
            local_hostname=self._settings.domain if self._settings.domain.isascii() else "localhost",
            timeout=self._settings.connect_within.total_seconds(),
        )

    async def _introduce(self, client: SMTP, envelope: _Envelope) -> tuple[str, ...]:
        try:
            await client.connect()
            return await _offer(client, envelope)
        except SMTPAuthenticationError as error:
            raise _login_refused(error) from None
        except SMTPResponseException as error:
            raise _answered(error) from None
        except SMTPNotSupported as error:
            raise RefusedByProvider(
                f"Server pengirim tidak dapat melayani alamat ini: {_clean(error.message)}"
            ) from None
        except (SMTPException, OSError, TimeoutError, ValueError) as error:
            raise _not_reached(error) from None

    async def _hand_over(self, client: SMTP, mail: bytes) -> None:
        try:
            await client.data(mail, timeout=self._settings.answer_within.total_seconds())
        except SMTPResponseException as error:
            raise _answered(error) from None
        except (SMTPException, OSError, TimeoutError) as error:
            raise OutcomeUnknown(
                "Sambungan ke server pengirim terputus sebelum ada jawaban "
                f"({type(error).__name__}); tidak pasti apakah email terkirim."
            ) from None


async def _offer(client: SMTP, envelope: _Envelope) -> tuple[str, ...]:
    """Say whom a mail is for; returns the copies that the relay does not take. Raises what the library raises."""
    recipient = envelope.recipient
    options = [] if recipient.isascii() else ["SMTPUTF8"]
    encoding = "ascii" if recipient.isascii() else "utf-8"
    await client.mail(envelope.sender, options=options, encoding=encoding)
    await client.rcpt(recipient, encoding=encoding)
    return tuple([each for each in envelope.copies if not await _takes(client, each)])


async def _takes(client: SMTP, copy: str) -> bool:
    """Whether the relay takes a copy. One that it does not take must not hold up the contact's mail."""
    try:
        await client.rcpt(copy)
    except SMTPResponseException as error:
        if error.code == SMTPStatus.domain_unavailable:  # it goes, and takes nothing any more
            raise
        return False
    return True


def _answered(error: SMTPResponseException) -> ChannelError:
    said = _clean(error.message)
    if 400 <= error.code < 500:
        return Deferred(f"Server pengirim meminta menunggu ({error.code}): {said}")
    if 500 <= error.code < 600:
        # 530 and 535: the relay wants a login. 550 and the like are about this mail or its recipient.
        return RefusedByProvider(
            _short(f"Server email menolak ({error.code}): {said}"),
            code=str(error.code),
            account_broken=error.code in {530, 535},
        )
    return OutcomeUnknown(f"Server pengirim menjawab dengan kode yang tidak dikenal ({error.code}).")


def _login_refused(error: SMTPAuthenticationError) -> ChannelError:
    if 400 <= error.code < 500:
        return Deferred(f"Server pengirim sedang tidak dapat memeriksa kata sandi ({error.code}).")
    return RefusedByProvider(
        "Server pengirim menolak nama pengguna atau kata sandi; mohon periksa pengaturan akun.",
        code=str(error.code),
        account_broken=True,
    )


def _not_reached(error: Exception) -> ChannelError:
    message = str(error)
    certificate = isinstance(error.__cause__, ssl.SSLCertVerificationError)
    if (
        certificate
        or "STARTTLS extension not supported" in message
        or "AUTH extension is not supported" in message
        or "does not support XOAUTH2" in message
    ):
        return RefusedByProvider(
            "Sambungan ke server pengirim tidak dapat diamankan; mohon periksa pengaturan akun.",
            account_broken=True,
        )
    return Deferred(f"Server pengirim tidak dapat dihubungi ({type(error).__name__}).")


def _clean(message: str) -> str:
    return _short(one_line(message))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_REASON else f"{text[: _LONGEST_REASON - 1]}…"


def _message_id(mail: bytes) -> str:
    found = re.search(rb"^Message-ID: (<[^<>\s]+>)", mail, re.MULTILINE)
    assert found is not None
    return found[1].decode("ascii")
