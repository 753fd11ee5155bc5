"""Words of responders: how mail programs, ticket systems and gatekeepers write when nobody has read a mail yet.

A subject counts only where it begins, and goes on, as a responder writes it: "Out of Office: Edunex" is one's, "Out of
office form" a person's. Words count at the beginning of a mail, where no person asks for something beside them. They
are kept by language: a language is a line more.
"""

import re

from channels.email.wordings import Wordings

_LEAD = 700  # characters in which a responder has said what it is
_READ = 4000  # characters in which a gatekeeper has said what to do

_ANSWER = (
    r"(?:support )?(?:request|ticket|case) (?:received|created|opened|logged)|auto(?:mat(?:ic|ed))?[\s:_-]*(?:e-?mail[\s:_-]*)?(?:reply|replied|response|respon[sd]e?r?|answer|antwort|svar|acknowledg\w+)s?|auto[\s_-]?generated(?: (?:e-?mail|mail|message|reply))?",
    # Indonesian, Malay, Vietnamese, Thai
    r"(?:balasan|jawaban|respons?|pesan|tanggapan|email|surel) otomatis|(?:balasan|jawapan) automatik|(?:tự động )?trả lời tự động|tự động trả lời|(?:การ)?ตอบกลับ(?:โดย)?อัตโนมัติ",
    # German, Dutch, Nordic
    r"automat(?:isch|isk)\w*[\s:]*(?:antwort\w*|antwoord\w*|svar\w*|bericht)|autoantwort|autom\. antwort|autosvar|automaattinen vastaus|sjálfvirkt svar",
    # Romance
    r"(?:r[ée]ponse|message) automatique|risposta automatica|respuesta autom[áa]tica|resposta autom[áaà]tica|r[ăa]spuns automat",
    # Slavic, Baltic
    r"odpowied[źz] automatyczna|automatyczna odpowied[źz]|automatick[áa] odpov[eě][dď]\w*|automatski odgovor|samodejni odgovor|autom[aā]tisk[aā] atbilde|automatinis atsakymas|автоответ\w*|автоматический ответ|автоматична відповідь|автоматичен отговор|аутоматски одговор",
    # Hungarian, Estonian, Turkish, Greek, Hebrew, Arabic, Persian, Hindi
    r"automatikus v[áa]lasz|automaatvastus|otomatik (?:yan[ıi]t|cevap)|αυτόματη απάντηση|(?:תגובה|תשובה|מענה) אוטומטי\w*|رد تلقائي|الرد التلقائي|پاسخ خودکار|स्वचालित उत्तर",
    r"自動(?:返信|応答|回覆|回复|回答)(?:メール)?|自动(?:回复|答复|应答)|자동 ?(?:응답|회신)(?: ?메일)?",
)
_ABSENCE = (
    r"(?:i am |i'm |i will be |we are )?(?:currently )?out[- ]of[- ](?:the[- ])?(?:office|town)(?: (?:reply|response|notice|notification|message))?|ooo|(?:vacation|holiday) (?:reply|response|notice|notification|message)|on (?:vacation|holiday|(?:annual |maternity |parental |sick )?leave)|absence (?:notice|notification)|(?:i am |i'm )?away(?: from (?:the office|my (?:desk|mail)))?",
    # Indonesian, Malay, Vietnamese
    r"(?:saya )?(?:sedang |tengah )(?:cuti|dinas luar)|(?:saya )?(?:sedang )?(?:di luar kantor|tidak (?:berada )?di (?:kantor|tempat))|(?:saya )?di luar pejabat|sedang bercuti|vắng mặt",
    # German, Dutch, Nordic
    r"abwesenheit(?:s\w+)?|(?:ich bin )?(?:nicht im b[üu]ro|au(?:ß|ss)er haus)|afwezig(?:heid)?\w*|fr[aå]nvar\w+|frav[æa]r\w*|ikke (?:til stede|på kontoret)|poissa(?: toimistolta)?|poissaolo\w*",
    # Romance
    r"fuori (?:sede|ufficio)|assente|absente? du bureau|absence du bureau|fuera de (?:la )?oficina|ausente|aus[êe]ncia tempor[áa]ria|fora do escrit[óo]rio|în afara biroului",
    # Slavic, Baltic, Hungarian, Turkish, Greek, Hebrew, Arabic
    r"nieobecno[śs][ćc]|poza biurem|mimo kancel[áa][řr]|nepř[íi]tomnost|нет (?:в офисе|на работе)|вне офиса|в отпуске|[āa]rpus biroja|atva[ļl]in[āa]jum\w*|h[áa]zon k[ií]v[üu]l|ofis d[ıi][şs][ıi]nda|εκτός γραφείου|מחוץ למשרד|خارج المكتب",
    r"不在(?:通知|のお知らせ|返信|連絡)?|外出|不在办公室|부재중(?: 알림)?",
)
_GOES_ON = (  # as a responder does: with the subject it answers, or with a day
    r"(?=\s*(?:[][:：()（）【】<>|/#\"“–—-]|auto|re\s*:"
    r"|(?:from|until|till|from|ab|bis|vom|du|jusqu\S*|hasta|desde|até|fino|dal|tot|sampai|hingga|s/?d|per|tanggal|tgl)\b.{0,12}(?:\d|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|mei|mai|jun|jul|aug|agu|sep|oct|okt|nov|dec|des|dez|sen|sel|rab|kam|jum|sab|ming)))"
)
_WORDS = "|".join((*_ANSWER, *_ABSENCE))
_SUBJECT = re.compile(rf"\W*(?:auto\s*[:：]|(?:auto\s*:\s*)?(?:{_WORDS}){_GOES_ON})", re.IGNORECASE)
_BARE = re.compile(  # what a person may write as well, who then asks for something
    rf"\W*(?:{_WORDS}|thank(?:s| you) for (?:contacting(?: us)?|your (?:e-?mail|message|enquiry|inquiry)))\W*$"
    r"|(?!(?:who|what|when|why|if|my|our|the)\b)[^\W\d][\w.,'’-]*(?: [\w.,'’-]+){0,3} is (?:currently )?(?:out of (?:the )?office|on (?:vacation|leave|holiday))\s*(?:$|[.(]|until|till|from)",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(
    rf"[(\[（](?:{'|'.join(_ANSWER)})[)\]）]\s*$", re.IGNORECASE
)  # AOL: Re: … (Automatic Response)
_COMPLAINT = re.compile(
    r"(?:complaint about|feedback report)\b.{0,60}\b\d{1,3}\.\d{1,3}\.\d{1,3}\.", re.IGNORECASE
)

_THIS = r"(?:^|[.!*=\n(\[-])\W{0,9}"  # a sentence of its own: a person who speaks of such a mail says more before it
SAYS_SO = Wordings(
    rf"{_THIS}(?:this is|you(?:'re| are) receiving) an? (?:computer[- ]generated|(?:auto(?:mat(?:ed|ic(?:ally)?))?[- ]?)(?:generated )?)\s?(?:e-?mail |mail |system )?(?:e-?mail|mail|reply|response|message|notification|confirmation|receipt|acknowledg\w+)"
    rf"|{_THIS}this (?:e-?mail|mail|message|reply|response|notification) (?:is|was|has been) (?:an? )?(?:sent |generated |created )?auto(?:matically|mated|[- ]generated)"
    rf"|{_THIS}(?:please )?do not reply to this (?:e-?mail|message|automat)|{_THIS}auto(?:matically)?[- ]generated (?:e-?mail|message|reply|response)\b"
    rf"|{_THIS}(?:ini adalah |e-?mail ini |pesan ini |surel ini )(?:dikirim(?:kan)? |dibuat |merupakan )?(?:secara )?(?:balasan |pesan |jawaban |email |surel )?otomatis|{_THIS}(?:mohon )?(?:jangan|tidak) membalas (?:e-?mail|pesan|surel) ini"
    rf"|{_THIS}(?:dies(?:e|es)? (?:ist eine|(?:e-?mail|nachricht) wurde) automatisch|ceci est une? (?:r[ée]ponse|message) automatique|este (?:es un mensaje|correo es|mensaje es) (?:generado )?autom[áa]tic|est[ae] ([ée]|e-?mail [ée]) uma? (?:resposta|mensagem|e-?mail) autom[áa]tic|quest[oa] [èe] una? (?:messaggio|risposta|e-?mail) automatic|dit is een automatisch)"
    rf"|{_THIS}(?:ta wiadomość została wygenerowana automatycznie|это (?:автоматическ|сообщение (?:создано|отправлено) автоматически)|bu (?:bir )?otomatik)"
    r"|\Ayour message\b.{0,300}?\b(?:was (?:read|displayed|deleted without being read) on\b|has been delivered to\b)"
    r"|このメールは.{0,10}自動|此(?:邮件|郵件).{0,10}(?:自动|自動)|本(?:邮件|郵件).{0,10}(?:自动|自動)|자동(?:으로)? ?(?:발송|생성)된",
    words=(
        "auto", "generated", "do not reply to this", "otomati", "membalas", "your message", "автоматическ", "自動", "自动", "자동",
    ),
)  # fmt: skip
RECEIVED = Wordings(
    r"\b(?:your|the) (?:support )?(?:request|ticket|case|enquiry|inquiry|message|e-?mail)\b.{0,80}\b(?:has been|was) (?:received|created|opened|logged|registered)"
    r"|\b(?:tiket|permintaan|laporan|keluhan|pertanyaan|pesan|e-?mail|surel) (?:anda|bapak|ibu|saudara)\b.{0,80}\b(?:telah|sudah) (?:kami )?(?:diterima|terima|dibuat|terdaftar|tercatat)",
    words=(
        "received", "created", "opened", "logged", "registered", "terima", "dibuat", "terdaftar", "tercatat",
    ),
)  # fmt: skip
_NUMBERED = re.compile(
    r"\b(?:ticket|case|request|reference|tiket|nomor|referensi)\b[^.\n]{0,40}?(?:#|\b(?:is|adalah|no\.?|id)\b)\W{0,3}[A-Z-]{0,6}\d{2,}|\b(?:request|ticket|case|tiket|permintaan|laporan)\W{0,3}\d{3,}",
    re.IGNORECASE,
)
AWAY = Wordings(
    r"\b(?:i|we)(?:'m| am|'ll| will| are)?(?: be)?(?: currently| now)? ?(?:out of (?:the |my )?(?:office|town|country)|away\b|on (?:annual |maternity |paternity |sick |parental |a )?(?:leave|vacation|holiday|travel)|on vacation|travell?ing|unavailable|not in the office)"
    r"|\bsaya (?:sedang |akan |tengah )?(?:cuti|dinas (?:ke )?luar|berada di luar kantor|tidak berada di (?:kantor|tempat)|bercuti)"
    r"|ich (?:bin|befinde mich)[^\n]{0,40}(?:nicht im (?:b[üu]ro|haus)|abwesend|im urlaub|au(?:ß|ss)er haus|nicht erreichbar)|je (?:suis|serai)[^\n]{0,30}(?:absent|en cong[ée])|(?:estoy|estar[ée])[^\n]{0,30}(?:fuera de la oficina|de vacaciones|ausente)|(?:estou|estarei)[^\n]{0,30}(?:ausente|de f[ée]rias|fora do escrit)|(?:sono|sar[òo])[^\n]{0,30}(?:assente|in ferie|fuori (?:sede|ufficio))|ik ben[^\n]{0,30}(?:afwezig|met vakantie|niet aanwezig)"
    r"|jag [äa]r[^\n]{0,30}(?:semester|ledig|inte p[åa] kontoret|borta)|jeg er[^\n]{0,30}(?:ferie|ikke p[åa] kontoret|ikke til stede)|olen[^\n]{0,30}(?:lomalla|poissa)|jestem[^\n]{0,30}(?:urlopie|nieobecn)|(?:nie będzie mnie|nebudu)|я[^\n]{0,20}(?:в отпуске|отсутству)|меня не будет|izindeyim|ofis dışındayım|λείπω|απουσιάζω"
    r"|不在にして|休暇(?:中|をいただ)|我(?:正在|目前|现在|將|将)?[^\n]{0,6}(?:休假|外出|不在)|부재중|휴가",
    words=(
        "out of", "away", "leave", "vacation", "holiday", "travel", "unavailable", "not in the office",
        "cuti", "dinas", "di luar kantor", "tidak berada di",
        "nicht", "abwesend", "urlaub", "er haus", "absent", "en cong", "fuera de la oficina", "de vacaciones", "ausente", "rias",
        "fora do escrit", "assente", "in ferie", "fuori", "afwezig", "vakantie", "aanwezig",
        "semester", "ledig", "inte p", "borta", "ferie", "ikke ", "lomalla", "poissa", "urlopie", "nieobecn", "nie będzie mnie",
        "nebudu", "в отпуске", "отсутству", "меня не будет", "izindeyim", "ofis d", "λείπω", "απουσιάζω",
        "不在", "休", "外出", "부재중", "휴가",
    ),
)  # fmt: skip
_BACK = re.compile(
    r"\b(?:will|shall|'ll)\b.{0,60}\b(?:respon[ds]|reply|answer|get back|return|be back|contact you|attend)|\buntil\b|\breturning\b|\bback (?:on|in)\b|limited access|upon my return|in my absence|(?:urgent|immediate)"
    r"|\b(?:kembali|sampai|hingga|mendesak)\b|\bab dem\b|\bbis\b|zur[üu]ck|jusqu|de retour|regres|hasta|volver[ée]|at[ée] |voltarei|fino al|rientr|torner|\btot\b|terug|tillbaka|åter|tilbage|tilbake|\btil d\w+|takaisin|asti|wrócę|\bdo dnia\b|\bdo \d|zpět|вернусь|\bдо\b|dön|kadar|επιστρ|μέχρι"
    r"|戻|まで|返(?:事|信)|回复|回覆|返回|联系|까지|복귀",
    re.IGNORECASE | re.DOTALL,
)
WANTS = Wordings(
    r"\?(?:\s|$)|\b(?:could|can|would|will) you\b|\bplease (?:help|send|give|extend|check|fix|reset|let me know|activate)\b|\b(?:tolong|minta|bagaimana|apakah|mohon (?:bantu|dibantu|penjelasan|info|dapat|agar|diaktifkan|diperpanjang))",
    words=(
        "?", "could you", "can you", "would you", "will you", "please ", "tolong", "minta", "bagaimana", "apakah", "mohon ",
    ),
)  # fmt: skip
GATEKEEPER = Wordings(
    r"\b(?:to|and) (?:to )?(?:ensure|complete|allow|release) (?:the )?delivery of your (?:e-?mail|mail|message)|\byour (?:e-?mail|mail|message|address)\b.{0,300}?\b(?:guest|white|allow(?:ed)?|approved|safe)[- ]?(?:senders?[- ])?list|\b(?:confirm|verify|prove) that you (?:sent|are the sender|are (?:a|not a) )|(?:sender|message|e-?mail) (?:is|was|has) (?:not (?:been )?(?:yet )?(?:pre-?)?approved|been waitlisted)|\b(?:held|quarantined?|waiting|pending)\b.{0,80}\buntil you (?:confirm|verify|reply|click)",
    words=("delivery of your", "list", "that you ", "approved", "been waitlisted", "until you "),
)


def answers_by_itself(subject: str, text: str) -> bool:
    """Whether a subject is one that a responder writes, above words that ask for nothing where it says no more."""
    if _SUBJECT.match(subject) or _AT_THE_END.search(subject) or _COMPLAINT.search(subject):
        return True
    return _BARE.match(subject) is not None and not WANTS.are_in(text[:_LEAD])


def says_that_nobody_wrote_it(text: str) -> bool:
    """Whether the first words of a mail say that a machine wrote them, or that their writer is away."""
    lead = text[:_LEAD]
    if any(line.lstrip().startswith(">") for line in lead.split("\n")):
        return False  # somebody quotes it
    if SAYS_SO.are_in(lead):
        return True
    if WANTS.are_in(lead):
        return False
    is_received = RECEIVED.are_in(lead) and _NUMBERED.search(lead)
    is_away = len(lead) < _LEAD and AWAY.are_in(lead) and _BACK.search(lead)
    return bool(is_received or is_away)


def asks_to_be_let_in(text: str) -> bool:
    """Whether a gatekeeper asks the sender to do something before a mail is delivered."""
    return GATEKEEPER.are_in(text[:_READ])
