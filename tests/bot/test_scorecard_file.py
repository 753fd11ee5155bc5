"""A scorecard as a file: what it becomes, and what whoever wrote it is told."""

from pathlib import Path

import pytest

from bot.desk_files import DeskFileError, desk_from_files
from tickets.scorecard import Filter, Measure, Over, Perspective

SHIPPED = Path(__file__).parents[2] / "desks" / "itb-care-center" / "desk.yaml"
DESK = """\
desk: kecil
name: Unit Kecil
timezone: Asia/Jakarta
hours: {mon-fri: ["08:00-16:00"]}
sla: {first_response: {within: 15m}, resolution: {within: 24h}}
scorecard:
"""
IN_TIME = "- {id: tepat, name: {id: Tepat waktu, en: In time}, perspective: process, measure: resolution_in_time, target: 95%, weight: 60}\n"
INDEX = '- {id: ikm, name: {id: IKM}, perspective: customer, measure: public_service_index, target: "88,31", weight: 40, over: year, yellow: 90%}\n'


def read(*lines):
    return desk_from_files({"desk.yaml": DESK + "".join(lines)}, {}).desk.scorecard


def refused(*lines):
    with pytest.raises(DeskFileError) as error:
        read(*lines)
    return [problem.message for problem in error.value.problems]


def test_indicators_are_read_with_their_targets():
    in_time, index = read(IN_TIME, INDEX)
    assert (in_time.measure, in_time.target, in_time.over) == (Measure.RESOLUTION_IN_TIME, 0.95, Over.MONTH)
    assert (index.target, index.over, index.yellow) == (88.31, Over.YEAR, 0.9)
    assert (index.perspective, index.name("en")) == (Perspective.CUSTOMER, "IKM")
    (email,) = read(IN_TIME.replace("weight: 60", "weight: 100, channel: email"))
    assert email.where == {Filter.CHANNEL: "email"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (IN_TIME, "scorecard: the weights come to 60; expected 100 in all"),
        (IN_TIME.replace("60", "100").replace("95%", "95"), 'target: expected a share in percent, such as 95%, not "95"'),
        (INDEX.replace("40", "100").replace("88,31", "88%"), 'target: expected an index from 25 to 100, such as 88.31, not "88%"'),
        (IN_TIME.replace("60", "100").replace(" target: 95%,", ""), "expected target: a share in percent, such as 95%"),
        (IN_TIME.replace("60", "100").replace("resolution_in_time", "cepat"), "measure: expected first_response_in_time or"),
        (IN_TIME.replace("60", "100, category: sandi"), "category: there is no category sandi"),
        (IN_TIME.replace("60", "100, procedure: pinjam"), "procedure: resolution_in_time is not measured by procedure"),
        (INDEX.replace("40", "100").replace("90%", "130%"), "yellow: expected an achievement, such as 80%"),
        (IN_TIME.replace("60", "50") * 2, "id: there is an indicator tepat already"),
        (IN_TIME.replace("60", "100").replace("{id: Tepat waktu, en: In time}", "{}"), "expected the name in Indonesian (id)"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_where_it_is(line, said):
    assert any(said in message for message in refused(line))


def test_the_shipped_desk_has_the_success_indicators_of_its_procedure():
    desk = desk_from_files(
        {path.name: path.read_text() for path in SHIPPED.parent.glob("*.yaml")}, {}, years=range(2026, 2027)
    ).desk
    measures = {one.measure for one in desk.scorecard}
    assert {Measure.SATISFIED, Measure.RESOLUTION_IN_TIME, Measure.CATEGORISED} <= measures
    assert sum(one.weight for one in desk.scorecard) == 100
