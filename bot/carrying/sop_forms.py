"""The SOP form that somebody asked for in chat: drawn when it is sent, as a picture and as PDF, with the case on it as it stands then."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.carrying.made_links import MadeLink
from bot.desks import Desks
from bot.former_procedures import for_pages
from procedures.cases import views
from procedures.definition.procedure import Procedure
from procedures.sop_table.form import form_pdf, table_png
from procedures.sop_table.progress import OnCase, on_table, reader_of
from procedures.words.masking import hidden_at_desk
from templates_replies.catalogue import supported_language
from templates_replies.moments import date_in_words
from tickets.ledger.store import Ledger
from tickets.message import File
from tickets.views import colleagues


class SopForms:
    def __init__(
        self, ledger: Ledger, desks: Desks, *, clock: Callable[[], datetime], link: MadeLink
    ) -> None:
        self._ledger, self._desks, self._clock, self._link = ledger, desks, clock, link
        self._procedures_under = for_pages(ledger, desks)

    async def of(self, desk: str, asked: Mapping[str, Any]) -> tuple[File, ...]:
        """Return the files: `asked` names a procedure, or a case. None of them where that is there no more."""
        return await self._ledger.aside(self._drawn, desk, asked)

    def _drawn(self, slug: str, asked: Mapping[str, Any]) -> tuple[File, ...]:
        now, desk = self._clock(), self._desks[slug].now.desk
        language = supported_language(desk.language)
        procedure, shown = self._found(slug, asked)
        if procedure is None:
            return ()
        printed = date_in_words(desk.calendar.day_of(now), language)
        picture = table_png(procedure, language=language, case=shown)
        form = form_pdf(procedure, language=language, printed=printed, case=shown)
        made = ((".png", "image/png", picture), (".pdf", "application/pdf", form))
        return tuple(
            File(
                name=f"{procedure.id}{ending}",
                type=media_type,
                size=len(content),
                content=content,
                url=self._link({"desk": slug, **asked, "at": place}),
            )
            for place, (ending, media_type, content) in enumerate(made)
        )

    def _found(self, slug: str, asked: Mapping[str, Any]) -> tuple[Procedure | None, OnCase | None]:
        """Return the procedure, and what its case says on it; that as it was when the case began."""
        if "case" not in asked:
            known = self._desks[slug].procedures
            return next((one for one in known if one.id == asked["procedure"]), None), None
        desk = self._desks[slug].now.desk
        with self._ledger.reading() as session:
            found = views.case(session, int(asked["case"]))
            people = colleagues(session, frozenset({slug}))
        under = self._procedures_under(slug, found.case.revision) if found else ()
        procedure = next((one for one in under if found and one.id == found.case.procedure), None)
        if found is None or procedure is None:
            return None, None
        names = {each.id: each.name for each in people}
        return procedure, on_table(
            found.case, procedure, reader_of(found.clocks, desk, names, mask=hidden_at_desk)
        )
