"""People with browsers in front of a service that runs for real: contacts at the web chat, staff at the console."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from playwright.async_api import Browser, Locator, Page

from tests.acceptance.service import SLUG, Service
from tests.console.pages import Visitor

PASSWORD = "correct horse battery"
BUDI, SARI, RINA = "budi@example.ac.id", "sari@example.ac.id", "rina@example.ac.id"
PATIENCE = 60_000  # milliseconds, on a machine that has much else to do


@dataclass(kw_only=True)
class House:
    """A service with everybody's browsers. Where there are two processes, agents sit at the one and all others at the other."""

    agents: Service
    others: Service
    browser: Browser
    cookies: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    async def lets_in(self) -> None:
        """Make the accounts: the supervisor is the administrator too, and hands the links out."""
        link = re.search(r"(/setup/\S+)", self.agents.output)
        assert link is not None, self.agents.errors
        rina = await self._enters(RINA, link[1])
        for email in (BUDI, SARI):
            page = await rina.opens("/people")
            told = await rina.sends(page, "/people", email=email)
            invited = re.search(r"/setup/[\w-]+", told.answer.text)
            assert invited is not None
            await (await self._enters(email, invited[0])).client.aclose()
        await rina.client.aclose()

    async def _enters(self, email: str, link: str) -> Visitor:
        client = httpx.AsyncClient(
            base_url=self.agents.url, headers={"Accept-Language": "en"}, timeout=60, trust_env=False
        )
        person = Visitor(client)
        inside = await person.sends(
            await person.opens(link), "", email=email, name=email[:4].title(), password=PASSWORD
        )
        assert inside.path == "/inbox"
        self.cookies[email] = [
            {"name": each.name, "value": each.value, "domain": "127.0.0.1", "path": "/"}
            for each in client.cookies.jar
        ]
        return person

    @asynccontextmanager
    async def desk_of(self, email: str, *, scripts: bool = True) -> AsyncIterator[Page]:
        """Open a browser in which somebody of the staff is logged in."""
        at = self.others if email == RINA else self.agents
        async with self._opened(at, scripts=scripts, cookies=self.cookies[email]) as page:
            yield page

    @asynccontextmanager
    async def contact(self, *, scripts: bool = True) -> AsyncIterator["Contact"]:
        """Open the web chat as somebody who was never there."""
        async with self._opened(self.others, scripts=scripts, cookies=[]) as page:
            await page.goto(f"/chat/{SLUG}")
            yield Contact(page)

    @asynccontextmanager
    async def _opened(
        self, at: Service, *, scripts: bool, cookies: list[dict[str, Any]]
    ) -> AsyncIterator[Page]:
        context = await self.browser.new_context(
            base_url=at.url, locale="en-US", java_script_enabled=scripts, service_workers="block"
        )
        context.set_default_timeout(PATIENCE)
        await context.add_cookies(cookies)  # type: ignore[arg-type]  # of a shape that is not told
        page = await context.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        yield page
        await context.close()
        assert problems == []


class Contact:
    """Somebody at the web chat."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def writes(self, text: str) -> None:
        await self.page.fill("#text", text)
        await self.page.locator("#say button.main").click()
        await self.page.locator("#log li.mine", has_text=text).wait_for()

    def hears(self, text: str) -> Locator:
        """Return where the desk says something."""
        return self.page.locator("#log li.theirs", has_text=text)


def in_list(page: Page, text: str) -> Locator:
    """Return the line of the inbox that shows something."""
    return page.locator("#list a[data-row]", has_text=text)


def in_talk(page: Page, text: str) -> Locator:
    """Return the message of a ticket that says something."""
    return page.locator("#conversation article", has_text=text)


def without_waiting(file: str) -> str:
    """Change a desk's file so that tickets wait for whoever takes them, and answers for nothing."""
    by_hand = re.sub(r"way: (least_loaded|round_robin)", "way: manual", file)
    return by_hand.replace("undo_within: 10s", "undo_within: 0s")
