"""The words of how well the matcher does: on the ticket's page, why it suggested what; of a month, how often it was right."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    # on a ticket
    "decision_sent": (
        "Jawaban kategori {category} dikirim otomatis ({score}%).",
        "The reply of {category} went out by itself ({score}%).",
    ),
    "decision_asked": (
        "Kontak diminta memilih kategori; paling mungkin: {category} ({score}%).",
        "The contact was asked to choose; likeliest: {category} ({score}%).",
    ),
    "decision_suggested": ("Diusulkan: {category} ({score}%).", "Suggested: {category} ({score}%)."),
    "decision_none": (
        "Belum ada kategori yang dapat diusulkan untuk pesan ini.",
        "No category could be suggested for this message.",
    ),
    "why_words": ("Kata yang menentukan:", "Words that spoke for it:"),
    "why_like": ("Paling mirip:", "Most like:"),
    "why_like_ticket": ("tiket #{ticket}", "ticket #{ticket}"),
    "outcome_accepted": ("Usulan tepat, dikonfirmasi petugas.", "It was right: confirmed by an agent."),
    "outcome_corrected": ("Usulan diganti dengan kategori lain.", "It was corrected."),
    "outcome_rejected": ("Tidak ada kategori yang cocok.", "No category fits."),
    "outcome_confirmed": ("Dibenarkan oleh kontak.", "Confirmed by the contact."),
    "outcome_denied": (
        "Menurut kontak, jawaban otomatis belum membantu.",
        "The contact said that the automatic answer did not help.",
    ),
    "none_fits": ("Tidak ada yang cocok", "None of these fits"),
}
