"""What a step says of another procedure that it begins: `begins: pengadaan`, or with answers."""

from bot.desk_files.procedure_files.asking import NAME, name
from bot.desk_files.sections import Section, slug
from procedures.definition.begins import Begins

KEYS = ("begins",)
_EXPECTED = "the short name of another procedure, or {procedure: …, answers: {their_question: our_question}}"


def read_begins(row: Section) -> Begins | None:
    if not row.has("begins"):
        return None
    if not isinstance(row.data["begins"], dict):
        procedure = row.read("begins", slug, None, expected=_EXPECTED)
        return Begins(procedure=procedure) if procedure else None
    begins = row.below("begins")
    begins.allow(("procedure", "answers", "waits"))
    answers = begins.section("answers")
    return Begins(
        procedure=begins.read(
            "procedure", slug, "", required="procedure: its short name", expected=_EXPECTED
        ),
        answers=tuple(
            (theirs, answers.read(theirs, name, "", expected=f"a question of this procedure: {NAME}"))
            for theirs in (answers.data if answers else {})
        )
        if answers
        else (),
        waits=begins.flag("waits", fallback=True),
    )
