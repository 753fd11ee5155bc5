"""Telegram's bots: whether the token works, what the bot may do among the agents, and where its updates are brought."""

from typing import Any

import httpx

from bot.doctor import words
from bot.doctor.asking import Now, content_of, finding, skew, unreached
from bot.doctor.bringing import brought_to, shown
from bot.doctor.findings import Finding, State
from tickets.connections import Account

TELEGRAM = "https://api.telegram.org"


async def of_telegram(
    account: Account, http: httpx.AsyncClient, now: Now, expected: str | None
) -> list[Finding]:
    """Ask who the bot is, what it may do in the agents' groups, and where its updates go."""
    try:
        me = await _call(account, http, "getMe")
        if not me.is_success:
            return [finding(account, State.BAD, words.TOKEN_REFUSED, status=str(me.status_code))]
        bot = content_of(me).get("result", {})
        found = [finding(account, State.GOOD, words.BOT_KNOWN, bot=str(bot.get("username")))]
        groups = [
            await _agents_group(account, http, group, bot.get("id"))
            for group in account.several("agents_group")
        ]
        none = finding(account, State.OFF, words.NO_GROUP)
        brought = await _updates(account, http, expected)
        return [*found, *(groups or [none]), *brought, *skew(account, me, now)]
    except httpx.HTTPError as error:
        return [unreached(account, "Telegram", error)]


async def _updates(account: Account, http: httpx.AsyncClient, expected: str | None) -> list[Finding]:
    """Tell where updates go that do not come here, and why those that should are not taken."""
    info = content_of(await _call(account, http, "getWebhookInfo")).get("result", {})
    url = info.get("url")
    if expected is None:
        return [finding(account, State.WARNING, words.WEBHOOK_OF_ANOTHER, there=shown(url))] if url else []
    if not url:
        return [finding(account, State.WARNING, words.WEBHOOK_UNSET)]
    found = brought_to(account, "Telegram", url, expected)
    if not found and info.get("pending_update_count") and info.get("last_error_message"):
        said, many = str(info["last_error_message"])[:120], str(info["pending_update_count"])
        return [finding(account, State.BAD, words.WEBHOOK_FAILS, many=many, said=said)]
    return found


async def _agents_group(account: Account, http: httpx.AsyncClient, group: str, bot: Any) -> Finding:
    chat = await _call(account, http, "getChat", chat_id=group)
    if moved := content_of(chat).get("parameters", {}).get("migrate_to_chat_id"):
        group = str(moved)  # the service follows it by itself
        chat = await _call(account, http, "getChat", chat_id=group)
    if not chat.is_success:
        return finding(account, State.BAD, words.NOT_IN_GROUP, group=group)
    if not content_of(chat).get("result", {}).get("is_forum"):
        return finding(account, State.BAD, words.NO_TOPICS, group=group)
    member = content_of(await _call(account, http, "getChatMember", chat_id=group, user_id=bot)).get(
        "result", {}
    )
    if member.get("status") != "creator" and not member.get("can_manage_topics"):
        return finding(account, State.BAD, words.NO_RIGHTS, group=group)
    return finding(account, State.GOOD, words.GROUP_READY, group=group)


async def _call(account: Account, http: httpx.AsyncClient, method: str, **fields: Any) -> httpx.Response:
    base = (account.settings.get("api") or TELEGRAM).rstrip("/")
    return await http.post(f"{base}/bot{account.settings['token']}/{method}", json=fields)
