"""Why there is no report. The message is the one clear line that whoever asked for it reads."""

from collections.abc import Collection


class ReportError(Exception):
    """This report cannot be made."""


class BadMonthError(ReportError):
    """That is no month that can be reported."""


class BadSpanError(ReportError):
    """These are no days that can be told of: they end before they begin, or are too many."""


class BadPeriodError(ReportError):
    """That is no period of the survey of public services that can be reported."""


class NoScorecardError(ReportError):
    """The desk's file names no indicators."""

    def __init__(self, desk: str) -> None:
        super().__init__(f"{desk} has no scorecard; its desk.yaml names none")


class BadFormatError(ReportError):
    """There is no such form of this report."""

    def __init__(self, given: str, known: tuple[str, ...]) -> None:
        super().__init__(f'"{given[:40]}" is not a format; expected {" or ".join(known)}')


class UnknownPartError(ReportError):
    """The desk has no such team or category."""

    def __init__(self, what: str, given: str, known: Collection[str]) -> None:
        names = f"it has {', '.join(sorted(known))}" if known else "it has none"
        super().__init__(f'the desk has no {what} "{given[:40]}"; {names}')


class UnwritableError(ReportError):
    """The file could not be written."""


class UntypesetError(ReportError):
    """The pages could not be typeset: the letterhead's picture is none, say."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the pages cannot be typeset: {why[:200]}")
