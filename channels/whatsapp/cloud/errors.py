"""What a failed call to the Cloud API means for the one who called, and what its error codes mean.

Codes: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes. An answer that
carries one was surely not sent, even where the HTTP status is 5xx; of a 5xx without a known code, a broken connection
or silence nobody knows whether the message left.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from channels.connections import is_before_anything_is_said
from channels.contract import ChannelError, Deferred
from channels.whatsapp.cloud.envelope import mapping
from channels.whatsapp.meanings import Code, Meaning, not_sent, seconds_asked
from channels.whatsapp.outcomes import OutcomeUnknown
from tickets.message import TemplateState


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back of a call."""

    status: int
    body: bytes
    retry_after: str | None = None  # the header

    @property
    def is_success(self) -> bool:
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES


_TOKEN = Code(
    Meaning.ACCOUNT, "Meta menolak token akses akun ini; mohon perbarui token di pengaturan Meta Business."
)
_PERMISSION = Code(
    Meaning.ACCOUNT, "Token akses akun ini tidak memiliki izin WhatsApp yang diperlukan di Meta Business."
)
_NUMBER_GONE = Code(
    Meaning.ACCOUNT,
    "Nomor pengirim ini tidak ditemukan di Meta; mohon periksa Phone Number ID dan token aksesnya.",
)
_PAUSE = Code(Meaning.RATE, "Meta meminta jeda sebelum pengiriman berikutnya.")
_HOURLY = Code(
    Meaning.RATE,
    "Batas pemanggilan API Meta terlampaui; mohon tunggu sebelum mengirim lagi.",
    timedelta(minutes=5),
)
_DOWN = Code(
    Meaning.TROUBLE, "Layanan WhatsApp sedang terganggu sehingga pesan belum terkirim.", timedelta(seconds=30)
)
_UNREACHABLE = Code(
    Meaning.ADDRESS,
    "Kontak ini tidak dapat menerima pesan WhatsApp; mungkin nomornya tidak terdaftar di WhatsApp.",
)

CODES = {
    0: _TOKEN,
    2: _DOWN,
    3: _PERMISSION,
    4: _HOURLY,
    10: _PERMISSION,
    33: _NUMBER_GONE,
    100: Code(Meaning.CONTENT, "Meta menganggap isi permintaan ini tidak valid."),
    190: _TOKEN,
    368: Code(
        Meaning.ACCOUNT,
        "Akun WhatsApp Business ini dibatasi sementara oleh Meta karena pelanggaran kebijakan.",
    ),
    80007: _HOURLY,
    130429: Code(
        Meaning.RATE, "Batas laju pengiriman WhatsApp terlampaui; mohon tunggu sebelum mengirim lagi."
    ),
    130472: Code(
        Meaning.POLICY, "Nomor kontak ini termasuk percobaan Meta sehingga pesan tidak disampaikan."
    ),
    130497: Code(Meaning.POLICY, "Akun WhatsApp Business ini tidak boleh mengirim pesan ke negara tujuan."),
    131000: _DOWN,
    131005: _PERMISSION,
    131008: Code(Meaning.CONTENT, "Ada parameter wajib yang tidak disertakan pada pesan ini."),
    131009: Code(Meaning.CONTENT, "Ada nilai parameter yang tidak valid pada pesan ini."),
    131016: _DOWN,
    131021: Code(Meaning.ADDRESS, "Nomor pengirim dan nomor tujuan sama."),
    131026: _UNREACHABLE,
    131030: Code(Meaning.ADDRESS, "Nomor tujuan belum terdaftar sebagai penerima untuk nomor uji coba ini."),
    131031: Code(Meaning.ACCOUNT, "Akun WhatsApp Business pengirim ini dikunci oleh Meta."),
    131037: Code(Meaning.ACCOUNT, "Nama tampilan nomor pengirim ini belum disetujui oleh Meta."),
    131042: Code(Meaning.ACCOUNT, "Ada masalah pembayaran pada akun WhatsApp Business ini."),
    131045: Code(Meaning.ACCOUNT, "Nomor pengirim ini belum terdaftar dengan benar di Meta."),
    131047: Code(
        Meaning.WINDOW,
        "Sudah lebih dari 24 jam sejak pesan terakhir kontak, jadi WhatsApp hanya mengizinkan pesan template.",
    ),
    131048: Code(
        Meaning.RATE,
        "Meta membatasi pengiriman dari nomor ini karena dianggap mengirim spam.",
        timedelta(hours=1),
    ),
    131049: Code(Meaning.POLICY, "Meta memilih untuk tidak menyampaikan pesan ini kepada kontak."),
    131050: Code(Meaning.OPTED_OUT, "Kontak telah meminta berhenti menerima pesan pemasaran."),
    131051: Code(Meaning.CONTENT, "Jenis pesan ini tidak didukung oleh WhatsApp."),
    131052: Code(Meaning.FILE, "Berkas dari kontak tidak dapat diunduh oleh WhatsApp."),
    131053: Code(Meaning.FILE, "Berkas yang dilampirkan tidak dapat diproses oleh WhatsApp."),
    131055: Code(Meaning.ACCOUNT, "Pemanggilan ini tidak diizinkan untuk nomor pengirim ini."),
    131056: Code(
        Meaning.RATE, "Terlalu banyak pesan kepada kontak ini dalam waktu singkat.", timedelta(seconds=6)
    ),
    131057: _DOWN,
    131062: Code(
        Meaning.ADDRESS, "Jenis pesan ini hanya dapat dikirim kepada kontak yang nomornya diketahui."
    ),
    132000: Code(Meaning.TEMPLATE, "Jumlah variabel tidak cocok dengan template WhatsApp ini."),
    132001: Code(
        Meaning.TEMPLATE, "Template WhatsApp ini tidak ada dalam bahasa yang diminta atau belum disetujui."
    ),
    132005: Code(Meaning.TEMPLATE, "Isi template terlalu panjang setelah variabelnya diisi."),
    132007: Code(Meaning.TEMPLATE, "Isi template ini melanggar kebijakan WhatsApp."),
    132012: Code(Meaning.TEMPLATE, "Bentuk variabel tidak cocok dengan template WhatsApp ini."),
    132015: Code(
        Meaning.TEMPLATE, "Template WhatsApp ini sedang dijeda oleh WhatsApp.", template=TemplateState.PAUSED
    ),
    132016: Code(
        Meaning.TEMPLATE,
        "Template WhatsApp ini dinonaktifkan oleh WhatsApp.",
        template=TemplateState.DISABLED,
    ),
    133000: Code(Meaning.ACCOUNT, "Pendaftaran nomor pengirim ini di Meta belum selesai."),
    133004: _DOWN,
    133006: Code(Meaning.ACCOUNT, "Nomor pengirim ini perlu diverifikasi ulang di Meta."),
    133010: Code(Meaning.ACCOUNT, "Nomor pengirim ini belum terdaftar di WhatsApp Business Platform."),
    135000: Code(Meaning.CONTENT, "Pesan gagal terkirim karena sebab yang tidak dijelaskan oleh Meta."),
}
_NO_SUCH_OBJECT = 33  # subcode of 100
_PERMISSIONS = range(200, 300)


def known(code: int, subcode: int | None = None) -> Code | None:
    """Return what is known of a code."""
    if code == 100 and subcode == _NO_SUCH_OBJECT:
        return _NUMBER_GONE
    return _PERMISSION if code in _PERMISSIONS else CODES.get(code)


def meaning_of(code: str) -> Code:
    """Return what one of Meta's codes means; one that is not known is final."""
    found = known(int(code)) if code.isascii() and code.isdecimal() and len(code) <= 9 else None
    if found is not None:
        return found
    shown = f" (kode Meta {code})" if code else ""
    return Code(Meaning.CONTENT, f"Pesan ditolak oleh WhatsApp{shown}.")


def answered(answer: Answer) -> ChannelError:
    """Say what an answer means that is no success."""
    error = _error_in(answer)
    code, subcode = _whole(error.get("code")), _whole(error.get("error_subcode"))
    found = known(code, subcode) if code is not None else None
    asked = seconds_asked(answer.retry_after)
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        paused = found if found is not None and found.meaning.passes_later else _PAUSE
        return not_sent(paused, code=str(code), wait=asked)
    if found is None and (answer.status >= 500 or answer.status == HTTPStatus.REQUEST_TIMEOUT):
        return OutcomeUnknown("Meta menjawab dengan galat server; tidak pasti apakah pesan terkirim.")
    if found is None and answer.status == HTTPStatus.UNAUTHORIZED:
        found = _TOKEN
    shown = str(code if code is not None else answer.status)
    return not_sent(found or meaning_of(shown), code=shown, wait=asked)


def broken(error: Exception) -> ChannelError:
    """Say what it means that there was no answer, or half of one."""
    if is_before_anything_is_said(error):
        return Deferred("Meta tidak dapat dihubungi.")
    return OutcomeUnknown(
        f"Sambungan ke Meta terputus sebelum ada jawaban ({type(error).__name__}); tidak pasti apakah pesan terkirim."
    )


def unreadable() -> OutcomeUnknown:
    return OutcomeUnknown("Jawaban Meta tidak dapat dibaca; tidak pasti apakah pesan terkirim.")


def _error_in(answer: Answer) -> dict[str, object]:
    try:
        return dict(mapping(mapping(json.loads(answer.body)).get("error")))
    except ValueError:
        return {}


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
