"""What a contact wrote, found in a mail that drags the conversation behind it: every client, every language."""

import time

import pytest

from channels.email.html_text import html_to_text
from channels.email.quotes import is_forward, own_words

ANSWER = "Terima kasih, sudah bisa masuk.\n\nSalam,\nSiti"
ADDRESS = "Care Center <carecenter@itb.example>"

# Above a quote whose lines are marked, or which simply stands below.
ATTRIBUTIONS = [
    f"Pada Sen, 5 Okt 2026 pukul 09.12 {ADDRESS} menulis:",
    f"Pada tanggal Sen, 5 Okt 2026 09.12, {ADDRESS} menulis:",
    "Pada Senin, 05 Oktober 2026 09.12.33 WIB, Care Center ITB <carecenter@itb.example>\nmenulis:",
    f"On Mon, Oct 5, 2026 at 9:12 AM {ADDRESS} wrote:",
    "On Mon, Oct 5, 2026 at 9:12 AM Care Center <\ncarecenter@itb.example> wrote:",
    f"On 5 Oct 2026, at 09:12, {ADDRESS} wrote:",
    "On 05/10/26 09:12, Care Center wrote:",
    f"> On 5 Oct 2026, at 09:12, {ADDRESS} wrote:",
    f"Am 05.10.2026 um 09:12 schrieb {ADDRESS}:",
    f"Am Mo., 5. Okt. 2026 um 09:12 Uhr schrieb {ADDRESS}:",
    f"Le lun. 5 oct. 2026 à 09:12, {ADDRESS} a\xa0écrit :".replace("\xa0", " "),
    f"El lun, 5 oct 2026 a las 9:12, {ADDRESS} escribió:",
    f"Il giorno lun 5 ott 2026 alle ore 09:12 {ADDRESS} ha scritto:",
    f"Em seg., 5 de out. de 2026 às 09:12, {ADDRESS} escreveu:",
    f"Op ma 5 okt 2026 om 09:12 schreef {ADDRESS}:",
    f"Den mån 5 okt. 2026 kl 09:12 skrev {ADDRESS}:",
    f"man. 5. okt. 2026 kl. 09:12 skrev {ADDRESS}:",
    f"ma 5. lokak. 2026 klo 9.12 {ADDRESS} kirjoitti:",
    f"pon., 5 paź 2026 o 09:12 {ADDRESS} napisał(a):",
    f"5 Eki 2026 Pzt, saat 09:12 tarihinde {ADDRESS} şunu yazdı:",
    f"пн, 5 окт. 2026 г. в 09:12, {ADDRESS}:",
    f"Vào Th 2, 5 thg 10, 2026 vào lúc 09:12 {ADDRESS} đã viết:",
    "2026-10-05 9:12 GMT+07:00 Care Center <carecenter@itb.example>:",
    "2026-10-05 9:12 GMT+07:00 Care Center",
    f"On Oct 5, 2026,\nat 9:12,\n{ADDRESS} wrote:",
    f"Wiadomość napisana przez {ADDRESS} w dniu 5.10.2026, o godz. 09:12:",
    "---- On Mon, 05 Oct 2026 09:12:33 +0700 carecenter@itb.example wrote ----",
    "Pada 05/10/26 09.12, Care Center menulis:",
    f"Pada Isn, 5 Okt 2026 pada 9:12 PG {ADDRESS} menulis:",
    "On Mon, Oct 5, 2026 at 9:12 AM Direktorat Teknologi\nInformasi <carecenter@itb.example>\nwrote:",
    f"{ADDRESS} schrieb am Mo., 5. Okt. 2026 um 09:12 Uhr:",
    "Care Center  schrieb am Mo. 5. Oktober 2026 um 09:12:",
    f"Op 5 okt. 2026 om 09:12 heeft {ADDRESS} het\nvolgende geschreven:",
    f"{ADDRESS} escreveu no dia segunda, 5/10/2026 à(s) 09:12:",
    f"Missatge de {ADDRESS} del dia dl., 5 d’oct. 2026 a les 9:12:",
    f"po 5. 10. 2026 v 9:12 odesílatel {ADDRESS} napsal:",
    f"po 5. 10. 2026 o 9:12 {ADDRESS} napísal(a):",
    f"{ADDRESS} ezt írta (időpont: 2026. okt. 5., H, 9:12):",
    f"În lun., 5 oct. 2026 la 09:12, {ADDRESS} a scris:",
    f"пн, 5 жовт. 2026 р. о 09:12 {ADDRESS} пише:",
    f"Στις Δευ 5 Οκτ 2026 στις 9:12 π.μ., ο χρήστης {ADDRESS} έγραψε:",
    "\u202bבתאריך יום ב׳, 5 באוק׳ 2026 ב-9:12 מאת \u202aCare Center\u202c <\u202acarecenter@itb.example\u202c\u200f>:\u202c",
    f"في الاثنين، 5 أكتوبر 2026 في 9:12 ص تمت كتابة ما يلي بواسطة {ADDRESS}:",
    f"در تاریخ دوشنبه ۵ اکتبر ۲۰۲۶، ۹:۱۲ {ADDRESS} نوشت:",
    f"सोम, 5 अक्टू॰ 2026 को 9:12 am बजे को {ADDRESS} ने लिखा:",
    f"เมื่อ จ. 5 ต.ค. 2026 เวลา 09:12 {ADDRESS} เขียนว่า:",
    f"{ADDRESS} 于2026年10月5日周一 09:12写道：",
    f"{ADDRESS} 於 2026年10月5日 週一 上午9:12寫道：",
    f"2026年10月5日(月) 9:12 {ADDRESS}:",
    f"2026년 10월 5일 (월) 오전 9:12, {ADDRESS}님이 작성:",
    f"Понедельник, 5 октября 2026, 9:12 +07:00 от {ADDRESS}:",
    f"\u2010\u2010\u2010\u2010 Original Message \u2010\u2010\u2010\u2010\nOn Monday, October 5th, 2026 at 9:12 AM, {ADDRESS} wrote:",
]
MARKED = "> Yth. Ibu Siti,\n>\n> silakan coba lagi.\n"
UNMARKED = "Yth. Ibu Siti,\n\nsilakan coba lagi.\n"


@pytest.mark.parametrize("quote", [MARKED, UNMARKED], ids=["marked", "unmarked"])
@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
def test_the_answer_above_is_kept_and_who_wrote_below_is_cut(attribution: str, quote: str):
    assert own_words(f"{ANSWER}\n\n{attribution}\n\n{quote}") == ANSWER


BLOCKS = [
    "From: Care Center <carecenter@itb.example>\nSent: Monday, October 5, 2026 9:12 AM\nTo: Siti\nSubject: Edunex\n",
    "*From:* Care Center [mailto:carecenter@itb.example]\n*Sent:* Monday, 5 October 2026\n*To:* Siti\n*Subject:* Edunex\n",
    "________________________________\nFrom: Care Center <carecenter@itb.example>\nSent: Monday\nTo: Siti\n",
    "Dari: Care Center <carecenter@itb.example>\nTerkirim: 5 Oktober 2026 9:12\nKepada: Siti\nSubjek: Edunex\n",
    "Dari: Care Center <carecenter@itb.example>\nTanggal: Senin, 5 Oktober 2026\nKepada: Siti\nPerihal: Edunex\n",
    "Von: Care Center\nGesendet: Montag, 5. Oktober 2026 09:12\nAn: Siti\nBetreff: Edunex\n",
    "De : Care Center\nEnvoyé : lundi 5 octobre 2026 09:12\nÀ : Siti\nObjet : Edunex\n",
    "De: Care Center\nEnviado el: lunes, 5 de octubre de 2026\nPara: Siti\nAsunto: Edunex\n",
    "Van: Care Center\nVerzonden: maandag 5 oktober 2026\nAan: Siti\nOnderwerp: Edunex\n",
    "发件人: Care Center <carecenter@itb.example>\n发送时间: 2026年10月5日 9:12\n收件人: Siti\n主题: Edunex\n",
    "差出人: Care Center\n送信日時: 2026年10月5日 9:12\n宛先: Siti\n件名: Edunex\n",
    "To: Siti\nFrom: Care Center\nSent: Monday, October 5, 2026 9:12 AM\nSubject: Edunex\n",
    "Daripada: Care Center\nDihantar: Isnin, 5 Oktober 2026\nKepada: Siti\nSubjek: Edunex\n",
    "Lähettäjä: Care Center\nLähetetty: 5. lokakuuta 2026\nVastaanottaja: Siti\nAihe: Edunex\n",
    "Feladó: Care Center\nElküldve: 2026. október 5. 9:12\nCímzett: Siti\nTárgy: Edunex\n",
    "De la: Care Center\nTrimis: luni, 5 octombrie 2026\nCătre: Siti\nSubiect: Edunex\n",
    "От: Care Center\nОтправлено: 5 октября 2026 г. 9:12\nКому: Siti\nТема: Edunex\n",
    "Από: Care Center\nΣτάλθηκε: Δευτέρα, 5 Οκτωβρίου 2026\nΠρος: Siti\nΘέμα: Edunex\n",
    "מאת: Care Center\nנשלח: יום שני 05 אוקטובר 2026\nאל: Siti\nנושא: Edunex\n",
    "من: Care Center\nتاريخ الإرسال: 5 أكتوبر 2026\nإلى: Siti\nالموضوع: Edunex\n",
    "보낸 사람: Care Center\n보낸 날짜: 2026년 10월 5일\n받는 사람: Siti\n제목: Edunex\n",
    "________________________________\nKutoka: Care Center <carecenter@itb.example>\nWakati: 5 Oktoba 2026 09:12\nKwa: Siti\nKuhusu: Edunex\n",
    "From: carecenter@itb.example Date: Mon, 5 Oct 2026 09:12:33 +0700\n",
    "##- Please type your reply above this line -##\n",
    "##- Silakan ketik balasan Anda di atas baris ini -##\n",
    "--- Mohon balas di atas garis ini ---\n",
    "##- Antworten Sie bitte oberhalb dieser Zeile -##\n",
    "> Reply ABOVE THIS LINE to add a comment\n",
    "-----Original Message-----\n",
    "-----Pesan Asli-----\n",
    "-------- Pesan asli --------\nDari: Care Center\n",
    "-----Ursprüngliche Nachricht-----\n",
    "-------- Pesan asli --------Dari: Care Center Tanggal: 5/10/26 09.12 Ke: Siti\n",
    "-------- Message d'origine --------\n",
    "---\n*Previous Replies*\n",
    "--- Balasan sebelumnya ---\n",
    "**Percakapan sebelumnya:**\n",
    "----- Mensaje original -----\n",
]


@pytest.mark.parametrize("block", BLOCKS)
def test_what_stands_below_a_block_of_headers_is_cut(block: str):
    assert own_words(f"{ANSWER}\n\n{block}\n{UNMARKED}") == ANSWER


DEVICES = [
    "Sent from my iPhone", "Sent from Yahoo Mail on Android", "Get Outlook for iOS<https://aka.ms/o0ukef>", "Dikirim dari iPhone saya",
    "Dikirim dari Yahoo Mail di Android", "Dikirim dari Outlook untuk Android", "Terkirim dari Galaxy saya", "Gesendet von meinem iPhone", "Von meinem iPhone gesendet",
    "Envoyé de mon iPhone", "Enviado desde mi iPhone", "Inviato da iPhone", "Verstuurd vanaf mijn iPhone", "Skickat från min iPhone", "iPhoneから送信",
    "Dari Yahoo Mail di iPhone", "Dapatkan Outlook untuk Android", "Outlook für iOS beziehen <https://aka.ms/x>", "Trimis de pe iPhone-ul meu", "Az iPhone-omról küldve",
    "Отправлено с iPhone", "\u202bأُرسلت من الـ iPhone\u202c", "發自我的 iPhone", "iPhone'umdan gönderildi", "—\nSent from Mailbox",
]  # fmt: skip


@pytest.mark.parametrize("device", DEVICES)
def test_the_line_of_a_telephone_is_cut_with_the_quote_below_it(device: str):
    assert own_words(f"{ANSWER}\n\n{device}") == ANSWER
    assert own_words(f"{ANSWER}\n\n{device}\n\n{ATTRIBUTIONS[0]}\n\n{MARKED}") == ANSWER


@pytest.mark.parametrize(
    "text",
    [
        "Dikirim dari kantor pos kemarin, tetapi belum sampai juga di sini.",
        "Sent from my desk it works, on the telephone it does not.",
        "On Monday I tried again.\nIt did not work: the page stays white.",
        "Pada hari Senin saya menulis: tolong dibantu.",
        "From: here on nothing works.",
        "Catatan:\n- satu\n- dua",
        "Berkas > 100 MB:\n> 100 MB tidak bisa\nTolong.",
        "Hal: izin\nSaya ingin bertanya.",
        "Nama: Siti\nNIM: 13519001\nEmail: siti@x.example\nWaktu: 5/10/2026 09:12",
        "Yang belum ada:\n\n-KTM",
        "Server 10.20.30.40 menjawab <siti@x.example> pukul 10.15:\n550 ditolak.",
        "Balas saja di atas meja, satu baris cukup.",
        "a\n----\nb",
        "Dosen saya menulis:\n> Akun Anda terkunci.\nApa maksudnya?",
        "Beliau menulis:\n> Akun Anda terkunci.\nApa maksudnya?",
        "Server menjawab:\n> Akun Anda terkunci.\nApa maksudnya?",
        "Siti menulis:\n\nakun saya terkunci.",
        "previous replies\ndid not help.",
    ],
)
def test_words_that_only_look_like_a_quote_are_the_sender_s(text: str):
    assert own_words(text) == text


QUESTIONS = [
    "> Sudah coba Chrome?\n> Sudah masuk lewat SSO?",
    "> Apa yang terlihat?\n> Mohon tangkapan layar.",
]


def test_answers_between_the_lines_of_a_quote_are_kept_with_what_they_answer():
    told = f"{ATTRIBUTIONS[0]}\n\n{QUESTIONS[0]}\n\nSudah.\n\n{QUESTIONS[1]}\n\nTerlampir."
    assert own_words(f"{told}\n\n> Salam,\n> Care Center\n").split() == told.split()


@pytest.mark.parametrize(
    "quote", [f"{ATTRIBUTIONS[0]}\n", BLOCKS[0], f"> {ATTRIBUTIONS[3]}\n", "> -----Pesan Asli-----\n"]
)
def test_an_answer_below_the_quote_is_all_that_is_kept(quote: str):
    assert own_words(f"{quote}{QUESTIONS[0]}\n\nSudah.\n\n-- \nSiti Aminah\nNIM 13519001") == "Sudah."


def test_what_the_sender_quotes_is_the_sender_s():
    said = f"Di layar tertulis:\n\n{QUESTIONS[0]}\n\nMohon bantuannya."
    assert own_words(f"{said}\n\n{ATTRIBUTIONS[0]}\n\n{MARKED}").split() == said.split()
    assert own_words(said).split() == said.split()


@pytest.mark.parametrize(
    "last", ["On the other hand, 5 things work.", "<script>x</script>", "Pada 5 Oktober sudah bisa."]
)
def test_a_paragraph_right_above_the_quote_is_the_sender_s(last: str):
    assert own_words(f"Halo,\n\n{last}\n\n{ATTRIBUTIONS[0]}\n\n{MARKED}") == f"Halo,\n\n{last}"


def test_a_quoted_line_that_was_wrapped_without_a_mark_goes_with_the_quote():
    quote = "> Kepada seluruh mahasiswa yang mengalami kendala pada sistem ini kami mohon untuk segera\nmelapor.\n> Terima kasih.\n"
    assert own_words(f"{ANSWER}\n\n{ATTRIBUTIONS[3]}\n\n{quote}") == ANSWER


@pytest.mark.parametrize(
    "mark",
    [
        "---------- Forwarded message ---------\nFrom: A <a@x.example>\nDate: Mon\nSubject: Edunex\n",
        "---------- Pesan terusan ---------\nDari: A <a@x.example>\n",
        "Begin forwarded message:\n\nFrom: A <a@x.example>\n",
        "Mulai pesan yang diteruskan:\n\nDari: A <a@x.example>\n",
        "-------- Proslijeđena poruka --------\nNaslov: Edunex\n",
        "---------- メッセージを転送 ---------\n送信元：A <a@x.example>\n",
        "Forwarded message:\n\n> From: A <a@x.example>\n",
    ],
)
def test_a_forward_is_kept_whole(mark: str):
    text = f"Mohon ditindaklanjuti.\n\n{mark}\nSaya tidak bisa masuk."
    assert own_words(text) == text


@pytest.mark.parametrize(
    "subject",
    [
        "Fwd: Edunex",
        "FW: Edunex",
        "Diteruskan: Edunex",
        "WG: Edunex",
        "TR: Edunex",
        "VL: Edunex",
        "Redir.: Edunex",
        "İLT: Edunex",
    ],
)
def test_a_forward_is_known_by_its_subject(subject: str):
    assert is_forward(subject)
    assert not is_forward(f"Re: {subject}")


@pytest.mark.parametrize(
    "named",
    [
        "Siti Aminah menulis:",
        "Pak Budi wrote:",
        '"Care Center ITB" schrieb:',
        "* Budi a écrit :",
        "王小明写道：",
    ],
)
def test_who_wrote_what_is_marked_right_below_needs_no_day(named: str):
    assert own_words(f"{ANSWER}\n\n{named}\n{QUESTIONS[0]}\n") == ANSWER
    assert own_words(f"{named}\n{QUESTIONS[0]}\n\n{ANSWER}") == ANSWER


def test_a_signature_is_cut_only_where_it_is_certain():
    assert own_words(f"{ANSWER}\n-- \nSiti Aminah\nNIM 13519001") == ANSWER
    assert own_words("Satu\n—\nDua") == "Satu\n—\nDua"
    assert own_words("-- \nSiti Aminah") == "-- \nSiti Aminah"  # never nothing


@pytest.mark.parametrize(
    "signed",
    [
        "-Siti",
        "--Siti Aminah",
        "—Siti",
        "_______________\nMilis mahasiswa mailing list\nhttps://milis.example",
    ],
)
def test_a_name_behind_a_dash_and_the_foot_of_a_mailing_list_are_no_words(signed: str):
    assert own_words(f"{ANSWER}\n\n{signed}\n\n{ATTRIBUTIONS[0]}\n\n{MARKED}") == ANSWER


def test_a_mail_that_is_all_quote_says_nothing_where_that_is_certain_and_is_shown_where_not():
    assert own_words(f"{ATTRIBUTIONS[3]}\n\n{MARKED}") == ""
    assert own_words(MARKED) == MARKED
    assert own_words(f"{BLOCKS[0]}\n{UNMARKED}") == f"{BLOCKS[0]}\n{UNMARKED}".strip()
    assert own_words(f"{BLOCKS[0]}\n{MARKED}") == f"{BLOCKS[0]}\n{MARKED}"
    assert own_words(f"{ATTRIBUTIONS[3]}\n\n{UNMARKED}") == UNMARKED.strip()
    indented = f"{ATTRIBUTIONS[3]}\n\n    Saya tidak bisa masuk.\n\n    Siti"  # Outlook's forward on a Mac
    assert own_words(indented) == indented
    assert own_words(f"{ANSWER}\n\n{indented}") == ANSWER


def test_headers_above_all_words_are_passed_on_with_them_and_end_below():
    assert own_words(f"{BLOCKS[0]}\n{ANSWER}\n\n{BLOCKS[2]}\n{UNMARKED}") == f"{BLOCKS[0]}\n{ANSWER}"


def test_headers_that_html_draws_a_line_above_are_known_in_any_language():
    html = "<p>Sudah.</p><div id='x_divRplyFwdMsg'><b>Kutoka:</b> Care Center &lt;a@itb.example&gt;<br><b>Wakati:</b> 09:12<br><b>Kuhusu:</b> Edunex</div><p>Silakan coba.</p>"
    assert own_words(html_to_text(html)) == "Sudah."


@pytest.mark.parametrize(
    "text",
    [
        "> a\n" * 100_000, "On " * 100_000, ("On Mon, x <" + "a" * 900 + "\n") * 500, "-" * 500_000, "-----\n" * 20_000, "From: x\n" * 20_000,
        "Pada " + "1 " * 200_000, ("x" * 990 + " wrote\n") * 400, "<" * 300_000, "Sent from " + "a " * 200_000,
        "On Mon, Oct 5 2026 A\n> x\n" * 5_000, "a@b.c\n" * 10_000, "x wrote:\n" * 15_000, "x\nSent from x\n> a\n" * 6_000, "Pada 1\n" * 100_000,
    ],
    ids=["quotes", "on", "wrapped", "dashes", "rules", "from", "dates", "wrote", "angles", "device", "many", "addresses", "each", "devices", "days"],
)  # fmt: skip
def test_hostile_text_is_read_in_a_moment(text: str):
    started = time.process_time()
    own_words(text)
    assert time.process_time() - started < 2
