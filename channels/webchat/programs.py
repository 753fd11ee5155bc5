"""Files that run when somebody opens them: a desk's people shall not be handed any by strangers."""

import re

# What runs on a double click, by the ends of names that systems look at: the last one, however many dots and spaces
# or characters that turn the direction of writing stand before it.
_ENDINGS = frozenset(
    [
        "apk",
        "app",
        "appx",
        "bat",
        "cmd",
        "com",
        "command",
        "cpl",
        "deb",
        "desktop",
        "dll",
        "dmg",
        "exe",
        "gadget",
        "hta",
        "inf",
        "iso",
        "jar",
        "js",
        "jse",
        "lnk",
        "msc",
        "msi",
        "msix",
        "msp",
        "pif",
        "pkg",
        "ps1",
        "psm1",
        "reg",
        "rpm",
        "scf",
        "scr",
        "sys",
        "url",
        "vb",
        "vbe",
        "vbs",
        "vhd",
        "vhdx",
        "wsf",
        "wsh",
        "xll",
    ]
)
_MAGIC = (
    b"MZ",  # Windows
    b"\x7fELF",  # Linux
    b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",  # macOS
    b"dex\n",  # Android
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a shortcut of Windows
)  # fmt: skip
_INVISIBLE = re.compile("[\\s\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff.\\x00-\\x1f]+$")


def is_program(name: str, content: bytes) -> bool:
    """Whether a file would run rather than be read, whatever it calls itself."""
    ending = _INVISIBLE.sub("", name).rpartition(".")[2].lower()
    return ending in _ENDINGS or content.startswith(_MAGIC)
