"""The self-evaluation of a unit (Laporan Evaluasi Diri): its headings, and the indicators that its desk's file names.

A criterion is an indicator of the accreditation body with what the ledger can say of it. The first of its evidence is
held against the target, where there is one; the rest stands beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from tickets.scorecard import Unit

LONGEST_TEXT = 20_000  # characters of what people write under a heading
MOST_CRITERIA = 20  # of a desk
USUAL_WITHIN = timedelta(minutes=15)


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


class Evidence(StrEnum):
    """What the ledger can say of a year; each is a figure that the report has."""

    AVAILABLE = "available"  # share of the time in which no incident was open
    FINISHED = "finished"  # requests that are solved or closed
    ANSWERED_WITHIN = "answered_within"  # first answers within a time of the calendar, by whichever medium
    FIRST_RESPONSE_IN_TIME = "first_response_in_time"
    RESOLUTION_IN_TIME = "resolution_in_time"
    MONTHS_SERVED = "months_served"  # months with requests
    MEDIA_USED = "media_used"  # media on offer by which requests came
    SERVICES_EVALUATED = (
        "services_evaluated"  # kinds of service with a score or a finding, of those asked for
    )
    FINDINGS_CLOSED = "findings_closed"
    SATISFIED = "satisfied"
    MEAN_SCORE = "mean_score"
    PUBLIC_SERVICE_INDEX = "public_service_index"

    @property
    def unit(self) -> Unit:
        return _UNITS.get(self, Unit.SHARE)


_UNITS = {Evidence.MEAN_SCORE: Unit.SCORE, Evidence.PUBLIC_SERVICE_INDEX: Unit.INDEX}


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """An indicator of the accreditation body, and what is shown of it."""

    code: str  # as the body writes it: `B.1.14.11.a`
    names: Mapping[str, str]  # by language: id, en
    evidence: tuple[Evidence, ...]  # one at least
    target: float | None = None  # in the unit of the first evidence; None: nobody has set one
    within: timedelta = USUAL_WITHIN  # of `ANSWERED_WITHIN`

    def name(self, language: str) -> str:
        return self.names.get(language) or next(iter(self.names.values()))


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What the ledger says of a criterion: `of` so many, `part` of them, and what that comes to."""

    evidence: Evidence
    actual: float | None  # in the evidence's unit; None: there was nothing to measure
    part: float = 0
    of: float = 0


@dataclass(frozen=True, kw_only=True)
class Proven:
    """A criterion with its evidence in the same order."""

    criterion: Criterion
    proofs: tuple[Proof, ...]

    @property
    def actual(self) -> float | None:
        return self.proofs[0].actual

    @property
    def reached(self) -> bool | None:
        """Whether the target was reached, by the figure as it is written; None without a target, or without a figure."""
        target = self.criterion.target
        if target is None or self.actual is None:
            return None
        return _as_written(self.actual, self.proofs[0].evidence.unit) >= target


def _as_written(figure: float, unit: Unit) -> float:
    """Round a figure as reports do: shares to the tenth of a percent, of which only all is 100%, others to two places."""
    if unit is not Unit.SHARE:
        return round(figure, 2)
    return min(round(figure, 3), 0.999) if figure < 1 else 1.0


# Of a desk whose file names none: what every office can be asked, without targets that nobody has set.
USUAL_CRITERIA = (
    Criterion(
        code="1", evidence=(Evidence.FIRST_RESPONSE_IN_TIME,),
        names={"id": "Permintaan mendapat respons pertama tepat waktu", "en": "Requests get their first answer in time"},
    ),
    Criterion(
        code="2", evidence=(Evidence.RESOLUTION_IN_TIME, Evidence.FINISHED),
        names={"id": "Permintaan diselesaikan tepat waktu", "en": "Requests are solved in time"},
    ),
    Criterion(
        code="3", evidence=(Evidence.SERVICES_EVALUATED, Evidence.FINDINGS_CLOSED),
        names={
            "id": "Setiap jenis layanan dievaluasi dan hasilnya ditindaklanjuti",
            "en": "Every kind of service is evaluated, and the result is followed up",
        },
    ),
    Criterion(
        code="4", evidence=(Evidence.SATISFIED, Evidence.MEAN_SCORE),
        names={"id": "Pengguna puas dengan layanan", "en": "Users are satisfied with the service"},
    ),
)  # fmt: skip
