"""The indicators of a self-evaluation as a file: what they become, and what whoever wrote them is told."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk_files import DeskFileError, desk_from_files
from tickets.evaluation import USUAL_CRITERIA, Evidence

SHIPPED = Path(__file__).parents[2] / "desks" / "polibatam-p4m"
DESK = """\
desk: kecil
name: Unit Kecil
timezone: Asia/Jakarta
hours: {mon-fri: ["08:00-16:00"]}
sla: {first_response: {within: 15m}, resolution: {within: 24h}}
"""
FAST = "- {code: B.1, name: {id: Cepat}, evidence: [answered_within, finished], within: 10m, target: 95%}\n"
LIKED = "- {code: B.2, name: {en: Liked}, evidence: mean_score, target: 4.2}\n"


def read(*lines):
    return desk_from_files({"desk.yaml": DESK + "".join(lines)}, {}).desk.evaluation


def test_indicators_are_read_with_their_evidence_and_targets():
    fast, liked = read("evaluation:\n", FAST, LIKED)
    assert (fast.code, fast.evidence) == ("B.1", (Evidence.ANSWERED_WITHIN, Evidence.FINISHED))
    assert (fast.within, fast.target, fast.name("en")) == (timedelta(minutes=10), 0.95, "Cepat")
    assert (liked.evidence, liked.target) == ((Evidence.MEAN_SCORE,), 4.2)
    assert read() == USUAL_CRITERIA


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (FAST.replace("finished", "selesai"), "evidence[2]: expected available or finished or"),
        (LIKED.replace("mean_score", "[]"), "evidence: expected evidence: available or"),
        (LIKED.replace(" evidence: mean_score,", ""), "expected evidence: available or finished"),
        (LIKED.replace("4.2", "84%"), 'target: expected a mean score, such as 4.2, not "84%"'),
        (FAST.replace("answered_within", "available"), "within: expected answered_within among the evidence, or no within"),
        (FAST.replace("10m", "cepat"), 'within: "cepat" is not a length'),
        (FAST * 2, "code: there is an indicator B.1 already"),
        (FAST.replace("code: B.1, ", ""), "expected code, such as B.1.14.11.a"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_is(line, said):
    with pytest.raises(DeskFileError) as error:
        read("evaluation:\n", line)
    assert any(said in problem.message for problem in error.value.problems)


def test_the_shipped_desk_has_the_indicators_of_its_procedure():
    desk = desk_from_files(
        {path.name: path.read_text() for path in SHIPPED.glob("*.yaml")}, {}, years=range(2026, 2027)
    ).desk
    assert [each.code for each in desk.evaluation] == [
        *(f"B.1.8.17.{part}" for part in "abc"),
        "B.1.14.11.a",
    ]
    assert (desk.evaluation[-1].within, desk.evaluation[-1].target) == (timedelta(minutes=15), 1.0)
