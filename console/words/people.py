"""The words of the page of people: their roles, accounts, invitations."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "people_hint": (
        "Undang anggota unit dengan tautan sekali pakai. Hak mereka mengikuti peran di unitnya.",
        "Invite the staff with one-time links. What they may do follows their role at the desk.",
    ),
    "agent": ("petugas", "agent"),
    "supervisor": ("supervisor", "supervisor"),
    "viewer": ("pembaca", "viewer"),
    "has_account": ("sudah punya akun", "has an account"),
    "no_account": ("belum punya akun", "no account yet"),
    "invite": ("Buat tautan undangan", "Make an invitation link"),
    "invite_again": ("Buat tautan kata sandi baru", "Make a link for a new password"),
    "invitation_for": ("Tautan untuk {email}", "Link for {email}"),
    "invitation_hint": (
        "Kirimkan tautan ini langsung kepadanya. Tautan berlaku satu kali, selama tujuh hari, dan tidak ditampilkan lagi.",
        "Give them this link yourself. It works once, for seven days, and is not shown again.",
    ),
    "no_email": ("tanpa surel", "no email"),
    "no_staff": ("Belum ada anggota", "Nobody yet"),
    "no_staff_hint": (
        "Anggota ditulis di desk.yaml atau ditambahkan dengan perintah tanggap staff add.",
        "Staff stand in desk.yaml or are added with the command tanggap staff add.",
    ),
}
