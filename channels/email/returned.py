"""Mail that came back: a mail server tells that something of ours did not arrive, or not yet.

Standard reports (RFC 3464) say so by their structure. Many servers write prose instead; they are known by who speaks
(a mailer daemon, or nobody at all) together with what is said, in the languages in which servers speak. One sign alone
is never enough, so that a person who forwards such a mail, or asks about one, stays a person.
"""

import re
from collections.abc import Iterator
from email.message import Message
from typing import Any

from channels.email.headers import Headers, addresses, first, own_message_id, text_of
from tickets.message import Returned

_READ = 20_000  # characters of prose that are read
_DEEPEST = 3  # a report within a forwarded mail is somebody else's
_ARRIVED = frozenset({"delivered", "relayed", "expanded"})

_DAEMONS = re.compile(
    r"(?:(?:[\w.-]*[._-])?mail(?:er)?[._-]?(?:daemon|delivery|system)(?:[._-][\w.-]*)?|po+st[._-]?master|daemon|bounces?)",
    re.IGNORECASE,
)
_DAEMON_NAMES = re.compile(
    r"mail(?:er)?[ _-]?(?:daemon|deliver|administrator)|(?:mail|mail delivery|delivery) (?:sub)?system|postmaster|ndr administrator"
    r"|system administrator|mail ?server|メール.{0,10}システム|メールサーバ",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver|un-?deliverable|not (?:be )?deliver|non[- ]?deliver|deliver\w*.{0,12}(?:fail|error|problem|report|status|notif|delay|unsuccess)"
    r"|fail\w*.{0,12}deliver|return(?:ed|ing)?.{0,12}(?:mail|message|sender|to you)|(?:mail|message).{0,20}(?:return|reject|bounc|failed)"
    r"|fail(?:ure|ed) (?:notice|mail|message|to send)|mail ?(?:system|delivery|er)? ?error|error.{0,20}send|delayed mail|warning: (?:message|could not)|still being retried"
    r"|nondeliverable|user unknown|bounce|rejected|blocked|could not send|cannot send|unable to send"
    # German, French, Spanish, Italian, Portuguese, Dutch
    r"|unzustell|nicht zugestellt|zustellung|unzustellbarkeit|non remis|non distribu|chec de (?:la )?(?:remise|livraison|distribution)|non d[ée]livr"
    r"|no se (?:ha |pudo |puede )?(?:podido )?entreg|no entregado|devuelto|error de entrega|no se pudo enviar|mancata consegna|mancato recapito|non recapitat|non consegn"
    r"|n[ãa]o (?:foi )?entreg|devolvid|falha (?:na|de) entrega|n[ãa]o p[ôo]de ser entregue|onbestelbaar|niet (?:bezorgd|afgeleverd)|aflevering"
    # Indonesian, Malay
    r"|tidak terkirim|gagal (?:ter)?kirim|pengiriman (?:gagal|tertunda)|tidak dapat dikirim|tidak sampai|dikembalikan kepada pengirim|penghantaran gagal"
    # Nordic, Polish, Czech, Turkish, Russian
    r"|olevere|inte levereras|ikke levere|ulevert|perille toimittamaton|toimitus|niedostarcz|nie można dostarczyć|zwrot|nedoruč|iletilemedi|teslim edilemedi"
    r"|не доставлен|недоставлен|не удалось доставить|возвращ|невозможно доставить"
    # Japanese, Chinese, Korean
    r"|配信(?:できません|不能|エラー|失敗)|送信(?:できません|エラー)|届けられ|配達|戻り|返送|不達|退信|无法投递|未送达|未送達|無法(?:傳遞|投遞)|投递失败|반송|배달(?:되지|실패)|전송 ?실패",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:could|can|was|were|has|have|is|are|will)(?: ?not|n't) (?:be |been )?(?:deliver|reach|sent|relay|accept|process|transmit)|unable to (?:deliver|send|relay|route)|not (?:able to|possible to) (?:deliver|be deliver)"
    r"|deliver\w*.{0,40}(?:fail|error|problem|delay|impossible|expired|suspended|abort|unsuccess)|fail\w*.{0,40}(?:deliver|recipient|address)|undeliver"
    r"|(?:user|recipient|mailbox|address|account|host|domain|mail ?box|name)(?: \S{1,60})? (?:is |was )?(?:unknown|not found|does ?n[o']t exist|disabled|unavailable|invalid|over ?quota|full|rejected|suspended|inactive)"
    r"|(?:unknown|no such|invalid|bad) (?:local )?(?:user|recipient|mailbox|address|host|domain|account|destination)|(?:quota|size|hop count) (?:is )?exceed|exceed\w* (?:.{0,30})?(?:quota|storage|limit|hop)"
    r"|return(?:ed|ing)? (?:.{0,30})?(?:message|mail|sender|copy)|message (?:.{0,40})?(?:reject|bounc|refus|return|undeliver)|permanent(?:ly)? (?:fatal )?(?:error|failure)|qmail-send|transcript of session|(?:being|be) retried"
    r"|sorry,? i (?:couldn't|wasn't able)|remote (?:host|server|mail server) (?:said|respond)|giving up|timed? ?out|connection refused"
    r"|\b[45]\d\d[ -]#?[45]\.\d\.\d|\(#?5\.\d\.\d\)|\b(?:status|dsn|error)[ =:]+[45]\.\d\.\d|\bRCPT TO\b|<<< ?[45]\d\d|\b55[0-9][ -]\S|\b(?:smtp|error).{0,30}\b5[0-9]{2}\b"
    r"|konnte nicht|unzustellbar|nicht zugestellt|n'a pas pu|n'ont pas|impossible de|no se pudo|no ha sido|non [èe] stato|impossibile|n[ãa]o (?:p[ôo]de|foi)|kon niet"
    r"|tidak dapat (?:dikirim|terkirim)|gagal dikirim|tidak ditemukan|不明|ありません|できません|エラー|失敗|無法|无法|退回|не (?:может|удалось|найден|был)|반송",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"delay|still being retried|tertunda|warning: (?:message|could not)|will be retried|will (?:continue|keep) (?:to )?try|not been delivered yet|verzögert|retard",
    re.IGNORECASE,
)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_MESSAGE_ID = re.compile(r"^[> \t]*Message-I[Dd]:[ \t]*(<[^<>\s]{1,800}>)", re.MULTILINE | re.IGNORECASE)
_TRANSPORT = re.compile(r"^[> \t]*(?:Received|Return-Path|Message-I[Dd]): ?\S", re.MULTILINE | re.IGNORECASE)
_RECIPIENT = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,100}(?:\.[\w-]{1,100})*")


def returned(
    message: Message, headers: Headers, *, text: str, sender: str, envelope_from: str | None
) -> Returned | None:
    """Return what a mail server says of a mail that did not arrive; None for anything else. Never raises."""
    parts = list(_parts(message))
    reports = [_fields(part) for part in parts if part.get_content_type() in _REPORTS]
    groups = [group for report in reports for group in report if group]
    actions = {group.get("action", "").lower() for group in groups} - {""}
    if actions and actions <= _ARRIVED:
        return None  # it did arrive
    kind = first(headers, "content-type").lower()
    if "disposition-notification" in kind or "feedback-report" in kind:
        return None  # somebody read it, or complained of it
    prose = text[:_READ]
    standard = bool(groups) or ("multipart/report" in kind and "delivery-status" in kind)
    if not standard and not _in_prose(headers, parts, prose, sender=sender, envelope_from=envelope_from):
        return None
    later = actions == {"delayed"} if actions else _LATER.search(f"{_subject(headers)}\n{prose[:3000]}")
    return Returned(
        message_id=_returned_id(parts, prose),
        recipient=_recipient(headers, groups, prose),
        status=_status(groups, prose),
        final=not later,
    )


_REPORTS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_COPIES = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})


def _in_prose(
    headers: Headers, parts: list[Message], prose: str, *, sender: str, envelope_from: str | None
) -> bool:
    if first(headers, "x-failed-recipients").strip():
        return True
    names = [text_of(first(headers, "from")), first(headers, "from").partition("@")[0].strip(" <\"'")]
    daemon = bool(_DAEMONS.fullmatch(sender.partition("@")[0])) or any(
        _DAEMON_NAMES.search(name) or _DAEMONS.fullmatch(name) for name in names if name
    )
    null = (envelope_from is not None and envelope_from.strip() in {"", "<>"}) or any(
        each.strip() in {"", "<>"} for each in headers.get("return-path", ())
    )
    copied = any(part.get_content_type() in _COPIES for part in parts) or len(_TRANSPORT.findall(prose)) > 1
    subject = bool(_SUBJECT.search(_subject(headers)))
    told = len(set(_BODY.findall(prose)))
    if daemon:
        return subject or null or told > 1 or (told == 1 and copied)
    return null and told > 0 and (subject or copied)


def _subject(headers: Headers) -> str:
    return text_of(first(headers, "subject"))[:500]


def _parts(message: Message, depth: int = 0) -> Iterator[Message]:
    """Yield the parts of a mail, not those of the mails within it."""
    yield message
    if depth >= _DEEPEST or not message.get_content_type().startswith("multipart/"):
        return
    payload: Any = message.get_payload()
    if isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)


def _fields(report: Message) -> list[dict[str, str]]:
    """Return the groups of fields of a delivery report; the parser has made a message of each."""
    payload: Any = report.get_payload()
    groups = payload if isinstance(payload, list) else []
    return [
        {name.lower(): text_of(str(value))[:1000] for name, value in group.raw_items()}
        for group in groups
        if isinstance(group, Message)
    ]


def _returned_id(parts: list[Message], prose: str) -> str | None:
    for part in parts:
        if part.get_content_type() not in _COPIES:
            continue
        payload: Any = part.get_payload()
        if isinstance(payload, list) and payload and isinstance(payload[0], Message):
            named = own_message_id(str(dict(_lower(payload[0])).get("message-id", "")))
        else:
            found = _MESSAGE_ID.search(str(payload)[:_READ])
            named = found[1] if found else None
        if named:
            return named
    found = _MESSAGE_ID.search(prose)
    return found[1] if found else None


def _lower(message: Message) -> Iterator[tuple[str, str]]:
    return ((name.lower(), str(value)) for name, value in message.raw_items())


def _recipient(headers: Headers, groups: list[dict[str, str]], prose: str) -> str | None:
    for group in groups:
        for name in ("final-recipient", "original-recipient"):
            found = _RECIPIENT.search(group.get(name, ""))
            if found:
                return found[0].lower()
    for _, address in addresses(first(headers, "x-failed-recipients")):
        return address
    found = _RECIPIENT.search(prose)
    return found[0].lower() if found else None


def _status(groups: list[dict[str, str]], prose: str) -> str | None:
    for group in groups:
        found = _STATUS.search(group.get("status", ""))
        if found:
            return found[1]
    found = _STATUS.search(prose)
    return found[1] if found else None
