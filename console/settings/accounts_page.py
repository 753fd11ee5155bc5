"""Trying an account of the desk at its provider."""

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.forms import OurForm
from console.settings.cabinet import PREFIX, TheCabinet
from console.settings.section_page import Answer, shown
from console.settings.sections import ACCOUNTS

router = APIRouter(prefix=PREFIX)


@router.post("/accounts/try")
async def try_one(cabinet: TheCabinet, form: OurForm) -> Response:
    """Ask the provider whether the account works as it is served now."""
    wanted = form.line("account")
    account = next((each for each in cabinet.desk.desk.accounts if each.key == wanted), None)
    if account is None:
        raise HTTPException(404, "there is no such account")
    found = await cabinet.house.probe(account)
    return shown(cabinet, ACCOUNTS, Answer(probed=(account.key, found)))
