"""Draws the icons of an installed console from its one drawing: `make icons`. Needs Debian's chromium."""

import asyncio
from pathlib import Path

from playwright.async_api import async_playwright

STATIC = Path(__file__).parent.parent.parent / "console" / "pages" / "static"
# Name, size, and the share of the picture that the drawing takes: phones cut a maskable one to their own shape.
ICONS = (("icon-192.png", 192, 1.0), ("icon-512.png", 512, 1.0), ("icon-whole.png", 512, 0.7))
PAGE = """<style>body {{ margin: 0; display: grid; place-items: center; height: 100vh; background: {ground} }}
svg {{ width: {share}%; height: {share}% }}</style>{drawing}"""


async def main() -> None:
    drawing = (STATIC / "icon.svg").read_text()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, size, share in ICONS:
            page = await browser.new_page(viewport={"width": size, "height": size})
            ground = "transparent" if share == 1 else "#0f766e"
            await page.set_content(PAGE.format(ground=ground, share=int(share * 100), drawing=drawing))
            await page.screenshot(path=STATIC / name, omit_background=True)
            await page.close()
        await browser.close()


asyncio.run(main())
