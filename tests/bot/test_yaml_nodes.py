"""A desk's file is read the same, by whichever of the two that read YAML."""

from pathlib import Path

import pytest

from bot.desk_files.yaml_text import parse

SHIPPED = Path(__file__).parents[2] / "desks"
LEFT_TO_RUAMEL = "\n# a tab:\t\n"  # libyaml is not asked about a text that has one
WORDS = "[yes, no, on, off, true, null, ~, 08:00, 1_000, 0o17, 017, 0x1f, 1e3, .5, +1, 2026-11-27, 1:30:00]"


def shipped() -> list[Path]:
    return [SHIPPED / "itb-care-center" / "desk.yaml", *SHIPPED.glob("itb-studio/procedures/*.yaml")]


@pytest.mark.parametrize(
    "text",
    [
        *(file.read_text(encoding="utf-8") for file in shipped()),
        f"words: {WORDS}",
        "folded: >-\n  one\n  two\n\n    more\nkept: |+\n  a\n\nquoted: 'it''s'\nescaped: \"\\u00e9 \\/ \\x41\"\n",
        "empty:\n- \n- {}\n- []\n- ''\n",
        "twice: 1\ntwice: 2\n<<: 3\n",
        "? long\n: value\n",
        "base: &base {a: 1}\ncopy: *base\n",
        "tagged: !!python/name:os.system x\n",
        "open: [1, 2\n",
        "one: 1\n---\ntwo: 2\n",
        "%YAML 1.1\n---\non: yes\n",
        "[" * 30 + "]" * 30,
        "windows: 1\r\nlines: 2\r\n",
    ],
)  # fmt: skip
def test_it_is_read_the_same_by_both(text):
    fast, slow = [], []
    assert parse("x.yaml", text, fast) == parse("x.yaml", text + LEFT_TO_RUAMEL, slow)
    assert fast == slow
