"""The code that the last release consists of, out of the checkout's own history, to be run beside the code of today."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
MIGRATIONS = "bot/migrations/versions"


@dataclass(frozen=True, kw_only=True)
class Release:
    """The last tag of a version, such as `v0.1.0`; where there is none yet, the last revision that could be one before the newest migration."""

    revision: str

    def migrations(self) -> frozenset[str]:
        """Return the names of the files of its migrations."""
        listed = _git("ls-tree", "--name-only", self.revision, f"{MIGRATIONS}/")
        return frozenset(Path(line).name for line in listed.splitlines())

    def is_in_line(self) -> bool:
        """Tell whether no two of its migrations have one number, as is so for a moment where lines of work meet."""
        names = self.migrations()
        return len({name.split("_")[0] for name in names}) == len(names)

    def unpack(self, folder: Path) -> None:
        """Write its files into a folder."""
        archive = subprocess.Popen(["git", "-C", ROOT, "archive", self.revision], stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", folder], stdin=archive.stdout, check=True)
        assert archive.stdout is not None
        archive.stdout.close()
        assert archive.wait() == 0


def last_release() -> Release | str:
    """Return it, or why it cannot be had."""
    try:
        if _git("rev-parse", "--is-shallow-repository") == "true":
            return "the checkout is shallow: its history is not there"
        tags = _git("tag", "--list", "v[0-9]*", "--merged", "HEAD", "--sort=-version:refname")
        return Release(revision=tags.splitlines()[0]) if tags else _before_the_newest_migration()
    except (OSError, subprocess.CalledProcessError):
        return "there is no history: this is not a checkout of git"


def _before_the_newest_migration() -> Release | str:
    newest = max(path.name for path in (ROOT / MIGRATIONS).glob("0*.py"))
    for revision in _git("log", "--format=%H", "--", MIGRATIONS).splitlines():
        release = Release(revision=revision)
        if newest not in release.migrations() and release.is_in_line():
            return release
    return f"there is nothing before {newest} in the history"


def _git(*words: str) -> str:
    done = subprocess.run(["git", "-C", ROOT, *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()
