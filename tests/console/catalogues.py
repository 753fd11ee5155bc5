"""The files of the small desk, for tests that edit its catalogue."""

from collections.abc import Mapping

from tests.console.houses import Office
from tests.tickets.desks import MONDAY, SLUG, small_desk
from tickets import revisions
from tickets.revisions import Revision

DESK = """\
desk: uji
name: Meja Uji
timezone: Asia/Jakarta
hours: {mon-fri: ["08:00-12:00", "13:00-16:00"]}
sla:
  first_response: {within: 15m}
  resolution: {within: 24h, counts: calendar}
staff:
  - {name: Budi, role: agent, email: budi@example.ac.id}
  - {name: Rina, role: supervisor, email: rina@example.ac.id}
"""
CATEGORIES = """\
# The supervisor's list.
- {id: password, name: Lupa kata sandi, reply: reset}
- {id: login, name: Gagal masuk}   # the most frequent
"""
REPLIES = "- {id: reset, title: Cara reset sandi, body: {id: 'Halo {contact}, buka laman reset.'}}\n"
TAGS = "- {id: gangguan, name: Gangguan}\n"
RULES = "- {id: sandi, name: Tandai sandi, when: received, if: {any_words: lupa sandi}, then: {category: password, tag: gangguan}}\n"
FILES = {
    "desk.yaml": DESK,
    "categories.yaml": CATEGORIES,
    "replies.yaml": REPLIES,
    "tags.yaml": TAGS,
    "rules.yaml": RULES,
}


def keep_files(office: Office, changed: Mapping[str, str] | None = None) -> None:
    """Let the desk have files, as its second revision."""
    files = FILES | dict(changed or {})
    office.ledger.write_blocking(
        lambda tx: revisions.save(
            tx, desk=SLUG, files=files, terms=small_desk().terms, by="file", at=MONDAY, note=None
        )
    )


def newest(office: Office) -> Revision:
    found = office.ledger.write_blocking(lambda tx: revisions.newest(tx, SLUG))
    assert found is not None
    return found
