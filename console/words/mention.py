"""The words of mentions."""

PHRASES = {
    "mentions": ("Sebutan saya", "My mentions"),
    "mentions_hint": (
        "Catatan tempat rekan menyebut nama Anda dengan @. Membuka tiketnya menandainya sudah dilihat.",
        "Notes in which colleagues named you by @. Opening the ticket marks it as seen.",
    ),
    "mentions_none": ("Belum ada yang menyebut Anda", "Nobody has mentioned you yet"),
    "mentions_none_hint": (
        "Ketik @ dan nama rekan dalam catatan internal untuk memberi tahu mereka.",
        "Type @ and a colleague's name in an internal note to tell them.",
    ),
    "mention_new": ("baru", "new"),
    "mention_mark": ("Anda disebut", "mentions you"),
    "mention_hint": ("Ketik @ untuk menyebut rekan.", "Type @ to mention a colleague."),
    "mention_nobody": ("Tidak ada rekan bernama itu", "No colleague is called so"),
    "event.staff.mentioned": ("Menyebut {to} dalam catatan", "Mentioned {to} in a note"),
}
