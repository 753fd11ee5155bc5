"""The public page of a paper, behind the code on it: whether it is genuine, and whether a file is the one that was issued.

Whoever has the paper has its address; nobody guesses another's. The page says what the paper says of itself, and nothing
of whom it is about.
"""

import hashlib
from typing import Annotated

from fastapi import Path, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.doors.throttle import Limit, neighbourhood
from console.forms import OurForm
from console.guarded import may_try
from console.house import House, TheHouse
from console.language import language_of
from console.pages.render import page
from console.routes import Router
from console.visitors import knock_of
from procedures.papers import views
from procedures.papers.rows import PaperNow, State
from procedures.papers.values import settled
from templates_replies.moments import day_in_words

MOST_TRIES = 60  # from one place within the window: files looked at, and addresses that are none

Token = Annotated[str, Path(max_length=60)]

router = Router(include_in_schema=False)


@router.get("/paper/{token}")
async def show(request: Request, token: Token, house: TheHouse) -> Response:
    return _page(request, house, await _found(request, house, token))


@router.post("/paper/{token}")
async def check(request: Request, token: Token, house: TheHouse, form: OurForm) -> Response:
    """Say whether a file is the one that was issued. It is not kept."""
    paper = await _found(request, house, token)
    await _count(request, house)
    files = await form.files("file")
    if not files or files[0].content is None:
        return _page(request, house, paper, status=422, looked="none")
    digest = await house.ledger.aside(_digest, files[0].content)
    return _page(request, house, paper, looked="same" if digest == paper.sha256 else "other")


async def _found(request: Request, house: House, token: str) -> PaperNow:
    paper = await house.ledger.read(lambda session: views.by_token(session, token))
    if paper is None or paper.state is State.DRAFT or paper.desk not in house.desks():
        await _count(request, house)
        raise HTTPException(404, "there is no such paper")
    return paper


async def _count(request: Request, house: House) -> None:
    knock = knock_of(request)
    limit = Limit(what=f"paper {neighbourhood(knock.place)}", most=MOST_TRIES)
    if not await may_try(house, (limit,), who="", knock=knock):
        raise HTTPException(429, "too many tries; come back in a quarter of an hour")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _page(
    request: Request, house: House, paper: PaperNow, *, status: int = 200, looked: str | None = None
) -> Response:
    language, desk = language_of(request), house.desk(paper.desk).desk
    content = settled(paper.content, paper.number)
    approval = content["approval"]
    voided = day_in_words(paper.void_at.astimezone(desk.calendar.tz), language) if paper.void_at else None
    facts = (
        ("paper_kind", paper.title),
        ("paper_number", paper.number),
        ("paper_date", content["date"]),
        ("paper_issuer", (content["letterhead"] or {}).get("unit") or desk.name),
        ("paper_signer", f"{approval['name']} ({approval['post']}), {approval['at']}" if approval else None),
    )
    response = page(
        request, house, "paper_check.html", status=status, paper=paper, looked=looked, voided=voided,
        facts=[(key, value) for key, value in facts if value],
    )  # fmt: skip
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    return response
