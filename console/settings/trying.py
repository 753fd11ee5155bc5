"""Trying what a desk file leads to: an account at its provider, the directory where it lies."""

from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.forms import OurForm
from console.routes import Router
from console.settings.cabinet import PREFIX, TheCabinet
from console.settings.connections import ACCOUNTS, DIRECTORY
from console.settings.section_page import Answer, shown

router = Router(prefix=PREFIX, include_in_schema=False)


@router.post("/accounts/try")
async def try_account(cabinet: TheCabinet, form: OurForm) -> Response:
    """Ask the provider whether the account works as it is described now."""
    wanted = form.line("account")
    account = next((each for each in cabinet.desk.desk.accounts if each.key == wanted), None)
    if account is None:
        raise HTTPException(404, "there is no such account")
    found = await cabinet.house.probe(account)
    return shown(cabinet, ACCOUNTS, Answer(probed=(account.key, found)))


@router.post("/directory/try")
async def try_directory(cabinet: TheCabinet, _form: OurForm) -> Response:
    """Ask the directory whether somebody could be looked up in it now."""
    found = await cabinet.house.probe_directory(cabinet.desk.desk)
    return shown(cabinet, DIRECTORY, Answer(probed=(DIRECTORY.key, found)))
