"""Editing the catalogue's files: one entry is changed, everything else stays byte for byte."""

from pathlib import Path

import pytest

from templates_replies.entries import (
    NoSuchEntryError,
    UnreadableError,
    entries_of,
    entry_of,
    move_entry,
    put_entry,
)

DESK = Path(__file__).parents[2] / "desks" / "itb-care-center"
FILE = """\
# The list of the supervisor.

# Accounts

- id: password   # the most frequent
  name: "Lupa kata sandi"
  keywords: [lupa password, reset sandi]
  examples:
    # as people write
    - "gmn cara reset password ya"
    - lupa pw

# Others

- {id: login, name: Gagal masuk}
# the end
"""


def test_one_field_is_changed_and_nothing_else():
    changed = put_entry(FILE, "password", {"name": "Ganti sandi", "auto": "send"})
    assert changed == FILE.replace('"Lupa kata sandi"', '"Ganti sandi"').replace(
        "    - lupa pw\n", "    - lupa pw\n  auto: send\n"
    )


def test_a_list_keeps_its_style_and_the_comments_around_it():
    changed = put_entry(FILE, "password", {"keywords": ["sandi"], "examples": None})
    assert "  keywords: [sandi]\n" in changed
    assert "gmn cara" not in changed
    assert "# the most frequent" in changed
    assert "\n# Others\n\n- {id: login" in changed


def test_an_entry_in_braces_stays_in_braces():
    assert "- {id: login, name: Masuk, retired: true}\n# the end\n" in put_entry(
        FILE, "login", {"name": "Masuk", "retired": True}
    )


def test_a_new_entry_comes_behind_the_others():
    changed = put_entry(FILE, "nilai", {"name": "Nilai", "examples": ["belum muncul"], "reply": None})
    assert entry_of(changed, "nilai") == {"id": "nilai", "name": "Nilai", "examples": ["belum muncul"]}
    assert [entry["id"] for entry in entries_of(changed)] == ["password", "login", "nilai"]
    assert changed.startswith(FILE.removesuffix("# the end\n"))


@pytest.mark.parametrize("empty", ["", "[]\n", "# nothing yet\n"])
def test_a_file_may_begin_empty(empty):
    assert entries_of(put_entry(empty, "vip", {"name": "VIP"})) == ({"id": "vip", "name": "VIP"},)


def test_two_entries_change_places_and_at_the_end_nothing_happens():
    moved = move_entry(FILE, "login", -1)
    assert [entry["id"] for entry in entries_of(moved)] == ["login", "password"]
    assert "# Others" in moved
    assert move_entry(moved, "password", -1) == put_entry(FILE, "login", {})
    assert move_entry(FILE, "login", 1) == FILE


def test_a_long_text_is_written_as_a_block():
    changed = put_entry(
        "- {id: a, title: A}\n", "b", {"title": "B", "body": {"id": "Halo {contact},\n\nBaik."}}
    )
    assert "    id: |-\n      Halo {contact},\n\n      Baik.\n" in changed


@pytest.mark.parametrize("name", ["categories.yaml", "replies.yaml"])
def test_in_the_shipped_files_an_entry_can_be_edited_without_touching_the_others(name):
    text = (DESK / name).read_text()
    for entry in entries_of(text)[::12]:
        changed = put_entry(text, entry["id"], {"retired": True})
        before, after = text.splitlines(), changed.splitlines()
        assert put_entry(changed, entry["id"], {"retired": None}) == text
        assert len(after) == len(before) + (0 if "- {" in text else 1)
        assert [each for each in entries_of(changed) if each["id"] != entry["id"]] == [
            each for each in entries_of(text) if each["id"] != entry["id"]
        ]


def test_what_leans_on_an_anchor_is_edited_too():
    text = "- {id: a, name: &lama Nama}\n- {id: b, name: *lama}\n"
    assert entry_of(put_entry(text, "b", {"auto": "never"}), "b") == {
        "id": "b",
        "name": "Nama",
        "auto": "never",
    }


def test_what_is_no_list_cannot_be_edited_by_form():
    with pytest.raises(UnreadableError):
        entries_of("a: b")
    with pytest.raises(UnreadableError):
        entries_of("- [")
    with pytest.raises(NoSuchEntryError):
        entry_of(FILE, "nilai")


def test_lines_that_stay_in_a_list_keep_their_quotes():
    text = "- id: a\n  examples:\n    - \"gmn ya\"\n    - 'lupa'\n"
    changed = put_entry(text, "a", {"examples": ["gmn ya", "baru", "lupa"]})
    assert changed == "- id: a\n  examples:\n    - \"gmn ya\"\n    - baru\n    - 'lupa'\n"


@pytest.mark.parametrize(
    "text",
    [
        "Hubungi kami:\n# 1042", "a\n\nb", "a\n\n", "a\n ", "  a\nb", "\n", "a\u2028b", "a\u2028b\nc", "a\x85b", "a\x0bb\nc",
        "\ufeffx\nb", "tab\tx\n- y: z", "😀👩‍👩‍👧\n=1+1", "---\nx\n...",
    ],
)  # fmt: skip
def test_a_text_of_any_kind_is_kept_and_so_are_its_neighbours(text):
    entries = [{"id": "a", "name": "A"}, {"id": "b", "body": {"id": text}}, {"id": "c", "name": "C"}]
    written = ""
    for entry in entries:
        written = put_entry(written, entry["id"], {key: entry[key] for key in entry if key != "id"})
    assert list(entries_of(written)) == entries
    edited = put_entry(put_entry(written, "b", {"title": "T"}), "b", {"title": None})
    assert list(entries_of(edited)) == entries
    assert list(entries_of(move_entry(edited, "b", 1))) == [entries[0], entries[2], entries[1]]


def test_what_is_no_yaml_is_told_with_its_line():
    with pytest.raises(UnreadableError, match="line 2: this is not YAML: found duplicate key"):
        entries_of("- id: a\n  id: b\n")
