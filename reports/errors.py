"""Why there is no report. The message is the one clear line that whoever asked for it reads."""


class ReportError(Exception):
    """This report cannot be made."""


class BadMonthError(ReportError):
    """That is no month that can be reported."""


class BadSpanError(ReportError):
    """These are no days that can be told of: they end before they begin, or are too many."""


class BadFormatError(ReportError):
    """There is no such form of this report."""

    def __init__(self, given: str, known: tuple[str, ...]) -> None:
        super().__init__(f'"{given[:40]}" is not a format; expected {" or ".join(known)}')


class UnwritableError(ReportError):
    """The file could not be written."""
