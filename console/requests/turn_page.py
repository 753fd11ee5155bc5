"""The page of a requester's turn, for whoever has the link of their case: no log-in, no script."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.forms import Form, OurForm
from console.house import House, TheHouse
from console.language import language_of
from console.pages.render import page
from console.phrases import say
from console.requests.form import fields_of
from console.requests.request_page import Token, typed_to, uploaded_to
from console.routes import Router
from console.uploads import keep_chosen
from procedures.cases import rows as cases
from procedures.cases.refusals import StepOverError, TurnOfOthersError, note_refused
from procedures.cases.rows import CaseNow, NoSuchCaseError, Turn
from procedures.cases.whereabouts import whereabouts
from procedures.definition.procedure import Procedure, Step
from procedures.requests.turn_page import REASON, WAY, Given, questions_of, submit, turns_of
from procedures.words.answer_faults import fault_words
from procedures.words.answer_words import ways_of
from tickets.actions.errors import UnknownValueError
from tickets.actor import CONTACT
from tickets.ledger.tx import Tx
from tickets.message import File

router = Router(prefix="/turns", include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """What is theirs to do in a case, as its page shows it; `step` None: nothing now."""

    case: CaseNow
    procedure: Procedure
    stands: str
    step: Step | None = None
    turn: Turn | None = None
    given: Given | None = None
    problems: Mapping[str, str] = field(default_factory=dict)


@router.get("/{token}")
async def show(request: Request, token: Token, house: TheHouse) -> Response:
    return _page(request, house, await _shown(request, house, token))


@router.post("/{token}")
async def take(request: Request, token: Token, house: TheHouse, form: OurForm) -> Response:
    """End the step, or say what is wrong at its field; what was over before is said to be so."""
    shown = await _shown(request, house, token)
    step = shown.procedure.step(form.line("step"))
    if step is None:
        return _page(request, house, shown, status=410)
    given, problems = await _given(request, house, form, step)
    if problems or form.line("more"):
        return _page(request, house, _again(shown, step, given, problems), status=422 if problems else 200)
    try:
        faults = await house.ledger.write(
            lambda tx: submit(
                tx, shown.case.id, given, procedure=shown.procedure, desk=house.desk(shown.case.desk), at=house.clock()
            ),
            name="turn",
        )  # fmt: skip
    except (StepOverError, TurnOfOthersError) as error:
        refused = error
        await house.ledger.write(
            lambda tx: note_refused(tx, refused, by=CONTACT.key, at=house.clock()), name="turn"
        )
        return _page(request, house, shown, status=410, late=True)
    except UnknownValueError:
        return _page(request, house, shown, status=410)
    if not faults:
        return RedirectResponse(request.url.path, status_code=303)
    today = house.desk(shown.case.desk).desk.calendar.day_of(house.clock())
    language = language_of(request)
    told = {
        each.id: fault_words(each, faults[each.id], language, today=today)
        for each in step.asks
        if each.id in faults
    }
    told |= {name: say(language, f"turn_{name}_missing") for name in (WAY, REASON) if name in faults}
    return _page(request, house, _again(shown, step, given, told), status=422)


async def _shown(request: Request, house: House, token: str) -> _Shown:
    """Return what a link shows. Raises HTTPException(404)."""
    key, language = house.turn_links.read(token), language_of(request)

    def look(tx: Tx) -> CaseNow | None:
        try:
            return cases.load(tx, key) if key is not None else None
        except NoSuchCaseError:
            return None

    case = await house.ledger.write(look, name="turn") if key is not None else None
    found = [] if case is None or case.desk not in house.desks() else await _procedures(house, case)
    procedure = next((each for each in found if case is not None and each.id == case.procedure), None)
    if case is None or procedure is None:
        raise HTTPException(404, "this link is not valid")
    procedure = procedure.held_for(case.answers)
    stands = await house.ledger.write(
        lambda tx: whereabouts(tx, case, procedure, language, desk=house.desk(case.desk), at=house.clock()),
        name="turn",
    )
    step, turn = next(turns_of(case, procedure), (None, None))
    return _Shown(case=case, procedure=procedure, stands=stands, step=step, turn=turn)


async def _procedures(house: House, case: CaseNow) -> list[Procedure]:
    return list(await house.ledger.aside(house.procedures_under, case.desk, case.revision))


def _again(shown: _Shown, step: Step, given: Given, problems: Mapping[str, str]) -> _Shown:
    return _Shown(
        case=shown.case, procedure=shown.procedure, stands=shown.stands, step=step, turn=shown.case.turn(step.id),
        given=given, problems=problems,
    )  # fmt: skip


async def _given(request: Request, house: House, form: Form, step: Step) -> tuple[Given, dict[str, str]]:
    """Return what was filled in, its files kept, and what is to be said of files that are too large."""
    language = language_of(request)
    answering, problems = await uploaded_to(form, step.asks, language)
    more: list[File] = []
    try:
        more = await form.files("files")
    except HTTPException:  # too large
        problems["files"] = say(language, "request_too_large")
    stored = await keep_chosen(house, [*answering.values(), *more]) if not problems else []
    seen = form.line("round")
    given = Given(
        step=step.id, seen=int(seen) if seen.isdecimal() and len(seen) < 7 else 0,
        way=form.line("way") or ("" if step.decides else step.outcomes[0].id), reason=form.text("reason")[:2000],
        typed=typed_to(form, step.asks), files=dict(zip(answering, stored, strict=False)), more=stored[len(answering) :],
    )  # fmt: skip
    return given, problems


def _page(
    request: Request, house: House, shown: _Shown, *, status: int = 200, late: bool = False
) -> Response:
    language, desk, step = language_of(request), house.desk(shown.case.desk).desk, shown.step
    asked = questions_of(step, shown.case.answers) if step else ()
    given = shown.given
    response = page(
        request, house, "turn.html", status=status, desk=desk.name, procedure=shown.procedure, ticket=shown.case.ticket,
        stands=shown.stands, step=step, turn=shown.turn, late=late, problems=shown.problems, given=given,
        ways=ways_of(step, language) if step and (step.decides or step.optional) else (),
        fields=fields_of(
            asked, language, answers=shown.case.answers, typed=given.typed if given else {}, files={},
            problems=shown.problems, beside={},
        ),
    )  # fmt: skip
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response
