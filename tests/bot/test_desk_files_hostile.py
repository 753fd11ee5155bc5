"""Whatever stands in a desk's files, the answer is a desk or a list of mistakes, and never another exception."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk_files import DeskFileError, desk_from_files

FOLDER = Path(__file__).parent / "desks" / "unit-contoh"
FILES = {path.name: path.read_text() for path in FOLDER.glob("*.yaml")}
SECRET = "sangat-rahasia"

# fmt: off
scraps = st.sampled_from([
    "null", "[]", "{}", "[", "{", '"', "'", "-", ":", "*", "&", "?", "|", ">", "%", "@", "`", "#", "\n", "\t", "  ",
    "${", "${A}", "${NAME}", "<<: ", "!!int ", "!!set ", "---\n", "...\n", ": ", "- ", "*x ", "&x ", "true", "-1", "1e400",
    "0x", "0o9", "0b", "1_", ".inf", "9" * 21, "2026-13-45", "12:30:45", "mon-", "٣", "é", "\u2028", "\x85", "\ufeff",
])
# fmt: on


@st.composite
def spoilt(draw):
    """The example's files with a few places of one of them overwritten."""
    name = draw(st.sampled_from(sorted(FILES)))
    text = FILES[name]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(scraps) + text[at + draw(st.sampled_from([0, 1, 3, 10, 60])) :]
    return FILES | {name: text}


@settings(max_examples=60, deadline=None)
@given(spoilt())
def test_spoilt_files_give_a_desk_or_a_list_of_mistakes(files):
    env = dict.fromkeys(("A", "NAME", "TELEGRAM_TOKEN", "IMAP_PASSWORD", "WHATSAPP_SENDER"), SECRET)
    try:
        loaded = desk_from_files(files, env, years=range(2026, 2027))
        said = repr(loaded.desk) + str(loaded.files) + str(loaded.warnings)
    except DeskFileError as error:
        said = str(error)
    assert said
    assert SECRET not in said
