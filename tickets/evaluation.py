"""The self-evaluation of a unit (Laporan Evaluasi Diri): the headings under which the accreditation body wants it."""

from enum import StrEnum

LONGEST_TEXT = 20_000  # characters of what people write under a heading


class Section(StrEnum):
    """The headings, in their order."""

    BACKGROUND = "background"
    POLICY = "policy"
    STRATEGY = "strategy"
    MAIN = "main"  # performance indicators
    ADDITIONAL = "additional"  # performance indicators
    ACHIEVEMENT = "achievement"
    ASSURANCE = "assurance"
    SATISFACTION = "satisfaction"
    CONCLUSION = "conclusion"
