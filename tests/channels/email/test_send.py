"""Answers leave through a relay; what goes wrong there is either surely not sent or unknown."""

import asyncio
import base64
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiosmtplib import SMTP

from channels.contract import Deferred, RefusedByProvider
from channels.email.kept_open import Connection, KeptOpen
from channels.email.message_ids import MessageIds
from channels.email.parse import parse_mail
from channels.email.send import MailSender, OutcomeUnknown
from channels.email.settings import MailboxSettings
from tests.standins.ports import free_port
from tests.standins.relay import CUT, SILENT, Relay, Stage
from tickets.message import Button, Channel, File, Outgoing, Place, Quoted

ACCOUNT = "itb/email"
ADDRESS = "carecenter@itb.example"
MESSAGE_IDS = MessageIds("a secret for tests")


def mailbox(relay: str | None, **more: Any) -> MailboxSettings:
    quick = {"connect_within": timedelta(seconds=1), "answer_within": timedelta(seconds=0.5)}
    return MailboxSettings(
        account=ACCOUNT, desk="itb", address=ADDRESS, relay=relay, **{"name": "Care Center", **quick, **more}
    )


def answer(text: str = "Sudah kami perbaiki.", *, to: str = "siti@kampus.example", **more: Any) -> Outgoing:
    place = Place(account=ACCOUNT, channel=Channel.EMAIL, address=to, thread="<first@kampus.example>")
    given: dict[str, Any] = {
        "subject": "Re: Edunex",
        "message_id": MESSAGE_IDS.of(7, "itb.example"),
        "replies_to": "<second@kampus.example>",
        "references": ("<first@kampus.example>", "<second@kampus.example>"),
    }
    return Outgoing(delivery=7, place=place, text=text, **(given | more))


async def test_an_answer_joins_the_contacts_thread_and_names_the_desk(relay: Relay):
    sent = await MailSender(mailbox(relay.url())).send(answer("Sudah kami perbaiki é."))
    (mail,) = relay.mails
    assert sent.external_ids == (MESSAGE_IDS.of(7, "itb.example"),)
    assert MESSAGE_IDS.delivery_of(sent.external_ids[0]) == 7
    assert mail.sender == ADDRESS
    assert mail.recipients == ("siti@kampus.example",)
    assert mail.message["From"] == f"Care Center <{ADDRESS}>"
    assert mail.message["Subject"] == "Re: Edunex"
    assert mail.message["Message-ID"] == sent.external_ids[0]
    assert mail.message["In-Reply-To"] == "<second@kampus.example>"
    assert mail.message["References"].split() == ["<first@kampus.example>", "<second@kampus.example>"]
    assert mail.message["Auto-Submitted"] is None
    body = mail.message.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Sudah kami perbaiki é."
    assert relay.faults == []


async def test_long_message_ids_and_many_references_stay_readable(relay: Relay):
    chain = tuple(f"<{'x' * 120}{number}@mail.prod.outlook.example>" for number in range(40))
    await MailSender(mailbox(relay.url())).send(answer(references=chain, replies_to=chain[-1]))
    raw = relay.mails[0].raw
    assert b"=?" not in raw.partition(b"\r\n\r\n")[0]
    assert relay.faults == []
    read = parse_mail(raw, account=ACCOUNT, own_addresses=frozenset({ADDRESS}))
    assert read.references == chain
    assert read.automatic  # our own address as sender: nobody answers it


async def test_an_automatic_answer_says_so(relay: Relay):
    await MailSender(mailbox(relay.url())).send(answer(automatic=True))
    assert relay.mails[0].message["Auto-Submitted"] == "auto-replied"


async def test_html_goes_beside_the_text_and_files_below(relay: Relay):
    files = (
        File(name="Surat Keterangan – é.pdf", type="application/pdf", content=b"%PDF-1.7 \x00\xff"),
        File(name="aneh\r\nX-Evil: 1", type="message/rfc822", content=b"Subject: x\n\nx"),
    )
    await MailSender(mailbox(relay.url())).send(answer(html="<p>Halo</p>", files=files))
    message = relay.mails[0].message
    body = message.get_body(("html",))
    assert body is not None
    assert body.get_content().strip() == "<p>Halo</p>"
    first, second = message.iter_attachments()
    assert first.get_filename() == "Surat Keterangan – é.pdf"
    assert first.get_content() == b"%PDF-1.7 \x00\xff"
    assert second.get_filename() == "aneh X-Evil: 1"
    assert second.get_content_type() == "application/octet-stream"
    assert relay.faults == []


async def test_words_go_as_text_and_as_html_with_what_they_answer_below(relay: Relay):
    quoted = Quoted(
        attribution="Pada Senin, 5 Oktober 2026 pukul 09.00, Siti menulis:", text="Halo <b>\n\ntolong"
    )
    text = "<script>x</script>\n\nLihat https://itb.example/?a=1&b=2."
    await MailSender(mailbox(relay.url())).send(answer(text, quoted=quoted))
    message = relay.mails[0].message
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert plain.get_content().splitlines()[-4:] == [quoted.attribution, "> Halo <b>", ">", "> tolong"]
    assert html is not None
    shown = html.get_content()
    assert '<a href="https://itb.example/?a=1&amp;b=2">' in shown
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "tolong</p></blockquote>" in shown
    read = parse_mail(relay.mails[0].raw, account=ACCOUNT, own_addresses=frozenset())
    assert read.text == text


@pytest.mark.parametrize(
    "text",
    [
        "x" * 2000,
        "保密协议" * 200,
        "é" * 300,
        ".\n..\nFrom saya\n-- \n=20 = é\t \nsudah",
        "=_\n--=_\n\x0b\x1f 😀",
    ],
    ids=[
        "one long line",
        "another script",
        "quoted",
        "what means something in a mail",
        "no lines of their own",
    ],
)
async def test_words_arrive_as_they_were_written(relay: Relay, text: str):
    await MailSender(mailbox(relay.url())).send(answer(text))
    shown = relay.mails[0].message.get_body(("plain",))
    assert shown is not None
    assert shown.get_content().replace("\r\n", "\n") == f"{text}\n"
    assert relay.faults == []


async def test_a_picture_stands_where_the_words_name_it_and_any_other_below(relay: Relay):
    png = b"\x89PNG\r\n\x1a\n"
    files = (
        File(name="layar é.png", type="image/png", content=png + b"1"),
        File(name="lain.png", type="image/png", content=png + b"2"),
        File(name="surat.pdf", type="application/pdf", content=b"%PDF-1.7"),
    )
    quoted = Quoted(attribution="Pada Senin, 5 Oktober 2026 pukul 09.00, Siti menulis:", text="[layar é.png]")
    text = "Pilih yang ini: [layar é.png]\n\nlalu [surat.pdf] dan [1]."
    await MailSender(mailbox(relay.url())).send(answer(text, files=files, quoted=quoted))
    read = parse_mail(relay.mails[0].raw, account=ACCOUNT, own_addresses=frozenset())
    placed = [file for file in read.files if file.inline_id]
    assert [file.content for file in placed] == [png + b"1"]
    assert read.html is not None
    assert read.html.count(f'<img src="cid:{placed[0].inline_id}"') == read.html.count("<img") == 1
    assert "[surat.pdf] dan [1]." in read.html
    assert read.text == text
    assert [file.name for file in read.files] == ["layar é.png", "lain.png", "surat.pdf"]
    assert relay.faults == []


async def test_copies_go_to_whom_the_relay_takes_and_never_hold_up_the_contact_s_mail(relay: Relay):
    copies = ("dosen@kampus.example", "bukan alamat", "x@y.example\r\nBcc: z@y.example")
    await MailSender(mailbox(relay.url())).send(answer(copies=copies))
    assert relay.mails[0].recipients == ("siti@kampus.example", "dosen@kampus.example")
    assert relay.mails[0].message["Cc"] == "dosen@kampus.example"
    assert relay.faults == []


async def test_a_plus_address_says_which_mail_is_answered_or_came_back(relay: Relay):
    await MailSender(mailbox(relay.url(), plus_addresses=True)).send(answer())
    sent, own = relay.mails[0], MESSAGE_IDS.of(7, "itb.example")
    marked = sent.message["Reply-To"].addresses[0].addr_spec
    assert sent.sender == marked
    assert sent.message["From"].addresses[0].addr_spec == ADDRESS
    head = f"To: Care Center <{marked}>, <lain+7@itb.example>\r\nMessage-ID: <x@kampus.example>\r\n"
    for raw, sender in [
        (f"From: siti@kampus.example\r\nSubject: Lagi\r\n{head}\r\nMasih.", "siti@kampus.example"),
        (f"From: MAILER-DAEMON@kampus.example\r\nSubject: Undelivered mail\r\n{head}\r\nUser unknown.", ""),
    ]:
        read = parse_mail(raw.encode(), account=ACCOUNT, own_addresses={ADDRESS}, envelope_from=sender)
        assert read.references == (own,) or read.returned.message_id == own
        assert MESSAGE_IDS.among(read.references) == {own: 7}
        assert read.participants == ("lain+7@itb.example",)
    assert relay.faults == []


async def test_a_long_address_has_no_room_for_a_mark_and_goes_without(relay: Relay):
    address = f"{'panjang' * 5}@itb.example"
    settings = replace(mailbox(relay.url(), plus_addresses=True), address=address)
    await MailSender(settings).send(answer())
    assert relay.mails[0].sender == address


async def test_a_picture_is_shown_below_the_words_and_can_be_saved(relay: Relay):
    picture = File(name="layar.png", type="image/png", content=b"\x89PNG\r\n")
    await MailSender(mailbox(relay.url())).send(answer(files=(picture,)))
    *_, part = relay.mails[0].message.walk()
    assert (part.get_content_disposition(), part.get_filename()) == ("inline", "layar.png")
    read = parse_mail(relay.mails[0].raw, account=ACCOUNT, own_addresses=frozenset())
    assert [(file.name, file.content) for file in read.files] == [("layar.png", b"\x89PNG\r\n")]


async def test_buttons_become_words(relay: Relay):
    buttons = ((Button(label="Ya", data="y"), Button(label="Tidak", data="n")),)
    await MailSender(mailbox(relay.url())).send(answer("Apakah sudah terbantu?", buttons=buttons))
    body = relay.mails[0].message.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == [
        "Apakah sudah terbantu?",
        "",
        "Balas email ini dengan / Reply to this email with: Ya / Tidak",
    ]


@pytest.mark.parametrize(
    "subject",
    [
        "Halo\r\nBcc: all@kampus.example",
        "Halo\nBcc: x",
        "Halo\rBcc: x",
        "Halo\u2028Bcc: x\x00",
        "é" * 300,
        "x" * 1_010,
    ],
)
async def test_nothing_in_a_subject_or_a_name_becomes_a_header(relay: Relay, subject: str):
    settings = mailbox(relay.url(), name='Unit "A"\r\nBcc: x@y.example')
    await MailSender(settings).send(
        answer(subject=subject, replies_to="<a@b>\r\nBcc: x", references=("x\r\nBcc: y",))
    )
    message = relay.mails[0].message
    assert message["Bcc"] is None
    assert message["From"].addresses[0].addr_spec == ADDRESS
    assert relay.faults == []
    if subject.isalpha():
        assert message["Subject"] == subject


async def test_dots_and_strange_line_ends_arrive_as_they_were_meant(relay: Relay):
    text = ".satu\r\n..dua\rtiga\n\n.\nakhir 🙂 " + "panjang " * 400
    await MailSender(mailbox(relay.url())).send(answer(text))
    assert relay.faults == []
    read = parse_mail(relay.mails[0].raw, account=ACCOUNT, own_addresses=frozenset())
    assert read.text == text.replace("\r\n", "\n").replace("\r", "\n").strip()


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("code", ["421", "451"])
async def test_a_relay_that_asks_to_wait_defers_the_mail(relay: Relay, stage: Stage, code: str):
    relay.login = ("user", "pass word/1")
    relay.answers[stage] = (
        f"{code} 4.3.2 Not now\r\n" if stage is not Stage.END else f"{code} 4.7.1 Greylisted"
    )
    relay.answers[stage] = relay.answers[stage].strip()
    with pytest.raises(Deferred):
        await MailSender(mailbox(relay.url(credentials="user:pass%20word%2F1@"))).send(answer())
    assert relay.mails == []


@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.END])
async def test_a_relay_that_refuses_says_why_in_one_short_line(relay: Relay, stage: Stage):
    relay.answers[stage] = f"550-5.1.1 No such\x07 user here\r\n550 5.1.1 {'x' * 500}"
    with pytest.raises(RefusedByProvider) as refused:
        await MailSender(mailbox(relay.url())).send(answer())
    assert refused.value.code == "550"
    assert not refused.value.account_broken
    assert "No such user here" in refused.value.reason
    assert len(refused.value.reason) <= 200
    assert refused.value.reason.isprintable()


@pytest.mark.parametrize("stage", [Stage.CONNECT, Stage.HELLO, Stage.MAIL, Stage.RCPT])
@pytest.mark.parametrize("how", [CUT, SILENT])
async def test_what_breaks_before_the_mail_is_handed_over_was_surely_not_sent(
    relay: Relay, stage: Stage, how: str
):
    relay.answers[stage] = how
    with pytest.raises(Deferred):
        await MailSender(mailbox(relay.url(), connect_within=timedelta(seconds=0.3))).send(answer())
    assert relay.handed_over == 0


@pytest.mark.parametrize("how", [CUT, SILENT])
async def test_a_silence_after_the_mail_was_handed_over_is_an_unknown_outcome(relay: Relay, how: str):
    relay.answers[Stage.END] = how
    with pytest.raises(OutcomeUnknown):
        await MailSender(mailbox(relay.url())).send(answer())
    assert relay.handed_over == 1


async def test_mails_of_the_same_moments_go_by_one_connection_and_each_fares_for_itself(relay: Relay):
    sender = MailSender(mailbox(relay.url()))
    for number in range(3):
        await sender.send(answer(f"Jawaban {number}"))
    assert relay.greeted == 1
    relay.answers[Stage.RCPT] = "550 5.1.1 No such user here"
    with pytest.raises(RefusedByProvider):
        await sender.send(answer())
    del relay.answers[Stage.RCPT]
    await asyncio.gather(*(sender.send(answer(f"Jawaban {number}")) for number in range(3, 9)))
    read = [parse_mail(mail.raw, account=ACCOUNT, own_addresses=frozenset()).text for mail in relay.mails]
    assert sorted(read) == [f"Jawaban {number}" for number in range(9)]
    await sender.aclose()
    await relay.hang_up()  # which waits for those that said goodbye
    assert relay.faults == []


@pytest.mark.parametrize("words", ["", "421 4.4.2 Idle for too long\r\n"])
async def test_a_relay_that_ended_the_connection_meanwhile_gets_the_next_mail_by_a_new_one(
    relay: Relay, words: str
):
    sender = MailSender(mailbox(relay.url()))
    await sender.send(answer())
    await relay.hang_up(words)
    await sender.send(answer())
    assert (relay.greeted, relay.handed_over, len(relay.mails)) == (2, 2, 2)


@pytest.mark.parametrize("how", [CUT, SILENT])
async def test_a_kept_connection_that_falls_silent_after_the_mail_is_an_unknown_outcome_as_well(
    relay: Relay, how: str
):
    sender = MailSender(mailbox(relay.url()))
    await sender.send(answer())
    relay.answers[Stage.END] = how
    with pytest.raises(OutcomeUnknown):
        await sender.send(answer())
    assert (relay.greeted, relay.handed_over) == (1, 2)


async def test_a_connection_that_nothing_leaves_by_is_given_up(relay: Relay):
    kept = KeptOpen(seconds=0.01)
    client = SMTP(hostname="127.0.0.1", port=relay.port)
    await client.connect()
    kept.keep(Connection(client=client))
    await asyncio.gather(*relay.talks)
    assert kept.take() is None


async def test_a_relay_that_is_not_there_defers():
    with pytest.raises(Deferred):
        await MailSender(mailbox(f"smtp://127.0.0.1:{free_port()}")).send(answer())
    with pytest.raises(Deferred):
        await MailSender(mailbox("smtp://relay.does-not-exist.invalid")).send(answer())


async def test_a_wrong_password_breaks_the_account_and_a_right_one_sends(relay: Relay):
    relay.login = ("user", "right")
    with pytest.raises(RefusedByProvider) as refused:
        await MailSender(mailbox(relay.url(credentials="user:wrong@"))).send(answer())
    assert refused.value.account_broken
    assert "wrong" not in str(refused.value)
    await MailSender(mailbox(relay.url(credentials="user:right@"))).send(answer())
    assert len(relay.mails) == 1
    assert relay.faults == []


async def test_a_relay_without_encryption_is_never_given_the_mail_in_the_clear(relay: Relay):
    with pytest.raises(RefusedByProvider) as refused:
        await MailSender(mailbox(relay.url("smtp+starttls"))).send(answer())
    assert refused.value.account_broken
    assert relay.handed_over == 0


async def test_a_mailbox_without_a_relay_cannot_send():
    with pytest.raises(RefusedByProvider, match="no relay") as refused:
        await MailSender(mailbox(None)).send(answer())
    assert refused.value.account_broken


@pytest.mark.parametrize(
    "to", ["nobody", "a@b.example>\r\nRCPT TO:<c@d.example", "unknown@sender.invalid", ""]
)
async def test_what_is_no_address_is_refused_without_asking_the_relay(relay: Relay, to: str):
    with pytest.raises(RefusedByProvider):
        await MailSender(mailbox(relay.url())).send(answer(to=to))
    assert relay.handed_over == 0


def test_a_mailboxs_secrets_are_not_printed():
    secret = base64.b64encode(b"x").decode()
    settings = mailbox(f"smtp://user:{secret}@host", imap=f"imaps://user:{secret}@host/INBOX")
    assert secret not in repr(settings)
    assert secret not in repr(settings.relay_server)
    with pytest.raises(ValueError, match="relay") as wrong:
        mailbox(f"http://user:{secret}@host")
    assert secret not in str(wrong.value)
