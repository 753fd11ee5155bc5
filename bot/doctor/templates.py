"""The approved templates that a desk's replies name: whether their provider has them, approved, with those variables."""

from bot.accounts.building import whatsapp_of
from bot.desk_files.loading import LoadedDesk
from bot.doctor.asking import finding
from bot.doctor.findings import Finding, State
from bot.templates.needed import unsendable
from channels.contract import ChannelError
from tickets.connections import Account


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
    return [
        finding(
            account,
            State.BAD if each.needed else State.WARNING,
            f"the template {each.template} of the reply {each.reply} cannot be sent: {each.fault}.",
        )
        for each in unsendable(loaded.desk, loaded.catalogue, listed)
    ]
