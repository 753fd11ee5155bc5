"""The words and phrases by which `cues` understands a short message, and what each of them does in it."""

from collections.abc import Mapping
from enum import Enum, auto


class Role(Enum):
    """What a word or phrase does in a short message."""

    FILL = auto()  # particles, softeners: mean nothing alone
    ADDRESS = auto()  # whom one speaks to: kak, pak, sir
    INTRODUCE = auto()  # says who one is; a name follows
    NAME = auto()
    GREET = auto()
    OPEN = auto()  # announces a question without asking it
    HELP = auto()  # wants help without saying with what
    THANKS = auto()
    THANKS_FOR = auto()  # what one thanks for
    NOD = auto()  # heard, fine
    YA = auto()  # yes where it stands first, a particle elsewhere
    YES = auto()
    NO = auto()
    DONE = auto()  # it works now
    NOT_DONE = auto()  # it still does not
    PERSON = auto()
    SOMEBODY = auto()  # a person, but too common a word to stand alone
    TALK = auto()
    WANT = auto()
    TICKET = auto()
    STATE = auto()  # asks for the state by itself
    ASK = auto()  # asks for the state together with a ticket
    NUMBER = auto()
    STOP = auto()
    START = auto()
    MENU = auto()


PHRASES: Mapping[Role, str] = {
    Role.FILL: """
        dong | deh | sih | kok | lah | nih | loh | lho | ini | itu | dulu | saja | sekali | banget | banyak | lagi | juga | semua
        | and | the | so | much | very | really | again | all | now | sekarang | mohon | tolong | please | maaf | hehe | haha | hehehe
        | alhamdulillah | untuk saat ini | sudah cukup | dan | yang | saya | i | me | we | kami | aku | sebelumnya | tapi | but
        | sudah saya coba | sudah coba | sudah dicoba | wah | wow | sorry | everyone | everybody | ya allah | u | quick | kalau boleh | something
        | sesuatu
        """,
    Role.ADDRESS: """
        kak | pak | bu | min | mas | mbak | bang | abang | om | gan | bro | sis | prof | dok | sir | madam | miss | dear | team | tim
        | mr | mrs | ms | dr | gaes | guys | teman | rekan
        """,
    Role.INTRODUCE: """
        perkenalkan | perkenalkan saya | perkenalkan nama saya | nama saya | saya mahasiswa | saya mahasiswi | saya dosen | saya dari
        | mahasiswa | mahasiswi | dari prodi | dari jurusan | dari fakultas | prodi | jurusan | fakultas | angkatan | nim | nip
        | my name is | i am | student id
        """,
    Role.GREET: """
        halo | hai | hi | hello | hey there | hi there | hello there | permisi | assalamualaikum | wr wb | warahmatullahi wabarakatuh
        | wr | wb | walaikumsalam | waalaikumsalam | salam | salam sejahtera | om swastiastu | shalom | namo buddhaya | selamat pagi
        | selamat siang | selamat sore | selamat malam | pagi | siang | sore | malam | met pagi | met siang | met sore | met malam
        | good morning | good afternoon | good evening | good day | morning | greetings | p | ping | tes | test | punten | apa kabar
        | how are you | sampurasun | hola | assalamu alaikum | assalamu alaikum warahmatullahi wabarakatuh | selamat datang
        """,
    Role.OPEN: """
        mau tanya | ingin tanya | izin tanya | numpang tanya | boleh tanya | bisa tanya | saya mau tanya | saya ingin tanya | tanya
        | mau tanya sesuatu | ada yang mau saya tanyakan | ada yang ingin saya tanyakan | i have a question | can i ask
        | can i ask something | may i ask | i want to ask | i want to ask something | i would like to ask | can i ask a question
        | ada orang | is anyone there | anyone there | is anybody here | is anyone here | anybody here | mau tanya tanya
        | tanya sesuatu | ask something | ask a question | ask you something | ask you a question | quick question | a quick question
        | i have a quick question | question | pertanyaan | ada pertanyaan | like to ask | mau konsultasi | ingin konsultasi
        | konsultasi | izin konsultasi | mengganggu | ganggu | mengganggu waktu | ganggu waktu | sorry to bother you
        | sorry to disturb you | sorry for bothering you
        """,
    Role.HELP: """
        bantuan | help | help me | minta tolong | bantu saya | bantu aku | bantu kami | bantu dong | tolong bantu | mohon bantu
        | mohon dibantu | tolong dibantu | assist me | some help | pertolongan
        """,
    Role.THANKS: """
        makasih | thanks | thanks a lot | many thanks | matur nuwun | matur suwun | nuwun | hatur nuhun | jazakallah | jazakumullah
        | jazakallah khair | jazakallahu khairan | syukron | arigato | appreciate it | much appreciated | i appreciate it | cheers
        | barakallah | barakallahu fiik | sehat selalu | sukses selalu | sehat sehat | semoga sehat selalu | semoga sukses
        | semoga sukses selalu | semoga hari menyenangkan | semoga harimu menyenangkan | semoga dibalas kebaikan | have a nice day
        | have a great day | have a good day | have a nice weekend | have a great weekend | take care | god bless | god bless you
        | selamat bekerja | selamat beraktivitas | thanks u | tuhan memberkati
        """,
    Role.THANKS_FOR: """
        atas | info | informasi | jawaban | respon | respons | balasan | penjelasan | waktu | kerjasama | kerja sama
        | perhatian | pencerahan | for | your | the help | answer | reply | information | assistance | response | time
        | merepotkan | sudah merepotkan | sudah bantu | sudah dibantu | cepat | fast | solusi | tanggapan | arahan | pelayanan | layanan
        | kebaikan | kesabaran | dukungan | kesempatan | in advance | support | kindness | patience
        """,
    Role.NOD: """
        ok | oke siap | siap | sip | baik | baiklah | mantap | noted | i see | understood | got it | alright | all right | great | nice
        | perfect | awesome | keren | dimengerti | dipahami | saya mengerti | saya paham | paham | mengerti | sama sama | kembali
        | you are welcome | tidak apa apa | tidak apa | tidak masalah | no problem | gapapa | gpp | jos | top | cukup jelas | jelas
        | oh begitu | oh | begitu | sudah jelas
        """,
    Role.YA: "ya",
    Role.YES: """
        yes | yeah | yea | benar | sudah | sure | correct | that is right | tentu | of course | it did | yes it did
        | it does | yes it does | absolutely | definitely | setuju
        """,
    Role.NO: "tidak | no | belum | bukan | nah | not really | tidak juga | belum juga | tidak sama sekali | not at all | it did not",
    Role.DONE: """
        sudah bisa | bisa sekarang | berhasil | sudah berhasil | terbantu | sudah terbantu | sangat terbantu | membantu | sangat membantu
        | cukup membantu | sudah membantu | beres | sudah beres | sudah selesai | selesai | sudah terjawab | terjawab | sudah normal
        | sudah teratasi | teratasi | it works | it works now | works | works now | it worked | worked | solved | fixed | it is solved
        | problem solved | it is fixed | that helped | that helps | it helped | it helps | very helpful | helpful | sudah masuk
        | sudah bisa masuk | bisa masuk | sudah aman | sudah ok | jawaban membantu
        """,
    Role.NOT_DONE: """
        belum bisa | tidak bisa | masih belum bisa | masih tidak bisa | tetap tidak bisa | tetap belum bisa | belum bisa juga
        | tidak bisa juga | tidak terbantu | belum terbantu | kurang terbantu | tidak membantu | belum membantu | kurang membantu
        | sama sekali tidak membantu | belum berhasil | tidak berhasil | masih belum berhasil | masih belum | masih sama | gagal
        | masih gagal | tetap gagal | belum selesai | belum terjawab | belum teratasi | not yet | still not | does not work
        | it does not work | still does not work | it still does not work | did not work | it did not work | not working
        | still not working | it is not working | that did not help | it did not help | did not help | does not help | not helpful
        | no it did not | not solved | still the same | kurang jelas | belum jelas | tidak jelas
        """,
    Role.PERSON: """
        petugas | admin | operator | cs | customer service | customer care | manusia | agen | agent | live agent | live chat | human
        | human agent | real person | a real person | a human | an agent | real human | orang asli | manusia asli | petugas asli
        | petugas langsung | admin langsung | bukan bot | bukan robot | jangan bot | not a bot | representative | a representative
        | human please | bantuan petugas | bantuan admin
        """,
    Role.SOMEBODY: """
        orang | orang langsung | staf | staff | pegawai | someone | somebody | a person | person | an operator | a staff member
        | staf langsung
        """,
    Role.TALK: """
        bicara | berbicara | ngobrol | ngomong | chat | hubungi | menghubungi | sambungkan | disambungkan | hubungkan | dihubungkan
        | terhubung | tersambung | panggilkan | panggil | speak | talk | connect | connected | transfer | contact | reach | kontak
        | berbincang | konsultasi langsung | chatting | sambungin | hubungin | speaking | alihkan | dialihkan | teruskan
        """,
    Role.WANT: """
        mau | ingin | bisa | boleh | minta | butuh | perlu | bisakah | bolehkah | apakah | apakah bisa | apakah boleh | dapatkah
        | want | want to | need | need to | would like | would like to | can | could | may | let | get | give | dengan | ke | kepada
        | sama | to | with | langsung | directly | a | an | some | you | bantu | bantuan dari | help from | can you | could you
        | saya mau | saya ingin | id like to | i'd like to
        """,
    Role.TICKET: """
        tiket | tiket saya | tiket nomor | tiket no | nomor tiket | no tiket | laporan saya | laporan nomor | pengaduan saya
        | aduan saya | my ticket | tiket number | my request | my report | permintaan saya | keluhan saya
        | my case | case | permohonan saya | pengajuan saya | peminjaman saya | permohonan nomor | pengajuan nomor
        | my application
        """,
    Role.STATE: """
        status | status permohonan | status pengajuan | status peminjaman | status permintaan | status of my application
        | cek status | check status | lihat status | tanya status | mau cek status | mau tanya status | any update
        | any updates | any news | any progress | ada update | ada kabar | ada perkembangan | ada progress | sudah sampai mana
        | sampai mana | perkembangan
        """,
    Role.ASK: """
        cek | check | bagaimana | bagaimana status | bagaimana perkembangan | bagaimana kelanjutan | bagaimana kabar | progress
        | progres | update | kabar | kelanjutan | tindak lanjut | follow up | kapan selesai | sudah selesai belum | kapan
        | apakah sudah selesai | sudah ditangani | sudah ditangani belum | sudah diproses | sudah diproses belum | sudah dijawab
        | sudah dijawab belum | belum dijawab | belum dibalas | belum ditangani | belum diproses | how is | what is | what about
        | where is | is there | of | on | about | regarding | tentang | soal | ada | apa | what happened | is it done | for my | my
        | mengenai | dari | terkait
        """,
    Role.STOP: """
        stop | berhenti | stopall | stop all | unsubscribe | quit | berhenti berlangganan | stop berlangganan | stop pesan
        | stop kirim pesan | berhenti kirim pesan | hentikan pesan | hentikan | jangan kirim pesan lagi | stop messages
        | stop messaging | stop sending me messages | unreg | opt out | optout
        """,
    Role.MENU: """
        menu | menu utama | pilih unit | ganti unit | pindah unit | unit lain | salah unit | pilihan unit | daftar unit | pilih layanan
        | ganti layanan | layanan lain | main menu | choose desk | change desk | switch desk | other desk | wrong desk | change unit
        | switch unit | other unit | wrong unit | choose unit
        """,
    Role.START: "start | mulai | unstop | mulai lagi | lanjutkan | aktifkan lagi | aktifkan | subscribe | resume | start again",
}

EMOJI: Mapping[str, Role] = {
    **dict.fromkeys("🙏🤝❤💖🥰😇🫡💕💗🧡💛💚💙💜🤍", Role.THANKS),
    **dict.fromkeys("👌😊🙂😀😃😄😁☺😉🎉👏💪🔥🫶😍🤩😘🥳🤗✨🌟💐🌹🙌🤲🌻", Role.NOD),
    **dict.fromkeys("👍✅💯✔", Role.YES),
    **dict.fromkeys("👎❌✖🙅", Role.NO),
    **dict.fromkeys("👋", Role.GREET),
}


#: Given names that many people have, for those who write them small; a capital letter behind `kak` or `saya` says as much.
_COMMON_NAMES = """
    adi adit aditya agus ahmad aisyah alif anas andi andika andre anggi anita anton ari arif aris asep ayu bagus bambang bayu budi
    cahyo citra dedi deni desi dewi dian dika dimas dina dini doni dwi edi eka eko endang erna fajar farah farhan fitri galih gilang
    hadi hana hendra heri ika ilham imam indra intan irfan irma iwan joko kartika kevin lestari lia lina lukman maria maya mega
    muhammad mutia nanda nia nina nisa novi nur nurul putra putri rahma rahmat ratna reza rian rika rina rini rizal rizki rizky rudi
    salma sari sinta siti sri surya susi sutrisno taufik tia tika tono tri vina wahyu wati wawan widya winda yanti yoga yudi yulia
    yuni yusuf zahra zaki john james michael david sarah anna peter paul mary susan
    """
COMMON_NAMES = frozenset(_COMMON_NAMES.split())
