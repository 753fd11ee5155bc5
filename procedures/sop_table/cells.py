"""The columns of the table and what stands in the cells of a row, in words. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from procedures.definition.procedure import CELLS, Procedure, Role, Step
from procedures.sop_table.lines import SMALL, longest_word, width, wrapped
from procedures.sop_table.remarks import OURS, remarks_of
from procedures.sop_table.times import time_words
from procedures.sop_table.ways import Side, Way
from templates_replies import sop_phrases as phrases
from templates_replies.catalogue import Language

HALF_WIDTH, HALF_HEIGHT, MORE = 30, 15, 6  # of a shape, and how much more a diamond takes
ASIDE, LANE = 42, 7  # from a shape's middle to the first lane, and from lane to lane
LABEL = 24  # from a shape's middle to what stands beside it
_NUMBER, _ACTIVITY, _TEXT, _TIME = 36, 220, 130, 112  # widths of columns
_ROLE, _WITH_CONNECTORS = 52, 66  # half of what a role has at least
_WIDEST_WORD, _WIDEST_NUMBER, _WIDEST_ROLE, _WIDEST_TEXT = 96, 60, 200, 190
MARGIN = 6  # left and right of what stands in a cell


@dataclass(frozen=True)
class Column:
    x: int
    width: int
    head: str
    role: str = ""  # whose it is, where it is one's
    group: str = ""  # what it is headed by together with those beside it
    aside: int = ASIDE  # from its shapes' middle to the first lane

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def room(self) -> int:
        return self.width - 2 * MARGIN


def columns_of(
    procedure: Procedure, ways: Sequence[Way], language: Language, *, least: int, connects: bool
) -> list[Column]:
    """Lay the columns out; all together at least `least` wide. `connects`: ways may lead to other pages."""
    numbers = max(longest_word(step.number + OURS, most=_WIDEST_NUMBER) for step in procedure.steps)
    performers, quality = phrases.PERFORMERS.say(language), phrases.QUALITY.say(language)
    wanted = [
        Column(0, max(_NUMBER, round(numbers) + 2 * MARGIN + 1), phrases.NUMBER.say(language)),
        Column(0, _ACTIVITY, phrases.ACTIVITY.say(language)),
        *(
            replace(_of_role(procedure, role, ways, connects=connects), group=performers)
            for role in procedure.roles
        ),
        Column(
            0,
            _wide_enough(each.needs for each in procedure.steps),
            phrases.NEEDS.say(language),
            group=quality,
        ),
        Column(0, _TIME, phrases.TIME.say(language), group=quality),
        Column(
            0,
            _wide_enough(each.output for each in procedure.steps),
            phrases.OUTPUT.say(language),
            group=quality,
        ),
        Column(0, _TEXT, phrases.NOTE.say(language)),
    ]
    more = _spread(max(0, least - sum(column.width for column in wanted)), len(wanted))
    columns: list[Column] = []
    for at, column in enumerate(wanted):
        x = columns[-1].x + columns[-1].width if columns else 0
        columns.append(replace(column, x=x, width=column.width + more.get(at, 0)))
    return columns


def _wide_enough(texts: Iterable[Sequence[str]]) -> int:
    """Return how wide a column of texts is, so that its words are not broken that need not be."""
    words = (part for text in texts for one in text for part in one.replace("/", "/ ").split())
    longest = max((longest_word(f"{word};", most=_WIDEST_TEXT) for word in words), default=0)
    return max(_TEXT, round(longest) + 2 * MARGIN + 1)


def _spread(room: int, count: int) -> Mapping[int, int]:
    """Give what is left over to the columns with words in them: the activity, at hand, output, remarks."""
    return {at: room * share // 10 for at, share in ((1, 4), (count - 4, 2), (count - 2, 2), (count - 1, 2))}


def _of_role(procedure: Procedure, role: Role, ways: Sequence[Way], *, connects: bool) -> Column:
    """Give a role's column room for its name, for what its ways are called, and for the lanes at its sides."""
    order = {step.id: at for at, step in enumerate(procedure.steps)}
    own = {step.id for step in procedure.steps if step.role == role.id}
    half = max(
        _WITH_CONNECTORS if connects else _ROLE,
        round(longest_word(role.name, bold=True, most=_WIDEST_ROLE)) // 2 + MARGIN + 1,
    )
    aside = ASIDE
    for way in ways:
        word = round(longest_word(way.label, size=SMALL, most=_WIDEST_WORD))
        if way.label and way.source in own:
            half = max(half, LABEL + word + 4)
            if way.column == role.id and order[way.target] < order[way.source]:
                aside = max(aside, LABEL + word + 5)  # it runs up past its own label
    lanes = [way.lane for way in ways if way.column == role.id]
    half = max(half, aside + LANE * (max(lanes) + 1)) if lanes else half
    return Column(0, 2 * half, role.name, role.id, aside=aside)


def cells_of(
    procedure: Procedure,
    step: Step,
    columns: Sequence[Column],
    note: str | None,
    ways: Sequence[Way],
    language: Language,
) -> dict[int, list[str]]:
    """Return the lines of each cell of a row that holds words, by the number of its column.

    `note` replaces the remarks of the paper: what a running case has to say.
    """
    last = len(columns) - 1
    marks = {cell: OURS if cell in step.ours else "" for cell in CELLS}
    remarks = [note] if note is not None else remarks_of(procedure, step, language)
    said = {
        0: step.number + (marks["role"] or marks["to"]),
        1: step.does + marks["does"],
        last - 3: _marked("; ".join(step.needs), marks["needs"]),
        last - 2: _marked(time_words(procedure, step, language), marks["within"]),
        last - 1: _marked("; ".join(step.output), marks["output"]),
        last: "; ".join([*remarks, *_in_words(procedure, step, ways, language)]),
    }
    return {at: wrapped(text, columns[at].room) for at, text in said.items()}


def _marked(text: str, mark: str) -> str:
    return text + mark if text else ""


def label_lines(label: str, column: Column) -> list[str]:
    """Cut what a way is called into the lines that stand beside a shape."""
    return wrapped(label, max(column.width // 2 - LABEL - 2, 20), size=SMALL) if label else []


def mark_of(number: str) -> str:
    """Return what stands in a connector: the number of a row, if there is room for it."""
    return number if width(number, size=SMALL) <= 24 else ""


def _in_words(procedure: Procedure, step: Step, ways: Sequence[Way], language: Language) -> list[str]:
    numbers = {each.id: each.number for each in procedure.steps}
    return [
        phrases.leads(language, way.label, numbers[way.target])
        for way in ways
        if way.source == step.id and way.side is None
    ]


def sides_of(step: str, ways: Sequence[Way]) -> Mapping[Side, Way]:
    """Return the ways by which a step is left, by their sides."""
    return {way.side: way for way in ways if way.source == step and way.side is not None}
