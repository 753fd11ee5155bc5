"""What `tanggap desk check` says about a folder, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.desk_files.folder import DESK
from bot.desk_files.loading import LoadedDesk, load_desk
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


def check_together(
    folders: Sequence[Path], env: Mapping[str, str], *, beside: Sequence[Path]
) -> list[Report]:
    """Check folders, and what they say of each other and of those `beside` them."""
    reports = [check_folder(folder, env) for folder in folders]
    others = [check_folder(folder, env) for folder in beside if folder not in folders]
    # What a desk with mistakes is called is not known, but that of its folder.
    known = {
        report.loaded.desk.slug if report.loaded else report.folder.name for report in (*reports, *others)
    }
    return [
        replace(report, warnings=(*report.warnings, *_unknown(report.loaded, known)))
        if report.loaded is not None
        else report
        for report in reports
    ]


def _unknown(loaded: LoadedDesk, known: set[str]) -> Iterator[str]:
    for account in loaded.desk.accounts:
        for slug in account.several("shared_with"):
            if slug not in known:
                yield (
                    f"{account.key} is shared with {slug}, and no desk of that name lies beside this one; "
                    "unless it was loaded from elsewhere, contacts are not offered it."
                )
