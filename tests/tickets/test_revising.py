"""A desk is revised: by a supervisor, from the newest revision only, and the history says so."""

import pytest

from tests.tickets.desks import BUDI, MONDAY, RINA, SLUG, open_desk, small_desk
from tickets import revisions
from tickets.actions import revising
from tickets.actions.errors import NotAllowedError
from tickets.actions.revising import EditedMeanwhileError
from tickets.ledger import events

FILES = {"categories.yaml": "[]\n"}


@pytest.fixture
def revise(ledger):
    open_desk(ledger)

    def act(by, *, read=1):
        return ledger.write_blocking(
            lambda tx: revising.revise(
                tx, SLUG, FILES, terms=small_desk().terms, read=read, by=by, at=MONDAY, note="Rapi"
            )
        )

    return act


def test_a_supervisor_saves_a_revision_with_who_when_and_why(ledger, revise):
    assert revise(RINA) == 2
    newest = ledger.write_blocking(lambda tx: revisions.newest(tx, SLUG))
    assert (newest.files, newest.by, newest.at, newest.note) == (FILES, RINA.key, MONDAY, "Rapi")
    (event,) = ledger.write_blocking(lambda tx: events.since(tx, 0, most=10))
    assert (event.kind, event.actor, event.data) == ("desk.revised", RINA.key, {"revision": 2})


def test_an_agent_may_not(revise):
    with pytest.raises(NotAllowedError):
        revise(BUDI)


def test_whoever_began_from_an_older_revision_is_told_so_and_nothing_is_lost(ledger, revise):
    revise(RINA)
    with pytest.raises(EditedMeanwhileError, match="newest revision is 2"):
        revise(RINA, read=1)
    assert ledger.write_blocking(lambda tx: revisions.newest(tx, SLUG)).number == 2
