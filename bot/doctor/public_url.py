"""The address by which others reach this: whether it leads here, by a certificate that they will accept."""

import ssl

import httpx

from bot.doctor import words
from bot.doctor.asking import told, why
from bot.doctor.findings import Finding, State
from bot.settings import Settings

ABOUT = "public URL"


async def of_public_url(settings: Settings, http: httpx.AsyncClient) -> Finding:
    """Knock at it as a provider would. From inside it may be out of reach, which proves nothing."""
    there = settings.public_url
    if not there.startswith("https://"):
        says = f"{there} is not https: Twilio cannot bring webhooks, and Telegram is polled."
        return Finding(about=ABOUT, state=State.OFF, says=says)
    try:
        answer = await http.get(f"{there}/healthz")
    except httpx.HTTPError as error:
        reason = why(error)
        if _is_of_tls(error):
            return told(ABOUT, State.BAD, words.ITSELF_BROKEN, there=there, why=reason)
        return told(ABOUT, State.WARNING, words.ITSELF_UNREACHED, there=there, why=reason)
    if answer.text.strip() != "ok":
        return told(ABOUT, State.WARNING, words.ITSELF_ELSEWHERE, there=there, status=str(answer.status_code))
    return told(ABOUT, State.GOOD, words.ITSELF_ANSWERS, there=there)


def _is_of_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
