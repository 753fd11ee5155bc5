"""What a failed call to Twilio means for the one who called, and what its error codes mean.

Twilio warns that its codes and messages may change (https://www.twilio.com/docs/api/errors), so the table only makes
known ones readable. What decides is the HTTP status: 4xx was surely not sent, 429 may go later, and of anything else
(5xx, a broken connection, silence) nobody knows whether the message left.
"""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from twilio.base.exceptions import TwilioException

from channels.connections import is_before_anything_is_said
from channels.contract import ChannelError, Deferred
from channels.whatsapp.meanings import Code, Meaning, not_sent, seconds_asked
from channels.whatsapp.outcomes import OutcomeUnknown
from later import Later
from tickets.message import TemplateState

if TYPE_CHECKING:
    import aiohttp
else:
    aiohttp = Later("aiohttp")

CODES = {
    20003: Code(
        Meaning.ACCOUNT, "Twilio menolak kredensial akun ini; mohon periksa Account SID dan Auth Token."
    ),
    20005: Code(Meaning.ACCOUNT, "Akun Twilio ini sedang tidak aktif; mohon periksa di konsol Twilio."),
    20404: Code(
        Meaning.ACCOUNT, "Akun atau sumber daya Twilio ini tidak ditemukan; mohon periksa Account SID."
    ),
    20429: Code(Meaning.RATE, "Twilio meminta jeda sebelum pengiriman berikutnya."),
    21211: Code(Meaning.ADDRESS, "Nomor WhatsApp tujuan tidak valid."),
    21212: Code(Meaning.ACCOUNT, "Nomor pengirim WhatsApp desk ini tidak valid."),
    21408: Code(Meaning.CONTENT, "Akun Twilio ini belum diizinkan mengirim ke negara tujuan."),
    21606: Code(Meaning.ACCOUNT, "Nomor pengirim ini tidak dapat dipakai untuk mengirim pesan."),
    21610: Code(
        Meaning.OPTED_OUT,
        "Kontak telah meminta berhenti menerima pesan (STOP). Pesan baru dapat dikirim setelah kontak mengirim START.",
    ),
    21614: Code(Meaning.ADDRESS, "Nomor tujuan tidak dapat menerima pesan."),
    21617: Code(Meaning.CONTENT, "Pesan terlalu panjang untuk WhatsApp (paling banyak 1.600 karakter)."),
    21620: Code(Meaning.FILE, "Tautan berkas tidak valid sehingga berkas tidak dapat dikirim."),
    21655: Code(
        Meaning.TEMPLATE, "Template WhatsApp (ContentSid) tidak ditemukan; mohon periksa pengaturan template."
    ),
    21656: Code(Meaning.TEMPLATE, "Isi variabel template tidak dapat diterima oleh WhatsApp."),
    21658: Code(Meaning.TEMPLATE, "Isi variabel template terlalu panjang untuk WhatsApp."),
    21703: Code(Meaning.ACCOUNT, "Layanan pesan Twilio ini belum memiliki nomor pengirim."),
    21705: Code(
        Meaning.ACCOUNT, "Layanan pesan Twilio tidak ditemukan; mohon periksa Messaging Service SID."
    ),
    30001: Code(Meaning.RATE, "Antrean pengiriman Twilio penuh.", timedelta(minutes=1)),
    30002: Code(Meaning.ACCOUNT, "Akun Twilio ini ditangguhkan; mohon periksa di konsol Twilio."),
    30007: Code(Meaning.POLICY, "Pesan ditolak oleh penyaring Twilio."),
    30008: Code(Meaning.POLICY, "Pesan gagal terkirim karena sebab yang tidak diketahui Twilio."),
    30036: Code(
        Meaning.TROUBLE,
        "Pesan ini terlalu lama tertahan di antrean Twilio dan tidak dikirim lagi, agar tidak terlambat sampai.",
    ),
    63001: Code(Meaning.ACCOUNT, "WhatsApp menolak autentikasi akun pengirim ini."),
    63003: Code(Meaning.ADDRESS, "Nomor tujuan tidak ditemukan di WhatsApp."),
    63005: Code(Meaning.CONTENT, "WhatsApp tidak menerima isi pesan ini."),
    63007: Code(
        Meaning.ACCOUNT, "Nomor pengirim belum terdaftar sebagai pengirim WhatsApp pada akun Twilio ini."
    ),
    63008: Code(Meaning.ACCOUNT, "Kanal WhatsApp akun Twilio ini belum diatur dengan benar."),
    63010: Code(Meaning.TROUBLE, "Terjadi gangguan di sisi WhatsApp sehingga pesan tidak terkirim."),
    63012: Code(Meaning.TROUBLE, "Layanan WhatsApp sedang terganggu sehingga pesan tidak terkirim."),
    63013: Code(Meaning.POLICY, "Pesan ditolak karena dianggap melanggar kebijakan WhatsApp."),
    63015: Code(Meaning.ADDRESS, "Nomor tujuan belum bergabung dengan sandbox WhatsApp Twilio."),
    63016: Code(
        Meaning.WINDOW,
        "Sudah lebih dari 24 jam sejak pesan terakhir kontak, jadi WhatsApp hanya mengizinkan pesan template.",
    ),
    63018: Code(
        Meaning.RATE,
        "Batas laju pengiriman WhatsApp terlampaui; mohon tunggu sebelum mengirim lagi.",
        timedelta(seconds=30),
    ),
    63019: Code(Meaning.FILE, "WhatsApp tidak dapat mengunduh berkas yang dilampirkan."),
    63020: Code(
        Meaning.ACCOUNT,
        "Undangan WhatsApp Business untuk nomor pengirim ini belum diterima di Meta Business Manager.",
    ),
    63021: Code(Meaning.CONTENT, "WhatsApp menganggap isi pesan ini tidak valid."),
    63022: Code(Meaning.ACCOUNT, "Sertifikat nama tampilan nomor pengirim ini tidak valid di Meta."),
    63024: Code(
        Meaning.ADDRESS,
        "Kontak ini tidak dapat menerima pesan WhatsApp; mungkin nomornya tidak terdaftar di WhatsApp.",
    ),
    63027: Code(Meaning.TEMPLATE, "Template WhatsApp ini tidak tersedia dalam bahasa yang diminta."),
    63028: Code(Meaning.TEMPLATE, "Jumlah variabel tidak cocok dengan template WhatsApp ini."),
    63029: Code(Meaning.TEMPLATE, "WhatsApp kontak tidak dapat mengambil template pesan ini."),
    63030: Code(Meaning.CONTENT, "Ada parameter yang tidak didukung untuk jenis pesan WhatsApp ini."),
    63031: Code(Meaning.ADDRESS, "Nomor pengirim dan nomor tujuan sama."),
    63032: Code(Meaning.POLICY, "WhatsApp membatasi pengiriman pesan kepada pengguna ini."),
    63033: Code(Meaning.ADDRESS, "Kontak ini tidak dapat dikirimi pesan WhatsApp."),
    63038: Code(Meaning.RATE, "Batas pengiriman harian akun Twilio ini sudah tercapai.", timedelta(hours=1)),
    63040: Code(
        Meaning.TEMPLATE, "Template WhatsApp ini ditolak oleh WhatsApp.", template=TemplateState.REJECTED
    ),
    63041: Code(
        Meaning.TEMPLATE, "Template WhatsApp ini sedang dijeda oleh WhatsApp.", template=TemplateState.PAUSED
    ),
    63042: Code(
        Meaning.TEMPLATE,
        "Template WhatsApp ini dinonaktifkan oleh WhatsApp.",
        template=TemplateState.DISABLED,
    ),
    63049: Code(Meaning.POLICY, "Meta memilih untuk tidak menyampaikan pesan ini kepada kontak."),
    63051: Code(Meaning.ACCOUNT, "Akun WhatsApp Business pengirim ini dibatasi atau dikunci oleh Meta."),
    92007: Code(Meaning.TEMPLATE, "Variabel template tidak dapat diterima oleh WhatsApp."),
}


def meaning_of(code: str | int | None) -> Code:
    """Return what one of Twilio's codes means; one that is not known is final."""
    text = str(code)
    known = CODES.get(int(text)) if text.isascii() and text.isdecimal() and len(text) <= 6 else None
    if known is not None:
        return known
    shown = f" (kode Twilio {code})" if code else ""
    return Code(Meaning.CONTENT, f"Pesan ditolak oleh WhatsApp{shown}.")


def refused(code: int, *, status: int = 400) -> ChannelError:
    """Say what it means that Twilio took nothing and named this code."""
    if status == 401 and code not in CODES:
        code = 20003
    known = meaning_of(code)
    if status == 429 and code not in CODES:
        known = replace(known, meaning=Meaning.RATE)
    return not_sent(known, code=str(code))


def throttled(retry_after: str | None) -> Deferred:
    """Say what a 429 means; `retry_after` is its header."""
    return Deferred(CODES[20429].says, wait=seconds_asked(retry_after) or CODES[20429].wait)


def translated(error: Exception) -> ChannelError:
    """Say in the contract's words what twilio's client or the connection below it raised."""
    if isinstance(error, TwilioException):
        return _answered(error)
    if is_before_anything_is_said(error):
        return Deferred("Twilio tidak dapat dihubungi.")
    if isinstance(error, (aiohttp.ClientError, TimeoutError)):
        return OutcomeUnknown(
            f"Sambungan ke Twilio terputus sebelum ada jawaban ({type(error).__name__}); tidak pasti apakah pesan terkirim."
        )
    return OutcomeUnknown(f"Jawaban Twilio tidak dapat dibaca ({type(error).__name__}).")


def _answered(error: TwilioException) -> ChannelError:
    status = _status(error)
    if not isinstance(status, int) or not 400 <= status < 500 or status == 408:
        return OutcomeUnknown("Twilio menjawab dengan galat server; tidak pasti apakah pesan terkirim.")
    code = getattr(error, "code", None)
    return refused(code if isinstance(code, int) else status, status=status)


def _status(error: TwilioException) -> object:
    """Return the HTTP status; a list that failed has it only in the answer that came along."""
    answer = error.args[-1] if error.args else None
    return getattr(error, "status", None) or getattr(answer, "status_code", None)
