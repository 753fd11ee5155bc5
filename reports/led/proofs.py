"""What the ledger proves of each criterion of a desk, out of a year that is measured. Pure."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from reports.led.year import Year
from tickets.clocks import FIRST_RESPONSE, RESOLUTION
from tickets.evaluation import Criterion, Evidence, Proof, Proven
from tickets.findings import Stand

Found = tuple[float | None, float, float]  # the figure, how many, of how many


def proven(year: Year) -> tuple[Proven, ...]:
    """Return the criteria of the desk, each with its evidence."""
    return tuple(
        Proven(criterion=each, proofs=tuple(_proof(year, each, evidence) for evidence in each.evidence))
        for each in year.desk.evaluation
    )


def services_asked_for(year: Year) -> tuple[str, ...]:
    """Return the kinds of service of which there was a request, as the register of findings calls them."""
    categories = (f"category:{each.key}" for each in year.now.categories if each.key is not None)
    procedures = (f"procedure:{each.procedure.id}" for each in year.procedures if each.cases)
    return (*categories, *procedures)


def _proof(year: Year, criterion: Criterion, evidence: Evidence) -> Proof:
    if evidence is Evidence.ANSWERED_WITHIN:
        actual, part, of = _answered(year, criterion.within)
    else:
        actual, part, of = _FOUND[evidence](year)
    return Proof(evidence=evidence, actual=actual, part=part, of=of)


def _answered(year: Year, within: timedelta) -> Found:
    answers = year.answered[within]
    return _share(sum(each.in_time for each in answers), sum(each.requests for each in answers))


def _available(year: Year) -> Found:
    hour = timedelta(hours=1)
    found = year.available
    return (found.share if year.now.tickets else None), found.incidents, found.disturbed / hour


def _finished(year: Year) -> Found:
    return _share(year.now.finished, year.now.tickets)


def _in_time(kind: str) -> Callable[[Year], Found]:
    def found(year: Year) -> Found:
        one = year.now.promise(kind)
        return _share(one.met, one.met + one.breached)

    return found


def _months(year: Year) -> Found:
    """Count from the month on in which the desk began to serve."""
    months = [each for each in year.services_by_month if year.began_at and each.month.end_at > year.began_at]
    return _share(sum(each.tickets > 0 for each in months), len(months))


def _media(year: Year) -> Found:
    if not year.now.tickets:
        return None, 0, 0
    used = {each.key for each in year.now.channels}
    offered = {str(account.channel) for account in year.desk.accounts} | used
    return _share(len(used), len(offered))


def _evaluated(year: Year) -> Found:
    asked_for = services_asked_for(year)
    judged = {each.service for each in year.findings} | set(year.scores)
    return _share(sum(each in judged for each in asked_for), len(asked_for))


def _closed(year: Year) -> Found:
    return _share(sum(each.stand is Stand.CLOSED for each in year.findings), len(year.findings))


def _satisfied(year: Year) -> Found:
    found = year.satisfaction
    return found.satisfied, found.high, found.answered


def _mean(year: Year) -> Found:
    found = year.satisfaction
    return (None if found.mean is None else float(found.mean)), found.answered, found.asked


def _index(year: Year) -> Found:
    if year.public is None or year.public.index.index is None:
        return None, 0, 0
    return float(year.public.index.index), year.public.index.answers, 0


def _share(part: int, whole: int) -> Found:
    return (part / whole if whole else None), part, whole


_FOUND: Mapping[Evidence, Callable[[Year], Found]] = {
    Evidence.AVAILABLE: _available,
    Evidence.FINISHED: _finished,
    Evidence.FIRST_RESPONSE_IN_TIME: _in_time(FIRST_RESPONSE),
    Evidence.RESOLUTION_IN_TIME: _in_time(RESOLUTION),
    Evidence.MONTHS_SERVED: _months,
    Evidence.MEDIA_USED: _media,
    Evidence.SERVICES_EVALUATED: _evaluated,
    Evidence.FINDINGS_CLOSED: _closed,
    Evidence.SATISFIED: _satisfied,
    Evidence.MEAN_SCORE: _mean,
    Evidence.PUBLIC_SERVICE_INDEX: _index,
}
