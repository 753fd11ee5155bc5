"""A turn of a step that is under way: what it is a turn of, and who may end it now."""

from dataclasses import dataclass
from datetime import datetime

from bot.desks import OpenDesk
from bot.former_procedures import procedure_of
from bot.voice import staff_voice
from procedures.cases import rows as cases
from procedures.cases.presence import not_here
from procedures.cases.rights import acting, holders, voters_of
from procedures.cases.rows import CaseNow, Turn
from procedures.definition.procedure import Procedure, Role, Step
from templates_replies import turn_phrases
from templates_replies.catalogue import Language
from tickets.actor import Role as Rank
from tickets.ledger.tx import Tx
from tickets.staff import StaffNow, active


@dataclass(frozen=True, kw_only=True)
class Called:
    """A turn that is under way, and what it is a turn of."""

    desk: OpenDesk
    case: CaseNow
    turn: Turn
    procedure: Procedure
    step: Step
    role: Role

    @property
    def language(self) -> Language:
        return staff_voice(self.desk).language

    @property
    def asks_somebody(self) -> bool:
        """Whether somebody of the desk is to act: neither the requester, somebody outside, nor the procedure that the step has begun."""
        return self.role.is_of_the_desk and self.step.begins is None

    @property
    def about(self) -> str:
        """Name the step, the procedure and the ticket."""
        return turn_phrases.about(
            self.language, step=self.step.does, procedure=self.procedure.name, ticket=self.case.ticket
        )


def called_to(tx: Tx, case: CaseNow, turn: Turn, desk: OpenDesk) -> Called | None:
    """Return a turn with what it is a turn of; None if its procedure cannot be read."""
    procedure = procedure_of(tx, case, desk)
    step = procedure.step(turn.step) if procedure else None
    role = procedure.acting(step) if procedure and step else None
    if procedure is None or step is None or role is None:
        return None
    return Called(desk=desk, case=case, turn=turn, procedure=procedure, step=step, role=role)


def open_turn(tx: Tx, case_id: int, step: str, round_: int, desk: OpenDesk) -> Called | None:
    """Return a turn that is under way; None if it is over already, or its procedure cannot be read."""
    case = cases.load(tx, case_id)
    turn = case.turn(step)
    return called_to(tx, case, turn, desk) if turn is not None and turn.round == round_ else None


def acting_now(tx: Tx, called: Called, *, at: datetime) -> tuple[StaffNow, ...]:
    """Return those who may end a turn and are here."""
    slug = called.desk.slug
    absent = not_here(tx, slug, at)
    ids = acting(called.role, called.desk.now.desk, absent=absent, holder=called.turn.holder) - absent
    if called.step.voting is not None:
        voted = {each.by.partition(":")[2] for each in called.turn.votes}
        ids = voters_of(called.role, called.desk.now.desk, absent=absent) - absent - voted
    return tuple(person for person in active(tx, slug) if person.id in ids)


def supervisors(tx: Tx, desk: str) -> tuple[StaffNow, ...]:
    """Return the supervisors of a desk, who may end any turn."""
    return tuple(person for person in active(tx, desk) if person.role is Rank.SUPERVISOR)


def informed(tx: Tx, called: Called, *, at: datetime) -> tuple[StaffNow, ...]:
    """Return those who hold a role that is to know how the step has ended (tembusan)."""
    desk, absent = called.desk.now.desk, not_here(tx, called.desk.slug, at)
    roles = [role for name in called.step.turn.informs if (role := called.procedure.role(name))]
    ids = {one for role in roles for one in holders(role, desk, absent=absent)}
    return tuple(person for person in active(tx, called.desk.slug) if person.id in ids)


def turn_of_clock(tx: Tx, subject: str, round_: int, desk: OpenDesk) -> Called | None:
    """Return the turn whose clock runs under this subject; None if it is over, or cannot be read."""
    case, _, step = subject.partition("/")
    return open_turn(tx, int(case), step, round_, desk)
