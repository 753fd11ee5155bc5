"""Script in every field of every form and every body, then every page read: what people write never becomes part of a page."""

import asyncio
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.access import house
from tests.access.askers import PEOPLE, TOKENS, at_a_browser, with_a_token
from tests.access.asking import opened_house
from tests.access.routes import Way, ways

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
MARK = "xqz"
# Out of a text, an attribute, a script, a comment and a template.
SCRIPT = f"""{MARK}'"><script>{MARK}()</script><img src={MARK} onerror={MARK}()>--></textarea></title><svg/onload={MARK}()>{{{{ 7*7 }}}}"""
_SENT_ON = {"token", "desk", "procedure", "agent", "category", "team", "resource", "role", "lives", "ticket", "into", "message", "number",
            "read", "act", "webhook", "clock", "chosen", "shown", "does", "by", "delivery", "rule", "effect", "step", "minutes"}  # fmt: skip


class _Hostile(HTMLParser):
    """Finds what a browser would run, or an element that somebody's words have opened."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"<{tag} {name}={value}>")
            if MARK in name or (tag in {"script", "svg", "img", "iframe"} and MARK in (value or "")):
                self.found.append(f"<{tag} {name}={value}>")

    def handle_data(self, data):
        if MARK in data and self.cdata_elem in {"script", "style"}:
            self.found.append(data)

    def handle_comment(self, data):
        if MARK in data:
            self.found.append(data)


def run_by(page: str) -> list[str]:
    reader = _Hostile()
    reader.feed(page)
    reader.close()
    return reader.found
