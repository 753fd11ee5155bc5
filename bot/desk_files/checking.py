"""What `tanggap desk check` says about a folder, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.desk_files.loading import DESK, LoadedDesk, load_desk
from bot.desk_files.problems import DeskFileError, Problem


@dataclass(frozen=True, kw_only=True)
class Report:
    """The outcome of a check. `loaded` is None if there are problems."""

    folder: Path
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    loaded: LoadedDesk | None = None

    @property
    def ok(self) -> bool:
        return self.loaded is not None

    @property
    def text(self) -> str:
        """The report to print: a line for each problem or warning, and a last one that sums up."""
        lines = [f"{self.folder}/{problem}" for problem in self.problems]
        lines += [f"warning: {warning}" for warning in self.warnings]
        if self.loaded is None:
            count = len(self.problems)
            return "\n".join(
                [*lines, f"{self.folder}: {count} mistake{'s' if count > 1 else ''}; nothing was loaded."]
            )
        desk, catalogue = self.loaded.desk, self.loaded.catalogue
        serving = [account.key for account in desk.accounts if not account.off]
        summary = (
            f"{self.folder}: {desk.name} is in order. Categories: {len(catalogue.categories)}, "
            f"replies: {len(catalogue.replies)}, staff: {len(desk.staff)}; "
            f"serving {', '.join(serving) or 'no account'}."
        )
        return "\n".join([*lines, summary])


def check_folder(path: Path, env: Mapping[str, str]) -> Report:
    """Check a desk's folder, or the folder of a desk file that is named itself."""
    folder = path.parent if path.name == DESK else path
    try:
        loaded = load_desk(folder, env)
    except DeskFileError as error:
        return Report(folder=folder, problems=error.problems)
    return Report(folder=folder, warnings=loaded.warnings, loaded=loaded)
