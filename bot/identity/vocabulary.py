"""Words that help to read an identity: what a name never is, and how units of an institute are called.

Curated lists of our own. A word that is also a common given name (Cahaya, Mega, Bagus) is not among the function words
unless it would be misread far more often than it names somebody.
"""

_FUNCTION_WORDS = """
    ada adalah admin agar akan aku aja akun aktif alumni anda anak angkatan antara apa apakah asisten asdos asprak atas atau
    atur baca bagaimana bagian bahwa baik balik banget bantu bantuan bantuannya banyak bapak baru beberapa belum benar berapa
    berhasil berikut bermaksud bertanya besok bila bisa boleh bu buka bukan bulan buat butuh cara coba cuma daftar dan dapat dari
    data dengan di dia dibantu dimana dong dosen email edunex error forgot gagal ga gabisa gak gimana gmn halo hai halaman hanya harap
    hari harus hendak hilang hp hubungi ibu identitas ikut iya ya ini itb itu izin ijin jadi jam jangan jika juga jurusan kak
    kakak kalau kalo kami kamu karena ke kelas kemarin kenapa kendala kepada kesulitan kesusahan ketika ketinggalan kirim kita
    kode kok kuis kuliah kurang lagi lambat lama langsung login logout lulus lupa maaf mahasiswa mahasiswi makasih malam malah mana masih masuk masalah
    mata matkul materi mau melakukan melihat mencoba mendapat mendapatkan mengalami mengajar mengumpulkan menjadi menit menunggu mereka merasa min
    minggu minta mohon mulai muncul nanti nama nih nilai nim nip no nomor nomer nya ok oke orang orangtua orang-tua otp pada padahal pagi pak panduan
    password pegawai pengampu peran per perkenalkan perlu pernah pertama permisi pindah prodi program punya putus rekan reset
    saja salah salam sama sampai sandi sangat sarjana saya sebagai sebelum sebelumnya sedang sejak sekali sekarang selaku selalu selamat semester semua
    sendiri seperti sering siang sih siap siapa situ sore staf staff studi suka sudah supaya surat sy tadi tahun tanya tapi tau tahu
    tdk telah telat teman tendik terdaftar terima terimakasih terkendala terlambat terus tetap tiba tidak tiket tolong tombol tugas
    tungguin udah ujian unit untuk upload urgent uas uts video via wa waktu wali yang yg yth wkwk wkwkwk haha hehe lho loh lah deh kah pun
    kartu kosong kasih kesini sini sana buru apaan ngapain ogah rahasia males gamau nanya emang kalian bot robot
    tertulis tercantum terkunci tersebut jawab jawaban sakit setuju bingung panik kecewa kesal heran penasaran
    daring online offline zoom absen presensi forum sertifikat laporan berkas file foto lampiran terlampir
    operator kepala sekretaris ketua koordinator peserta pengguna user
    a able about account after again all also am an and any are as asked at be because been but by can cannot can't could course did do
    does doesn't don't done for from get getting give got had has have having hello help hi how i'm i've if in into is it just keep know
    lecturer like lost me missing my name need new no not now number of on or our out parent please problem question really registered
    regards sorry stuck still student sure than thank thanks that the their there they this to too trying unable unit unsure up us very waiting want
    was we were what when where which who why will with writing wrong would yes you your writing currently enrolled facing
    teacher staff professor exchange international misspelled misspelt spelled incorrect different shown listed written displayed appears
    changed typo keliru berbeda berubah ganti dobel double gada gaada gamuncul blm belom blom ngga nggak tdk gk jgn knp emg ttp aneh kurang
    kapan katanya lapor kemana tes test testing coba2 ukt kuota wifi sertif
    klik pakai pake transfer bayar ketik ngetik tulis isi input lihat liat cek download unduh unggah kerja tinggal sempat dapet ambil
    pilih chat hubungin telepon nelpon nunggu nungguin ngisi ngirim ngerjain ngumpulin bikin minjam pinjam beli kumpul submit hormat dicoba kebalik ketuker nyantol nongol ngaco kacau beda
"""

#: Never part of a name: chat and office words, in Indonesian and English.
FUNCTION_WORDS: frozenset[str] = frozenset(_FUNCTION_WORDS.split())

#: May be written small within a name.
NAME_PARTICLES: frozenset[str] = frozenset(
    {"bin", "binti", "al", "el", "de", "van", "der", "von", "i", "ni", "ibn", "abu", "da", "dos", "den"}
)

#: Study programmes and offices by their names, small letters.
UNIT_NAMES: frozenset[str] = frozenset(
    line.strip()
    for line in """
    aeronautika dan astronautika
    aktuaria
    arsitektur
    arsitektur lanskap
    astronomi
    biologi
    bisnis
    desain interior
    desain komunikasi visual
    desain produk
    farmasi klinik dan komunitas
    fisika
    informatika
    kewirausahaan
    kimia
    kriya
    magister manajemen
    manajemen
    manajemen rekayasa
    manajemen rekayasa industri
    matematika
    meteorologi
    mikrobiologi
    oseanografi
    perencanaan wilayah dan kota
    rekayasa hayati
    rekayasa infrastruktur lingkungan
    rekayasa kehutanan
    rekayasa pertanian
    sains dan teknologi farmasi
    sains komputasi
    seni rupa
    sistem dan teknologi informasi
    sistem informasi
    teknik bioenergi dan kemurgi
    teknik biomedis
    teknik dan pengelolaan sumber daya air
    teknik dirgantara
    teknik elektro
    teknik elektro dan informatika
    teknik fisika
    teknik geodesi
    teknik geodesi dan geomatika
    teknik geofisika
    teknik geologi
    teknik industri
    teknik informatika
    teknik kelautan
    teknik kimia
    teknik komputer
    teknik lingkungan
    teknik material
    teknik mesin
    teknik metalurgi
    teknik pangan
    teknik perminyakan
    teknik pertambangan
    teknik sipil
    teknik telekomunikasi
    teknik tenaga listrik
    akuntansi
    hukum
    ilmu komputer
    ilmu komunikasi
    kedokteran
    psikologi
    informatics
    informatics engineering
    computer science
    information systems
    information system and technology
    electrical engineering
    civil engineering
    mechanical engineering
    chemical engineering
    industrial engineering
    environmental engineering
    engineering physics
    aerospace engineering
    petroleum engineering
    mining engineering
    geological engineering
    architecture
    mathematics
    physics
    chemistry
    biology
    astronomy
    pharmacy
    management
    fine arts
    urban and regional planning
    """.strip().splitlines()
)

#: Schools, faculties and offices by their letters. Only those that are no word of their own.
UNIT_ABBREVIATIONS: frozenset[str] = frozenset(
    {
        "stei", "stei-k", "stei-r", "ftmd", "ftsl", "fmipa", "sith", "sith-s", "sith-r", "fttm", "fitb", "sappk", "fsrd", "sbm",
        "ditbangdik", "ditdik", "dti", "dsti", "lppm", "lptp", "tpb",
    }
)  # fmt: skip

#: With such a word a unit begins, as it is written in a text with capitals.
UNIT_HEADS: tuple[str, ...] = (
    "Fakultas", "Sekolah", "Program Studi", "Prodi", "Jurusan", "Departemen", "Direktorat", "Biro", "UPT", "Lembaga", "Laboratorium",
    "Kelompok Keahlian", "Tata Usaha", "Subdirektorat", "Magister", "Doktor", "Pascasarjana", "Teknik", "Rekayasa", "Faculty of", "School of", "Department of",
)  # fmt: skip
