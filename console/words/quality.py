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
    "quality_sent_precision": ("Ketepatan jawaban otomatis", "Precision of automatic answers"),
    "quality_out_of_scope": ("Di luar cakupan", "Out of scope"),
    "quality_of_judged": ("{part} dari {whole} yang dinilai", "{part} of {whole} judged"),
    "quality_of_messages": ("{part} dari {whole} pesan", "{part} of {whole} messages"),
    "quality_outside_sent": ("{sent} terjawab otomatis", "{sent} answered by itself"),
    "quality_weeks": ("Per pekan", "By week"),
    "quality_weeks_of": ("Per pekan: {category}", "By week: {category}"),
    "quality_all_categories": ("Semua kategori", "All categories"),
    "quality_week": ("Pekan mulai", "Week from"),
    "quality_messages": ("Pesan", "Messages"),
    "quality_categories": ("Per kategori yang diusulkan pertama", "By the category suggested first"),
    "quality_suggested": ("Diusulkan", "Suggested"),
    "quality_missed": ("Terlewat", "Missed"),
    "quality_reading": ("Cara membaca angka ini", "How to read these figures"),
    "quality_precision_means": (
        (
            "Dari usulan pertama yang sudah dinilai, berapa yang tepat. Yang menilai: petugas, ketika menetapkan kategori atau "
            "menyatakan tidak ada yang cocok; atau kontak, ketika memilih kategori atau menyatakan terbantu."
        ),
        (
            "Of the first suggestions that were judged, how many were right. They are judged by agents, who set the category or "
            "say that none fits, and by contacts, who choose a category or say whether the answer helped."
        ),
    ),
    "quality_coverage_means": (
        "Dari semua pesan yang menyampaikan keperluan, berapa yang langsung dijawab dengan balasan siap pakai.",
        "Of all messages that say a matter, how many were answered at once by a reply template.",
    ),
    "quality_out_of_scope_means": (
        "Dari pesan yang sudah dinilai, berapa yang tidak cocok dengan kategori mana pun. Pesan seperti itu sebaiknya tidak terjawab otomatis.",
        "Of the messages that were judged, how many fit no category. None of these should have been answered by itself.",
    ),
    "quality_missed_means": (
        "Pesan yang ternyata termasuk kategori itu, tetapi usulan pertamanya kategori lain atau tidak ada.",
        "Messages that turned out to be of that category, while another or nothing was suggested first.",
    ),
    "quality_note": (
        "Setiap usulan dinilai seperti adanya ketika pesan masuk; yang dipelajari kemudian tidak mengubah angka yang lalu.",
        "A suggestion counts as it was when the message came in; what is learned later changes no earlier figure.",
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
            "Jawaban otomatis belum terbuka. Usulan yang sudah dinilai: {judged}. Diperlukan sedikitnya {needed} usulan berskor "
            "tinggi yang semuanya tepat, atau lebih banyak bila ada yang keliru. Pesan yang kata demi kata sama dengan contoh "
            "di katalog tetap dijawab."
        ),
        (
            "Automatic answers are not open yet. Suggestions judged so far: {judged}. At least {needed} of a high score that "
            "are all right are needed, or more where some were wrong. Messages that say an example word for word are answered "
            "all the same."
        ),
    ),
    "none_fits": ("Tidak ada yang cocok", "None of these fits"),
}
