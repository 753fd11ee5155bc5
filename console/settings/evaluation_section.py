"""The self-evaluation of `desk.yaml`: its indicators, a row each."""

from console.settings.fields import Rows
from console.settings.made_of import Group, Page, some, text
from tickets.evaluation import MOST_CRITERIA, Evidence

EVALUATION = Page(
    key="evaluation",
    keys=("evaluation",),
    groups=(
        Group(
            key="indicators",
            items=(
                Rows(
                    path=("evaluation",),
                    most=MOST_CRITERIA,
                    fields=(
                        text("code", sample="B.1.14.11.a"),
                        text("name", "id"),
                        text("name", "en"),
                        some("evidence", sample=f"{Evidence.AVAILABLE}, {Evidence.FINISHED}"),
                        text("target", sample="95%"),
                        text("within", sample="15m"),
                    ),
                ),
            ),
        ),
    ),
)
