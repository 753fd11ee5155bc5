"""The month in three sentences: of what there was nothing no figure is said."""

from dataclasses import replace

from templates_replies.report_phrases import MonthWords, arrived

EMPTY = MonthWords(
    month="November 2026", tickets=0, finished=0, before=3, first_in_time=None, solved_in_time=None, breached=0,
    uncategorised=0,
)  # fmt: skip


def said(figures: MonthWords) -> str:
    return arrived("id", desk="Humas", figures=figures, link=None).partition("\n")[2]


def test_an_empty_month_says_no_more_than_that():
    assert said(EMPTY) == (
        "Selama November 2026 tidak ada tiket yang masuk; bulan sebelumnya 3. "
        "Tidak ada janji layanan yang jatuh tempo."
    )


def test_what_came_due_of_older_tickets_is_said_in_a_month_without_any():
    assert said(replace(EMPTY, solved_in_time=0.5, breached=1)).endswith(
        "Respons pertama tepat waktu belum ada yang jatuh tempo, penyelesaian tepat waktu 50%. "
        "Janji layanan yang terlambat: 1; tiket yang belum berkategori: 0."
    )
