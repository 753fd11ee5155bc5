"""The questionnaire of the survey of public services, for whoever has an invitation: no log-in, no script."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Path, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from console.forms import Form, OurForm
from console.house import House, TheHouse
from console.language import language_of
from console.pages.render import page
from console.routes import Router
from templates_replies import public_survey as words
from templates_replies.moments import date_in_words
from tickets.actions import public_survey
from tickets.actions.public_survey import Invitation, Respondent
from tickets.survey import ELEMENTS, MARKS

LONGEST_REMARK = 1000  # characters
_AGES = range(10, 111)

Token = Annotated[str, Path(max_length=200)]

router = Router(include_in_schema=False)


@router.get("/survey/{token}")
async def show(request: Request, token: Token, house: TheHouse) -> Response:
    invitation = await _invitation(house, token)
    return _page(request, house, invitation, _given(invitation), _respondent(invitation))


@router.post("/survey/{token}")
async def take(request: Request, token: Token, house: TheHouse, form: OurForm) -> Response:
    """Keep complete answers; what is missing is said on the page, and what was chosen stays chosen."""
    invitation = await _invitation(house, token)
    at = house.clock()
    marks = [_one_of(form.line(str(element)), MARKS) for element in ELEMENTS]
    respondent = _told(form)
    given = [mark for mark in marks if mark is not None]
    if at >= invitation.expires_at or len(given) < len(ELEMENTS):
        return _page(request, house, invitation, marks, respondent, incomplete=True)
    await house.ledger.write(
        lambda tx: public_survey.answer(tx, invitation, given, respondent, at=at), name="public_survey"
    )
    return RedirectResponse(f"{request.url.path}?kept=1", status_code=303)


async def _invitation(house: House, token: str) -> Invitation:
    key = house.survey_links.read(token)
    found = None
    if key is not None:
        found = await house.ledger.write(lambda tx: public_survey.load(tx, key), name="public_survey")
    if found is None or found.desk not in house.desks():
        raise HTTPException(404, "this link is not valid")
    return found


def _page(
    request: Request, house: House, invitation: Invitation, marks: list[int | None], respondent: Respondent, *,
    incomplete: bool = False,
) -> Response:  # fmt: skip
    language = language_of(request)
    desk = house.desk(invitation.desk).desk
    over = house.clock() >= invitation.expires_at
    status = 410 if over else 422 if incomplete else 200
    response = page(
        request, house, "public_survey.html", status=status, desk=desk.name, over=over, incomplete=incomplete,
        kept=bool(request.query_params.get("kept")) and invitation.answered_at is not None, marks=marks,
        respondent=respondent, period=words.period_words(invitation.period, language),
        until=date_in_words(_last_day(invitation.expires_at, house, invitation.desk), language),
        questions=words.QUESTIONS, answered=invitation.answered_at is not None, longest=LONGEST_REMARK, ages=_AGES,
        sexes=words.SEXES, educations=words.EDUCATIONS, occupations=words.OCCUPATIONS,
    )  # fmt: skip
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response


def _last_day(expires_at: datetime, house: House, desk: str) -> datetime:
    return (expires_at - timedelta(seconds=1)).astimezone(house.desk(desk).desk.calendar.tz)


def _given(invitation: Invitation) -> list[int | None]:
    return list(invitation.marks or (None,) * len(ELEMENTS))


def _respondent(invitation: Invitation) -> Respondent:
    return Respondent(
        age=invitation.age, sex=invitation.sex, education=invitation.education, occupation=invitation.occupation,
        remark=invitation.remark,
    )  # fmt: skip


def _told(form: Form) -> Respondent:
    return Respondent(
        age=_one_of(form.line("age"), _AGES),
        sex=_key(form.line("sex"), words.SEXES),
        education=_key(form.line("education"), words.EDUCATIONS),
        occupation=_key(form.line("occupation"), words.OCCUPATIONS),
        remark=form.text("remark").strip()[:LONGEST_REMARK] or None,
    )


def _one_of(raw: str, numbers: range) -> int | None:
    return (
        int(raw) if raw.isascii() and raw.isdecimal() and int(raw[:4]) in numbers and len(raw) < 4 else None
    )


def _key(raw: str, choices: object) -> str | None:
    return raw if isinstance(choices, dict) and raw in choices else None
