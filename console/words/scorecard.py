"""The words of the scorecard's page; what stands in its tables is said by `reports.scorecard.words`, as in its files."""

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {
    "scorecard": ("Kartu skor", "Scorecard"),
    "scorecard_year": ("Tahun {year}", "Year {year}"),
    "scorecard_take_out": ("Buat {format}", "Make {format}"),
    "scorecard_none": ("Unit ini belum punya indikator", "This desk has no indicators yet"),
    "scorecard_none_hint": (
        "Kartu skor menilai unit menurut indikator yang ditetapkan di pengaturan:",
        "The scorecard rates the desk by the indicators that are set in the settings:",
    ),
    "surveys_take_out": ("Buat laporan 12 bulan ({format})", "Make the report of 12 months ({format})"),
    "skm_take_out": ("Buat laporan ({format})", "Make the report ({format})"),
    "skm_poster": ("Buat lembar publikasi (PDF)", "Make the sheet to hang up (PDF)"),
}
