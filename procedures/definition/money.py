"""What a step has to do with money: it bills, or it settles what was billed."""

from dataclasses import dataclass

PAYS_WITHIN = 14  # days
REMINDED = (0, 7)


@dataclass(frozen=True, kw_only=True)
class Bills:
    """The step makes an invoice when it is over."""

    rates: tuple[str, ...]  # ids of the tariff
    due_in: int = PAYS_WITHIN  # days
    reminded: tuple[int, ...] = REMINDED  # days after it was due on which the requester is reminded
    paper: str | None = None  # the office's own, instead of ours


@dataclass(frozen=True, kw_only=True)
class Settles:
    """The step is over once everything that the case has billed is paid."""

    checked_by: str  # the role that says whether a payment has come in
    receipt: str | None = None  # the office's own paper, instead of ours


@dataclass(frozen=True, kw_only=True)
class MoneyTerms:
    bills: Bills | None = None
    settles: Settles | None = None

    @property
    def papers(self) -> tuple[str, ...]:
        """Return the office's own papers that are made of it."""
        named = (self.bills.paper if self.bills else None, self.settles.receipt if self.settles else None)
        return tuple(each for each in named if each)
