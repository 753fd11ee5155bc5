"""What mail programs write around a quoted mail, language by language; pieces of regular expressions.

The programs: Gmail, Outlook (desktop, web, phones), Apple Mail, Thunderbird, Yahoo, Zoho, GMX, Mail.ru, QQ, Lotus. A
campus gets mail in Indonesian and English most of all; the others are those of its guests.
"""

# Labels of the block of headers that stands above a quoted mail.
FROM = (
    "from", "dari", "pengirim", "daripada", "von", "de", "da", "van", "fra", "från", "od", "lähettäjä", "feladó", "kimden", "gönderen",
    "от", "від", "de la", "expéditeur", "remitente", "mittente", "afzender", "absender", "avsändare", "avsender", "nadawca", "odesílatel",
    "odosielateľ", "šalje", "saatja", "nuo", "από", "από:", "αποστολέας", "מאת", "از", "من", "مرسل", "प्रेषक", "द्वारा", "จาก", "từ", "người gửi",
    "發件人", "发件人", "寄件者", "寄件人", "差出人", "送信者", "送信元", "보낸 사람", "보낸사람", "발신", "mula kay", "mula sa",
)  # fmt: skip
DATE = (
    "sent", "date", "sent at", "dikirim", "terkirim", "tanggal", "tgl", "waktu", "dihantar", "tarikh", "gesendet", "datum",
    "gesendet am", "envoyé", "envoyé le", "date d'envoi", "message du", "enviado", "enviado el", "enviada em", "enviado em", "enviada",
    "enviat el", "fecha", "data", "inviato", "data invio", "verzonden", "sendt", "dato", "skickat", "lähetetty", "päivämäärä", "päiväys",
    "wysłano", "wysłane", "data wysłania", "odesláno", "odoslané", "dátum", "elküldve", "küldve", "gönderilen", "gönderildi", "tarih", "gönderme tarihi",
    "trimis", "trimis la", "poslano", "poslato", "saadetud", "išsiųsta", "nosūtīts", "отправлено", "дата", "надіслано", "изпратено",
    "στάλθηκε", "ημερομηνία", "נשלח", "תאריך", "تاريخ الإرسال", "تم الإرسال", "التاريخ", "تاریخ", "ارسال شده", "भेजा गया", "दिनांक", "ส่ง", "วันที่",
    "ngày", "đã gửi", "gửi", "发送时间", "發送時間", "发送日期", "日期", "寄件日期", "傳送日期", "時間", "时间", "送信日時", "送信日", "日付", "日時",
    "보낸 날짜", "보낸날짜", "날짜", "일시", "ipinadala",
)  # fmt: skip
OTHER = (
    "to", "cc", "bcc", "subject", "reply-to", "reply to", "importance", "attachments", "kepada", "ke", "untuk", "tembusan", "salinan",
    "subjek", "perihal", "hal", "judul", "balas ke", "an", "kopie", "betreff", "à", "a", "pour", "objet", "sujet", "copie", "copie à",
    "para", "asunto", "assunto", "cc:", "oggetto", "aan", "onderwerp", "til", "emne", "till", "ämne", "kopia", "kopi", "do", "temat", "dw",
    "komu", "pre", "předmět", "predmet", "vastaanottaja", "aihe", "címzett", "tárgy", "kime", "kime:", "alıcı", "konu", "kopya", "bilgi",
    "către", "catre", "subiect", "za", "prima", "zadeva", "adressaat", "teema", "kam", "tema", "temats", "per a", "кому", "тема", "копия",
    "до", "относно", "προς", "θέμα", "κοιν", "אל", "נושא", "עותק", "إلى", "الموضوع", "نسخة", "به", "موضوع", "प्रति", "विषय", "ถึง", "เรื่อง", "หัวเรื่อง", "สำเนา",
    "đến", "tới", "chủ đề", "tiêu đề", "收件人", "收件者", "主题", "主題", "主旨", "抄送", "副本", "宛先", "件名", "받는 사람", "받는사람", "수신", "참조", "제목", "paksa",
)  # fmt: skip

# "… wrote": at the end of the line above a quote, or in its middle where the name or the date follows.
WROTE = (
    r"menulis(?:kan)?", "wrote", "writes", r"a [ée]crit", r"[ée]crit",
    "schrieb", "geschrieben", r"escribi[óo]", "escribieron", "ha escrit", "escrit", "escribiu", "ha scritto", "scritto", "scrive", "schreef", "heeft het volgende geschreven",
    "het volgende geschreven", "geschreven", "escreveu", "skrev", "skreiv", r"napisał(?:\(a\)|a)?", "pisze", "napisana przez", r"napsal(?:\(a\)|a)?", "píše",
    r"nap[ií]sal(?:\(a\)|a)?", r"napisao(?:/la)?(?: je)?", r"je napisala?", "napisala", "kirjoitti", "kirjutas", r"[íi]rta", r"yazd[ıi]", "a scris", "scris", "rašė",
    "rakstīja", "skryf", "sinulat ni", r"написала?", "пишет", "писал[аи]?", "написав", "пише", "написа", "έγραψε", "đã viết", "viết",
)  # fmt: skip
SAID = (  # what people say of others as well, and of a server
    "berkata", "mengirim(?:kan)?", "menjawab", "membalas", "sent", "said", "replied",
)  # fmt: skip
WROTE_UNSPACED = (  # in scripts whose words no blank parts, or whose letters are not all letters to a regular expression
    "写道", "寫道", "写到", "さんは書きました", "のメッセージ", "のメール", "님이 작성", "작성", "님이 쓴 글", "เขียนว่า", "เขียน", "ने लिखा", "लिखा", "כתב/ה", "כתבה", "כתב",
    "كتب/كتبت", "كتبت", "كتب", "تمت كتابة ما يلي بواسطة", "نوشت",
)  # fmt: skip
PRONOUNS = frozenset({  # who is called so is no sender whom a mail program names
    "i", "he", "she", "they", "we", "it", "saya", "aku", "dia", "ia", "beliau", "kami", "kita", "mereka", "ich", "er", "sie", "wir", "je", "il", "elle", "nous",
    "ils", "yo", "él", "ella", "我", "他", "她", "我们", "他们",
})  # fmt: skip

# With what such a line begins; a date or a weekday may begin it as well.
BEGINS = (
    "on", "pada", "tanggal", "tgl", "le", "am", "el", "il", "in data", "op", "em", "den", "på", "kl", "w dniu", "dnia", "dne", "dňa", "vào", "vào lúc",
    "a", "в", "на", "στις", "în", "la data", "pe", "wiadomość napisana przez", "no dia", "a les", "missatge de", "kuupäev", "noong", "ob", "v", "at", "في", "در تاریخ", "בתאריך", "ב", "เมื่อ", "เมื่อวันที่", "在", "于", "於",
)  # fmt: skip
WEEKDAYS = (
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "sen", "sel", "rab", "kam", "jum", "sab", "min", "isn", "kha", "senin", "selasa", "rabu", "kamis",
    "jumat", "jum'at", "sabtu", "minggu", "ahad", "isnin", "khamis", "lun", "mar", "mer", "jeu", "ven", "sam", "dim", "tir", "tor", "fre",
    "lør", "søn", "man", "ons", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "нд", "dom", "sáb", "mié", "jue", "mart", "gio",
    "vie", "seg", "ter", "qua", "qui", "sex", "pon", "wt", "śr", "czw", "pt", "sob", "ndz", "niedz", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "सोम", "मंगल", "बुध", "गुरु", "शुक्र", "शनि", "रवि",
)  # fmt: skip
SHORT_WEEKDAYS = (  # which are also words of other languages: only a number may follow
    "mo", "di", "mi", "do", "fr", "sa", "so", "ma", "wo", "vr", "za", "zo", "ti", "ke", "to", "pe", "la", "su", "po", "út", "ut", "st", "čt", "št", "pá", "pi", "ne", "e",
)  # fmt: skip

# What a desk writes between rows of dashes, or in bold, above what was said before.
PREVIOUS = (
    r"previous (?:repl(?:y|ies)|messages?|conversations?|comments?)", r"(?:balasan|pesan|percakapan|komentar) sebelumnya", r"(?:vorherige|frühere) (?:antworten|nachrichten)",
    r"(?:réponses|messages) précédente?s", r"(?:respuestas|mensajes) anteriores", r"(?:respostas|mensagens) anteriores", r"(?:risposte|messaggi) precedenti", r"(?:vorige|eerdere) (?:antwoorden|berichten)",
)  # fmt: skip

# Words between two rows of dashes.
ORIGINAL = (
    "original message", "original mail", "original email", "original e-mail", "original appointment", "reply message", "replied message",
    "message", "original", "pesan asli", "pesan awal", "pesan semula", "pesan sebelumnya", "pesan original", "email asli", "surel asli", "mesej asal",
    "ursprüngliche nachricht", "urspr[uü]ngliche mail", "originalnachricht", "original-?nachricht", "original-?mail", "antwort nachricht", "message d['’]origine",
    "message original", "message initial", "message d['’]origine", "courriel original", "mensaje original", "missatge original", "mensagem original", "messaggio originale", "messaggio di origine",
    "oorspronkelijk bericht", "origineel bericht", "oprindelig meddelelse", "oprindelig besked", "original meddelelse", "opprinnelig melding", "ursprungligt meddelande",
    "originalmeddelande", "alkuperäinen viesti", "wiadomość oryginalna", "oryginalna wiadomość", "původní zpráva", "pôvodná správa", "eredeti üzenet", "mesaj original", "mesajul original",
    "originalna poruka", "izvorna poruka", "izvirno sporočilo", "algne sõnum", "originalus laiškas", "orijinal (?:mesaj|ileti|e-?posta)", "özgün ileti", "исходное сообщение", "исходное письмо",
    "оригинальное сообщение", "оригінальне повідомлення", "вихідне повідомлення", "оригинално съобщение", "αρχικό μήνυμα", "ההודעה המקורית", "הודעה מקורית", "הודעת מקור", "الرسالة الأصلية",
    "رسالة أصلية", "پیام اصلی", "मूल संदेश", "ข้อความต้นฉบับ", "ข้อความเดิม", "thư gốc", "tin nhắn gốc", "原始邮件", "原始郵件", "原邮件", "回复的原邮件", "元のメッセージ", "원본 메[시세]지",
)  # fmt: skip
FORWARDED = (  # the part that every form of the word has
    "forwarded", r"fwd\b", "terusan", "diteruskan", "dimajukan", "weitergeleitet", "transf[ée]r", "r[ée]exp[ée]di", "reenviad", "reenviat", "encaminhad", "inoltrat", "doorgestuurd",
    "videresen", "vidarebefordra", "välitetty", "edelleenläh", "przekazan", "przesłan", "přeposlan", "preposlan", "továbbít", "redirec[țţt]", "iletilen", "yönlendiril", "пересыл", "переслан",
    "перенаправ", "препратен", "proslijeđen", "prosleđen", "posredovan", "edastatud", "persiųst", "pārsūtīt", "προωθ", "שהועבר", "توجيه", "فوروارد", "ส่งต่อ", "chuyển tiếp", "转发", "轉寄", "転送", "전달",
)  # fmt: skip
FORWARD_BEGINS = (
    "begin forwarded message", "forwarded message", "mulai pesan yang diteruskan", "mulai pesan terusan", "awal pesan yang diteruskan", "anfang der weitergeleiteten nachricht",
    "début du message réexpédié", "début du message transféré", "inizio messaggio inoltrato", "inicio del mensaje reenviado",
    "início da mensagem reencaminhada", "início da mensagem encaminhada", "begin doorgestuurd bericht", "vidarebefordrat brev", "start på videresendt besked",
    "välitetty viesti alkaa", "początek przekazywanej wiadomości", "начало переадресованного сообщения", "başlangıç iletilen ileti", "下面是被转发的邮件", "開始轉寄郵件", "転送されたメッセージ",
)  # fmt: skip
FORWARD_SUBJECTS = (
    "fw", "fwd", "terusan", "diteruskan", "teruskan", "majukan", "tr", "trans", "wg", "rv", "enc", "doorst", "vs", "vb", "vl", "videresend(?:t)?", "pd", "ilt", "redir", "továbbítás", "πρθ", "προωθ",
    "הועבר", "إعادة توجيه", "ส่งต่อ", "chuyển tiếp", "转发", "轉寄", "転送", "전달", "i",
)  # fmt: skip

# "Please type your reply above this line": what a desk writes into its own mails. One word of each kind.
REPLY = (
    r"repl(?:y|ies)", "respon[ds]e?", "answer", "type", "write", r"balas(?:an|lah)?", "jawab(?:an)?", "tulis", "ketik", "antwort(?:en)?", "schreiben",
    r"r[ée]pon(?:dre|dez|se)", "responder?", "respuesta", "responda", "escriba", "rispondi", "rispondere", "risposta", "resposta", r"antwoord(?:en)?", "reageren",
    r"sva[rp](?:a|et)?", "skriv", "vastaa", "odpowie[dź]\\w*", "odpověď", "odpov[ěe]z\\w*", "válasz\\w*", "yanıt\\w*", "ответ\\w*", "відпові\\w*",
)  # fmt: skip
ABOVE = (
    "above", r"di ?atas", "oberhalb", "über", "au[- ]dessus", "ci-dessus", "encima", "arriba", "por encima", "sopra", "acima", "boven", "ovanför", "ovenfor", "over",
    "yläpuolelle", "powyżej", "nad", "fölé", "üstüne", "üzerine", "выше", "вище",
)  # fmt: skip
LINE = (
    "line", "mark", "baris", "garis", "zeile", "linie", "ligne", "línea", "riga", "linea", "linha", "regel", "lijn", "rad(?:en)?", "linje[nt]?", "rivin?", "linii", "lini[ią]", "řádek",
    "řádkem", "sor", "satır\\w*", "строк\\w*", "черт\\w*", "рядк\\w*", "лінії",
)  # fmt: skip

# The line that a telephone or a mail program puts below every mail.
DEVICES = (
    r"sent (?:from|via|with|using|by) (?:my |the )?\S.{0,60}", r"(?:get|download) (?:\[)?outlook for \S.{0,40}", r"(?:dikirim|terkirim) (?:dari|melalui|menggunakan|dengan|lewat|via) \S.{0,60}",
    r"dari (?:yahoo mail|iphone|ipad|hp|ponsel) ?\S?.{0,40}", r"(?:dapatkan|unduh) outlook untuk \S.{0,40}", r"dihantar (?:dari|daripada|melalui|menggunakan) \S.{0,60}",
    r"(?:von (?:meinem|unterwegs|mein) .{0,40}gesendet|gesendet (?:von|mit|via|aus|über) \S.{0,60}|diese nachricht wurde von mein.{0,60})",
    r"(?:holen sie sich |laden sie )?outlook für \S.{0,40}(?:beziehen|herunterladen|herunter)?",
    r"envoyé (?:de(?:puis)?|à partir|avec|d['’]un|via) .{0,60}", r"(?:télécharge[rz]|obtene[rz]|obtenir) outlook pour .{0,40}", r"enviad[oa] (?:desde|do|de|da|a partir|mediante|com|con|via|através) .{0,60}", r"obten(?:er|ha|ga) (?:o )?outlook para .{0,40}",
    r"enviat (?:des de|des del|de|amb) .{0,60}", r"inviat[oa] (?:da|dal|dall['’]|con|tramite) ?.{0,60}", r"(?:ottieni|scarica) outlook per .{0,40}", r"(?:verzonden|verstuurd|verstuurt) (?:vanaf|met|via|vanuit|van) .{0,60}", r"outlook voor \S.{0,40} downloaden",
    r"(?:skickat|sänt) från .{0,60}", r"(?:hämta|skaffa) outlook för .{0,40}", r"sendt (?:fra|via|med) .{0,60}", r"(?:hent|få) outlook (?:til|for) .{0,40}", r"lähetetty .{0,60}", r"hanki outlook .{0,40}",
    r"wysłan[eoy] (?:z|ze|za) .{0,60}", r"pobierz (?:aplikację )?outlook .{0,40}", r"(?:odesláno|odoslané) z[eo]? .{0,60}", r"trimis (?:de pe|din|cu|prin) .{0,60}", r"posla[nt]o (?:s|sa|z|iz) .{0,60}",
    r"(?:отправлено|отправлен) (?:с|со|из|через) .{0,60}", r"надіслано (?:з|із|зі) .{0,60}", r"изпратено от .{0,60}", r"(?:στάλθηκε|εστάλη) από .{0,60}", r"(?:נשלח מ|קבל את outlook).{0,60}", r"(?:أُ?رسلت?|تم الإرسال|مرسل) من .{0,60}", r"(?:ارسال شده|فرستاده شده) (?:از|با) .{0,60}",
    r"ส่งจาก.{0,60}", r"(?:đã )?(?:được )?gửi từ .{0,60}", r"(?:发自|發自|從我的|从我的|由我的).{0,40}", r"(?:获取|下載|取得|下载) ?outlook.{0,30}",
    r"ipinadala (?:mula|gamit) .{0,60}",
)  # fmt: skip

DEVICE_ENDS = (  # the same, where the telephone is named first
    "küldve", "से भेजा गया", "から送信", "を使用して送信", "에서 보냄", "에서 전송", r"\w{2,6}dan gönderildi", r"\w{2,6}den gönderildi", r"['’]\w{2,8} gönderildi",
)  # fmt: skip

# Words of the line below the rule that a mailing list draws under every mail.
LISTS = (
    "mailing list", "mailinglist", "milis", "mailingliste", "liste de diffusion", "lista de correo", "lista de discussão", "mailinglijst", "list info", "listinfo",
    "to unsubscribe", "unsubscribe from", "untuk berhenti berlangganan",
)  # fmt: skip
