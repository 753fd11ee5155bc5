"""`evaluation` of a desk file: the indicators of its self-evaluation, with what the ledger is to prove of each."""

from bot.desk_files.sections import Section
from bot.desk_files.targets import read_names, read_target
from tickets.evaluation import MOST_CRITERIA, USUAL_CRITERIA, USUAL_WITHIN, Criterion, Evidence
from tickets.hours import parse_duration

KEYS = ("code", "name", "evidence", "target", "within")
_LONGEST_CODE = 24


def read_evaluation(desk: Section) -> tuple[Criterion, ...]:
    """Read every criterion, in the order of the report; those of every desk where the file names none."""
    found: dict[str, Criterion] = {}
    for one in desk.sections("evaluation"):
        criterion = _criterion(one)
        if criterion.code in found:
            one.problem(f"there is an indicator {criterion.code} already", "code")
        found[criterion.code] = criterion
    if len(found) > MOST_CRITERIA:
        desk.problem(f"expected at most {MOST_CRITERIA} indicators", "evaluation")
    return tuple(found.values()) or USUAL_CRITERIA


def _criterion(one: Section) -> Criterion:
    one.allow(KEYS)
    evidence = _evidence(one)
    if one.has("within") and Evidence.ANSWERED_WITHIN not in evidence:
        one.problem(f"expected {Evidence.ANSWERED_WITHIN} among the evidence, or no within", "within")
    return Criterion(
        code=one.text("code", required="code, such as B.1.14.11.a", longest=_LONGEST_CODE),
        names=read_names(one, longest=200),
        evidence=evidence,
        target=read_target(one, evidence[0].unit),
        within=one.read("within", parse_duration, USUAL_WITHIN),
    )


def _evidence(one: Section) -> tuple[Evidence, ...]:
    """Read one word or a list of them; after a mistake, something that the rest can be read with."""
    known = tuple(str(each) for each in Evidence)
    expected = f"evidence: {' or '.join(known)}"
    if not isinstance(one.value("evidence"), list):
        return (Evidence(one.choice("evidence", known, known[0], required=expected)),)
    found: list[Evidence] = []
    for index, word in one.items("evidence"):
        if word not in known:
            one.problem(f'expected {" or ".join(known)}, not "{str(word)[:40]}"', "evidence", index)
        elif Evidence(word) not in found:
            found.append(Evidence(word))
    if not one.value("evidence"):
        one.problem(f"expected {expected}", "evidence")
    return tuple(found) or (Evidence.FINISHED,)
