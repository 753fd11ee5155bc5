"""Mail that machines write: what came back, and what answers by itself. A person who writes alike stays a person."""

from typing import Any

import pytest

from channels.email.parse import parse_mail
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
    ],
)  # fmt: skip
def test_a_person_who_asks_about_a_bounce_is_a_person(subject: str, body: str):
    said = read(mail(body, Subject=subject))
    assert not said.bounce
    assert not said.automatic


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
    ],
)  # fmt: skip
def test_a_responder_is_known_by_its_subject(subject: str):
    assert read(mail("Saya kembali hari Senin.", Subject=subject)).automatic
    assert not read(
        mail("Saya kembali hari Senin.", Subject=f"Re: {subject}")
    ).automatic  # a person answers it


@pytest.mark.parametrize(
    "header",
    [
        {"Auto-Submitted": "auto-replied"}, {"X-Autoreply": "yes"}, {"X-Auto-Response-Suppress": "All"}, {"Precedence": "auto_reply"},
        {"X-Apple-Action": "VACATION"}, {"List-Unsubscribe": "<mailto:x@y.example>"}, {"Return-Path": "<>"}, {"Preference": "bulk"},
    ],
)  # fmt: skip
def test_a_machine_is_known_by_its_headers(header: dict[str, str]):
    assert read(mail("Halo", **header)).automatic


@pytest.mark.parametrize(
    "body",
    [
        "This is an automated response. We have received your message.",
        "Email ini dikirim secara otomatis, mohon tidak membalas.",
        "I am out of the office until October 12 and will reply upon my return.",
        "Saya sedang cuti sampai 12 Oktober dan akan membalas setelah kembali.",
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
    ],
)
def test_a_person_who_speaks_of_such_things_is_a_person(body: str):
    assert not read(mail(body)).automatic
