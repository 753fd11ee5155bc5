"""The SOP form to take along: a procedure, or a case on it, as PDF, PNG or SVG."""

from datetime import tzinfo
from enum import StrEnum

from fastapi.responses import Response

from console.house import House
from procedures.definition.procedure import Procedure
from procedures.sop_table import sop_table, svg
from procedures.sop_table.form import Paper, form_pdf, table_png
from procedures.sop_table.progress import OnCase
from templates_replies.catalogue import Language
from templates_replies.moments import date_in_words


class Ending(StrEnum):
    PDF = "pdf"
    PNG = "png"
    SVG = "svg"


_TYPES = {Ending.PDF: "application/pdf", Ending.PNG: "image/png", Ending.SVG: "image/svg+xml"}


async def sop_file(
    house: House, procedure: Procedure, ending: Ending, language: Language, *, zone: tzinfo, paper: Paper = Paper.A4,
    case: OnCase | None = None, name: str,
) -> Response:  # fmt: skip
    """Return the form as a file called `name`; drawn aside, for it takes some tenths of a second."""
    printed = date_in_words(house.clock().astimezone(zone).date(), language)

    def drawn() -> bytes:
        if ending is Ending.PDF:
            return form_pdf(procedure, language=language, printed=printed, paper=paper, case=case)
        if ending is Ending.PNG:
            return table_png(procedure, language=language, case=case)
        return svg(
            sop_table(procedure, language=language, notes=case.notes if case else None),
            name=procedure.name, states=case.states if case else {}, whole=True,
        ).encode()  # fmt: skip

    return Response(
        await house.ledger.aside(drawn), media_type=_TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'},
    )  # fmt: skip
