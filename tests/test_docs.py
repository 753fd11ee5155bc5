"""What the documentation must not forget: every command, every setting, every key, every word of the tables."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
import typer
from sqlmodel import SQLModel

import bot.tables
import console.tables
import procedures.tables
import reports.filed.tables
import tickets.tables
from bot.cli.main import PURPOSES, THEMES
from bot.desk_files.accounts import CHANNEL_KEYS, CLOUD_KEYS
from bot.desk_files.desk_yaml import KEYS
from bot.desk_files.directory_section import DIRECTORY_KEYS
from bot.desk_files.hooks_section import HOOK_KEYS
from bot.groups.delivered import REACTIONS
from bot.service.metrics import Metrics
from bot.settings import PREFIX, Settings
from templates_replies.catalogue import LANGUAGES
from templates_replies.placeholders import PLACEHOLDERS
from templates_replies.staff_commands import COMMANDS
from tickets.query import ALIASES

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = (README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")))
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
# Nothing that only one machine or one network knows.
LOCAL = re.compile(r"/(?:home|tmp|opt|root|mnt)/|file://")


def read(*paths: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def guide(name: str) -> str:
    return read(ROOT / "docs" / "guide" / name)


def in_code(text: str) -> set[str]:
    """Return the words that stand in backticks on a page."""
    pieces = re.findall(r"`([^`\n]+)`", FENCED.sub("", text))
    return {word for piece in pieces for word in re.findall(r"[\w.-]+", piece)}


def commands_of(app: typer.Typer, *before: str) -> Iterator[str]:
    for command in app.registered_commands:
        assert command.callback is not None
        yield " ".join((*before, command.name or command.callback.__name__))
    for group in app.registered_groups:
        assert group.typer_instance is not None
        yield from commands_of(group.typer_instance, *before, *([group.name] if group.name else []))


def all_commands() -> list[str]:
    """Return every command of the command line, as it is typed behind `tanggap`."""
    themes = [import_module(f"bot.cli.{theme}") for theme in sorted(set(THEMES.values()))]
    return [command for theme in themes for command in commands_of(theme.app)]


def test_every_command_is_named():
    commands = all_commands()
    text = read(*PAGES)
    assert len(commands) > len(THEMES)
    assert [command for command in commands if f"tanggap {command}" not in text] == []
    _, _, listed = (ROOT / "docs" / "guide" / "operating.md").read_text().partition("\n## Every command\n")
    assert [command for command in commands if f"tanggap {command}" not in listed] == []


def test_the_list_of_commands_says_of_each_what_it_says_of_itself():
    themes = [import_module(f"bot.cli.{theme}") for theme in sorted(set(THEMES.values()))]
    said = {}
    for theme in themes:
        command = typer.main.get_command(theme.app)
        named = command.commands if isinstance(command, typer.core.TyperGroup) else {command.name: command}
        said |= {name: each.help for name, each in named.items()}
    assert said == PURPOSES
    assert set(THEMES) == set(PURPOSES)


def test_every_setting_is_named_in_the_guide_and_in_the_example():
    names = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    assert [name for name in names if name not in guide("operating.md")] == []
    assert [
        name for name in names if not re.search(rf"^#?{name}=", read(ROOT / ".env.example"), re.MULTILINE)
    ] == []


def test_every_filter_of_the_search_is_named_in_the_guide():
    assert sorted(ALIASES.keys() - in_code(guide("searching.md"))) == []


def keys_of_sections() -> set[str]:
    """Return the keys that the readers of a desk file allow: the texts in `allow((…))` and `also={…}`."""
    found = set()
    for path in (ROOT / "bot" / "desk_files").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call):
                continue
            allows = isinstance(call.func, ast.Attribute) and call.func.attr == "allow"
            lists = [
                *(call.args if allows else []),
                *(each.value for each in call.keywords if each.arg == "also"),
            ]
            found |= {
                str(each.value)
                for one in lists
                if isinstance(one, ast.Tuple | ast.Set)
                for each in one.elts
                if isinstance(each, ast.Constant)
            }
    return found


def test_every_key_of_the_desk_file_is_named():
    keys = {
        *KEYS,
        *keys_of_sections(),
        *(str(channel) for channel in CHANNEL_KEYS),
        *DIRECTORY_KEYS,
        *HOOK_KEYS,
    }
    keys |= {key for one in (*CHANNEL_KEYS.values(), CLOUD_KEYS, *DIRECTORY_KEYS.values()) for key in one}
    assert {"within", "joint_leave", "members", "plain"} <= keys
    assert sorted(keys - in_code(guide("desk-file.md") + guide("rules.md"))) == []


def test_every_key_and_placeholder_of_the_catalogue_is_named():
    keys = {
        "id",
        "name",
        "description",
        "keywords",
        "examples",
        "reply",
        "auto",
        "unsure",
        "retired",
        "title",
        "body",
        "whatsapp",
    }
    assert sorted((keys | PLACEHOLDERS.keys()) - in_code(guide("catalogue.md"))) == []


def test_every_command_from_chat_is_named_in_both_languages():
    text = guide("agents.md")
    usages = [command.usage(language) for command in COMMANDS for language in LANGUAGES]
    assert [usage for usage in usages if f"`{usage}`" not in text] == []


def test_every_reaction_is_explained_with_the_state_it_stands_for():
    rows = [line for line in guide("agents.md").splitlines() if line.startswith("|")]
    assert [
        state for state, emoji in REACTIONS.items() if not any(emoji in row and state in row for row in rows)
    ] == []


def test_every_metric_is_explained():
    families = {family.name for family in Metrics().registry.collect()}
    text = guide("operating.md")
    assert sorted(name for name in families if name not in text) == []


def test_the_glossary_has_the_words_of_the_tables():
    tables = {
        str(table.__tablename__)
        for room in (
            tickets.tables,
            bot.tables,
            console.tables,
            procedures.tables,
            reports.filed.tables,
        )
        for table in vars(room).values()
        if isinstance(table, type) and issubclass(table, SQLModel) and table is not SQLModel
    }
    assert len(tables) > 20
    assert sorted(tables - in_code(read(ROOT / "docs" / "glossary.md"))) == []


def test_the_readme_begins_with_the_two_commands():
    first = FENCED.search(read(README))
    assert first is not None
    assert [line.split("#")[0].strip() for line in first[0].splitlines()[1:-1]] == ["make run", "make test"]


def test_every_make_target_that_is_named_is_there():
    targets = set(re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b", " ".join(re.findall(r"`([^`\n]+)`", read(README)))))
    assert sorted(named - targets) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_links_of_a_page_lead_somewhere(page: Path):
    links = [link.partition("#")[0] for link in LINK.findall(FENCED.sub("", read(page))) if "://" not in link]
    assert [link for link in links if link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_nothing_that_only_one_machine_knows(page: Path):
    assert LOCAL.findall(read(page)) == []


def test_every_threat_names_tests_that_there_are():
    table = read(ROOT / "docs" / "security.md").partition("## Threats")[2].partition("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")][2:]
    known = set(
        re.findall(r"^(?:async )?def (test_\w+)\(", read(*(ROOT / "tests").rglob("test_*.py")), re.MULTILINE)
    )
    assert len(lines) > 15
    assert [line for line in lines if not re.search(r"`test_\w+` \||`test_\w+`, ", line)] == []
    assert sorted(set(re.findall(r"`(test_\w+)`", table)) - known) == []
