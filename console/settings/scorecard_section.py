"""The scorecard of `desk.yaml`: its indicators, a row each."""

from console.settings.fields import Rows
from console.settings.made_of import Group, Page, choice, number, text
from tickets.message import Channel
from tickets.scorecard import MOST, Measure, Over, Perspective

SCORECARD = Page(
    key="scorecard",
    keys=("scorecard",),
    groups=(
        Group(
            key="indicators",
            items=(
                Rows(
                    path=("scorecard",),
                    most=MOST,
                    fields=(
                        text("id", sample="solved-in-time"),
                        text("name", "id"),
                        text("name", "en"),
                        choice("perspective", choices=tuple(Perspective)),
                        choice("measure", choices=tuple(Measure)),
                        text("target", sample="95%"),
                        number("weight", sample="20"),
                        choice("over", choices=tuple(Over), usual=Over.MONTH),
                        text("category", sample="password"),
                        choice("channel", choices=tuple(Channel)),
                        text("team", sample="edunex"),
                        text("procedure"),
                        text("green", sample="100%", usual="100%"),
                        text("yellow", sample="80%", usual="80%"),
                    ),
                ),
            ),
        ),
    ),
)
