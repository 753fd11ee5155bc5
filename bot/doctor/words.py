"""What is found out about accounts and directories, for those who set them up on the pages and for the command line."""

from templates_replies.phrase import Phrase

# -- whatever it is ---------------------------------------------------------------------------------------------------

HALF = Phrase(id="baru terpasang sebagian: {unset} belum diisi.", en="set up by half: {unset} not set.")
OFF = Phrase(
    id="belum tersambung ke penyedianya: {unset} belum diisi. Cobalah dengan `tanggap simulate`.",
    en="off towards the provider: {unset} not set. Try it with `tanggap simulate`.",
)
OWN = Phrase(
    id="dilayani oleh pemasangan ini sendiri, tanpa penyedia luar.",
    en="served by this installation itself.",
)
UNREACHED = Phrase(id="{whom} tidak dapat dihubungi: {why}.", en="{whom} cannot be reached: {why}.")
SKEWED = Phrase(
    id="jam mesin ini berbeda {seconds} detik dari jam penyedia; setel dengan NTP.",
    en="this machine's clock differs from the provider's by {seconds} seconds; set it by NTP.",
)
INSIDE = Phrase(
    id="{host} ada di jaringan dalam, dan dari halaman ini hanya alamat di internet yang diuji. Administrator server dapat menyebut {host} dalam TANGGAP_HOOK_HOSTS, atau mengujinya dengan `tanggap doctor`.",
    en="{host} is within a private network, and from this page only addresses on the internet are tried. The server's administrator may name {host} in TANGGAP_HOOK_HOSTS, or try it by `tanggap doctor`.",
)

# -- why a connection fails -------------------------------------------------------------------------------------------

REFUSED = Phrase(
    id="tidak ada yang menerima sambungan pada alamat dan port itu",
    en="nobody takes the connection at that address and port",
)
UNKNOWN_HOST = Phrase(id="nama host itu tidak dikenal", en="the host is not known")
TOO_LATE = Phrase(id="tidak ada jawaban dalam {seconds} detik", en="no answer within {seconds} seconds")
UNTRUSTED = Phrase(id="sertifikatnya tidak dipercaya", en="its certificate is not trusted")
EXPIRED = Phrase(
    id="masa berlaku sertifikatnya sudah lewat, atau jam mesin ini keliru; perbarui sertifikatnya",
    en="its certificate has expired, or this machine's clock is wrong; renew it",
)
OF_ANOTHER_NAME = Phrase(
    id="sertifikatnya atas nama host lain", en="its certificate is made out to another host"
)
NO_TLS = Phrase(id="sambungan TLS tidak terbentuk", en="the TLS connection fails")
BROKEN = Phrase(id="sambungannya terputus ({kind})", en="the connection breaks ({kind})")

# -- where messages are brought ---------------------------------------------------------------------------------------

NOT_OUTSIDE = Phrase(
    id="{whom} tidak dapat mengantarkan pesan ke sini: TANGGAP_PUBLIC_URL bukan alamat https. Isi dengan alamat yang dicapai dari luar.",
    en="{whom} cannot bring messages here, for TANGGAP_PUBLIC_URL is no https address: set it to the one by which the outside reaches this.",
)
NOWHERE = Phrase(
    id="{whom} tidak diberi tahu ke mana pesan harus diantarkan; daftarkan {expected} sebagai alamat webhook.",
    en="{whom} does not know where to bring messages; register {expected} as the address of the webhook.",
)
ELSEWHERE = Phrase(
    id="{whom} mengantarkan pesan ke {there}, bukan ke {expected}: pesan kontak tidak sampai di sini. Daftarkan alamat itu, atau perbaiki TANGGAP_PUBLIC_URL.",
    en="{whom} brings messages to {there} and not to {expected}: what contacts write does not arrive here. Register that address, or mend TANGGAP_PUBLIC_URL.",
)
WEBHOOK_UNSET = Phrase(
    id="webhook belum terdaftar di Telegram; layanan ini mendaftarkannya sendiri ketika berjalan.",
    en="Telegram has no webhook set; the service sets it by itself when it runs.",
)
WEBHOOK_OF_ANOTHER = Phrase(
    id="Telegram mengantarkan pembaruan ke {there}; layanan ini menghapus webhook itu ketika berjalan, karena alamatnya sendiri bukan https.",
    en="Telegram brings updates to {there}; the service removes that webhook when it runs, for its own address is not https.",
)
WEBHOOK_FAILS = Phrase(
    id="{many} pembaruan menunggu karena Telegram gagal mengantarkannya: {said}.",
    en="{many} updates wait, for Telegram cannot bring them: {said}.",
)

ITSELF_BROKEN = Phrase(
    id="{there}: {why}. Pesan dari penyedia tidak akan sampai.",
    en="{there}: {why}. Providers will not bring messages there.",
)
ITSELF_UNREACHED = Phrase(
    id="{there} tidak tercapai dari mesin ini: {why}. Pastikan alamat itu tercapai dari luar.",
    en="{there} is not reached from this machine: {why}. See that it is from outside.",
)
ITSELF_ELSEWHERE = Phrase(
    id="{there} menjawab {status}, bukan dari layanan ini: periksa proxy dan TANGGAP_PUBLIC_URL.",
    en="{there} answers {status}, and it is not this service that does: look at the proxy and at TANGGAP_PUBLIC_URL.",
)
ITSELF_ANSWERS = Phrase(
    id="{there} menjawab; di situ penyedia mengantarkan pesan.",
    en="{there} answers; there providers bring messages.",
)

# -- Telegram ---------------------------------------------------------------------------------------------------------

TOKEN_REFUSED = Phrase(
    id="Telegram menolak tokennya ({status}); mintalah token yang berlaku kepada @BotFather (/token).",
    en="Telegram refuses the token ({status}); ask @BotFather for the one that counts (/token).",
)
BOT_KNOWN = Phrase(id="Telegram mengenal bot ini sebagai @{bot}.", en="Telegram knows the bot as @{bot}.")
NO_GROUP = Phrase(
    id="tidak ada grup petugas: petugas menjawab di web atau dengan #nomor.",
    en="no agents' group: agents answer on the web or by #number.",
)
NOT_IN_GROUP = Phrase(
    id="bot belum berada di grup petugas {group}, atau grup itu tidak ada.",
    en="the bot is not in the agents' group {group}, or there is no such group.",
)
NO_TOPICS = Phrase(
    id="grup petugas {group} belum memakai topik; aktifkan topik di pengaturan grupnya.",
    en="the agents' group {group} has no topics; turn them on in its settings.",
)
NO_RIGHTS = Phrase(
    id="di grup petugas {group} bot harus menjadi administrator yang boleh mengelola topik.",
    en="in the agents' group {group} the bot has to be an administrator who may manage topics.",
)
GROUP_READY = Phrase(
    id="grup petugas {group} memakai topik, dan bot boleh mengelolanya.",
    en="the agents' group {group} has topics, and the bot may manage them.",
)

# -- WhatsApp ---------------------------------------------------------------------------------------------------------

TWILIO_REFUSES = Phrase(
    id="Twilio menolak SID akun atau auth token-nya; salin keduanya lagi dari konsol Twilio.",
    en="Twilio refuses the account SID or the auth token; copy both anew from its console.",
)
TWILIO_ANSWERS = Phrase(id="Twilio menjawab {status}.", en="Twilio answers {status}.")
TWILIO_KNOWS = Phrase(
    id="Twilio mengenal akun ini ({status}); pengirim {sender}.",
    en="Twilio knows the account ({status}); sender {sender}.",
)
META_REFUSES = Phrase(
    id="Meta menolak access token-nya; buatlah yang baru untuk pengguna sistem, tanpa batas waktu.",
    en="Meta refuses the access token; make a new one for a system user, without an end.",
)
META_HIDES_NUMBER = Phrase(
    id="Meta tidak menunjukkan nomor {number} (kode {code}): id-nya keliru, atau izinnya belum ada.",
    en="Meta does not show the number {number} (code {code}): wrong id, or no permission.",
)
META_KNOWS = Phrase(id="Meta mengenal nomor ini sebagai {shown}.", en="Meta knows the number as {shown}.")
META_DIFFERS = Phrase(
    id="Meta mengenal phone_number_id ini sebagai {shown}, sedangkan berkas unit menyebut {sender}.",
    en="Meta knows this phone_number_id as {shown}, and the desk file says {sender}.",
)
NO_VERIFY_TOKEN = Phrase(
    id="tidak ada verify_token: alamat webhook tidak dapat didaftarkan di Meta.",
    en="no verify_token: Meta cannot be given the webhook's address.",
)
META_HIDES_BUSINESS = Phrase(
    id="Meta tidak menunjukkan akun bisnis {business} (kode {code}).",
    en="Meta does not show the business account {business} (code {code}).",
)
NOBODY_LISTENS = Phrase(
    id="tidak ada aplikasi yang berlangganan akun bisnis {business}: pesan kontak tidak akan sampai.",
    en="no app is subscribed to the business account {business}: what contacts write does not arrive.",
)

# -- mail -------------------------------------------------------------------------------------------------------------

NO_OAUTH = Phrase(id="belum bisa masuk dengan OAuth2: {why}.", en="no login by OAuth2: {why}.")
LISTENS = Phrase(
    id="penerima surel mengambil yang dialamatkan kepada {address}.",
    en="the mail listener takes what is addressed to {address}.",
)
NO_MAILBOX = Phrase(id="tidak ada kotak surat yang dibaca.", en="no mailbox is read.")
NO_RELAY = Phrase(
    id="tidak ada relay: jawaban lewat surel tetap tersimpan di sini dan tidak terkirim.",
    en="no relay: answers by mail stay in the ledger.",
)
MAILBOX_REFUSES = Phrase(
    id="kotak surat di {host} menolak nama pengguna atau kata sandinya; banyak penyedia meminta kata sandi aplikasi atau OAuth2.",
    en="the mailbox at {host} refuses the login: mend user or password; many want an app password or OAuth2.",
)
MAILBOX_FAILS = Phrase(
    id="kotak surat di {host} tidak dapat dibaca: {why}.", en="the mailbox at {host} cannot be read: {why}."
)
MAILBOX_READ = Phrase(id="kotak surat di {host} dapat dibaca.", en="the mailbox at {host} can be read.")
RELAY_REFUSES = Phrase(
    id="relay di {host} menolak nama pengguna atau kata sandinya; banyak penyedia meminta kata sandi aplikasi atau OAuth2.",
    en="the relay at {host} refuses the login: mend user or password; many want an app password or OAuth2.",
)
RELAY_FAILS = Phrase(
    id="relay di {host} tidak dapat dipakai: {why}.", en="the relay at {host} cannot be used: {why}."
)
RELAY_ANSWERS = Phrase(id="relay di {host} menjawab.", en="the relay at {host} answers.")
RELAY_LETS_IN = Phrase(
    id="relay di {host} menjawab dan menerima kita masuk.", en="the relay at {host} answers and lets us in."
)

# -- the domain of a mailbox ------------------------------------------------------------------------------------------

NAMES_UNREACHED = Phrase(
    id="DNS tidak menjawab tentang {domain}: MX, SPF, dan DMARC tidak dapat diperiksa dari sini.",
    en="the DNS does not answer about {domain}: MX, SPF and DMARC cannot be looked up from here.",
)
NO_MX = Phrase(
    id="{domain} tidak memiliki MX: balasan kontak lewat surel tidak akan sampai.",
    en="{domain} has no MX: answers of contacts by mail do not arrive.",
)
NO_SPF = Phrase(
    id="{domain} tidak memiliki SPF: jawaban dapat dianggap spam atau ditolak. Terbitkan TXT yang diawali v=spf1 dan menyebut relay.",
    en="{domain} has no SPF: answers may be taken for spam or refused. Publish a TXT that begins with v=spf1 and names the relay.",
)
TWO_SPF = Phrase(
    id="{domain} memiliki lebih dari satu SPF, sehingga tidak satu pun berlaku; gabungkan menjadi satu TXT.",
    en="{domain} has more than one SPF, so that none counts; make one TXT of them.",
)
SPF_LETS_ALL = Phrase(
    id="SPF {domain} mengizinkan siapa saja mengirim atas namanya ({record}); akhiri dengan ~all atau -all.",
    en="the SPF of {domain} lets everybody send in its name ({record}); end it with ~all or -all.",
)
NO_DMARC = Phrase(
    id="{domain} tidak memiliki DMARC; terbitkan TXT v=DMARC1 pada _dmarc.{domain}.",
    en="{domain} has no DMARC; publish a TXT v=DMARC1 at _dmarc.{domain}.",
)
TWO_DMARC = Phrase(
    id="{domain} memiliki lebih dari satu DMARC, sehingga tidak satu pun berlaku.",
    en="{domain} has more than one DMARC, so that none counts.",
)
NAMES_READY = Phrase(id="{domain} memiliki MX, SPF, dan DMARC.", en="{domain} has MX, SPF and DMARC.")

# -- directories ------------------------------------------------------------------------------------------------------

DIRECTORY_OFF = Phrase(id="nonaktif: {unset} belum diisi.", en="off: {unset} not set.")
DIRECTORY_ANSWERS = Phrase(id="direktori menjawab.", en="{says}")
DIRECTORY_REFUSES = Phrase(
    id="direktori tidak dapat dipakai dengan pengaturan ini. Keterangan teknisnya: {says}.",
    en="{says}.",
)
