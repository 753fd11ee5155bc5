"""Promises kept: clocks that can be explained, supervision, identity, second line, survey, rules"""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from alembic import op

from tickets.ledger.types import Instant, Json

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_CLOCKS = sa.table(
    "clocks",
    *(
        sa.column(name)
        for name in ("ticket", "kind", "subject", "cycle", "desk", "revision", "terms_of", "promise")
    ),
    *(
        sa.column(name, Instant())
        for name in ("started_at", "met_at", "ended_at", "breached_at", "lapsed_at")
    ),
    sa.column("pauses", Json()),
)
_REVISIONS = sa.table("desk_revisions", sa.column("desk"), sa.column("number"), sa.column("terms", Json()))
_EVENTS = sa.table(
    "events", sa.column("id"), sa.column("ticket"), sa.column("kind"), sa.column("at", Instant())
)

_CURSORS = sa.table("cursors", sa.column("name"), sa.column("position"))


def upgrade() -> None:
    _clocks()
    _calendar()
    _supervision()
    _assignment()
    _handling()
    _identity()
    _second_line()
    _survey()
    _rules()


def _clocks() -> None:
    for name, kind in (
        ("terms_of", sa.String()), ("promise", sa.String()), ("pauses", Json()), ("lapsed_at", Instant()),
        ("extended_at", Instant()), ("acknowledged_at", Instant()), ("acknowledged_by", sa.String()),
    ):  # fmt: skip
        op.add_column("clocks", sa.Column(name, kind, nullable=True))
    connection = op.get_bind()
    connection.execute(sa.update(_CLOCKS).values(terms_of=_CLOCKS.c.desk, lapsed_at=_CLOCKS.c.breached_at))
    _write_promises(connection)
    _write_pauses(connection)


def _write_promises(connection: sa.Connection) -> None:
    """Write down beside each clock what its revision promised."""
    for desk, number, terms in connection.execute(sa.select(_REVISIONS)).all():
        for kind, span in terms["promises"].items():
            connection.execute(
                sa.update(_CLOCKS)
                .where(_CLOCKS.c.desk == desk, _CLOCKS.c.revision == number, _CLOCKS.c.kind == kind)
                .values(promise=f"{span['within']} {span['counts']}")
            )


def _write_pauses(connection: sa.Connection) -> None:
    """Write down when each resolution clock stood still, out of the history."""
    moves: dict[int, list[tuple[str, datetime]]] = {}
    kinds = ("ticket.waiting", "ticket.resumed")
    history = sa.select(_EVENTS).where(_EVENTS.c.kind.in_(kinds)).order_by(_EVENTS.c.id)
    for _id, ticket, kind, at in connection.execute(history):
        moves.setdefault(ticket, []).append((kind, at))
    clocks = sa.select(_CLOCKS).where(_CLOCKS.c.kind == "resolution")
    for clock in connection.execute(clocks).all():
        pauses = _pauses(moves.get(clock.ticket, ()), clock.started_at, clock.met_at or clock.ended_at)
        if pauses:
            connection.execute(
                sa.update(_CLOCKS)
                .where(
                    _CLOCKS.c.ticket == clock.ticket,
                    _CLOCKS.c.kind == clock.kind,
                    _CLOCKS.c.subject == clock.subject,
                    _CLOCKS.c.cycle == clock.cycle,
                )
                .values(pauses=pauses)
            )


def _pauses(
    moves: Iterable[tuple[str, datetime]], started_at: datetime, over_at: datetime | None
) -> list[list[str | None]]:
    found: list[list[str | None]] = []
    for kind, at in moves:
        if at < started_at or (over_at is not None and at >= over_at):
            continue
        paused = bool(found) and found[-1][1] is None
        if kind == "ticket.waiting" and not paused:
            found.append([at.isoformat(), None])
        elif kind == "ticket.resumed" and paused:
            found[-1][1] = at.isoformat()
    if found and found[-1][1] is None and over_at is not None:
        found[-1][1] = over_at.isoformat()
    return found


def _calendar() -> None:
    """Holidays by file and feed; what staff were asked about a promise."""
    op.create_table(
        "holiday_feeds",
        sa.Column("desk", sa.String(), primary_key=True),
        sa.Column("file", sa.String(), primary_key=True),
        *(sa.Column(name, Instant(), nullable=False) for name in ("first_at", "due_at", "tried_at")),
        sa.Column("fetched_at", Instant()),
        *(sa.Column(name, sa.String()) for name in ("etag", "modified", "error")),
    )
    op.create_table(
        "staff_prompts",
        sa.Column("staff", sa.String(), primary_key=True),
        sa.Column("account", sa.String(), primary_key=True),
        sa.Column("address", sa.String(), primary_key=True),
        sa.Column("thread", sa.String(), primary_key=True),
        sa.Column("ticket", sa.BigInteger()),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("begun", sa.String(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
    )


def _supervision() -> None:
    """Board, digest, verification."""
    op.create_table(
        "verification_draws",
        sa.Column("ticket", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("ticket", "cycle"),
    )
    runs = "met_at IS NULL AND ended_at IS NULL AND "
    for name, table, columns, condition in (
        (
            "ix_clocks_trouble", "clocks", ["desk", "due_at"],
            f"{runs}(warned_at IS NOT NULL OR lapsed_at IS NOT NULL)",
        ),
        (
            "ix_clocks_awaited", "clocks", ["desk", "started_at"],
            f"{runs}kind IN ('first_response', 'next_response')",
        ),
        ("ix_tickets_uncategorised", "tickets", ["desk", "number"], "category IS NULL AND status <> 'closed'"),
        ("ix_messages_lost", "messages", ["desk", "ticket", "id"], "delivery IN ('failed', 'unknown')"),
    ):  # fmt: skip
        where = sa.text(condition)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def _assignment() -> None:
    """Presence, capacity."""
    to_work_on, live = sa.text("status IN ('new', 'open')"), sa.text("ended_at IS NULL")
    in_team = sa.text("team IS NOT NULL AND status IN ('new', 'open')")
    for name in ("assigned_by", "team_holder"):
        op.add_column("tickets", sa.Column(name, sa.String(), nullable=True))
    op.create_index(
        "ix_tickets_assignee",
        "tickets",
        ["desk", "assignee"],
        sqlite_where=to_work_on,
        postgresql_where=to_work_on,
    )
    op.create_index(
        "ix_tickets_team",
        "tickets",
        ["desk", "team", "team_holder"],
        sqlite_where=in_team,
        postgresql_where=in_team,
    )
    op.create_table(
        "absences",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=True),
        sa.Column("substitute", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("began_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("handed_at", Instant(), nullable=True),
        sa.Column("handed", Json(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_absences_live", "absences", ["desk", "staff"], sqlite_where=live, postgresql_where=live
    )
    # What reacts to being given a ticket begins with what happens from now on.
    for follower in ("assignment", "notices"):
        newest = sa.select(sa.literal(follower), sa.func.coalesce(sa.func.max(_EVENTS.c.id), 0))
        op.execute(sa.insert(_CURSORS).from_select(["name", "position"], newest))
    op.create_table(
        "turns",
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("event", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("desk", "staff"),
    )


def _handling() -> None:
    """Spam, snooze, merge, links, incidents."""
    op.add_column("drafts", sa.Column("held", Json(), nullable=True))
    op.add_column("addresses", sa.Column("blocked_at", Instant(), nullable=True))
    op.add_column("addresses", sa.Column("blocked_by", sa.String(), nullable=True))
    op.add_column("addresses", sa.Column("block_reason", sa.Text(), nullable=True))
    op.add_column("tickets", sa.Column("snoozed_until", Instant(), nullable=True))
    op.add_column("tickets", sa.Column("spam_at", Instant(), nullable=True))
    op.add_column("tickets", sa.Column("merged_into", sa.BigInteger(), nullable=True))
    op.add_column("tickets", sa.Column("medium", sa.String(), nullable=True))
    for name, column in (("ix_tickets_snoozed", "snoozed_until"), ("ix_tickets_merged", "merged_into")):
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, "tickets", [column], sqlite_where=there, postgresql_where=there)
    op.create_table(
        "held_messages",
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("address", sa.BigInteger(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("reading", Json(), nullable=True),
        sa.PrimaryKeyConstraint("message"),
    )
    op.create_index(op.f("ix_held_messages_address"), "held_messages", ["address"], unique=False)
    op.create_index(op.f("ix_held_messages_desk"), "held_messages", ["desk"], unique=False)
    op.create_table(
        "ticket_links",
        sa.Column("ticket", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("to", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("ticket", "to", "kind"),
    )
    op.create_index(op.f("ix_ticket_links_to"), "ticket_links", ["to"], unique=False)


def _identity() -> None:
    """Directory, verification, joining."""
    op.create_table(
        "verifications",
        _id("id"), _id("contact"), sa.Column("desk", sa.String(), nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=True), sa.Column("at", Instant(), nullable=False),
        sa.Column("source", sa.String(), nullable=False), sa.Column("place", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=True), sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("claim", Json(), nullable=True), sa.Column("compared", Json(), nullable=True),
        sa.Column("listed", Json(), nullable=True), sa.Column("entry", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index(op.f("ix_verifications_contact"), "verifications", ["contact"], unique=False)
    op.create_table(
        "lookups",
        _id("contact"), sa.Column("desk", sa.String(), nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=True), sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=True), sa.Column("tell", Json(), nullable=True),
        sa.Column("not_before", Instant(), nullable=False), sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True), sa.PrimaryKeyConstraint("contact"),
    )  # fmt: skip
    op.create_index("ix_lookups_due", "lookups", ["not_before"], unique=False)
    op.create_table(
        "codes",
        _id("id"), _id("contact"), _id("address"), sa.Column("desk", sa.String(), nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=True), sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=True), sa.Column("entry", sa.String(), nullable=False),
        sa.Column("mailbox", sa.String(), nullable=False), sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False), sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("ix_codes_address", "codes", ["address", "id"], unique=False)
    op.create_index("ix_codes_contact", "codes", ["contact", "at"], unique=False)
    op.create_index("ix_codes_mailbox", "codes", ["mailbox", "at"], unique=False)
    op.create_table(
        "proofs",
        _id("id"), _id("address"), sa.Column("desk", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False), sa.Column("entry", sa.String(), nullable=False),
        sa.Column("mailbox", sa.String(), nullable=False), _id("code"), sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("ix_proofs_address", "proofs", ["address"], unique=False)
    op.create_table(
        "joins",
        _id("id"), sa.Column("desk", sa.String(), nullable=False), _id("kept"), _id("joined"),
        sa.Column("at", Instant(), nullable=False), sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True), sa.Column("moved", Json(), nullable=True),
        sa.Column("parted_at", Instant(), nullable=True), sa.Column("parted_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )  # fmt: skip
    op.create_index("ix_joins_kept", "joins", ["kept"], unique=False)
    op.create_index("ix_joins_joined", "joins", ["joined"], unique=False)


def _id(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def _second_line() -> None:
    """Second line, trackers, webhooks."""
    op.create_table(
        "hooks",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("failing_since", Instant(), nullable=True),
        sa.Column("paused_at", Instant(), nullable=True),
        sa.Column("paused_why", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(op.f("ix_hooks_desk"), "hooks", ["desk"], unique=False)
    op.create_table(
        "hook_tries",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hook", sa.String(), nullable=False),
        sa.Column("outbox", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ticket", sa.BigInteger(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_hook_tries_hook", "hook_tries", ["hook", "id"], unique=False)
    op.create_table(
        "team_issues",
        sa.Column("ticket", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("ticket", "team"),
    )
    op.create_index("ix_team_issues_key", "team_issues", ["team", "key"], unique=False)
    op.create_table(
        "team_places",
        sa.Column("ticket", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("group", sa.String(), nullable=True),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("card", sa.String(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("mail", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("ticket", "team"),
    )
    op.create_index("ix_team_places_topic", "team_places", ["group", "thread"], unique=False)
    op.create_index("ix_team_places_mail", "team_places", ["mail"], unique=False)
    op.add_column("staff", sa.Column("helps", Json(), nullable=True))
    op.add_column("messages", sa.Column("team", sa.String(), nullable=True))
    _begin_at_now("hooks")
    _begin_at_now("second_line")


def _begin_at_now(follower: str) -> None:
    """Let a follower that comes with this version leave alone what happened before it was there."""
    op.execute(
        sa.text(
            "INSERT INTO cursors (name, position) SELECT :follower, COALESCE(MAX(id), 0) FROM events"
        ).bindparams(follower=follower)
    )


def _survey() -> None:
    """Surveys."""
    op.create_table(
        "surveys",
        sa.Column("ticket", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("contact", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("withheld", sa.String(), nullable=True),
        sa.Column("message", sa.BigInteger(), nullable=True),
        sa.Column("scale", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("found_at", Instant(), nullable=True),
        sa.Column("followed_up_at", Instant(), nullable=True),
        sa.Column("followed_up_by", sa.String(), nullable=True),
        sa.Column("follow_up", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("ticket", "cycle"),
    )
    op.create_index("ix_surveys_desk", "surveys", ["desk", "asked_at"])
    op.create_index("ix_surveys_contact", "surveys", ["contact", "asked_at"])
    to_do = sa.text("found_at IS NOT NULL AND followed_up_at IS NULL")
    op.create_index(
        "ix_surveys_to_do", "surveys", ["desk", "found_at"], sqlite_where=to_do, postgresql_where=to_do
    )
    op.create_table(
        "survey_invitations",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("contact", sa.BigInteger(), nullable=False),
        sa.Column("address", sa.BigInteger(), nullable=False),
        sa.Column("invited_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("marks", Json(), nullable=True),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=True),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("education", sa.String(), nullable=True),
        sa.Column("occupation", sa.String(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_survey_invitations", "survey_invitations", ["desk", "period", "contact"], unique=True)
    op.create_index("ix_survey_invitations_at", "survey_invitations", ["desk", "invited_at"])
    op.create_index("ix_survey_invitations_contact", "survey_invitations", ["contact", "invited_at"])


def _rules() -> None:
    """Tags, rules. What happened before there were rules starts none."""
    op.create_table(
        "ticket_tags",
        sa.Column("ticket", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("ticket", "tag"),
    )
    op.create_index("ix_ticket_tags_tag", "ticket_tags", ["tag", "ticket"])
    op.create_table(
        "rule_turns",
        sa.Column("ticket", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("ticket", "rule", "cause"),
    )
    op.create_index("ix_rule_turns_rule", "rule_turns", ["desk", "rule", "at"])
    cursors = sa.table("cursors", sa.column("name"), sa.column("position"))
    newest = sa.select(sa.literal("rules"), sa.func.coalesce(sa.func.max(_EVENTS.c.id), 0))
    op.get_bind().execute(sa.insert(cursors).from_select(["name", "position"], newest))
