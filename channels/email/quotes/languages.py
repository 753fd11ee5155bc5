"""What mail programs write around a quoted mail, language by language; pieces of regular expressions.

The programs: Gmail, Outlook (desktop, web, phones), Apple Mail, Thunderbird, Yahoo, Zoho, GMX, Mail.ru, Lotus. A campus
gets mail in Indonesian and English most of all; the others are those of its guests.
"""

# Labels of the block of headers that stands above a quoted mail.
FROM = (
    "from", "dari", "pengirim", "daripada", "von", "de", "da", "van", "fra", "från", "od", "lähettäjä", "feladó", "kimden",
    "от", "від", "από", "từ", "發件人", "发件人", "寄件者", "寄件人", "差出人", "送信者", "보낸 사람", "보낸사람", "จาก", "من",
)  # fmt: skip
DATE = (
    "sent", "date", "dikirim", "terkirim", "tanggal", "tarikh", "gesendet", "datum", "envoyé", "envoyé le", "date d'envoi", "message du",
    "enviado", "enviado el", "enviada em", "enviado em", "fecha", "data", "inviato", "data invio", "verzonden", "sendt", "dato", "skickat",
    "lähetetty", "päivämäärä", "wysłano", "wysłane", "data wysłania", "odesláno", "dátum", "elküldve", "gönderilen", "gönderildi", "tarih",
    "отправлено", "дата", "надіслано", "ngày", "发送时间", "發送時間", "日期", "寄件日期", "傳送日期", "送信日時", "日付", "보낸 날짜", "날짜", "วันที่",
)  # fmt: skip
OTHER = (
    "to", "cc", "bcc", "subject", "reply-to", "importance", "attachments", "kepada", "ke", "tembusan", "subjek", "perihal", "hal", "judul",
    "an", "kopie", "betreff", "à", "a", "objet", "copie", "copie à", "para", "asunto", "cc:", "oggetto", "aan", "onderwerp", "til", "emne",
    "till", "ämne", "kopia", "do", "temat", "dw", "komu", "předmět", "vastaanottaja", "aihe", "címzett", "tárgy", "kime", "konu", "kopya",
    "кому", "тема", "копия", "προς", "θέμα", "đến", "chủ đề", "收件人", "主题", "主題", "主旨", "抄送", "副本", "宛先", "件名", "받는 사람", "제목",
)  # fmt: skip

# "… wrote": at the end of the line above a quote, or in its middle where the name follows.
WROTE = (
    r"menulis(?:kan)?", "berkata", "mengirim(?:kan)?", "menjawab", "wrote", "writes", "sent", "said", "replied", r"a [ée]crit", r"[ée]crit",
    "schrieb", "geschrieben", r"escribi[óo]", "ha scritto", "scrive", "schreef", "heeft het volgende geschreven", "het volgende geschreven",
    "geschreven", "escreveu", "skrev", r"napisał(?:\(a\)|a)?", r"napsal(?:\(a\)|a)?", "píše", "kirjoitti", r"[íi]rta", r"yazd[ıi]", "a scris",
    r"написала?", "пишет", "написав", "написала", "έγραψε", "đã viết", "viết", "写道", "寫道", "さんは書きました", "님이 작성",
)  # fmt: skip

# With what such a line begins; a date or a weekday may begin it as well.
BEGINS = (
    "on", "pada", "tanggal", "tgl", "le", "am", "el", "il", "in data", "op", "em", "den", "på", "kl", "w dniu", "dnia", "dne", "vào",
    "a", "в", "στις", "în", "no dia", "den", "ob", "at",
)  # fmt: skip
WEEKDAYS = (
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "sen", "sel", "rab", "kam", "jum", "sab", "min", "senin", "selasa", "rabu", "kamis",
    "jumat", "sabtu", "minggu", "lun", "mar", "mer", "jeu", "ven", "sam", "dim", "mo", "di", "mi", "do", "fr", "sa", "so", "tir", "tor", "fre",
    "lør", "søn", "man", "ons", "ma", "ti", "ke", "to", "pe", "la", "su", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "dom", "sáb", "mié", "jue",
    "vie", "seg", "ter", "qua", "qui", "sex", "pon", "wt", "śr", "czw", "pt", "sob", "ndz", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday",
)  # fmt: skip

# Words between two rows of dashes.
ORIGINAL = (
    "original message", "original mail", "original appointment", "reply message", "message", "pesan asli", "pesan sebelumnya", "mesej asal",
    "ursprüngliche nachricht", "originalnachricht", "original-nachricht", "antwort nachricht", "message d['’]origine", "message original",
    "message initial", "mensaje original", "mensagem original", "messaggio originale", "oorspronkelijk bericht", "origineel bericht",
    "oprindelig meddelelse", "oprindelig besked", "opprinnelig melding", "ursprungligt meddelande", "originalmeddelande", "alkuperäinen viesti",
    "wiadomość oryginalna", "oryginalna wiadomość", "původní zpráva", "eredeti üzenet", "orijinal (?:mesaj|ileti)", "исходное сообщение",
    "оригинальное сообщение", "原始邮件", "原始郵件", "原邮件", "元のメッセージ", "원본 메[시세]지",
)  # fmt: skip
FORWARDED = (
    "forwarded message", r"forwarded by.{0,100}", "pesan terusan", "pesan yang diteruskan", "pesan diteruskan", r"diteruskan.{0,100}",
    "weitergeleitete nachricht", "message transféré", "mensaje reenviado", "mensagem encaminhada", "messaggio inoltrato", "doorgestuurd bericht",
    "videresendt (?:meddelelse|melding|besked)", "vidarebefordrat meddelande", "wiadomość przekazana", "пересылаемое сообщение", "转发邮件", "转发的邮件",
    "轉寄郵件", "轉寄的郵件", "転送メッセージ", "전달된 메[시세]지", "original message forwarded",
)  # fmt: skip
FORWARD_BEGINS = (
    "begin forwarded message", "mulai pesan yang diteruskan", "mulai pesan terusan", "anfang der weitergeleiteten nachricht",
    "début du message réexpédié", "début du message transféré", "inizio messaggio inoltrato", "inicio del mensaje reenviado",
    "início da mensagem reencaminhada", "begin doorgestuurd bericht", "начало переадресованного сообщения", "下面是被转发的邮件",
)  # fmt: skip
FORWARD_SUBJECTS = (
    "fw",
    "fwd",
    "tr",
    "terusan",
    "diteruskan",
    "wg",
    "rv",
    "enc",
    "doorst",
    "vs",
    "vb",
    "转发",
    "轉寄",
    "i",
)

# The line that a telephone or a mail program puts below every mail.
DEVICES = (
    r"sent (?:from|via|with|using) (?:my |the )?\S.{0,60}", r"(?:get|download) outlook for \S.{0,40}", r"dikirim (?:dari|melalui|menggunakan) \S.{0,60}", r"terkirim dari \S.{0,60}",
    r"(?:von (?:meinem|unterwegs|mein) .{0,40}gesendet|gesendet (?:von|mit|via|aus) \S.{0,60}|diese nachricht wurde von mein.{0,60})",
    r"envoyé (?:de(?:puis)?|à partir|avec|d['’]un|via) .{0,60}", r"(?:télécharger|obtenez) outlook pour .{0,40}", r"enviado (?:desde|do|de|a partir|mediante|com|con|via) .{0,60}", r"obtener outlook para .{0,40}",
    r"inviat[oa] (?:da|dal|dall['’]|con|tramite) ?.{0,60}", r"(?:verzonden|verstuurd|verstuurt) (?:vanaf|met|via|vanuit) .{0,60}", r"skickat från .{0,60}", r"sendt (?:fra|via|med) .{0,60}",
    r"lähetetty .{0,60}", r"wysłan[eo] z .{0,60}", r"odesláno z .{0,60}", r"отправлено (?:с|из) .{0,60}", r"надіслано з .{0,60}", r".{0,20}(?:から送信|에서 보냄)", r"(?:发自|發自|從我的|从我的).{0,40}",
    r".{0,30}(?:telefonumdan|cihazımdan) gönderildi",
)  # fmt: skip
