"""Takes the pictures of the README from the demo: `make screenshots`. Needs Debian's chromium."""

import asyncio
import base64
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from playwright.async_api import Browser, Page, async_playwright

IMAGES = Path(__file__).parent.parent / "images"
PORT = 24180
BASE = f"http://127.0.0.1:{PORT}"
SETUP = re.compile(r"http://\S+/setup/\S+")
DESK = "itb-care-center"  # whose month the demo has
WIDE, PHONE = (1280, 800), (390, 760)


@dataclass(frozen=True, kw_only=True)
class Picture:
    name: str
    path: str
    size: tuple[int, int] = WIDE
    theme: str = "light"
    language: str = "id"
    press: str = ""


PICTURES: Sequence[Picture] = (
    Picture(name="inbox", path="/inbox"),
    Picture(name="ticket", path="/tickets/200"),
    Picture(name="board", path="/board", theme="dark", language="en"),
    Picture(name="palette", path="/tickets/200", theme="dark", language="en", press="Control+k"),
    Picture(name="procedures", path="/procedures?desk=itb-studio"),
    Picture(name="statistics", path="/dashboard?period=month"),
    Picture(name="settings", path="/settings", theme="dark", language="en"),
    Picture(name="phone", path="/inbox", size=PHONE),
    Picture(name="phone-board", path="/board", size=PHONE, theme="dark"),
)


@contextmanager
def demo() -> Iterator[str]:
    """Serve the demo in a state of its own; yield the link of its first log in."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "TANGGAP_DATA_DIR": folder, "TANGGAP_HTTP_PORT": str(PORT), "TANGGAP_SMTP_PORT": str(PORT + 1), "PATH": "",
        }  # fmt: skip
        process = subprocess.Popen(
            [sys.executable, "-c", "from bot.cli.main import run; run()", "serve", "--demo"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=settings, cwd=folder,
        )  # fmt: skip
        assert process.stdout is not None
        try:
            yield _link(process.stdout)
        finally:
            process.terminate()
            process.wait()


def _link(lines: IO[str]) -> str:
    for line in lines:
        if found := SETUP.search(line):
            return found[0]
    raise SystemExit("the demo did not start")


async def take(browser: Browser, setup: str) -> None:
    state = None
    for picture in PICTURES:
        context = await browser.new_context(
            base_url=BASE, color_scheme=picture.theme, locale=picture.language, storage_state=state,
            viewport={"width": picture.size[0], "height": picture.size[1]}, reduced_motion="reduce",
        )  # fmt: skip
        page = await context.new_page()
        if state is None:
            await _log_in(page, setup)
            await context.add_cookies([{"name": "tanggap_desk", "value": DESK, "url": BASE}])
            state = await context.storage_state()
        await context.clear_cookies(name="tanggap_language")
        await page.goto(picture.path)
        if picture.press:
            await page.keyboard.press(picture.press)
        (IMAGES / f"{picture.name}.webp").write_bytes(await _webp(page))
        await context.close()


async def _webp(page: Page) -> bytes:
    """Return what is seen, in a fifth of what it takes as PNG."""
    session = await page.context.new_cdp_session(page)
    taken = await session.send("Page.captureScreenshot", {"format": "webp", "quality": 82})
    return base64.b64decode(taken["data"])


async def _log_in(page: Page, setup: str) -> None:
    await page.goto(setup)
    for name, value in (
        ("email", "rina@example.ac.id"),
        ("name", "Rina Kartika"),
        ("password", "a long password"),
    ):
        await page.fill(f"[name={name}]", value)
    await page.click("button.main")


async def main(setup: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        await take(browser, setup)
        await browser.close()


IMAGES.mkdir(exist_ok=True)
with demo() as first_log_in:
    asyncio.run(main(first_log_in))
