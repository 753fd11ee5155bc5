"""What supervisors do with a desk's webhooks: try one out, send something again, let a paused one run."""

from datetime import datetime

from tickets import hooks
from tickets.actions.errors import RuleError, UnknownValueError
from tickets.actions.rights import require
from tickets.actor import Actor, Role
from tickets.desk import DeskNow
from tickets.ledger.events import append
from tickets.ledger.tx import Tx

TEST = "test"


def send_test(tx: Tx, hook: str, *, desk: DeskNow, by: Actor, at: datetime) -> int:
    """Send a hook something that means nothing; the delivery."""
    key = _key(hook, desk, by)
    number = tx.next_id("hook_tests")
    delivery = hooks.queue(
        tx, key, kind=TEST, dedup=f"{key}:test:{number}", at=at, desk=desk.slug, id=f"test_{number}_{hook}"
    )
    assert delivery is not None
    return delivery


def send_again(tx: Tx, hook: str, delivery: int, *, desk: DeskNow, by: Actor, at: datetime) -> None:
    """Bring something to a hook once more, under the same id; what waits for a retry goes now."""
    if not hooks.send_again(tx, _key(hook, desk, by), delivery, at=at):
        raise UnknownValueError(
            f"{hook} was not to get a delivery {delivery}, or gets it just now",
            field="delivery",
            value=str(delivery),
        )


def resume(tx: Tx, hook: str, *, desk: DeskNow, by: Actor, at: datetime) -> None:
    """Let a paused hook run again."""
    found = hooks.hook_of(tx, _key(hook, desk, by))
    if found is None or found.paused_at is None:
        raise RuleError(f"{hook} is not paused")
    append(tx, "hook.resumed", desk=desk.slug, at=at, subject=hook, actor=by.key)
    hooks.run_again(tx, found, at=at)


def _key(hook: str, desk: DeskNow, by: Actor) -> str:
    require(by, Role.SUPERVISOR, desk.slug)
    if hook not in hooks.ids_of(desk.desk):
        raise UnknownValueError(f"{desk.slug} has no webhook {hook}", field="webhook", value=hook)
    return hooks.key_of(desk.slug, hook)
