"""The words of the scorecard's page; what stands in its tables is said by `reports.scorecard.words`, as in its files."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "scorecard": ("Kartu skor", "Scorecard"),
    "scorecard_year": ("Tahun {year}", "Year {year}"),
    "scorecard_take_out": ("Unduh {format}", "Download {format}"),
    "scorecard_none": ("Unit ini belum punya indikator", "This desk has no indicators yet"),
    "scorecard_none_hint": (
        "Kartu skor menilai unit menurut indikator yang ditetapkan di pengaturan:",
        "The scorecard rates the desk by the indicators that are set in the settings:",
    ),
    "surveys_take_out": ("Laporan 12 bulan ({format})", "Report of 12 months ({format})"),
    "skm_take_out": ("Laporan ({format})", "Report ({format})"),
    "skm_poster": ("Lembar publikasi (PDF)", "Sheet to hang up (PDF)"),
}
