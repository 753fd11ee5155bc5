"""A real browser without a window: Debian's Chromium."""

import contextlib
import shutil
from collections.abc import AsyncIterator

from playwright.async_api import Browser, async_playwright

PATH = shutil.which("chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # In place of Playwright's list, which switches off the partitions in which frames of other sites keep things.
    "--disable-features=MediaRouter",
)  # fmt: skip


@contextlib.asynccontextmanager
async def chromium(*flags: str) -> AsyncIterator[Browser]:
    """Yield a running Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=PATH, args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            await browser.close()
