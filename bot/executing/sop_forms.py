"""`/sop`: the SOP form into the chat, of a ticket's case or of one of the desk's procedures."""

from bot.commands import LONGEST_DATA, Verb, button
from bot.executing.doing import AtDesk
from bot.executing.verbs import ForDesk
from procedures.cases import rows as cases
from procedures.cases.rows import CaseNow
from procedures.definition.procedure import Procedure
from templates_replies import procedure_phrases as phrases
from tickets import ticket as tickets_
from tickets.actions.rights import require, require_helper
from tickets.actor import Role
from tickets.message import Button

_MOST_BUTTONS = 20


def _sop(at_desk: AtDesk, rest: str) -> None:
    """Send the form of the procedure that is named, else that of the ticket's newest case; else ask which."""
    known = at_desk.desk.procedures
    named = _named(known, rest) if rest else None
    case = _case_of(at_desk) if named is None and not rest else None
    if named is not None:
        require(at_desk.by, Role.VIEWER, at_desk.desk.slug)
        _send(at_desk, named.name, {"procedure": named.id})
    elif case is not None:
        _send(at_desk, f"#{case.ticket}", {"case": case.id})
    else:
        require(at_desk.by, Role.VIEWER, at_desk.desk.slug)
        rows = [[Button(label=one.name, data=button(Verb.SOP, 0, one.id))] for one in known[:_MOST_BUTTONS]]
        fitting = [row for row in rows if len(row[0].data.encode()) <= LONGEST_DATA]
        at_desk.tell(phrases.which_form(at_desk.voice.language, names=[one.name for one in known]), fitting)


def _named(known: tuple[Procedure, ...], said: str) -> Procedure | None:
    wanted = said.casefold()
    return next((one for one in known if wanted in {one.id, one.name.casefold()}), None)


def _case_of(at_desk: AtDesk) -> CaseNow | None:
    """Return the newest case of the ticket that the place or the words name. Raises NoSuchTicketError, NotAllowedError."""
    if at_desk.about is None:
        return None
    ticket = tickets_.load(at_desk.tx, at_desk.about)
    if ticket.desk != at_desk.desk.slug:
        raise tickets_.NoSuchTicketError(at_desk.about)
    require_helper(at_desk.by, ticket)
    return cases.asked_for(cases.of_ticket(at_desk.tx, at_desk.about))


def _send(at_desk: AtDesk, about: str, form: dict[str, str | int]) -> None:
    at_desk.tell(phrases.here_is_the_form(at_desk.voice.language, about=about), form=form)


AT_DESK: ForDesk = {Verb.SOP: _sop}
