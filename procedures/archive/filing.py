"""Filing a case when it ends: a line of `procedures.running.effects`."""

from collections.abc import Iterator

from procedures.archive.naming import name_of
from procedures.archive.tables import ArchivedCase
from procedures.cases.happened import Happened
from procedures.definition.procedure import STOPPED, Ending
from templates_replies.catalogue import supported_language
from tickets.ledger.prepared import inserting_once
from tickets.ledger.tx import Tx

_INSERT = inserting_once(ArchivedCase)


def name_to_file(happened: Happened) -> Iterator[str]:
    """Yield the name under which a case that has ended is filed."""
    desk = happened.doing.desk.desk
    language = supported_language(desk.language)
    yield name_of(happened.case, happened.doing.procedure, language, zone=desk.calendar.tz)


def file_away(tx: Tx, happened: Happened, name: str) -> None:
    case = happened.case
    end = happened.doing.procedure.end(case.ended or "")
    otherwise = STOPPED if case.ended == STOPPED else Ending.WITHDRAWN
    tx.run(
        _INSERT, case=case.id, desk=case.desk, ticket=case.ticket, procedure=case.procedure, name=name,
        searched=name.casefold(), ending=str(end.ending if end else otherwise), begun_at=case.begun_at,
        ended_at=happened.doing.at,
    )  # fmt: skip
