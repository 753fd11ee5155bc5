"""The commands of agents and supervisors, in both languages: their names and what they are for.

The grammar that reads them lives with the bot; it takes the names from here, so that the help never lies.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase


@dataclass(frozen=True, kw_only=True)
class Command:
    key: str  # what the grammar calls it
    name: Phrase  # how it is typed, after the slash; both languages are always understood
    arguments: Phrase
    purpose: Phrase

    def usage(self, language: Language) -> str:
        """Return `/tutup [jawaban]`."""
        return f"/{self.name.say(language)} {self.arguments.say(language)}".rstrip()


_NO_ARGUMENTS = Phrase(id="", en="")
_CARD = Phrase(id="🪪 Kartu", en="🪪 Card")
_BOARD = Phrase(id="📋 Papan", en="📋 Board")

COMMANDS: tuple[Command, ...] = (
    Command(
        key="claim",
        name=Phrase(id="ambil", en="claim"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(id="tangani tiket ini", en="take this ticket"),
    ),
    Command(
        key="assign",
        name=Phrase(id="tugaskan", en="assign"),
        arguments=Phrase(id="nama", en="name"),
        purpose=Phrase(id="serahkan tiket kepada petugas lain", en="hand the ticket to a colleague"),
    ),
    Command(
        key="category",
        name=Phrase(id="kategori", en="category"),
        arguments=Phrase(id="[kategori]", en="[category]"),
        purpose=Phrase(id="lihat atau tentukan kategori", en="see or set the category"),
    ),
    Command(
        key="none_fits",
        name=Phrase(id="tidakcocok", en="nonefits"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(id="catat bahwa tidak ada kategori yang cocok", en="note that no category fits"),
    ),
    Command(
        key="tag",
        name=Phrase(id="tag", en="tag"),
        arguments=Phrase(id="[tag]", en="[tag]"),
        purpose=Phrase(id="lihat atau tambahkan tag", en="see the tags or add one"),
    ),
    Command(
        key="untag",
        name=Phrase(id="hapustag", en="untag"),
        arguments=Phrase(id="tag", en="tag"),
        purpose=Phrase(id="hapus tag", en="take a tag off"),
    ),
    Command(
        key="take_back",
        name=Phrase(id="hapus", en="takeback"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(
            id="balaskan pada jawaban atau catatan untuk menariknya",
            en="in reply to an answer or a note: take it back",
        ),
    ),
    Command(
        key="reply",
        name=Phrase(id="balas", en="reply"),
        arguments=Phrase(id="[templat]", en="[template]"),
        purpose=Phrase(
            id="siapkan balasan dari templat, ditampilkan dahulu",
            en="prepare a reply from a template, shown before it goes",
        ),
    ),
    Command(
        key="send",
        name=Phrase(id="kirim", en="send"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(id="kirim balasan yang ditampilkan", en="send the reply that is shown"),
    ),
    Command(
        key="send_again",
        name=Phrase(id="kirimulang", en="resend"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(
            id="kirim lagi jawaban yang belum pasti terkirim",
            en="send an answer again of which nobody knows whether it arrived",
        ),
    ),
    Command(
        key="cancel",
        name=Phrase(id="batal", en="cancel"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(id="batalkan balasan yang ditampilkan", en="drop the reply that is shown"),
    ),
    Command(
        key="wait",
        name=Phrase(id="tunggu", en="wait"),
        arguments=Phrase(id="[jawaban]", en="[answer]"),
        purpose=Phrase(
            id="kirim jawaban bila ada, lalu tunggu pengirim",
            en="send the answer if there is one, then wait for the contact",
        ),
    ),
    Command(
        key="close",
        name=Phrase(id="tutup", en="close"),
        arguments=Phrase(id="[jawaban]", en="[answer]"),
        purpose=Phrase(
            id="kirim jawaban bila ada, lalu selesaikan tiket",
            en="send the answer if there is one, then solve the ticket",
        ),
    ),
    Command(
        key="reopen",
        name=Phrase(id="buka", en="reopen"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(id="buka kembali tiket", en="open the ticket again"),
    ),
    Command(
        key="escalate",
        name=Phrase(id="eskalasi", en="escalate"),
        arguments=Phrase(id="[tim] [alasan]", en="[team] [reason]"),
        purpose=Phrase(id="teruskan kepada tim lini kedua", en="pass the ticket to the second line"),
    ),
    Command(
        key="return",
        name=Phrase(id="kembalikan", en="return"),
        arguments=Phrase(id="[temuan]", en="[finding]"),
        purpose=Phrase(
            id="kembalikan dari lini kedua, temuannya menjadi catatan",
            en="give it back from the second line; the finding becomes a note",
        ),
    ),
    Command(
        key="verify",
        name=Phrase(id="verifikasi", en="verify"),
        arguments=Phrase(id="[semua]", en="[all]"),
        purpose=Phrase(
            id="pastikan penyelesaian tiket ini, atau semua yang selesai (supervisor)",
            en="confirm this solution, or all that are solved (supervisor)",
        ),
    ),
    Command(
        key="send_back",
        name=Phrase(id="perbaiki", en="sendback"),
        arguments=Phrase(id="catatan", en="note"),
        purpose=Phrase(
            id="kembalikan tiket selesai kepada petugas untuk diperbaiki (supervisor)",
            en="send a solved ticket back to its agent to be mended (supervisor)",
        ),
    ),
    Command(
        key="board",
        name=Phrase(id="papan", en="board"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(
            id="tampilkan yang perlu perhatian (supervisor)", en="show what needs attention (supervisor)"
        ),
    ),
    Command(
        key="follow_up",
        name=Phrase(id="tindaklanjut", en="followup"),
        arguments=Phrase(id="hasil", en="result"),
        purpose=Phrase(
            id="catat tindak lanjut atas nilai survei yang rendah (supervisor)",
            en="note what was done about a low survey score (supervisor)",
        ),
    ),
    Command(
        key="survey",
        name=Phrase(id="survei", en="survey"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(
            id="lihat hasil survei kepuasan bulan ini (supervisor)",
            en="see this month's satisfaction survey (supervisor)",
        ),
    ),
    Command(
        key="check",
        name=Phrase(id="periksa", en="check"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(
            id="periksa identitas pengirim di direktori", en="look the contact up in the directory"
        ),
    ),
    Command(
        key="confirm",
        name=Phrase(id="konfirmasi", en="confirm"),
        arguments=Phrase(id="[alasan]", en="[reason]"),
        purpose=Phrase(id="pastikan identitas pengirim benar", en="vouch for who the contact is"),
    ),
    Command(
        key="dispute",
        name=Phrase(id="sangkal", en="dispute"),
        arguments=Phrase(id="[alasan]", en="[reason]"),
        purpose=Phrase(
            id="tandai identitas pengirim tidak cocok", en="say that the contact is somebody else"
        ),
    ),
    Command(
        key="code",
        name=Phrase(id="kode", en="code"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(
            id="kirim kode ke email pengirim di direktori",
            en="send a code to the contact's mailbox in the directory",
        ),
    ),
    Command(
        key="join",
        name=Phrase(id="satukan", en="join"),
        arguments=Phrase(id="#nomor [alasan]", en="#number [reason]"),
        purpose=Phrase(
            id="satukan pengirim tiket itu dengan pengirim tiket ini",
            en="make the contact of that ticket part of this one's",
        ),
    ),
    Command(
        key="part",
        name=Phrase(id="lepas", en="part"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(id="pisahkan kembali kontak yang disatukan", en="part contacts that were joined"),
    ),
    Command(
        key="explain",
        name=Phrase(id="jelaskan", en="explain"),
        arguments=Phrase(id="[batas]", en="[clock]"),
        purpose=Phrase(id="jelaskan mengapa batas waktunya demikian", en="say why a clock is due when it is"),
    ),
    Command(
        key="acknowledge",
        name=Phrase(id="terima", en="acknowledge"),
        arguments=Phrase(id="[batas]", en="[clock]"),
        purpose=Phrase(
            id="tindak lanjuti sendiri sebuah peringatan (supervisor)",
            en="look after an alert yourself (supervisor)",
        ),
    ),
    Command(
        key="extend",
        name=Phrase(id="perpanjang", en="extend"),
        arguments=Phrase(id="[batas] lama alasan", en="[clock] length reason"),
        purpose=Phrase(
            id="beri waktu lebih, misalnya 2j menunggu data (supervisor)",
            en="give more time, such as 2h waiting for data (supervisor)",
        ),
    ),
    Command(
        key="step",
        name=Phrase(id="langkah", en="step"),
        arguments=Phrase(id="[langkah] [hasil] [alasan]", en="[step] [outcome] [reason]"),
        purpose=Phrase(
            id="lihat prosedur tiket ini, atau selesaikan langkahnya",
            en="see the procedure of this ticket, or end a step of it",
        ),
    ),
    Command(
        key="proof",
        name=Phrase(id="bukti", en="proof"),
        arguments=Phrase(id="[terima/tolak] [jumlah/alasan]", en="[accept/refuse] [amount/reason]"),
        purpose=Phrase(
            id="periksa bukti pembayaran pada tiket ini",
            en="check the proof of payment on this ticket",
        ),
    ),
    Command(
        key="rules",
        name=Phrase(id="aturan", en="rules"),
        arguments=Phrase(id="[aturan aktif/nonaktif]", en="[rule on/off]"),
        purpose=Phrase(
            id="lihat aturan; supervisor dapat mengaktifkan atau menonaktifkan",
            en="see the rules; a supervisor can switch them",
        ),
    ),
    Command(
        key="hooks",
        name=Phrase(id="webhook", en="webhooks"),
        arguments=Phrase(id="[nama uji/lanjut]", en="[name test/resume]"),
        purpose=Phrase(
            id="lihat, uji, atau lanjutkan webhook (supervisor)",
            en="see, try or resume webhooks (supervisor)",
        ),
    ),
    Command(
        key="new_category",
        name=Phrase(id="kategoribaru", en="newcategory"),
        arguments=Phrase(id="kode; nama; kata kunci", en="id; name; keywords"),
        purpose=Phrase(
            id="tambah atau ubah kategori (supervisor)", en="add or change a category (supervisor)"
        ),
    ),
    Command(
        key="new_reply",
        name=Phrase(id="templatbaru", en="newtemplate"),
        arguments=Phrase(id="kode; judul; isi", en="id; title; text"),
        purpose=Phrase(
            id="tambah atau ubah templat balasan (supervisor)",
            en="add or change a reply template (supervisor)",
        ),
    ),
    Command(
        key="card",
        name=Phrase(id="kartu", en="card"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(id="tampilkan kartu tiket", en="show the ticket's card"),
    ),
    Command(
        key="priority",
        name=Phrase(id="prioritas", en="priority"),
        arguments=Phrase(id="[tingkat]", en="[level]"),
        purpose=Phrase(
            id="tentukan prioritas: rendah, biasa, tinggi, mendesak",
            en="set the priority: low, normal, high, urgent",
        ),
    ),
    Command(
        key="snooze",
        name=Phrase(id="tunda", en="snooze"),
        arguments=Phrase(id="waktu [alasan]", en="time [reason]"),
        purpose=Phrase(
            id="sembunyikan sampai suatu waktu, misalnya 2 jam atau besok 08.00",
            en="put out of sight until a time, such as 2 hours or tomorrow 08.00",
        ),
    ),
    Command(
        key="wake",
        name=Phrase(id="bangunkan", en="wake"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(id="tampilkan lagi tiket yang ditunda", en="bring a sleeping ticket back"),
    ),
    Command(
        key="spam",
        name=Phrase(id="spam", en="junk"),
        arguments=Phrase(id="[alasan]", en="[reason]"),
        purpose=Phrase(id="singkirkan sebagai spam", en="throw out as spam"),
    ),
    Command(
        key="restore",
        name=Phrase(id="pulihkan", en="restore"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(id="batalkan spam atau penggabungan", en="take back spam or a merge"),
    ),
    Command(
        key="block",
        name=Phrase(id="blokir", en="block"),
        arguments=Phrase(id="[alasan]", en="[reason]"),
        purpose=Phrase(id="blokir alamat pengirim", en="block the contact's address"),
    ),
    Command(
        key="unblock",
        name=Phrase(id="bukablokir", en="unblock"),
        arguments=Phrase(id="[ambil]", en="[take]"),
        purpose=Phrase(
            id="buka blokir; ambil: pesan yang tertahan menjadi tiket (supervisor)",
            en="unblock it; take: what was held back becomes tickets (supervisor)",
        ),
    ),
    Command(
        key="link",
        name=Phrase(id="kaitkan", en="link"),
        arguments=Phrase(id="#nomor [jenis]", en="#number [kind]"),
        purpose=Phrase(
            id="kaitkan dengan tiket lain: terkait, duplikat, akibat",
            en="link it with another ticket: related, duplicate, caused",
        ),
    ),
    Command(
        key="unlink",
        name=Phrase(id="lepaskan", en="unlink"),
        arguments=Phrase(id="#nomor", en="#number"),
        purpose=Phrase(id="lepaskan kaitan dengan tiket lain", en="take a link back"),
    ),
    Command(
        key="merge",
        name=Phrase(id="gabung", en="merge"),
        arguments=Phrase(id="#nomor", en="#number"),
        purpose=Phrase(
            id="gabungkan ke tiket lain dari pengirim yang sama", en="end it in another ticket of the contact"
        ),
    ),
    Command(
        key="split",
        name=Phrase(id="pisah", en="split"),
        arguments=Phrase(id="[jumlah]", en="[count]"),
        purpose=Phrase(
            id="jadikan tiket baru: pesan yang dibalas, atau sekian pesan terakhir",
            en="make a new ticket of the message replied to, or of the newest few",
        ),
    ),
    Command(
        key="incident",
        name=Phrase(id="insiden", en="incident"),
        arguments=Phrase(id="#nomor", en="#number"),
        purpose=Phrase(id="jadikan bagian dari suatu insiden", en="make it part of an incident"),
    ),
    Command(
        key="answer_all",
        name=Phrase(id="jawabsemua", en="answerall"),
        arguments=Phrase(id="jawaban", en="answer"),
        purpose=Phrase(
            id="jawab semua pengirim dalam insiden ini sekaligus",
            en="answer everybody in this incident at once",
        ),
    ),
    Command(
        key="close_all",
        name=Phrase(id="tutupsemua", en="closeall"),
        arguments=Phrase(id="[kategori]", en="[category]"),
        purpose=Phrase(
            id="selesaikan semua tiket insiden; kategori untuk yang belum punya",
            en="solve all tickets of the incident; the category is for those without one",
        ),
    ),
    Command(
        key="break",
        name=Phrase(id="istirahat", en="break"),
        arguments=Phrase(id="[30m]", en="[30m]"),
        purpose=Phrase(id="istirahat: tidak diberi tiket baru", en="be on a break: no new tickets"),
    ),
    Command(
        key="leave",
        name=Phrase(id="cuti", en="leave"),
        arguments=Phrase(id="[tanggal] [tanggal] [pengganti]", en="[date] [date] [substitute]"),
        purpose=Phrase(
            id="tidak masuk; tiket diserahkan kepada pengganti atau dibagikan",
            en="be out of office; tickets go to the substitute or are spread",
        ),
    ),
    Command(
        key="back",
        name=Phrase(id="kembali", en="back"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(id="hadir kembali", en="be here again"),
    ),
    Command(
        key="hand_over",
        name=Phrase(id="serah-terima", en="hand-over"),
        arguments=Phrase(id="nama [kepada nama]", en="name [to name]"),
        purpose=Phrase(
            id="serahkan tiket seseorang, ditampilkan dahulu", en="hand over somebody's tickets, shown first"
        ),
    ),
    Command(
        key="write_down",
        name=Phrase(id="catat", en="writedown"),
        arguments=Phrase(id="[jam] [media] [nama:] [isi]", en="[time] [medium] [name:] [words]"),
        purpose=Phrase(
            id="catat telepon atau kunjungan sebagai tiket; tanpa isi ditanyakan satu per satu",
            en="write down a call or a visit as a ticket; without words it asks step by step",
        ),
    ),
    Command(
        key="write_first",
        name=Phrase(id="tulis", en="write"),
        arguments=Phrase(id="alamat isi", en="address words"),
        purpose=Phrase(id="tulis lebih dahulu kepada seseorang", en="write to somebody first"),
    ),
    Command(
        key="reach",
        name=Phrase(id="alamat", en="address"),
        arguments=Phrase(id="alamat", en="address"),
        purpose=Phrase(
            id="kirim jawaban tiket telepon atau kunjungan ke alamat ini",
            en="send the answers on a call or a visit to this address",
        ),
    ),
    Command(
        key="fetch",
        name=Phrase(id="unduh", en="fetch"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(
            id="ambil lagi berkas kontak yang gagal diambil",
            en="fetch files of the contact again that could not be had",
        ),
    ),
    Command(
        key="move",
        name=Phrase(id="pindah", en="move"),
        arguments=Phrase(id="unit [alasan]", en="desk [reason]"),
        purpose=Phrase(
            id="pindahkan tiket ke unit lain beserta riwayatnya",
            en="move the ticket to another desk with its history",
        ),
    ),
    Command(
        key="knock",
        name=Phrase(id="ketuk", en="knock"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(
            id="kirim templat WhatsApp setelah 24 jam lewat, agar kontak menulis lagi",
            en="send the WhatsApp template after 24 hours, so that the contact writes again",
        ),
    ),
    Command(
        key="withdraw",
        name=Phrase(id="tarik", en="withdraw"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(
            id="batalkan jawaban yang masih menunggu kontak menulis",
            en="take back answers that wait for the contact to write",
        ),
    ),
    Command(
        key="sop",
        name=Phrase(id="sop", en="sop"),
        arguments=Phrase(id="[prosedur]", en="[procedure]"),
        purpose=Phrase(
            id="kirim tabel SOP tiket ini, atau tabel sebuah prosedur",
            en="send the SOP table of this ticket, or of a procedure",
        ),
    ),
    Command(
        key="help",
        name=Phrase(id="bantuan", en="help"),
        arguments=_NO_ARGUMENTS,
        purpose=Phrase(id="tampilkan bantuan ini", en="show this help"),
    ),
)

#: Every name in either language -> the command.
COMMAND_OF: Mapping[str, Command] = {
    name: command for command in COMMANDS for name in (command.name.id, command.name.en)
}


def offered_commands(language: Language) -> tuple[tuple[str, str], ...]:
    """Return name and purpose of each command as a chat can offer it: letters alone, no hyphen."""
    return tuple(
        (command.name.say(language).replace("-", ""), command.purpose.say(language)) for command in COMMANDS
    )


def card_label(language: Language) -> str:
    return _CARD.say(language)


def board_label(language: Language) -> str:
    return _BOARD.say(language)
