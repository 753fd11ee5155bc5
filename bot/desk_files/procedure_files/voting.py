"""How many of a committee must say yes: `votes: 2`, `votes: all`, `votes: more than half`."""

from collections.abc import Sequence

from bot.desk_files.sections import Section
from procedures.definition.procedure import Outcome
from procedures.definition.voting import Needs, Share, Voting

_SAID = {
    "all": Share.ALL, "semua": Share.ALL, "more than half": Share.MORE_THAN_HALF, "lebih dari separuh": Share.MORE_THAN_HALF,
    "lebih dari setengah": Share.MORE_THAN_HALF,
}  # fmt: skip
_MOST = 100
_EXPECTED = "how many must say yes: a number such as 2, all, or more than half"


def read_voting(row: Section, outcomes: Sequence[Outcome]) -> Voting | None:
    """Read how a step is voted on; its first outcome is the yes, its second the no."""
    needs = row.read("votes", _needs, None, expected=_EXPECTED)
    if needs is None:
        return None
    if len(outcomes) != 2:
        row.problem("expected two outcomes with it: the first for a yes, the second for a no", "votes")
        return None
    return Voting(needs=needs, yes=outcomes[0].id, no=outcomes[1].id)


def _needs(raw: str) -> Needs:
    said = " ".join(raw.lower().split())
    if said.isdecimal() and 1 <= int(said) <= _MOST:
        return int(said)
    if said not in _SAID:
        raise ValueError
    return _SAID[said]
