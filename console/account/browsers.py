"""How a browser calls itself, in words that its owner knows it by. A guess, and good for no more than recognising."""

import re

_BROWSERS = (
    ("Edge", r"\bEdg(?:A|iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(?:Firefox|FxiOS)/"),
    ("Chrome", r"\b(?:Chrome|CriOS|HeadlessChrome)/"),
    ("Safari", r"\bSafari/"),
)
_SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("macOS", r"\bMacintosh\b"),
    ("Linux", r"\bLinux\b"),
)


def in_words(browser: str) -> str:
    """Return `Firefox · Linux`; an empty text where nothing is recognised."""
    found = (
        next((name for name, sign in signs if re.search(sign, browser)), None)
        for signs in (_BROWSERS, _SYSTEMS)
    )
    return " · ".join(name for name in found if name is not None)
