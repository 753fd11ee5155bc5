"""The words of bookings: why something is not to be had, and what the history tells of them."""

PHRASES = {
    "refused_not_to_be_had": (
        "Tidak tersedia pada waktu itu. Silakan pilih waktu atau pilihan lain.",
        "Not to be had then. Please choose another time, or something else.",
    ),
    "refused_booking_over": (
        "Pemesanan itu sudah dibatalkan atau sudah lewat.",
        "That booking is cancelled, or its time is over.",
    ),
    "refused_resource_gone": (
        "Yang dipesan permohonan ini sudah tidak ada di daftar sumber daya unit. Minta supervisor mengembalikannya ke daftar itu, atau tolak atau batalkan permohonannya.",
        "What this request books is no longer among the resources of the desk. Ask a supervisor to put it back, or refuse or withdraw the request.",
    ),
    "bookings": ("Jadwal", "Bookings"),
    "bookings_hint": (
        "Ruang, alat, dan orang yang dapat dipesan pada unit ini.",
        "Rooms, equipment and people of this desk that can be booked.",
    ),
    "bookings_week": ("Minggu", "Week"),
    "bookings_list": ("Daftar", "List"),
    "bookings_kind": ("Jenis", "Kind"),
    "bookings_all_kinds": ("Semua jenis", "All kinds"),
    "bookings_on": ("Tanggal", "Date"),
    "bookings_earlier": ("Minggu sebelumnya", "The week before"),
    "bookings_later": ("Minggu berikutnya", "The week after"),
    "bookings_today": ("Minggu ini", "This week"),
    "bookings_none": ("Belum ada pemesanan", "Nothing is booked"),
    "bookings_none_hint": (
        "Dalam empat minggu ini semuanya kosong.",
        "Everything is free in these four weeks.",
    ),
    "booking_resource": ("Apa", "What"),
    "booking_when": ("Kapan", "When"),
    "booking_for": ("Untuk", "What for"),
    "booking_untitled": ("Terisi", "Taken"),
    "booking_tentative": ("sementara", "tentative"),
    "booking_firm": ("pasti", "certain"),
    "booking_cancelled": ("dibatalkan", "cancelled"),
    "booking_closed": ("tutup", "closed"),
    "booking_free": ("kosong {times}", "free {times}"),
    "booking_block": ("Pesan atau blokir waktu", "Book or block a time"),
    "booking_block_hint": (
        "Jam buka dan batas tidak berlaku di sini; yang sudah terisi tetap tidak dapat dipesan.",
        "Opening hours and limits do not hold here; what is taken cannot be booked all the same.",
    ),
    "booking_count": ("Berapa (kosong: semua)", "How many (empty: all)"),
    "booking_title": ("Keperluan", "What for"),
    "booking_ticket": ("Tiket", "Ticket"),
    "booking_requester": ("Pemohon", "Requester"),
    "booking_made": ("Dipesan {moment} oleh {name}", "Booked {moment} by {name}"),
    "booking_move": ("Pindahkan", "Move"),
    "booking_move_hint": (
        "Pemohon dan petugas yang terkait diberi tahu. Yang dipesan untuk waktu yang sama ikut dipindahkan.",
        "The requester and everybody concerned are told. What the request has booked for the same time goes along.",
    ),
    "booking_cancel": ("Batalkan", "Cancel"),
    "booking_cancel_hint": (
        "Pemohon dan petugas yang terkait diberi tahu beserta alasannya.",
        "The requester and everybody concerned are told, with the reason.",
    ),
    "calendars": ("Langganan kalender", "Calendar subscriptions"),
    "calendars_hint": (
        "Alamat rahasia untuk aplikasi kalender (Google, Outlook, ponsel). Satu alamat untuk satu pembaca.",
        "Secret addresses for calendar apps (Google, Outlook, phones). One address for each reader.",
    ),
    "calendar_shows_busy": (
        "Pembaca hanya melihat bahwa waktu itu terisi. Ubah dengan calendar_shows pada desk.yaml.",
        "Readers see only that a time is taken. Change it by calendar_shows in desk.yaml.",
    ),
    "calendar_shows_activity": (
        "Pembaca melihat keperluannya, bukan pemohonnya.",
        "Readers see what for, but not by whom.",
    ),
    "calendar_shows_requester": (
        "Pembaca melihat keperluan dan nama pemohonnya.",
        "Readers see what for, and by whom.",
    ),
    "calendar_all": ("Semua yang dapat dipesan", "Everything that can be booked"),
    "calendar_read": ("terakhir dibaca {moment}", "read last {moment}"),
    "calendar_never_read": ("belum pernah dibaca", "never read yet"),
    "calendar_address": ("Alamat langganan", "Address to subscribe to"),
    "calendar_reader": ("Nama pembaca", "Name of the reader"),
    "calendar_share": ("Buat alamat", "Make an address"),
    "calendar_take_back": ("Cabut alamat", "Take the address back"),
    "calendar_take_back_hint": (
        "Kalender pembaca ini tidak diperbarui lagi. Pembaca lain tidak terganggu.",
        "This reader's calendar is brought up to date no more. Other readers are not troubled.",
    ),
    "event.booking.made": ("{resource} dipesan untuk {starts}", "{resource} booked for {starts}"),
    "event.booking.changed": (
        "Pemesanan {resource} diubah: {starts}",
        "The booking of {resource} was changed: {starts}",
    ),
    "event.booking.firm": (
        "Pemesanan {resource} untuk {starts} dipastikan",
        "The booking of {resource} for {starts} is certain",
    ),
    "event.booking.lapsing": (
        "Pemesanan sementara {resource} untuk {starts} dilepas {until} bila belum dipastikan",
        "{resource}, held for {starts}, is given back {until} unless it is certain by then",
    ),
    "event.booking.cancelled": (
        "Pemesanan {resource} untuk {starts} dibatalkan",
        "The booking of {resource} for {starts} was cancelled",
    ),
}
