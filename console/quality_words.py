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
    # of a month
    "quality": ("Mutu usulan", "Matcher"),
    "quality_precision": ("Ketepatan", "Precision"),
    "quality_coverage": ("Terjawab otomatis", "Answered by itself"),
    "quality_sent": ("Jawaban otomatis", "Automatic answers"),
    "quality_sent_precision": ("Ketepatan jawaban otomatis", "Precision of automatic answers"),
    "quality_out_of_scope": ("Di luar cakupan", "Out of scope"),
    "quality_of": ("{part} dari {whole}", "{part} of {whole}"),
    "quality_weeks": ("Per pekan", "By week"),
    "quality_week": ("Mulai Senin", "From Monday"),
    "quality_messages": ("Pesan", "Messages"),
    "quality_categories": ("Per kategori yang diusulkan pertama", "By the category suggested first"),
    "quality_suggested": ("Diusulkan", "Suggested"),
    "quality_missed": ("Terlewat", "Missed"),
    "quality_note": (
        (
            "Ketepatan dihitung dari usulan yang sudah dinilai: oleh petugas lewat kategori, atau oleh kontak. "
            "Terlewat: pesan kategori itu yang usulan pertamanya lain."
        ),
        (
            "Precision counts the suggestions that were judged: by agents through the category they set, or by contacts. "
            "Missed: messages of that category for which another was suggested first."
        ),
    ),
    "quality_empty": ("Belum ada pesan pada bulan ini", "No messages this month"),
    "quality_empty_hint": (
        "Begitu pesan baru masuk, usulan kategorinya tercatat dan dinilai di sini.",
        "As messages come in, what is suggested for them is kept and judged here.",
    ),
    "gate_open": (
        "Jawaban otomatis terbuka mulai skor {score}%, berdasarkan {judged} usulan terakhir yang dinilai.",
        "Automatic answers go out from a score of {score}%, by the last {judged} suggestions that were judged.",
    ),
    "gate_closed": (
        (
            "Jawaban otomatis belum terbuka. Usulan yang sudah dinilai: {judged}; diperlukan sedikitnya {least} yang hampir semuanya "
            "tepat. Pesan yang sama kata demi kata dengan contoh tetap dijawab."
        ),
        (
            "Automatic answers are not open yet. Suggestions judged so far: {judged}; at least {least} that are nearly all "
            "right are needed. Messages that say an example word for word are answered all the same."
        ),
    ),
    "none_fits": ("Tidak ada yang cocok", "None of these fits"),
}
