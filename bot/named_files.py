"""Who still names a file: the one list that is asked before its bytes go.

What several have is kept once. So whoever deletes (the archive of cases, that of reports, an erasure) lets go of its own
rows, and asks here what nothing names any more. Whatever comes to keep files belongs into the list; a test looks
through the tables for it.
"""

from collections.abc import Callable, Iterable

from procedures.papers import rows as papers
from reports.filed import filing
from tickets import attachments, inbound
from tickets.ledger.tx import Tx

NAMERS: tuple[Callable[[Tx, str], bool], ...] = (
    attachments.is_needed,  # messages, drafts, answers that wait
    inbound.holds,  # what came in, as it came
    papers.holds,
    filing.holds,
)


def unneeded(tx: Tx, files: Iterable[str]) -> tuple[str, ...]:
    """Return those of the files, by their SHA-256, that nothing names any more."""
    return tuple(each for each in files if not any(names(tx, each) for names in NAMERS))
