"""The words of invoices and payments."""

PHRASES = {
    "refused_not_paid": (
        "Masih ada tagihan yang belum lunas.",
        "Something that was billed is not paid yet.",
    ),
    "refused_money_came_in": (
        "Sebagian sudah dibayar: ganti invoicenya, pembayaran ikut pindah.",
        "Part of it is paid: replace the invoice, and what was paid goes along.",
    ),
    "refused_invoice_over": ("Invoice ini sudah lunas atau batal.", "The invoice is paid or void already."),
    "refused_payment_checked": (
        "Bukti pembayaran itu sudah diperiksa orang lain.",
        "Somebody else has checked that proof already.",
    ),
    "refused_nothing_open": ("Tidak ada tagihan yang terbuka.", "Nothing is asked for."),
    "refused_amount_out_of_bounds": (
        "Jumlah yang dihitung dari isian itu tidak masuk akal.",
        "What those answers come to is no amount.",
    ),
    "event.invoice.made": ("Invoice {number} dibuat: {amount}", "Invoice {number} made: {amount}"),
    "event.invoice.void": ("Invoice {number} dibatalkan {reason}", "Invoice {number} made void {reason}"),
    "event.invoice.paid": ("Invoice {number} lunas", "Invoice {number} is paid"),
    "event.invoice.reminded": ("Pemohon diingatkan: {number}", "The requester was reminded: {number}"),
    "event.payment.handed_in": (
        "Bukti pembayaran untuk {number} masuk",
        "Proof of payment for {number} handed in",
    ),
    "event.payment.accepted": (
        "Pembayaran {amount} untuk {number} diterima",
        "Payment of {amount} for {number} accepted",
    ),
    "event.payment.refused": (
        "Bukti pembayaran untuk {number} ditolak: {reason}",
        "Proof of payment for {number} refused: {reason}",
    ),
}
