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
    "event.booking.made": ("{resource} dipesan untuk {starts}", "{resource} booked for {starts}"),
    "event.booking.changed": (
        "Pemesanan {resource} diubah: {starts}",
        "The booking of {resource} was changed: {starts}",
    ),
    "event.booking.firm": (
        "Pemesanan {resource} untuk {starts} dipastikan",
        "The booking of {resource} for {starts} is certain",
    ),
    "event.booking.cancelled": (
        "Pemesanan {resource} untuk {starts} dibatalkan",
        "The booking of {resource} for {starts} was cancelled",
    ),
}
