"""What somebody typed into the fields of a procedure's questions, as `read_value` takes it."""

from itertools import zip_longest

from console.forms import Form
from procedures.asking.items import MOST_ROWS
from procedures.asking.questions import Kind, Question


def typed_in(form: Form, question: Question) -> str | list[str]:
    """Return what stands at a question; several of one with several choices, both ends of a period as one text."""
    name = f"answer.{question.id}"
    if question.kind in {Kind.CHOICES, Kind.RESOURCES}:
        return form.several(name)
    if question.kind is Kind.ITEMS:
        return f"{_rows(form, question)}\n{form.text(name)}".strip("\n")
    if question.kind is Kind.PERIOD:
        ends = (form.line(f"{name}.from"), form.line(f"{name}.until"))
        return "/".join(ends) if any(ends) else ""
    return form.text(name).strip()


def _rows(form: Form, question: Question) -> str:
    """Return the rows of a list's table as lines, their cells between tabs; those of which nothing is filled in are left out."""
    columns = [form.several(f"answer.{question.id}.{column.id}")[:MOST_ROWS] for column in question.filled]
    rows = [[" ".join(cell.split()) for cell in row] for row in zip_longest(*columns, fillvalue="")]
    return "\n".join("\t".join(row) for row in rows if any(row))
