"""Prose of mail servers: how they say, in their languages, that a mail did not arrive, and who says so.

One sign alone is never enough, so that a person who passes such a mail on, asks about one, or runs a mail server
herself stays a person. Words are kept by language: a language is a line more.
"""

import re
from dataclasses import dataclass

from channels.email.headers import Headers, addresses, first, text_of

READ = 20_000  # characters of prose that are read
_LEAD = 1500  # characters in which a notice has said what it is

_DAEMONS = re.compile(
    r"(?:[\w.-]*[._-])?mail(?:er)?[._-]?(?:daemon|delivery|system)(?:[._-][\w.-]*)?|m?daemon|bounces?|microsoftexchange[0-9a-f]{8,}",
    re.IGNORECASE,
)
_POSTMASTERS = re.compile(r"po+st[._-]?master(?:[._-][\w.-]*)?\\?", re.IGNORECASE)
_DAEMON_NAMES = re.compile(
    r"mail(?:er)?[ _-]?daemon|mail[ _-]deliver|(?:mail|delivery) (?:sub)?system|ndr administrator|メール.{0,10}システム|メールサーバ",
    re.IGNORECASE,
)
_POSTMASTER_NAMES = re.compile(
    r"postmaster|(?:mail|system) administrator|mail ?server|(?:(?:e-?)?mail|smtp|message|anti-?(?:spam|virus)) ?(?:gateway|security|filter)",
    re.IGNORECASE,
)
_NOBODY = frozenset({"", "<>"})

_SUBJECT = re.compile(
    r"undeliver|un-?deliverable|not (?:be )?deliver|non[- ]?deliver|deliver\w{0,8}.{0,12}(?:fail|error|problem|report|status|notif|delay|warning|unsuccess)"
    r"|fail\w{0,8}.{0,12}deliver|return(?:ed|ing)?.{0,12}(?:mail|message|sender|to you)|(?:mail|message).{0,20}(?:return|reject|bounc|failed)"
    r"|fail(?:ure|ed) (?:notice|mail|message|to send)|mail ?(?:system|delivery|er)? ?error|error.{0,20}send|delayed mail|message delayed|mail failure|warning: (?:message|could not)|still being retried"
    r"|user unknown|(?:user|recipient|mailbox) (?:not found|full)|bounce|rejected|blocked|(?:could not|cannot|unable to) send"
    # German, French, Spanish, Italian, Portuguese, Dutch
    r"|unzustell|nicht zugestellt|zustellung|non remis|impossible de remettre|non distribu|chec de (?:la )?(?:remise|livraison|distribution)|non d[ée]livr|retour de (?:courrier|message)"
    r"|no se (?:ha |pudo |puede )?(?:podido )?entreg|no entregado|devuelto|error de entrega|no se pudo enviar|mancata consegna|mancato recapito|non recapitabil|impossibile recapitare|non recapitat|non consegn"
    r"|n[ãa]o (?:foi )?entreg|devolvid|falha (?:na|de) entrega|n[ãa]o (?:p[ôo]de ser entregue|[ée] poss[íi]vel entregar|foi poss[íi]vel entregar)|onbestelbaar|niet (?:bezorgd|afgeleverd|te bezorgen)|aflevering"
    # Indonesian, Malay, Vietnamese
    r"|tidak terkirim|gagal (?:ter)?kirim|pengiriman (?:gagal|tertunda)|tidak dapat dikirim|tidak sampai|dikembalikan kepada pengirim|penghantaran gagal|tidak dihantar"
    r"|không (?:gửi|chuyển|thể gửi|thể chuyển)|chưa (?:gửi|chuyển) được"
    # Nordic, Polish, Czech, Hungarian, Romanian, Turkish, Greek
    r"|olevere|inte (?:att )?leverera|ikke levere|ei voi(?:tu)? toimittaa|ulevert|perille toimittamaton|toimitus|niedostarcz|nie można dostarczyć|zwrot|nedoruč|nelze doručit|kézbesíthet|kézbesítési"
    r"|nelivra|iletilemedi|teslim edilemedi|teslim başarısız|δεν παραδ|αδυναμία παράδοσης|μη παραδο"
    # Russian, Ukrainian, Bulgarian, Arabic, Hebrew, Thai
    r"|не доставлен|недоставлен|недоставен|не удалось доставить|возвращ|невозможно доставить|не вдалося доставити|تعذر التسليم|لم يتم تسليم|فشل (?:في )?(?:ال)?تسليم|לא נמסר|לא ניתן למסירה|ส่งไม่สำเร็จ|ส่งไม่ได้|ไม่สามารถส่ง"
    # Japanese, Chinese, Korean
    r"|配信(?:できません|不能|エラー|失敗)|送信(?:できません|エラー)|メール ?エラー|届けられ|配達|戻り|返送|不達|退信|无法投递|无法送达|未送达|未送達|無法(?:傳遞|投遞|送達)|投递失败|傳遞失敗|반송|배달(?:되지|실패| 실패)|전송 ?실패|전달되지",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:could|can|was|were|has|have|is|are|will)(?: ?not|n't) (?:be |been )?(?:deliver|reach|sent|relay|accept|process|transmit)|(?:unable|n't able) to (?:deliver|send|relay|route)|not (?:able to|possible to) (?:deliver|be deliver)"
    r"|deliver\w{0,8}.{0,40}(?:fail|error|problem|delay|impossible|expired|suspended|abort|unsuccess|postpon)|fail\w{0,8}.{0,40}(?:deliver|recipient|address)|undeliver|attempting to deliver|had delivery errors|did(?: not|n't) reach|not recogni[sz]ed|did not (?:\w+ )?match"
    r"|(?:user|recipient|mailbox|address|account|host|domain|mail ?box|name)(?: \S{1,60})? (?:is |was )?(?:unknown|not found|does ?n[o']t exist|disabled|unavailable|invalid|over ?quota|full|rejected|suspended|inactive)"
    r"|(?:unknown|no such|invalid|bad|not a valid) (?:local )?(?:user|recipient|mailbox|address|host|domain|account|destination)|(?:quota|size|hop count) (?:is )?exceed|exceed\w{0,4} (?:.{0,30})?(?:quota|storage|limit|hop)|\bfull mailbox|mailbox exceeds|invalid (?:final )?(?:delivery )?user"
    r"|return(?:ed|ing)? (?:.{0,30})?(?:message|mail|sender|copy)|(?:mail|message) (?:has been|was|is being) returned|message (?:.{0,40})?(?:reject|bounc|refus|return|undeliver)|permanent(?:ly)? (?:fatal )?(?:delivery )?(?:error|failure)|qmail-send|transcript of session|(?:being|be) retried"
    r"|sorry,? i (?:couldn't|wasn't able)|remote (?:host|server|mail server) (?:said|respond)|giving up|given up|timed? ?out|connection refused"
    r"|\b[45]\d\d[ -]#?[45]\.\d\.\d|\(#?5\.\d\.\d\)|\b(?:status|dsn|error)[ =:]+[45]\.\d\.\d|\bRCPT TO\b|<<< ?[45]\d\d|\b55[0-9][ -]\S|\b(?:smtp|error).{0,30}\b5[0-9]{2}\b"
    r"|konnte nicht|nicht (?:zugestellt|übermittelt)|unzustellbar|n'a pas pu|n'ont pas|n'a pas (?:été|ete)|impossible de|no se pudo|no ha sido|no se ha podido|non [èe] stat|impossibile|n[ãa]o (?:p[ôo]de|foi)|kon niet|kunde inte|kunne ikke|ei voitu"
    r"|chec de (?:la )?(?:remise|livraison|distribution)|recapito non riuscito|falha na entrega|error de entrega|bezorging (?:is )?mislukt|lever\w+ (?:mislyk|misslyck)\w+|toimitus epäonnistui|doručení se nezdařilo|teslim (?:başarısız|edilemedi)|ulaştırılamadı|сбой доставки|未能.{0,12}(?:投递|送达|传递|傳遞|傳送)|pengiriman (?:telah )?gagal|tidak (?:ter|dapat di)kirim"
    r"|tidak dapat (?:dikirim|terkirim|dihantar)|gagal dikirim|tidak ditemukan|penuh|không (?:thể|gửi)|nie (?:można|może|została|mogła)|nebylo|nelze|nem (?:sikerült|kézbesít)|nu a putut|iletilemedi|edilemedi|δεν (?:ήταν|παρα|μπόρ)"
    r"|不明|ありません|できません|いっぱい|エラー|失敗|無法|无法|退回|不存在|已满|не (?:может|удалось|найден|был|вдалося)|تعذر|لم يتم|לא ניתן|ไม่สามารถ|반송|없습니다|못했습니다",
    re.IGNORECASE,
)
# The beginning of a subject that servers alone write.
_TITLE = re.compile(
    r"\s*(?:undeliver(?:able|ed)|returned mail|failure notice|mail delivery fail|delivery status|delivery fail|delivery notification|non[- ]?deliver|unzustellbar|non remis\b|impossible de remettre|impossibile recapitare|non recapitabile|no se puede entregar|n[ãa]o [ée] poss[íi]vel entregar|niet te bezorgen|не удалось доставить|无法投递|無法傳遞|配信不能|teslim edilemedi|niedostarczone|nelze doručit|kézbesíthetetlen|kan ikke leveres|det går inte att leverera|ei voi toimittaa|onbestelbaar|olevererbart|tidak terkirim\s*:)",
    re.IGNORECASE,
)
# What only a machine says to the one whose mail did not arrive: a person speaks of a mail of her own.
_TO_THE_SENDER = re.compile(
    r"\b(?:your|the following|this)\b[^.?!]{0,15}\b(?:e-?mail|mail|message|recipients?|address(?:es)?)\b[^?!]{0,200}?(?:(?:could|can|was|were|has|have)(?: ?not|n't) (?:be |been )?(?:deliver|reach|sent|accept)|undeliver|fail|reject|block)"
    r"|\b(?:e-?mail|mail|message) below could not be|failed recipients?\b|\b(?:your|the following) (?:e-?mail|mail|message)\b.{0,80}(?:returned|bounced)|undeliver\w+ to the following|sorry.{0,40}\byour (?:e-?mail|mail|message)"
    r"|ihre (?:nachricht|e-?mail|mail)\b[^?!]{0,120}nicht|votre (?:message|courriel|e-?mail|mail)\b[^?!]{0,120}n'a pas|(?:su|tu) (?:mensaje|correo)\b[^?!]{0,120}\bno (?:se|ha|pudo)|(?:sua|seu) (?:mensagem|e-?mail)\b[^?!]{0,120}n[ãa]o|il (?:tuo|suo) messaggio\b[^?!]{0,120}\bnon|uw (?:bericht|e-?mail)\b[^?!]{0,120}niet"
    r"|(?:pesan|e-?mail|surel) anda\b[^?!]{0,120}(?:tidak|gagal)|twoja wiadomość\b[^?!]{0,120}nie|ваше (?:сообщение|письмо)[^?!]{0,120}не |送信(?:でき|され)ませんでした|お送りした.{0,40}できません|您(?:的|发送的|寄出的)?.{0,20}(?:邮件|郵件|信).{0,60}(?:退|无法|無法|未)",
    re.IGNORECASE | re.DOTALL,
)
_A_PERSON = re.compile(
    r"\b(?:my|mine|we (?:got|get|received|have)|i (?:got|get|have (?:tried|sent|a|been|not)|receive[ds]?|tried|can(?:'t|not)|keep))\b|\?(?:\s|$)|\b(?:saya|kami|mohon|tolong|mengapa|kenapa|bagaimana|meine?|mon|mes|mi|mis|meu|minha|mijn)\b",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(
    r"\s*(?:fwd?|fw|tr|wg|rv|enc|doorst|vs|vb|i|trs|ter|meneruskan)\s*:|\s*\[?(?:fwd)\b", re.IGNORECASE
)
_TRANSPORT = re.compile(r"^[> \t]*(?:Received|Return-Path|Message-I[Dd]): ?\S", re.MULTILINE | re.IGNORECASE)
_COPY = re.compile(
    r"(?:copy|text|lines|headers?) of (?:the|your) (?:original )?(?:e-?mail|mail|message)|(?:original|old|returned|undelivered) (?:e-?mail|mail|message)(?: (?:follows|header|text))?[ :]*-*$",
    re.IGNORECASE | re.MULTILINE,
)
_FROM_A_RELAY = re.compile(r'\s*\{[^{}]{0,200}"(?:notification|event)Type" ?: ?"Bounce"')  # Amazon SES


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who says it."""

    daemon: bool  # a mailer daemon's address, or none at all
    postmaster: bool  # an address or a name that a mail server shares with the person who runs it
    unnamed: bool  # no name stands beside the address, as one does where a person writes
    null: bool  # what bounces is not told of bouncing: the empty return path

    @property
    def is_server(self) -> bool:
        return self.daemon or self.postmaster or self.null


def speaker_of(headers: Headers, *, sender: str, envelope_from: str | None) -> Speaker:
    raw = first(headers, "from")
    names = [text_of(raw), raw.partition("@")[0].strip(" <\"'")]
    local = sender.partition("@")[0]
    paths = [each.strip() for each in headers.get("return-path", ())]
    from_nobody = "from" in headers and raw.strip() in _NOBODY
    return Speaker(
        daemon=bool(_DAEMONS.fullmatch(local))
        or from_nobody
        or any(_DAEMONS.fullmatch(each) or _DAEMON_NAMES.search(each) for each in names)
        or any(_DAEMONS.fullmatch(each.strip("<>").partition("@")[0]) for each in paths),
        postmaster=bool(_POSTMASTERS.fullmatch(local))
        or any(_POSTMASTER_NAMES.search(each) for each in names),
        unnamed=not any(name for name, _ in addresses(raw)[:1]),
        null=from_nobody
        or (envelope_from is not None and envelope_from.strip() in _NOBODY)
        or any(each in _NOBODY for each in paths),
    )


def tells_of_return(speaker: Speaker, *, subject: str, prose: str, has_copy: bool) -> bool:
    """Whether prose, which no report comes with, says that a mail did not arrive."""
    if _FROM_A_RELAY.match(prose):
        return True
    if not speaker.is_server and not speaker.unnamed:
        return False
    named = bool(_SUBJECT.search(subject) or _TITLE.match(subject))
    if not speaker.is_server and not named:
        return False
    told = len(set(_BODY.findall(prose)))
    copied = has_copy or len(_TRANSPORT.findall(prose)) > 1 or _COPY.search(prose) is not None
    if speaker.daemon:
        return named or speaker.null or told > 1 or (told == 1 and copied)
    if speaker.null:
        return speaker.postmaster or (told > 0 and (named or copied))
    lead = _lead(prose)
    if _PASSED_ON.match(subject) or _A_PERSON.search(lead):
        return False
    has_title = _TITLE.match(subject) is not None
    if speaker.postmaster:
        return told > 1 or has_title or (named and (told > 0 or copied))
    return told > 0 and ((has_title and told > 1) or _TO_THE_SENDER.search(lead) is not None)


def _lead(prose: str) -> str:
    """Return what a notice says of its own, above the mail that came back."""
    copy = _TRANSPORT.search(prose)
    return prose[: min(copy.start() if copy else _LEAD, _LEAD)]
