"""The words of the public survey, as respondents and the office read them."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "skm_title": ("Survei kepuasan masyarakat {period}", "Survey of public services {period}"),
    "skm_period": ("Periode", "Period"),
    "skm_index": ("Indeks", "Index"),
    "skm_class": ("Mutu pelayanan", "Class"),
    "skm_answers": ("Jawaban lengkap", "Complete answers"),
    "skm_remarks": ("Saran dan masukan ({many})", "Suggestions ({many})"),
    "skm_hint": (
        "Mohon jawab sembilan pertanyaan singkat berikut. Jawaban dapat diubah sampai {until}.",
        "Please answer nine short questions. You can change your answers until {until}.",
    ),
    "skm_answered": (
        "Anda sudah menjawab. Jawaban masih dapat diubah sampai {until}.",
        "You have answered already. You can change your answers until {until}.",
    ),
    "skm_kept": (
        "Terima kasih, jawaban Anda sudah kami catat. Jawaban masih dapat diubah sampai {until}.",
        "Thank you, we have recorded your answers. You can change them until {until}.",
    ),
    "skm_incomplete": (
        "Masih ada pertanyaan yang belum dijawab. Mohon lengkapi yang ditandai.",
        "Some questions are not answered yet. Please complete those that are marked.",
    ),
    "skm_choose": ("Mohon pilih satu jawaban.", "Please choose an answer."),
    "skm_about_you": ("Tentang Anda (boleh dikosongkan)", "About you (optional)"),
    "skm_age": ("Usia", "Age"),
    "skm_sex": ("Jenis kelamin", "Sex"),
    "skm_education": ("Pendidikan", "Education"),
    "skm_occupation": ("Pekerjaan", "Occupation"),
    "skm_rather_not": ("Tidak disebutkan", "Rather not say"),
    "skm_remark": ("Saran dan masukan", "Suggestions"),
    "skm_send": ("Kirim jawaban", "Send the answers"),
    "skm_change": ("Ubah jawaban", "Change the answers"),
    "skm_confidential": (
        "Jawaban Anda dirahasiakan: unit hanya melihat jumlahnya dan saran tanpa nama.",
        "Your answers are confidential: the desk sees the sums, and suggestions without names.",
    ),
    "skm_over": ("Survei ini sudah berakhir", "This survey is over"),
    "skm_over_hint": (
        "Terima kasih atas perhatian Anda. Jawaban tidak dapat diisi atau diubah lagi.",
        "Thank you for your interest. Answers can no longer be given or changed.",
    ),
}
