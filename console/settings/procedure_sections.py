"""What procedures need of `desk.yaml`: the head of its letters, and what can be booked."""

from console.settings.fields import Field, Kind, Rows
from console.settings.made_of import Group, Page, choice, items, number, text

LETTERS = Page(
    key="letters",
    keys=("letterhead", "series"),
    groups=(
        Group(
            key="letterhead",
            items=(
                Field(path=("letterhead", "above"), kind=Kind.LINES, sample="Institut Teknologi Bandung"),
                text("letterhead", "unit"),
                Field(path=("letterhead", "address"), kind=Kind.LINES, sample="Jalan Ganesha No. 10"),
                text("letterhead", "place", sample="Bandung"),
                text("letterhead", "logo", sample="papers/logo.png"),
            ),
        ),
    ),
)
RESOURCES = Page(
    key="resources",
    keys=("resources", "calendar_shows"),
    groups=(
        Group(
            key="resources",
            items=(
                Rows(
                    path=("resources",),
                    fields=(
                        text("id", sample="studio-1"),
                        text("name"),
                        text("kind", sample="studio"),
                        number("count", sample="1"),
                        text("before", sample="30m"),
                        text("after", sample="30m"),
                        text("longest", sample="3d"),
                        text("ahead", sample="90d"),
                        text("notice", sample="1d"),
                        items("staff", sample="budi@example.ac.id"),
                    ),
                ),
                choice("calendar_shows", choices=("busy", "activity", "requester"), usual="busy"),
            ),
        ),
    ),
)
