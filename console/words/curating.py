"""The words of tending the catalogue: changes to categories, what they would do, examples that hurt, new matters."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "change_do_merge": ("Gabungkan dengan kategori lain", "Merge into another category"),
    "change_do_split": ("Pecah menjadi dua kategori", "Split in two"),
    "change_do_retire": ("Hentikan pemakaian", "Retire"),
    "change_do_restore": ("Pakai kembali", "Use again"),
    "change_hint_merge": (
        "Contoh dan kata kunci pindah ke kategori tujuan. Tiket lama tetap, tombol lama menuju kategori tujuan.",
        "Its examples and keywords go there. Old tickets keep it; old buttons lead to the other category.",
    ),
    "change_hint_split": (
        "Contoh yang dipilih menjadi kategori baru; tiket lama tetap di kategori ini.",
        "The chosen examples become a new category; old tickets stay with this one.",
    ),
    "change_hint_retire": (
        "Tiket lama tetap memilikinya, tiket baru tidak mendapatkannya.",
        "Old tickets keep it, no new one gets it.",
    ),
    "change_hint_restore": (
        "Tiket baru dapat memperolehnya kembali.",
        "New tickets may get it again.",
    ),
    "change_do_replace_reply": ("Ganti dengan templat lain", "Let another template take its place"),
    "change_hint_replace_reply": (
        "Semua kategori yang dijawab dengan templat ini dijawab dengan templat tujuan; templat ini tidak ditawarkan lagi.",
        "Categories that this one answers are answered by the other one; this one is offered no more.",
    ),
    "replace_with": ("Templat tujuan", "Template"),
    "change_hint_retire_reply": (
        "Tidak ditawarkan lagi; yang menyebut kodenya masih mendapatkannya.",
        "Offered no more; who names it by its id still gets it.",
    ),
    "merge_to": ("Kategori tujuan", "Into"),
    "category_merged_into": ("Digabungkan ke {category}.", "Merged into {category}."),
    "split_name": ("Nama kategori baru", "Name of the new category"),
    "split_examples": ("Contoh yang pindah", "Examples that go there"),
    "show_effect": ("Lihat dampaknya", "Show the effect"),
    "effect": ("Seandainya berlaku dalam 31 hari terakhir", "Had it applied in the last 31 days"),
    "effect_changed": (
        "{changed} dari {messages} tiket mendapat usulan pertama yang lain.",
        "{changed} of {messages} tickets would be suggested another category first.",
    ),
    "effect_right": (
        "Dibandingkan dengan kategori yang dipilih petugas: tepat {before} dari {judged} sebelum, {after} dari {judged} sesudah.",
        "Against the categories that people set: right {before} of {judged} before, {after} of {judged} after.",
    ),
    "effect_answers": (
        "Balasan otomatis: {before} sebelum, {after} sesudah; {changed} tiket dibalas lain dari sebelumnya.",
        "Automatic replies: {before} before, {after} after; {changed} tickets would be answered otherwise.",
    ),
    "effect_more": ("{count} tiket lainnya", "{count} more tickets"),
    "effect_unjudged": (
        "Belum ada tiket yang kategorinya dipilih petugas untuk dibandingkan.",
        "There is no ticket whose category a person set to compare with.",
    ),
    "effect_no_messages": (
        "Tidak ada tiket dalam 31 hari terakhir untuk dicoba.",
        "There is no ticket of the last 31 days to try it on.",
    ),
    "effect_count": ("{count} tiket", "{count} tickets"),
    "effect_none": ("tanpa usulan", "nothing suggested"),
    "proposal_lines": ("Yang akan disimpan", "What would be saved"),
    "proposal_same": ("Tidak ada yang berubah.", "Nothing would change."),
    "apply": ("Terapkan", "Apply"),
    "discard": ("Batalkan", "Discard"),
    "change_not_there": ("Kategori atau templat itu tidak ada.", "There is no such category or template."),
    "change_itself": ("Pilih tujuan yang lain.", "Choose another one."),
    "change_retired": (
        "Yang dipilih sudah tidak dipakai; pakai kembali dahulu.",
        "That one is retired; use it again first.",
    ),
    "change_in_use": ("Yang dipilih masih dipakai.", "That one is in use."),
    "change_taken": ("Nama atau kode itu sudah dipakai.", "That name or id is taken."),
    "change_unnamed": ("Nama perlu diisi.", "A name is needed."),
    "change_unchanged": ("Namanya sudah demikian.", "It is called so already."),
    "change_not_its_own": (
        "Contoh itu tidak ada lagi di kategori tersebut.",
        "That example is not one of the category's any more.",
    ),
    "change_none_chosen": ("Pilih sedikitnya satu contoh.", "Choose at least one example."),
    "change_nothing_left": (
        "Sisakan sedikitnya satu contoh; untuk mengganti nama, ubah namanya saja.",
        "Leave at least one example; to call it otherwise, change its name.",
    ),
    "change_answers": (
        "Masih ada kategori yang dijawab dengan templat itu; ganti dahulu dengan templat lain.",
        "A category is answered by that template; let another one take its place first.",
    ),
    "change_last": ("Unit memerlukan sedikitnya satu kategori.", "A desk needs at least one category."),
    "change_too_many": (
        "Satu kategori memuat paling banyak 500 contoh atau kata kunci.",
        "One category holds at most 500 examples or keywords.",
    ),
    "care_matters": ("Hal yang belum ada kategorinya", "Matters without a category"),
    "care_matters_hint": (
        "Tiket 31 hari terakhir yang belum dikategorikan petugas dan tidak dikenali, dikelompokkan menurut isinya.",
        "Tickets of the last 31 days that nobody categorised and no category fits, by what they ask.",
    ),
    "care_matter_name": ("Nama kategori ({count} tiket)", "Name of the category ({count} tickets)"),
    "care_make": ("Jadikan kategori", "Make it a category"),
    "care_no_matters": ("Belum ada hal yang berulang.", "Nothing comes up repeatedly."),
    "care_examples": ("Contoh yang perlu ditinjau", "Examples to look at"),
    "care_examples_hint": (
        "Setiap contoh yang dicurigai diuji: berapa pesan lain terbaca benar dengan contoh itu dan tanpanya. Tiket yang kategorinya dipilih petugas ikut diuji.",
        "Each suspected example is tried: how many other messages are read rightly with it and without it. Tickets whose category people set are among them.",
    ),
    "care_look": ("Tinjau sekarang (bisa sampai satu menit)", "Look at them now (may take a minute)"),
    "care_no_examples": ("Semua contoh baik.", "All examples are fine."),
    "care_more": ("… dan {more} lagi", "… and {more} more"),
    "care_remove": ("Hapus", "Remove"),
    "care_move": ("Pindahkan ke {other}", "Move to {other}"),
    "harm_twice": ("Juga ada di {other}: “{beside}”.", "It stands under {other} too: “{beside}”."),
    "harm_like_another": (
        "Terbaca seperti {other}, misalnya “{beside}”.",
        "It reads like {other}, such as “{beside}”.",
    ),
    "harm_misleads": (
        "Karena contoh ini, pesan tentang {other} terbaca sebagai kategori ini, misalnya “{beside}”.",
        "Because of it messages about {other} are taken for this category, such as “{beside}”.",
    ),
    "harm_proof": (
        "Tanpa contoh ini {gain} pesan lagi terbaca benar: {without} dari {messages}, sekarang {now}.",
        "Without it {gain} more messages are read rightly: {without} of {messages}, {now} now.",
    ),
    "harm_proof_none": (
        "Tanpa contoh ini pesan lain terbaca sama: {without} dari {messages} benar.",
        "Without it other messages are read the same: {without} of {messages} rightly.",
    ),
    "harm_proof_moved": ("Bila dipindahkan: {moved}.", "Moved there: {moved}."),
    "harm_says_nothing": (
        "Tidak menyebut keperluan apa pun.",
        "It says nothing about any matter.",
    ),
}
