"""WhatsApp's accounts at their providers: whether the credentials work, and whether messages find their way to us."""

from typing import Any

import httpx

from bot.doctor import words
from bot.doctor.asking import Now, content_of, finding, skew, unreached
from bot.doctor.bringing import brought_to
from bot.doctor.findings import Finding, State
from channels.whatsapp.cloud.settings import GRAPH, VERSION
from tickets.connections import Account

TWILIO, TWILIO_MESSAGING = "https://api.twilio.com", "https://messaging.twilio.com"
_FIELDS = "display_phone_number,webhook_configuration"


async def of_whatsapp(
    account: Account, http: httpx.AsyncClient, now: Now, expected: str | None
) -> list[Finding]:
    """Ask whose the number is, and whether what contacts write is brought to `expected`, this installation."""
    cloud = account.settings.get("provider") == "cloud"
    whom = "Meta" if cloud else "Twilio"
    try:
        found = await (_cloud if cloud else _twilio)(account, http, now, expected)
    except httpx.HTTPError as error:
        found = [unreached(account, whom, error)]
    if expected is None and not account.settings.get("api"):  # a server of one's own may be beside this one
        found.append(finding(account, State.WARNING, words.NOT_OUTSIDE, whom=whom))
    return found


async def _twilio(account: Account, http: httpx.AsyncClient, now: Now, expected: str | None) -> list[Finding]:
    sid, token = account.settings["account_sid"], account.settings["auth_token"]
    base = (account.settings.get("api") or TWILIO).rstrip("/")
    answer = await http.get(f"{base}/2010-04-01/Accounts/{sid}.json", auth=(sid, token))
    if answer.status_code in {401, 403, 404}:
        return [finding(account, State.BAD, words.TWILIO_REFUSES)]
    if not answer.is_success:
        return [finding(account, State.BAD, words.TWILIO_ANSWERS, status=str(answer.status_code))]
    status = content_of(answer).get("status", "active")
    state = State.GOOD if status == "active" else State.BAD
    found = finding(account, state, words.TWILIO_KNOWS, status=str(status), sender=account.settings["sender"])
    brought = await _of_sender(account, http, expected) if expected is not None else []
    return [found, *brought, *skew(account, answer, now)]


async def _of_sender(account: Account, http: httpx.AsyncClient, expected: str) -> list[Finding]:
    """Look where Twilio brings what is written to the sender: https://www.twilio.com/docs/whatsapp/api/senders."""
    base = (account.settings.get("api") or TWILIO_MESSAGING).rstrip("/")
    login = (account.settings["account_sid"], account.settings["auth_token"])
    answer = await http.get(
        f"{base}/v2/Channels/Senders", params={"Channel": "whatsapp", "PageSize": "100"}, auth=login
    )
    senders = content_of(answer).get("senders", ())
    wanted = f"whatsapp:{account.settings['sender']}"
    ours = next((each for each in senders if each.get("sender_id") == wanted), None)
    if ours is None:  # one that a messaging service has, or the sandbox's: Twilio shows no webhook of it here
        return []
    return brought_to(account, "Twilio", (ours.get("webhook") or {}).get("callback_url"), expected)


async def _cloud(account: Account, http: httpx.AsyncClient, now: Now, expected: str | None) -> list[Finding]:
    number = await _ask(account, http, account.settings["phone_number_id"], fields=_FIELDS)
    code = _code(number)
    if number.status_code == httpx.codes.UNAUTHORIZED or code == 190:
        return [finding(account, State.BAD, words.META_REFUSES)]
    if not number.is_success:
        hidden = account.settings["phone_number_id"]
        return [finding(account, State.BAD, words.META_HIDES_NUMBER, number=hidden, code=str(code))]
    shown, sender = str(content_of(number).get("display_phone_number", "")), account.settings["sender"]
    found = finding(account, State.GOOD, words.META_KNOWS, shown=shown)
    if _digits(shown) != _digits(sender):
        found = finding(account, State.BAD, words.META_DIFFERS, shown=shown, sender=sender)
    brought = [] if expected is None else _of_webhook(account, number, expected)
    return [found, *brought, *await _subscribed(account, http), *skew(account, number, now)]


def _of_webhook(account: Account, number: httpx.Response, expected: str) -> list[Finding]:
    """Look where Meta brings what is written to the number: its own webhook goes before the account's and the app's."""
    shown = content_of(number).get("webhook_configuration")
    if not isinstance(shown, dict):
        return []
    levels = ("phone_number", "whatsapp_business_account", "application")
    return brought_to(
        account, "Meta", next((shown[each] for each in levels if shown.get(each)), None), expected
    )


async def _subscribed(account: Account, http: httpx.AsyncClient) -> list[Finding]:
    """Tell whether any app gets the account's webhooks, where the account is named."""
    if account.settings.get("verify_token") is None:
        return [finding(account, State.WARNING, words.NO_VERIFY_TOKEN)]
    business = account.settings.get("business_account_id")
    if business is None:
        return []
    answer = await _ask(account, http, f"{business}/subscribed_apps")
    if not answer.is_success:
        code = str(_code(answer))
        return [finding(account, State.BAD, words.META_HIDES_BUSINESS, business=business, code=code)]
    if not content_of(answer).get("data"):
        return [finding(account, State.BAD, words.NOBODY_LISTENS, business=business)]
    return []


async def _ask(account: Account, http: httpx.AsyncClient, path: str, **query: str) -> httpx.Response:
    base = (account.settings.get("api") or GRAPH).rstrip("/")
    login = {"Authorization": f"Bearer {account.settings['access_token']}"}
    return await http.get(f"{base}/{VERSION}/{path}", params=query, headers=login)


def _code(answer: httpx.Response) -> Any:
    error = content_of(answer).get("error")
    return error.get("code") if isinstance(error, dict) else answer.status_code


def _digits(number: str) -> str:
    return "".join(each for each in number if each.isdecimal())
