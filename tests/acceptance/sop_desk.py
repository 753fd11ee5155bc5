"""A shipped desk whose procedure is played: the requester asks by chat, and each actor does their row where they are."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.apart.paper_press import PaperPress
from bot.former_procedures import procedure_of
from procedures.archive.views import Span, Wanted, filed
from procedures.bookings import rows as bookings
from procedures.cases import rows as cases
from procedures.cases.rights import acting
from procedures.cases.rows import CaseNow
from procedures.cases.step_clock import STEP
from procedures.definition.procedure import Procedure, Step
from procedures.papers import rows as papers
from tests.bot.chat import DESKS, GROUP, Chat
from tickets.ledger.store import Ledger
from tickets.message import Authenticity, File

REQUESTER = "4711"  # as Telegram knows them


def paper(name: str, content: bytes = b"%PDF-1.4 ...") -> File:
    return File(name=name, type="application/pdf", size=len(content), content=content)


def _environment(folder: Path) -> dict[str, str]:
    """Return a value for each secret that the desk's file names."""
    said = {"TOKEN": "1:" + "A" * 35, "GROUP": GROUP, "SENDER": "+6281100000"}
    names = re.findall(r"\$\{(\w+)\}", (folder / "desk.yaml").read_text())
    known = {name: said.get(name.rsplit("_", 1)[1], "0" * 32) for name in names}
    return {name: value for name, value in known.items() if not name.endswith("_URL")}


async def _here(call: Callable[[Any], Any], job: Any) -> Any:
    return call(job)


class SopDesk(Chat):
    """A desk at which one case of a procedure runs, on ticket 1."""

    def __init__(self, ledger: Ledger, slug: str, *, files: Mapping[str, str] | None = None) -> None:
        super().__init__(ledger, slug=slug, environment=_environment(DESKS / slug), files=files)
        self._press = PaperPress(ledger, apart=_here, public_url="https://desk.test", clock=lambda: self.now)

    async def settle(self) -> None:
        """Let everything run that is to be done, and the papers be typeset for which some of it waits."""
        await super().settle()
        if await self._press.turn():
            self.now += timedelta(seconds=5)
            await super().settle()

    # -- the requester --------------------------------------------------------------------------------------------

    async def is_asked_for(self, words: str, *answers: str | File) -> None:
        """Somebody asks for it in a chat, answers each question, and sends the form."""
        await self.telegrams(words)
        await self.presses("Ya, ajukan")
        for answer in answers:
            if isinstance(answer, File):
                await self.telegrams("", files=(answer,))
            else:
                await self.telegrams(answer)
        await self.presses("Kirim")

    @property
    def heard(self) -> str:
        """What the requester was told last."""
        return self.told(REQUESTER)[-1].text

    def was_told(self, words: str) -> bool:
        return any(words in outgoing.text for outgoing in self.told(REQUESTER))

    # -- who acts -------------------------------------------------------------------------------------------------

    async def does(self, number: str, way: str = "", *answers: str, reason: str = "") -> None:
        """Whoever holds the role does the row of that number, in chat: its way, then what is asked, then why."""
        who = self.whose(number)
        await self.says(who, f"#1 /langkah {number} {way}".strip())
        for answer in answers:
            await self.says(who, answer)
        if reason:
            await self.says(who, reason)
        assert self.case.turn(self.step(number).id) is None, self.heard_by(who)[-1]

    async def answers_by_mail(self, number: str, text: str) -> None:
        """Whoever reads mail alone answers the mail that called them to a row, from their own proven address."""
        call = self.email.sent[-1]
        await self.mails(
            text,
            sender=call.place.address,
            subject=f"Re: {call.subject}",
            references=(call.message_id,),
            authenticity=Authenticity(by="mx.example.ac.id", dmarc="pass"),
        )
        assert self.case.turn(self.step(number).id) is None, self.email.sent[-1].text

    async def checks_payment(self) -> None:
        """Whoever checks what was handed in says, by the first button, that all of it has come in."""
        offered = next(out for out in reversed(self.group.private) if "Bukti pembayaran perlu" in out.text)
        await self.says(offered.place.address, "", button=offered.buttons[0][0].data)

    async def hands_on(self, number: str, *, to: str) -> None:
        await self.says(self.whose(number), f"#1 /langkah {number} serahkan {to}")

    def called(self, number: str) -> str:
        """Return what whoever does a row was told last."""
        return self.heard_by(self.whose(number))[-1]

    def whose(self, number: str) -> str:
        """Return the Telegram id of somebody whose turn a row is."""
        step, case = self.step(number), self.case
        role, turn = self.procedure.role(step.role), case.turn(step.id)
        assert role is not None
        holder = turn.holder if turn else None
        theirs = acting(role, self.desk.now.desk, absent=frozenset(), holder=holder)
        return next(
            person.telegram for person in self.people.at(self.slug) if person.id in theirs and person.telegram
        )

    # -- where it stands ------------------------------------------------------------------------------------------

    @property
    def case(self) -> CaseNow:
        return self.ledger.write_blocking(lambda tx: cases.of_ticket(tx, 1))[-1]

    @property
    def papers(self) -> list[str]:
        """Return the papers that stand, by name and number, the oldest first."""
        case = self.case
        found = self.ledger.write_blocking(lambda tx: papers.of_case(tx, case.id))
        return [f"{each.title} {each.number or '–'} {each.state}" for each in found]

    @property
    def archive(self) -> list[str]:
        """Return what the archive has of the desk, by name, the newest first."""
        with self.ledger.reading() as session:
            return [each.name for each in filed(session, Wanted(desks={self.slug: Span()}), most=10)]

    @property
    def bookings(self) -> list[str]:
        """Return what the case has booked, in the desk's time."""
        case, zone = self.case, self.desk.now.desk.calendar.tz
        found = self.ledger.write_blocking(lambda tx: bookings.of_case(tx, case.id))
        return [
            f"{each.resource} {each.starts_at.astimezone(zone):%Y-%m-%d %H:%M}–{each.ends_at.astimezone(zone):%H:%M} {each.state}"
            for each in found
            if each.state in {bookings.State.TENTATIVE, bookings.State.FIRM}
        ]

    @property
    def procedure(self) -> Procedure:
        case = self.case
        found = self.ledger.write_blocking(lambda tx: procedure_of(tx, case, self.desk))
        assert found is not None
        return found

    def step(self, number: str) -> Step:
        return next(step for step in self.procedure.steps if step.number == number)

    @property
    def stands_at(self) -> list[str]:
        """Return the numbers of the rows whose turn it is; where it is over, what its end is called."""
        case, procedure = self.case, self.procedure
        if case.ended is not None:
            end = procedure.end(case.ended)
            return [end.name if end else case.ended]
        return [step.number for step in procedure.steps if step.id in case.standing.open]

    @property
    def promised(self) -> timedelta:
        """Return how long whose turn it is has, in plain time from now."""
        return self.clock(STEP).due_at - self.now
