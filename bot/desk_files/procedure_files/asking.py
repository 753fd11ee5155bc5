"""What a procedure asks: the questions of its form and its steps, and the conditions over their answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot.desk_files.procedure_files.lengths import days
from bot.desk_files.procedure_files.wording import lines, words
from bot.desk_files.sections import Section
from procedures.asking.conditions import Comparison, Condition, Conditions
from procedures.asking.items import COUNT, MOST_COLUMNS
from procedures.asking.questions import CELLS, COUNTED, AnswerError, Choice, Kind, Question
from procedures.asking.reading import read_answer
from tickets.resources import Resource

QUESTION_KEYS = (
    "id", "ask", "label", "kind", "required", "choices", "among", "only_if", "unless", "least", "most", "ahead",
    "columns",
)  # fmt: skip
_COLUMN_KEYS = ("id", "label", "kind", "required", "choices", "least", "most", "times")
NAME = "small letters, digits and underscores, such as tanggal_kegiatan"
LONGEST_NAME = 60
CHOICES = {Kind.CHOICE, Kind.CHOICES}
RESOURCES = {Kind.RESOURCE, Kind.RESOURCES}
_AMOUNT = Question(id="amount", ask={}, kind=Kind.AMOUNT)
_THAN = re.compile(r"(<=|>=|<|>)\s*(.+)")


def name(raw: str) -> str:
    """Read the id of a question, a step, a role or an end. Raises ValueError, with an id that would do."""
    if not re.fullmatch(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*", raw) or len(raw) > LONGEST_NAME:
        near = _named(raw).lstrip("0123456789_")[:LONGEST_NAME].rstrip("_") or "tanggal_kegiatan"
        raise ValueError(f'expected small letters, digits and underscores, such as {near}, not "{raw[:40]}"')
    return raw


def counted(raw: str) -> str:
    """Read the id of a question, or what a list adds up to: `barang.harga`. Raises ValueError."""
    return ".".join(name(part) for part in raw.split(".", 1))


def _named(raw: str) -> str:
    """Return a text as an id: its small letters and digits, with underscores between them."""
    return re.sub(r"[^a-z0-9]+", "_", raw.lower()).strip("_")


def read_questions(
    section: Section, key: str, *, language: str, taken: set[str], resources: Sequence[Resource]
) -> tuple[Question, ...]:
    """Read a list of questions; an id that is `taken` already is a mistake, and each one read becomes so.

    `resources` are the desk's: questions of that kind offer them.
    """
    return tuple(_questions(section, key, language, taken, resources))


def _questions(
    section: Section, key: str, language: str, taken: set[str], resources: Sequence[Resource]
) -> Iterator[Question]:
    for one in section.sections(key):
        one.allow(QUESTION_KEYS)
        id_ = one.read("id", name, "", required=f"id of the question: {NAME}")
        if id_ in taken:
            one.problem(f"there is a question {id_} already", "id")
        taken.add(id_)
        kind = Kind(one.choice("kind", tuple(Kind), Kind.TEXT))
        yield Question(
            id=id_,
            ask=words(one, "ask", language=language, required="ask: the question as people read it") or {},
            kind=kind,
            label=words(one, "label", language=language) or {},
            required=one.flag("required", fallback=True),
            choices=_offered(one, kind, language, resources) or _choices(one, kind, language),
            only_if=read_conditions(one),
            least=one.read("least", _decimal, None, expected="a number"),
            most=one.read("most", _decimal, None, expected="a number"),
            ahead=one.read("ahead", days, None, expected="days, such as 3d"),
            columns=_columns(one, kind, language),
        )


def _columns(question: Section, kind: Kind, language: str) -> tuple[Question, ...]:
    """Read the columns of a list."""
    if (kind is Kind.ITEMS) != question.has("columns"):
        question.problem(
            "expected columns, such as [{id: nama, label: Nama barang}, {id: jumlah, label: Jumlah, kind: number}]"
            if kind is Kind.ITEMS
            else "expected kind: items with these",
            *(["columns"] if question.has("columns") else []),
        )
    found: dict[str, Question] = {}
    for one in question.sections("columns"):
        column = _column(one, language, found)
        if column.id in found or column.id == COUNT:
            one.problem(f"there is a column {column.id} already", "id")
        found[column.id] = column
    if len(found) > MOST_COLUMNS:
        question.problem(f"expected at most {MOST_COLUMNS} columns", "columns")
    if found and all(column.product for column in found.values()):
        question.problem("expected a column that people fill in, without times", "columns")
    return tuple(found.values())


def _column(one: Section, language: str, before: Mapping[str, Question]) -> Question:
    one.allow(_COLUMN_KEYS)
    product = lines(one, "times")
    counted = {name for name, column in before.items() if column.kind in COUNTED}
    for strange in [each for each in product if each not in counted]:
        one.problem(f"expected columns of kind number or amount that stand before it, not {strange}", "times")
    is_money = any(before[each].kind is Kind.AMOUNT for each in product if each in before)
    usual = Kind.TEXT if not product else Kind.AMOUNT if is_money else Kind.NUMBER
    kind = Kind(one.choice("kind", sorted(CELLS), usual))
    label = words(one, "label", language=language) or {}
    return Question(
        id=one.read("id", name, "", required=f"id of the column: {NAME}"),
        ask=label,
        kind=kind,
        label=label,
        required=one.flag("required", fallback=True),
        choices=_choices(one, kind, language),
        least=one.read("least", _decimal, None, expected="a number"),
        most=one.read("most", _decimal, None, expected="a number"),
        product=product,
    )


def _choices(question: Section, kind: Kind, language: str) -> tuple[Choice, ...]:
    if (kind in CHOICES) != question.has("choices"):
        question.problem(
            "expected choices, such as [{id: luring, label: Luring}]"
            if kind in CHOICES
            else "expected kind: choice or kind: choices with these",
            *(["choices"] if question.has("choices") else []),
        )
    found: dict[str, Choice] = {}
    for index, entry in question.items("choices"):
        choice = _choice(question, index, entry, language)
        if choice.id in found:
            question.problem(f"there is a choice {choice.id} already", "choices", index)
        found[choice.id] = choice
    return tuple(found.values())


def _offered(
    question: Section, kind: Kind, language: str, resources: Sequence[Resource]
) -> tuple[Choice, ...]:
    """Return what a question for resources offers: those `among` the desk's, by id or kind; left out, all of them."""
    if kind not in RESOURCES:
        if question.has("among"):
            question.problem("expected kind: resource or kind: resources with this", "among")
        return ()
    wanted = lines(question, "among")
    for named in wanted:
        if not any(named in {one.id, one.kind} for one in resources):
            question.problem(f"desk.yaml has no resource or kind of resources {named}", "among")
    found = [one for one in resources if not wanted or {one.id, one.kind} & set(wanted)]
    if not found and not wanted:
        question.problem("expected resources in desk.yaml, such as [{id: studio-1, name: Studio 1}]", "kind")
    return tuple(Choice(id=one.id, label={language: one.name}) for one in found)


def _choice(question: Section, index: int, entry: object, language: str) -> Choice:
    if isinstance(entry, dict):
        one = question.below("choices", index)
        one.allow(("id", "label"))
        id_ = one.read("id", name, "", required=f"id: {NAME}")
        return Choice(id=id_, label=words(one, "label", language=language) or {language: id_})
    label = (question.raw("choices", index) or "").strip()
    id_ = _named(label)
    if not id_:
        question.problem("expected a text with letters or digits, or {id: …, label: …}", "choices", index)
    return Choice(id=id_, label={language: label})


def read_conditions(section: Section) -> Conditions | None:
    """Read `only_if` and `unless`: a mapping from questions to what their answer must be; None where there is neither."""
    if not section.has("only_if") and not section.has("unless"):
        return None
    return Conditions(
        every=tuple(_conditions(section, "only_if")), unless=tuple(_conditions(section, "unless"))
    )


def _conditions(section: Section, key: str) -> Iterator[Condition]:
    below = section.section(key)
    for question, value in (below.data if below else {}).items():
        if isinstance(value, list):
            yield Condition(question=question, among=frozenset(_plain(each) for each in value))
            continue
        than = _THAN.fullmatch(str(value)) if isinstance(value, str) else None
        bound = _bound(than[2]) if than else None
        if than and bound is None:
            expected = 'expected a number, an amount or a date YYYY-MM-DD, such as ">= 100" or "> Rp50 juta"'
            section.problem(expected, key, question)
        elif than and bound is not None:
            yield Condition(question=question, than=(Comparison(than[1]), bound))
        elif value in {"answered", "unanswered"}:
            yield Condition(question=question, answered=value == "answered")
        elif isinstance(value, str | bool | int | float):
            yield Condition(question=question, among=frozenset({_plain(value)}))
        else:
            section.problem(
                'expected an answer, a list of answers, or a comparison such as ">= 100"', key, question
            )


def _plain(value: object) -> str | bool:
    return value if isinstance(value, bool) else str(value)


def _bound(raw: str) -> Decimal | date | None:
    try:
        return date.fromisoformat(raw) if "-" in raw[1:] else _decimal(raw)
    except ValueError:
        return None


def _decimal(raw: str) -> Decimal:
    """Read a number as contacts write it: `0.5`, `50.000.000`, `Rp50 juta`. Raises ValueError."""
    try:
        return Decimal(read_answer(_AMOUNT, raw, today=date.min))
    except AnswerError as error:
        raise ValueError from error
