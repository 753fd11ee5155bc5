"""What somebody typed into the fields of a procedure's questions, as `read_value` takes it."""

from console.forms import Form
from procedures.asking.questions import Kind, Question


def typed_in(form: Form, question: Question) -> str | list[str]:
    """Return what stands at a question; several of one with several choices, both ends of a period as one text."""
    name = f"answer.{question.id}"
    if question.kind in {Kind.CHOICES, Kind.RESOURCES}:
        return form.several(name)
    if question.kind is Kind.PERIOD:
        ends = (form.line(f"{name}.from"), form.line(f"{name}.until"))
        return "/".join(ends) if any(ends) else ""
    return form.text(name).strip()
