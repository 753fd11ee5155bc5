"""What names a category follows it when it is merged or split, and nothing else is written anew."""

import pytest

from templates_replies.curation.mentions import followed

BEFORE = """\
- {id: login, name: Gagal masuk, examples: [tidak bisa login, sso error]}
- {id: wifi, name: WiFi}
- {id: "2024", name: Arsip}
"""
MERGED = BEFORE.replace("sso error]", "sso error], retired: true, merged_into: wifi")
SPLIT = BEFORE.replace(", sso error]", "]") + "- {id: sso, name: SSO, examples: [sso error]}\n"
MERGED_INTO_A_NUMBER = BEFORE.replace("sso error]", 'sso error], retired: true, merged_into: "2024"')


def follows(after: str, **files: str) -> str:
    (name,) = files
    before = {"categories.yaml": BEFORE, f"{name}.yaml": files[name]}
    return followed(before, {**before, "categories.yaml": after})[f"{name}.yaml"]


@pytest.mark.parametrize(
    ("rule", "merged", "split"),
    [
        ("if: {category: login}", "if: {category: wifi}", "if: {category: [login, sso]}"),
        ("if: {category: [wifi, 'login']}", "if: {category: [wifi]}", "if: {category: [wifi, login, sso]}"),
        ("unless: {category: login}  # night", "unless: {category: wifi}  # night", "unless: {category: [login, sso]}  # night"),
        ("then: {category: login, tag: login}", "then: {category: wifi, tag: login}", "then: {category: login, tag: login}"),
        ("if: {any_words: login}", "if: {any_words: login}", "if: {any_words: login}"),
        ("if: {category: {no: list}}", "if: {category: {no: list}}", "if: {category: {no: list}}"),
    ],
)  # fmt: skip
def test_rules_follow(rule, merged, split):
    text = f"# Ours.\n- id: a   # first\n  {rule}\n- {{id: b, then: {{tag: x}}}}\n"
    assert follows(MERGED, rules=text) == text.replace(rule, merged)
    assert follows(SPLIT, rules=text) == text.replace(rule, split)


def test_promises_and_groups_hold_for_the_heir_as_well():
    text = """\
name: Meja login
accounts:
  telegram: {token: x, agents_group: ["-1", {group: "-2", categories: login}]}
sla:
  special:
    - categories:
        - login   # the exam's
        # not wifi
      resolution: {within: 2h}
    - {categories: [wifi], resolution: {within: 3h}}
"""
    assert follows(MERGED, desk=text) == text.replace("categories: login}", "categories: [login, wifi]}").replace(
        "        - login   # the exam's\n", "        - login   # the exam's\n        - wifi\n"
    )  # fmt: skip
    assert "categories: [login, sso]}" in follows(SPLIT, desk=text)
    assert '        - "2024"\n' in follows(MERGED_INTO_A_NUMBER, desk=text)


def test_what_cannot_be_read_is_left_to_the_check():
    for broken in ("- [", "a: b: c", "\x00", "- &a [*a]"):
        assert follows(MERGED, rules=broken) == broken
    assert follows("- [", rules="- {if: {category: login}}") == "- {if: {category: login}}"
