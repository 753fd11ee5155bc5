"""Migrations add, and take away only what they say they do: the release before this one serves beside it."""

import pytest
from alembic.script import ScriptDirectory

from tests.bot.contracting import breaks_older_code
from tests.bot.test_migrations import FOLDER
from tests.standins.release import last_release

HARMLESS = """
def upgrade():
    op.create_table("new", sa.Column("key", sa.String(), primary_key=True), sa.Column("at", Instant(), nullable=False))
    op.create_index("ux_new", "new", ["at"], unique=True)
    op.add_column("old", sa.Column("more", sa.String()))
    op.add_column("old", sa.Column("many", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_old", "old", ["more"])
    op.drop_index("ix_older", table_name="old")
    op.execute("UPDATE old SET more = 'x'")
"""


def test_what_only_adds_is_left_alone():
    assert breaks_older_code(HARMLESS) == []


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ('op.drop_column("old", "name")', "drops a column"),
        ('op.drop_table("old")', "drops a table"),
        ('op.alter_column("old", "name", new_column_name="called")', "renames a column"),
        ('op.alter_column("old", "name", nullable=False)', "asks for a value"),
        ('op.add_column("old", sa.Column("more", sa.String(), nullable=False))', "older code leaves out"),
        ('op.create_index("ux_old", "old", ["name"], unique=True)', "forbids"),
        ('op.execute("ALTER TABLE old ALTER name SET NOT NULL")', "says SET NOT NULL"),
        ('op.execute(sa.text("ALTER TABLE old DROP COLUMN name"))', "says DROP COLUMN"),
    ],
)
def test_what_takes_away_is_told(act, said):
    (told,) = breaks_older_code(f"def upgrade():\n    {act}\n")
    assert said in told


def test_no_migration_since_the_last_release_takes_away_without_saying_so():
    release = last_release()
    if isinstance(release, str):
        pytest.skip(release)
    known = release.migrations()
    found = {}
    for each in ScriptDirectory(str(FOLDER)).walk_revisions():
        path = FOLDER / "versions" / each.path.rpartition("/")[2]
        if path.name not in known and not hasattr(each.module, "contracts"):
            found[path.name] = breaks_older_code(path.read_text())
    assert {name: told for name, told in found.items() if told} == {}
