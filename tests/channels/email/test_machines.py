"""Mail that machines write: what came back, and what answers by itself. A person who writes alike stays a person."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.email.parse import parse_mail
from channels.email.responders import AWAY, GATEKEEPER, RECEIVED, SAYS_SO, WANTS
from tests.channels.email.mails import OURS, mail
from tickets.message import Returned, Said

DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.example>"


def read(raw: bytes, **more: Any) -> Said:
    return parse_mail(raw, account="itb/email", own_addresses=frozenset({OURS}), **more)


def report(
    action: str, *, status: str = "5.1.1", subject: str = "Undelivered Mail Returned to Sender"
) -> bytes:
    body = (
        "--x\n\nYour message to siti@kampus.example: see below.\n--x\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; Siti@kampus.example\nAction: {action}\nStatus: {status}\n"
        "--x\nContent-Type: text/rfc822-headers\n\nSubject: Re: Edunex\nMessage-ID: <ours@itb.example>\n\n--x--"
    )
    kind = 'multipart/report; report-type=delivery-status; boundary="x"'
    return mail(body, From=DAEMON, Subject=subject, content_type=kind)


def test_a_report_says_what_came_back_for_whom_and_why():
    said = read(report("failed"))
    assert said.bounce
    assert said.automatic
    assert said.returned == Returned(
        message_id="<ours@itb.example>", recipient="siti@kampus.example", status="5.1.1", final=True
    )


def test_a_report_of_a_delay_is_not_the_end():
    returned = read(report("delayed", status="4.4.1", subject="Delayed Mail (still being retried)")).returned
    assert returned is not None
    assert not returned.final


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_a_report_that_it_arrived_is_no_bounce(action: str):
    said = read(report(action, status="2.0.0", subject="Successful Mail Delivery Report"))
    assert not said.bounce
    assert said.automatic


PROSE = [
    (DAEMON, "failure notice", "Hi. This is the qmail-send program at mx.example.\n<siti@kampus.example>:\nNo such user here."),
    (DAEMON, "Mail delivery failed: returning message to sender", "siti@kampus.example\n  all hosts have been failing for a long time"),
    ("Postmaster <postmaster@mx.example>", "Undeliverable: Edunex", "550 5.1.1 User unknown"),
    ("postmaster@mx.example", "Tidak terkirim: Edunex", "Pesan Anda tidak dapat dikirim ke siti@kampus.example"),
    ("MAILER-DAEMON@mx.example", "Unzustellbar: Edunex", "Die Mail an siti@kampus.example konnte nicht zugestellt werden."),
    ("MAILER-DAEMON@mx.example", "Non remis : Edunex", "Votre message n'a pas pu être remis à siti@kampus.example."),
    ("postmaster@mx.example", "配信不能: Edunex", "siti@kampus.example へ配信できませんでした。550 5.1.1"),
    ("postmaster@mx.example", "系统退信", "siti@kampus.example 无法投递"),
    ("postmaster@mx.example", "Thư của bạn không gửi được", "Không thể gửi thư đến siti@kampus.example"),
    ("postmaster@mx.example", "Nie można dostarczyć: Edunex", "Wiadomość do siti@kampus.example nie została dostarczona."),
    ("postmaster@mx.example", "Niet te bezorgen: Edunex", "De bezorging is mislukt: siti@kampus.example"),
    ("postmaster@mx.example", "Не удалось доставить: Edunex", "Сбой доставки: siti@kampus.example"),
    ("Outlook <MicrosoftExchange329e71ec88ae4615@mx.example>", "Tidak terkirim: Edunex", "Pengiriman telah gagal: siti@kampus.example"),
    ("Mail Gateway <gw@mx.example>", "Your message was rejected", "Your message to siti@kampus.example was rejected: too big."),
    ("<>", "Edunex", "You sent mail to siti@kampus.example. That is not a valid user here."),
    ('"" (Mail Delivery System)', "Edunex", "siti@kampus.example: mailbox full. The message has been returned."),
    ("MDaemon@mx.example", "Warning: siti@kampus.example - User unknown!", "There is no user by that name at this server."),
    ("MAILER-DAEMON@mx.example", "", "I wasn't able to deliver the message to siti@kampus.example. I have given up.\n---Below this line is a copy of the message."),
    ("gateway@mx.example", "Mail could not be delivered", "The following message could not be delivered:\n<siti@kampus.example>: unknown user."),
    ("filter@mx.example", "Delivery failure notification", "Your message with the subject Edunex\ncould not be delivered to siti@kampus.example."),
    ("no-reply@mx.example", "メールエラー通知", "siti@kampus.example は不明なため、送信できませんでした。"),
    ("no-reply@aws.example", "Notification", '{"notificationType":"Bounce","bounce":{"bouncedRecipients":[{"emailAddress":"siti@kampus.example","status":"5.1.1"}]}}'),
]  # fmt: skip


@pytest.mark.parametrize(("sender", "subject", "body"), PROSE)
def test_a_bounce_in_prose_is_known_by_who_speaks_and_what_is_said(sender: str, subject: str, body: str):
    said = read(mail(body, From=sender, Subject=subject))
    assert said.bounce
    assert said.returned is not None
    if "siti@" in body:
        assert said.returned.recipient == "siti@kampus.example"


def test_the_mail_that_came_back_is_found_in_prose_too():
    copy = "--- Below this line is a copy of the message.\n\nReceived: from a by b\nMessage-Id: <ours@itb.example>\nSubject: x\n"
    said = read(mail(f"No such user.\n\n{copy}", From=DAEMON, Subject="failure notice"))
    assert said.returned is not None
    assert said.returned.message_id == "<ours@itb.example>"


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Fwd: Undelivered Mail Returned to Sender", "Pak, email saya kembali terus: 550 5.1.1 User unknown. Mohon dibantu."),
        ("Email saya tidak terkirim", 'Saya mendapat pesan "Delivery failed", mengapa ya?'),
        ("User unknown", "Setiap masuk Edunex muncul tulisan user unknown."),
        ("Delivery Status Notification", "Saya terima ini, apakah berbahaya?"),
        ("Fwd: Delivery failure", "The following message could not be delivered:\n<siti@kampus.example>: unknown user."),
        ("Undelivered mail", "I get this all day long. Your message could not be delivered to dosen@kampus.example."),
        ("Email gagal kirim ke mahasiswa", "Mohon bantuan: email server kami ditolak, 550 5.7.1 blocked. User unknown pun ada."),
    ],
)  # fmt: skip
def test_a_person_who_asks_about_a_bounce_is_a_person(subject: str, body: str):
    senders = ["Siti <siti@kampus.example>", "siti@kampus.example"]
    if "ohon" in body:
        senders.append("postmaster@kampus.example")  # a server's address, and of the person who runs it
    for sender in senders:
        said = read(mail(body, Subject=subject, From=sender))
        assert not said.bounce
        assert not said.automatic


def test_a_person_who_passes_on_a_bounce_with_its_parts_is_a_person():
    parts = report("failed").decode().partition("\r\n\r\n")[2]
    said = read(mail(parts, Subject="Fwd: Undelivered Mail", content_type='multipart/mixed; boundary="x"'))
    assert not said.bounce
    assert not said.automatic


def test_a_gatekeeper_s_report_is_no_bounce():
    raw = report("failed", status="4.7.0", subject="Re: Edunex").replace(
        b"see below.", b"Click below to have your address added to my approved senders list."
    )
    said = read(raw.replace(DAEMON.encode(), b"noreply@gate.example"))
    assert not said.bounce
    assert said.automatic


def receipt(text: str, *, subject: str) -> bytes:
    body = (
        f"--x\n\n{text}\n--x\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; siti@kampus.example\n"
        "Original-Message-ID: <ours@itb.example>\nDisposition: automatic-action/MDN-sent-automatically; deleted\n\n--x--"
    )
    kind = 'multipart/report; report-type=disposition-notification; boundary="x"'
    return mail(body, From="Siti <siti@kampus.example>", Subject=subject, content_type=kind)


def test_a_receipt_is_automatic_and_a_rejection_in_its_form_is_a_bounce():
    read_or_deleted = read(
        receipt("Your message was deleted without being read.", subject="Not read: Edunex")
    )
    assert read_or_deleted.automatic
    assert not read_or_deleted.bounce
    rejected = read(
        receipt("Your message was rejected: Quota exceeded", subject="Automatically rejected mail")
    )
    assert rejected.returned is not None
    assert rejected.returned.message_id == "<ours@itb.example>"
    assert rejected.returned.recipient == "siti@kampus.example"


def test_what_came_back_is_known_by_what_the_report_answers_where_nothing_else_names_it():
    said = read(
        mail("No such user.", From=DAEMON, Subject="failure notice", in_reply_to="<ours@itb.example>")
    )
    assert said.returned is not None
    assert said.returned.message_id == "<ours@itb.example>"


def test_a_mail_with_a_bounce_attached_is_a_person_s():
    body = f"--y\n\nIni yang saya terima.\n--y\nContent-Type: message/rfc822\n\n{report('failed').decode()}\n--y--"
    said = read(mail(body, content_type='multipart/mixed; boundary="y"'))
    assert not said.bounce
    assert not said.automatic


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Edunex", "Auto: Out of Office", "Auto-Reply: Edunex", "Out of office", "Out of Office: Edunex", "Balasan otomatis: Edunex",
        "Jawaban otomatis", "Sedang cuti", "Away until October 12", "Automatische Antwort: Edunex", "Abwesenheitsnotiz", "Réponse automatique : Edunex",
        "Respuesta automática: Edunex", "Risposta automatica", "Automatisch antwoord", "Autosvar: Edunex", "自動返信: Edunex", "自动回复: Edunex", "Автоматический ответ: Edunex",
        "[Automatyczna odpowiedź] Edunex", "Otomatik yanıt: Edunex", "Automatická odpověď: Edunex", "Trả lời tự động: Edunex", "ตอบกลับอัตโนมัติ: Edunex",
        "رد تلقائي: Edunex", "자동 회신: Edunex", "Automatikus válasz: Edunex", "Balasan automatik: Edunex", "Abwesenheit bis 12.10.", "Sedang cuti sampai 12 Oktober",
        "[AUTO GENERATED] Edunex", "AUTO: Siti is out of the office (returning 12/10)", "Siti Aminah is out of the office.", "Edunex (Automatic Response)",
        "Feedback report for IP 192.0.2.1",
    ],
)  # fmt: skip
def test_a_responder_is_known_by_its_subject(subject: str):
    assert read(mail("Saya kembali hari Senin.", Subject=subject)).automatic
    answer = f"Re: {subject}"  # a person's
    assert "(Auto" in subject or "report" in subject or not read(mail("Saya baca.", Subject=answer)).automatic


@pytest.mark.parametrize(
    "subject",
    [
        "Out of office form", "Balasan otomatis tidak jalan", "Automatic reply settings", "Cuti akademik", "Sedang cuti akademik, bagaimana Edunex saya?",
        "Absent students of IF2110", "Away match", "Auto reply untuk mahasiswa", "Who signs while the lecturer is out of the office", "OOO course", "Otomatis keluar",
        "My lecturer is on leave", "Holiday schedule", "Abwesenheit im Kurs", "Complaint about Edunex",
    ],
)  # fmt: skip
def test_a_subject_that_speaks_of_such_things_is_a_person_s(subject: str):
    assert not read(mail("Mohon dibantu.", Subject=subject)).automatic


def test_a_bare_subject_is_a_responder_s_unless_somebody_asks_below_it():
    assert read(mail("Saya kembali hari Senin.", Subject="Sedang cuti")).automatic
    assert not read(mail("Saya sedang cuti, apakah akun saya tetap aktif?", Subject="Sedang cuti")).automatic


@pytest.mark.parametrize(
    "header",
    [
        {"Auto-Submitted": "auto-replied"}, {"X-Autoreply": "yes"}, {"X-Auto-Response-Suppress": "All"}, {"Precedence": "auto_reply"},
        {"X-Apple-Action": "VACATION"}, {"List-Unsubscribe": "<mailto:x@y.example>"}, {"Return-Path": "<>"}, {"Preference": "bulk"},
        {"X-Loop": "yes"}, {"List-Post": "<mailto:x@y.example>"}, {"From": "Toko <no-reply@toko.example>"}, {"From": "news-noreply@toko.example"},
        {"From": "noreply@toko.example", "Reply-To": "noreply@toko.example"}, {"From": "x-bounces@list.example"},
    ],
)  # fmt: skip
def test_a_machine_is_known_by_its_headers(header: dict[str, str]):
    assert read(mail("Halo", **header)).automatic


@pytest.mark.parametrize(
    "header",
    [
        {"Auto-Submitted": "no"}, {"X-Autoreply": "no"}, {"Feedback-ID": "a:b:foxmail"}, {"X-Auto-Response-Suppress": "DR, RN, NRN"},
        {"From": "Formulir <noreply@itb.example>", "Reply-To": "siti@kampus.example"}, {"Return-Path": "<siti@kampus.example>"},
    ],
)  # fmt: skip
def test_a_header_that_people_s_mail_has_too_makes_no_machine(header: dict[str, str]):
    assert not read(mail("Halo", **header)).automatic


@pytest.mark.parametrize(
    "body",
    [
        "This is an automated response. We have received your message.",
        "Email ini dikirim secara otomatis, mohon tidak membalas.",
        "I am out of the office until October 12 and will reply upon my return.",
        "Saya sedang cuti sampai 12 Oktober dan akan membalas setelah kembali.",
        "Ich bin bis zum 12. Oktober nicht im Haus.",
        "Je serai absent jusqu'au 12 octobre.",
        "Jestem na urlopie, wrócę 12 października.",
        "Halo,\n\nTiket Anda telah dibuat. Nomor tiket adalah #2041.",
        "Your request has been received. Your reference is SR-2041.",
        "Please follow the link to ensure delivery of your message.",
    ],
)
def test_a_responder_is_known_by_its_first_words(body: str):
    assert read(mail(body)).automatic


@pytest.mark.parametrize(
    "body",
    [
        "Saya sedang cuti akademik, bagaimana cara aktif kembali di Edunex? " + "Mohon penjelasannya. " * 60,
        "> This is an automated response.\n\nMengapa saya mendapat ini?",
        "Tolong aktifkan balasan otomatis untuk akun saya.",
        "The page says: out of office hours. Why?",
        "I am on leave until Monday, could you please extend my account?",
        'Saya dapat email "This is an automated message", apakah benar dari ITB?',
        "I received an automatically generated message about my account.",
        "Permintaan Bapak telah kami terima, besok kami kerjakan.",
        "My request has been received only today, please check. Its number is 2041.",
        "My account is not yet verified and my address is on no allowed list.",
    ],
)
def test_a_person_who_speaks_of_such_things_is_a_person(body: str):
    assert not read(mail(body)).automatic


GROUP = {
    "Precedence": "list",
    "Mailing-list": f"list {OURS}; contact owners",
    "List-ID": f"<{OURS.replace('@', '.')}>",
    "List-Unsubscribe": "<mailto:leave@groups.example>",
    "X-Spam-Checked-In-Group": OURS,
}


def test_who_writes_through_a_group_that_is_the_desk_s_address_is_a_person():
    said = read(mail("Sandi saya lupa.", From="Siti <siti@kampus.example>", **GROUP))
    assert not said.automatic
    assert read(
        mail("Saya cuti.", From="siti@kampus.example", **{**GROUP, "Auto-Submitted": "auto-replied"})
    ).automatic
    elsewhere = {
        **GROUP,
        "Mailing-list": "list dosen@kampus.example",
        "X-Spam-Checked-In-Group": "dosen@kampus.example",
    }
    assert read(
        mail("Undangan.", From="siti@kampus.example", **{**elsewhere, "List-ID": "<dosen.kampus.example>"})
    ).automatic


def test_a_group_that_puts_itself_into_from_keeps_who_wrote():
    via = {
        **GROUP,
        "From": f"'Siti' via Care Center <{OURS}>",
        "X-Original-From": "Siti <Siti@kampus.example>",
    }
    said = read(mail("Sandi saya lupa.", **via))
    assert (said.sender.address, said.sender.name, said.automatic) == ("siti@kampus.example", "Siti", False)
    forged = {name: value for name, value in via.items() if name in {"From", "X-Original-From"}}
    assert read(mail("Sandi saya lupa.", **forged)).sender.address == OURS


@settings(max_examples=10, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("wordings", [SAYS_SO, GATEKEEPER, RECEIVED, AWAY, WANTS])
def test_no_sentence_of_a_machine_is_without_the_words_by_which_it_is_looked_for(
    wordings, data: st.DataObject
):
    assert wordings.may_be_in(data.draw(st.from_regex(wordings.sentences)))
