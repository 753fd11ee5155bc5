"""Every command that the staff can type, as everybody: privately to the bot, `#1` before it."""

import json
import shutil
from pathlib import Path

from sqlmodel import col, select

from procedures.cases.step_clock import CLOCK_RULES
from templates_replies import staff_phrases
from templates_replies.staff_commands import COMMANDS, Command
from tests.access.told import Answer
from tests.bot.chat import SLUG, Chat
from tickets.ledger.store import Ledger
from tickets.message import Channel, Person, Place
from tickets.tables import Outbox

VIEWER, AGENT, SECOND_LINE, SUPERVISOR = "1009", "1002", "1006", "1001"
# By column of the table: who writes, and whether the ticket is with their team.
WHO = {
    "second line": (SECOND_LINE, False),
    "second line with it": (SECOND_LINE, True),
    "viewer": (VIEWER, False),
    "agent": (AGENT, False),
    "supervisor": (SUPERVISOR, False),
}
_STAFF = ("staff:\n", "staff:\n  - {name: Wati, role: viewer, email: wati@example.ac.id, telegram: 1009}\n")
_ARGUMENTS = {
    "assign": "Sari", "category": "login", "tag": "kelas", "untag": "kelas", "reply": "reset", "wait": "Sebentar.", "close": "Sudah.",
    "escalate": "edunex perlu dicek", "return": "Sudah.", "send_back": "kurang", "follow_up": "x", "confirm": "x", "dispute": "x",
    "join": "#2 x", "extend": "2j x", "rules": "gangguan nonaktif", "hand_over": "Sari", "hooks": "x uji", "new_category": "baru; Baru; baru", "verify": "",
    "new_reply": "baru; Baru; Halo.", "priority": "tinggi", "snooze": "2 jam", "link": "#2", "unlink": "#2", "merge": "#2", "incident": "#2",
    "answer_all": "Halo.", "move": "lain", "write_down": "Halo", "write_first": "ana@example.com Halo", "reach": "ana@example.com", "split": "1",
    "step": "x", "proof": "terima",
}  # fmt: skip
_LAST = ("close", "move", "merge", "spam", "block", "wake", "write_down", "write_first")


async def asked(folder: Path) -> dict[str, dict[str, Answer]]:
    """Return what each is answered; `empty.db` of the folder is a migrated ledger."""
    found: dict[str, dict[str, Answer]] = {}
    for column, (who, escalated) in WHO.items():
        own = folder / f"chat-{who}-{escalated}"
        own.mkdir()
        shutil.copyfile(folder / "empty.db", own / "tanggap.db")
        ledger = Ledger(f"sqlite:///{own}/tanggap.db", files=own / "files", clock_rules=CLOCK_RULES)
        chat = Chat(ledger, changes={"desk.yaml": _STAFF})
        await chat.telegrams("lupa sandi edunex")
        await chat.writes("lupa sandi juga")
        if escalated:
            await chat.agent_writes(SUPERVISOR, "/eskalasi edunex perlu dicek", ticket=1)
        for command in sorted(COMMANDS, key=lambda each: (each.key in _LAST, each.key)):
            found.setdefault(command.usage("id"), {})[column] = await _answer(chat, who, command)
        ledger.close()
    return found


async def _answer(chat: Chat, who: str, command: Command) -> Answer:
    place = Place(account=f"{SLUG}/telegram", channel=Channel.TELEGRAM, address=who)
    text = f"#1 /{command.name.id} {_ARGUMENTS.get(command.key, '')}".rstrip()
    before = _told_since(chat, 0)[-1][0]
    await chat.receives(Channel.TELEGRAM, text, place, Person(address=who, name="?"))
    told = " ".join(words for _, words in _told_since(chat, before))
    if staff_phrases.not_allowed("id") in told:
        return Answer.NO
    return Answer.NOTHING if staff_phrases.no_such_ticket("id", ticket=1) in told else Answer.YES


def _told_since(chat: Chat, parcel: int) -> list[tuple[int, str]]:
    with chat.ledger.reading() as session:
        found = session.exec(select(Outbox).where(Outbox.id > parcel).order_by(col(Outbox.id))).all()
        return [(each.id, json.dumps(each.payload, ensure_ascii=False)) for each in found]
