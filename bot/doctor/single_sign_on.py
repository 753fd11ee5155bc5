"""The provider of single sign-on: whether it is who it was said to be, and publishes keys."""

from datetime import datetime

from bot.doctor.findings import Finding, State
from bot.settings import Settings
from console.entrance.single_sign_on import BACK
from console.sso.claims import SignOnError
from console.sso.provider import Provider

ABOUT = "single sign-on"


async def of_single_sign_on(provider: Provider | None, settings: Settings, now: datetime) -> list[Finding]:
    """Ask it what anybody may ask; whether client and secret are right shows when somebody logs in."""
    if provider is None:
        return [Finding(about=ABOUT, state=State.OFF, says="TANGGAP_OIDC_ISSUER is not set.")]
    try:
        await provider.published(now=now)
        keys = await provider.keys(now=now, wanted=None)
    except SignOnError as error:
        return [Finding(about=ABOUT, state=State.BAD, says=f"{error.reason}.")]
    if not keys.get("keys"):
        return [Finding(about=ABOUT, state=State.BAD, says="it publishes no keys.")]
    back = f"{settings.public_url}{BACK}"
    return [Finding(about=ABOUT, state=State.GOOD, says=f"it answers; its redirect URI for this is {back}.")]
