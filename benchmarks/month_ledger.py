"""A ledger with a month that is reported on, and a long past: laid by the engine itself, row by row as the acts would leave them.

Each ticket has a contact, a matter, three clocks, five messages, eight events and what the matcher suggested; some were
paused, reopened, extended, tagged, surveyed, broken, merged or spam. All but the newest are closed.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import text

from benchmarks.ground import care_center
from tickets.ledger.database import open_engine
from tickets.ledger.store import Ledger
from tickets.ledger.types import EPOCH

MONTH = "2026-10"
BEGUN = datetime(2026, 9, 30, 17, tzinfo=UTC)  # midnight in Jakarta, as the month begins there
PAST_SECONDS, MONTH_SECONDS = 365 * 86_400, 31 * 86_400
OPEN = 300

_NUMBERS = {
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {all}) SELECT i FROM n) AS s",
    "postgresql": "(SELECT CAST(i AS bigint) AS i FROM generate_series(1, {all}) AS i) AS s",
}
_SECONDS = f"(CASE WHEN i > {{past}} THEN (i - {{past}} - 1) * {MONTH_SECONDS}.0 / {{month}} ELSE (i - {{past}} - 1) * {PAST_SECONDS}.0 / {{past}} END)"
_TOOK = (
    "(CASE WHEN i % 12 = 0 THEN 900 + i * 7919 % 7200 ELSE 20 + i * 7919 % 800 END)"  # to the first answer
)
_SOLVED = "(CASE WHEN i % 17 = 0 THEN 90000 + i * 104729 % 90000 ELSE 1500 + i * 104729 % 70000 END)"
_OVER = "i <= {all} - {open}"  # solved and closed
_CATEGORY = "CASE WHEN i % 23 = 0 THEN NULL ELSE 'category-' || (i % 20) END"
_AGENT = "CASE WHEN i % 29 = 0 THEN NULL ELSE 'agent-' || (i % 11) END"
_CHANNEL = "CASE i % 4 WHEN 0 THEN 'whatsapp' WHEN 1 THEN 'telegram' WHEN 2 THEN 'email' ELSE 'webchat' END"
_SUBJECT = """CASE i % 3 WHEN 0 THEN 'Tidak dapat masuk ke kelas ' WHEN 1 THEN 'Nilai kuis belum muncul di mata kuliah '
    ELSE 'Lupa kata sandi akun & tautan <reset> kedaluwarsa ' END || (i * 7919 % 100000)"""
_SAID = "'Selamat pagi, saya belum bisa membuka kelas nomor ' || (i * 104729 % 100000) || ' sejak kemarin, mohon bantuannya. Terima kasih.'"

# What stands in each table; {at:…} is an instant so many seconds after the ticket came in, {iso:…} the same as text.
_CLOCK = """INSERT INTO clocks (ticket, kind, subject, cycle, desk, terms_of, revision, promise, started_at, due_at, pauses,
    met_at, met_by, breached_at, lapsed_at, extended_at)
    SELECT i, '{kind}', '{subject}', {cycle}, '{desk}', '{desk}', {revision}, '{promise}', {at:start}, {at:due}, {pauses}, {met},
        'staff:agent-1', {breached}, {breached}, {extended} FROM {numbers} WHERE {which}"""
_MESSAGE = """INSERT INTO messages (id, at, desk, ticket, account, channel, direction, author, actor, text, automatic,
    bounce, attempts, formatted) SELECT i * 5 + {place}, {at:seconds}, '{desk}', i, 'x', 'whatsapp', '{direction}', '{author}', {actor},
    {said}, {no}, {no}, 0, {no} FROM {numbers} WHERE {which}"""
_EVENT = """INSERT INTO events (id, at, desk, ticket, kind, actor, data) SELECT {base} + i * 8 + {place}, {at:seconds}, '{desk}', i,
    '{kind}', {actor}, {data} FROM {numbers} WHERE {which}"""
_ROWS = (
    """INSERT INTO contacts (id, desk, name, identity_name, identity_number, created_at)
        SELECT i, '{desk}', 'Orang' || i, 'Mahasiswa Bernama ' || i, '1351' || (10000 + i % 89999), {at:0} FROM {numbers}
        WHERE i <= {people}""",
    f"""INSERT INTO tickets (number, desk, account, channel, thread, contact, status, subject, category, assignee, priority, revision,
            cycle, created_at, updated_at, solved_at, closed_at, verified_by, spam_at, merged_into)
        SELECT i, '{{desk}}', 'x', {_CHANNEL}, CAST(i AS text), i % {{people}} + 1, CASE WHEN {_OVER} THEN 'closed' ELSE 'open' END,
            {_SUBJECT}, {_CATEGORY}, {_AGENT}, 0, {{revision}}, CASE WHEN i % 25 = 0 THEN 2 ELSE 1 END, {{at:0}}, {{at:0}},
            CASE WHEN {_OVER} THEN {{at:{_SOLVED}}} END, CASE WHEN {_OVER} THEN {{at:{_SOLVED} + 259200}} END,
            CASE WHEN i % 5 = 0 THEN 'staff:agent-3' END, CASE WHEN i % 101 = 0 THEN {{at:60}} END,
            CASE WHEN i % 211 = 0 THEN i - 1 END
        FROM {{numbers}}""",
    "INSERT INTO ticket_tags (ticket, tag) SELECT i, 'tag-' || (i % 13) FROM {numbers} WHERE i % 3 = 0",
    """INSERT INTO predictions (id, message, ticket, desk, at, revision, suggestions, matched, scale, decision, outcome, "right",
            settled_at, settled_by)
        SELECT i, i * 5, i, '{desk}', {at:1}, {revision},
            '[["category-' || ((i + CASE WHEN i % 9 = 0 THEN 1 ELSE 0 END) % 20) || '", 0.83], ["category-' || ((i + 3) % 20) || '", 0.09]]',
            '["kelas", "masuk"]', 1, CASE WHEN i % 3 = 0 THEN 'sent' ELSE 'suggested' END,
            CASE WHEN i % 9 = 0 THEN 'corrected' ELSE 'accepted' END, 'category-' || (i % 20), {at:500}, 'staff:agent-1'
        FROM {numbers} WHERE i % 23 <> 0""",
    """INSERT INTO surveys (ticket, cycle, desk, contact, address, asked_at, scale, score, remark, answered_at)
        SELECT i, 1, '{desk}', i % {people} + 1, 1, {at:259200}, 5, CASE WHEN i % 10 = 0 THEN 1 + i / 10 % 5 END,
            CASE WHEN i % 40 = 0 THEN 'Terima kasih, cepat dan jelas.' END, CASE WHEN i % 10 = 0 THEN {at:262800} END
        FROM {numbers} WHERE i % 5 = 0""",
)  # fmt: skip
_CLOCKS = (
    {"kind": "first_response", "promise": "15m operating", "start": "0", "due": "900", "took": _TOOK, "broken": "i % 12 = 0"},
    {"kind": "next_response", "subject": "1", "promise": "15m operating", "start": "3600", "due": "4500",
        "took": f"3600 + {_TOOK}", "broken": "i % 12 = 0", "which": "i % 2 = 0"},
    {"kind": "resolution", "promise": "24h calendar", "start": "0", "due": "86400", "took": _SOLVED, "broken": "i % 17 = 0",
        "pauses": """CASE WHEN i % 10 = 0 THEN '[["' || {iso:600} || '","' || {iso:1200} || '"]]' ELSE '[]' END""",
        "extended": "CASE WHEN i % 400 = 0 THEN {at:1000} END"},
    {"kind": "resolution", "cycle": "2", "promise": "24h calendar", "start": "200000", "due": "286400", "took": f"200000 + {_SOLVED}",
        "broken": "i % 17 = 0", "which": "i % 25 = 0"},
)  # fmt: skip
_MESSAGES = (
    {"seconds": "0", "direction": "in", "author": "contact"},
    {"seconds": "2", "direction": "out", "author": "bot", "which": "i % 3 = 0"},
    {"seconds": _TOOK, "direction": "out", "author": "agent", "actor": "'staff:agent-' || (i % 11)"},
    {"seconds": "3600", "direction": "in", "author": "contact"},
    {"seconds": f"3600 + {_TOOK}", "direction": "out", "author": "agent", "actor": "'staff:agent-' || ((i + i % 2) % 11)"},
)  # fmt: skip
_EVENTS = (
    {"seconds": "0", "kind": "ticket.opened", "data": """'{"revision"\\:{revision}}'"""},
    {"seconds": "5", "kind": "ticket.assigned", "data": """'{"to"\\:"agent-' || (i % 11) || '"}'""", "which": "i % 29 <> 0"},
    {"seconds": "400", "kind": "ticket.categorised", "data": """'{"category"\\:"category-' || (i % 20) || '"}'"""},
    {"seconds": _TOOK, "kind": "message.answered", "actor": "'staff:agent-1'", "data": """'{"message"\\:' || (i * 5 + 2) || '}'"""},
    {"seconds": "3600", "kind": "message.received", "data": """'{"revision"\\:{revision},"message"\\:' || (i * 5 + 3) || '}'"""},
    {"seconds": "1000", "kind": "clock.extended", "which": "i % 400 = 0",
        "data": """'{"clock"\\:"resolution","about"\\:"","cycle"\\:1,"reason"\\:"Menunggu tim pengembang","due_at"\\:"' || {iso:93600} || '"}'"""},
    {"seconds": _SOLVED, "kind": "ticket.solved", "actor": "'staff:agent-1'", "which": _OVER},
    {"seconds": f"{_SOLVED} + 259200", "kind": "ticket.closed", "which": _OVER},
)  # fmt: skip
_USUAL = {"which": "1 = 1", "actor": "NULL", "data": "NULL", "subject": "", "cycle": "1", "pauses": "'[]'", "extended": "NULL"}  # fmt: skip


def lay(ledger: Ledger, *, tickets: int, in_month: int) -> str:
    """Fill an empty ledger with so many tickets, of which so many came in the month; the desk's slug."""
    desk = care_center(ledger).now
    scope = {
        "all": str(tickets), "past": str(tickets - in_month), "month": str(in_month), "open": str(OPEN),
        "people": str(max(tickets // 5, 1)), "desk": desk.slug, "revision": str(desk.revision), "base": "1000",
        "no": "false" if ledger.is_postgres else "0",
    }  # fmt: skip
    scope["numbers"] = _NUMBERS["postgresql" if ledger.is_postgres else "sqlite"]
    engine = open_engine(ledger.url)
    for statement in _statements():
        with engine.begin() as connection:
            connection.execute(text(_filled(statement, scope, is_postgres=ledger.is_postgres)))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
    return desk.slug


def _statements() -> list[str]:
    counters = {
        "contacts": "{people}",
        "tickets": "{all}",
        "messages": "{all} * 5 + 5",
        "events": "{base} + {all} * 8 + 8",
        "predictions": "{all}",
    }
    return [
        *_ROWS,
        *(_with(_CLOCK, _clock(each)) for each in _CLOCKS),
        *(_with(_MESSAGE, {"said": _SAID, "place": str(place), **_USUAL, **each}) for place, each in enumerate(_MESSAGES)),
        *(_with(_EVENT, {"place": str(place), **_USUAL, **each}) for place, each in enumerate(_EVENTS)),
        *(f"DELETE FROM counters WHERE name = '{name}'" for name in counters),
        *(f"INSERT INTO counters (name, value) VALUES ('{name}', {value})" for name, value in counters.items()),
    ]  # fmt: skip


def _clock(given: Mapping[str, str]) -> Mapping[str, str]:
    """Say when a clock was met: it was, but for those of the tickets that are open."""
    ended = f"i <= {{all}} - {{open}} OR '{given['kind']}' <> 'resolution'"
    return {
        **_USUAL, **given, "met": f"CASE WHEN {ended} THEN {{at:{given['took']}}} END",
        "breached": f"CASE WHEN {given['broken']} THEN {{at:{given['due']}}} END",
    }  # fmt: skip


def _with(template: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
        for form in ("at", "iso"):
            template = template.replace(f"{{{form}:{name}}}", f"{{{form}:{value}}}")
    return template


def _filled(statement: str, scope: Mapping[str, str], *, is_postgres: bool) -> str:
    """Write instants as this engine does, then put in what is left."""
    at, iso = (_at_postgres, _iso_postgres) if is_postgres else (_at_sqlite, _iso_sqlite)
    for form, written in (("at", at), ("iso", iso)):
        opening = f"{{{form}:"
        while opening in statement:
            before, _, rest = statement.partition(opening)
            seconds, _, after = rest.partition("}")
            statement = f"{before}{written(f'({_SECONDS} + {seconds})')}{after}"
    for _ in range(2):  # what was put in may name the size, too
        statement = _with(statement, scope)
    return statement


def _at_sqlite(seconds: str) -> str:
    return f"({_microseconds()} + CAST({seconds} * 1000000 AS INTEGER))"


def _iso_sqlite(seconds: str) -> str:
    return f"strftime('%Y-%m-%dT%H\\:%M\\:%S+00\\:00', {_microseconds()} / 1000000 + {seconds}, 'unixepoch')"


def _at_postgres(seconds: str) -> str:
    return f"(timestamptz '{BEGUN:%Y-%m-%d %H}\\:00\\:00+00' + make_interval(secs => {seconds}))"


def _iso_postgres(seconds: str) -> str:
    return f"""to_char({_at_postgres(seconds)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24\\:MI\\:SS"+00\\:00"')"""


def _microseconds() -> int:
    return int((BEGUN - EPOCH).total_seconds()) * 1_000_000
