"""What the doctor found, and the report that it makes."""

from dataclasses import dataclass
from enum import StrEnum

from templates_replies.catalogue import Language


class State(StrEnum):
    GOOD = "ok"
    OFF = "off"  # not configured: nothing is wrong with that
    WARNING = "warning"
    BAD = "bad"  # configured, and does not work


@dataclass(frozen=True, kw_only=True)
class Finding:
    about: str
    state: State
    says: str
    told: str = ""  # the same in Indonesian, where it is read on a page too

    def in_language(self, language: Language) -> str:
        return self.told if self.told and language == "id" else self.says


@dataclass(frozen=True, kw_only=True)
class Report:
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return not any(finding.state is State.BAD for finding in self.findings)

    @property
    def text(self) -> str:
        """The report to print: a line for each finding, and a last one that sums up."""
        lines = [f"{f'[{finding.state}]':<10}{finding.about}: {finding.says}" for finding in self.findings]
        counts = {state: sum(finding.state is state for finding in self.findings) for state in State}
        said = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
        verdict = (
            "Everything that is configured works."
            if self.ok
            else "Something that is configured does not work."
        )
        return "\n".join([*lines, f"{verdict} ({said})"])
