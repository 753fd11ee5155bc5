"""The approved templates that a desk's replies name: whether their provider has them, approved, with those variables."""

from collections.abc import Sequence

from bot.accounts import whatsapp_of
from bot.desk_files.loading import LoadedDesk
from bot.doctor.asking import finding
from bot.doctor.findings import Finding, State
from channels.contract import ChannelError
from templates_replies.catalogue import Language
from tickets.approval import pick
from tickets.desk import Account, Desk
from tickets.message import ListedTemplate


async def of_templates(account: Account, loaded: LoadedDesk, public_url: str) -> list[Finding]:
    """Ask the provider for its list, where the desk names any template; no finding where all is well."""
    if account.off or not any(reply.whatsapp for reply in loaded.catalogue.replies):
        return []
    try:
        adapter = whatsapp_of(account, account.settings, public_url=public_url, language=loaded.desk.language)
    except ValueError:
        return []  # said of the account already
    try:
        listed = await adapter.templates()
    except ChannelError as error:
        said = f"its templates cannot be had ({type(error).__name__}); the provider decides when one is sent."
        return [finding(account, State.WARNING, said)]
    finally:
        await adapter.aclose()
    return _faults(account, loaded, listed)


def _faults(account: Account, loaded: LoadedDesk, listed: Sequence[ListedTemplate]) -> list[Finding]:
    needed, found = _needed(loaded.desk), []
    for reply in loaded.catalogue.replies:
        if reply.whatsapp is None:
            continue
        language: Language = "en" if loaded.desk.language == "en" else "id"
        name, _, fault = pick(listed, reply.whatsapp.names(language), language, reply.whatsapp.variables)
        if fault is not None:
            state = State.BAD if reply.id in needed else State.WARNING
            says = f"the template {name} of the reply {reply.id} cannot be sent: {fault}."
            found.append(finding(account, state, says))
    return found


def _needed(desk: Desk) -> frozenset[str]:
    """Return the replies whose templates the desk sends by itself."""
    of_survey = desk.survey.template if desk.survey is not None else None
    return frozenset({*desk.templates.values(), *([of_survey] if of_survey else [])})
