"""The grammar in which agents and supervisors speak: in a ticket's topic, or as `#1042 …` from anywhere.

Pure: text in, one value out. In a topic a plain message is an answer (or a note, if the desk turned that round), `//`
begins a note, `/word` is a command. From anywhere else the ticket's number comes first.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from templates_replies.staff_commands import COMMAND_OF


class Verb(StrEnum):
    CLAIM = "claim"
    ASSIGN = "assign"
    CATEGORY = "category"
    NONE_FITS = "none_fits"  # of the categories
    REPLY = "reply"  # choose a reply template
    SEND = "send"  # send what was shown
    SEND_AGAIN = "send_again"  # of which nobody knows whether it arrived
    CANCEL = "cancel"
    WAIT = "wait"
    CLOSE = "close"
    REOPEN = "reopen"
    VERIFY = "verify"
    VERIFY_ALL = "verify_all"  # every solved ticket of the desk, once the number is confirmed
    SEND_BACK = "send_back"  # not verified
    BOARD = "board"
    ESCALATE = "escalate"
    RETURN = "return"  # back from the second line
    CHECK = "check"  # look the contact up
    CONFIRM = "confirm"
    DISPUTE = "dispute"
    CODE = "code"  # send one
    JOIN = "join"  # two contacts
    PART = "part"
    EXPLAIN = "explain"  # why a clock is due when it is
    ACKNOWLEDGE = "acknowledge"  # an alert was seen
    EXTEND = "extend"  # more time, with a reason
    CARD = "card"
    FOLLOW_UP = "follow_up"  # what was done about a low score
    SURVEY = "survey"  # how the month stands
    TAKE_BACK = "take_back"  # what was said, by replying to it
    TAG = "tag"
    UNTAG = "untag"
    RULES = "rules"
    NEW_CATEGORY = "new_category"
    NEW_REPLY = "new_reply"
    HOOKS = "hooks"  # webhooks: how they fare, try one, let one run again
    BREAK = "break"
    LEAVE = "leave"  # out of office
    BACK = "back"
    HAND_OVER = "hand_over"
    HELP = "help"
    PRIORITY = "priority"
    SNOOZE = "snooze"
    WAKE = "wake"
    FETCH = "fetch"  # files again that could not be had
    SPAM = "spam"
    RESTORE = "restore"  # from spam, or out of a merge
    BLOCK = "block"
    UNBLOCK = "unblock"
    LINK = "link"
    UNLINK = "unlink"
    MERGE = "merge"
    SPLIT = "split"
    INCIDENT = "incident"
    ANSWER_ALL = "answer_all"
    CLOSE_ALL = "close_all"
    MOVE = "move"
    WRITE_DOWN = "write_down"
    WRITE_FIRST = "write_first"
    KNOCK = "knock"  # ask the contact for a word, by an approved template
    WITHDRAW = "withdraw"  # what waits for the contact to write
    REACH = "reach"
    STEP = "step"  # of a procedure
    PROOF = "proof"  # of payment: accept it or not
    SOP = "sop"  # the form of a procedure, as a file
    PICK = "pick"  # one of the buttons that were offered as a list, by its number
    FILL = "fill"  # what ending a step has asked for


# The names in both languages stand with their purposes in the help; these are the others that people try.
_MORE_NAMES = {
    "templat": Verb.REPLY,
    "template": Verb.REPLY,
    "selesai": Verb.CLOSE,
    "solve": Verb.CLOSE,
    "status": Verb.CARD,
    "start": Verb.HELP,
    "delete": Verb.TAKE_BACK,
    "away": Verb.LEAVE,
    "serahterima": Verb.HAND_OVER,
    "handover": Verb.HAND_OVER,
}
_ALL = frozenset({"semua", "all"})
_VERBS = {name: Verb(command.key) for name, command in COMMAND_OF.items()} | _MORE_NAMES
LONGEST_DATA = 64  # bytes of a button's data that Telegram takes
_NUMBERED = re.compile(r"\s*#(\d{1,12})\b[:,.]?\s*(.*)", re.DOTALL)
_COMMAND = re.compile(r"/([A-Za-z]+(?:-[A-Za-z]+)*)(?:@\w+)?(?:\s+(.*))?$", re.DOTALL)


_LENGTH = re.compile(r"(\d{1,4})\s*([a-z]+)", re.IGNORECASE)
_UNITS = {
    **dict.fromkeys(("m", "mnt", "menit", "min", "minutes"), "m"),
    **dict.fromkeys(("j", "jam", "h", "hours", "hour"), "h"),
    **dict.fromkeys(("d", "hari", "day", "days"), "d"),
}


@dataclass(frozen=True, kw_only=True)
class Do:
    """A command, with whatever follows its word."""

    verb: Verb
    rest: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    text: str


@dataclass(frozen=True, kw_only=True)
class Note:
    text: str


@dataclass(frozen=True, kw_only=True)
class NotUnderstood:
    word: str


Order = Do | Answer | Note | NotUnderstood


def numbered(text: str) -> tuple[int, str] | None:
    """Split `#1042 your answer` into the number and the rest; None if no number comes first."""
    match = _NUMBERED.match(text)
    return (int(match[1]), match[2].strip()) if match else None


def parse(text: str, *, plain_is_note: bool = False) -> Order:
    """Read one message of a person of the desk. Any text is something: no message is lost for bad grammar.

    A slash that begins no known word (a path, a fraction) is refused rather than sent to the contact.
    """
    text = text.strip()
    if text.startswith("//"):
        return Note(text=text[2:].strip())
    if text.startswith("/"):
        match = _COMMAND.match(text)
        verb = _VERBS.get(match[1].lower()) if match else None
        if match is None or verb is None:
            return NotUnderstood(word=text.split()[0][:40])
        return _do(verb, (match[2] or "").strip())
    return Note(text=text) if plain_is_note else Answer(text=text)


def _do(verb: Verb, rest: str) -> Do:
    first, _, left = rest.partition(" ")
    if verb is Verb.VERIFY and first.lower() in _ALL:
        return Do(verb=Verb.VERIFY_ALL, rest=left.strip())
    return Do(verb=verb, rest=rest)


def length(word: str) -> str | None:
    """Read `2j`, `30menit`, `1hari`, `2h` as a length of the desk file's kind; None if it is none."""
    match = _LENGTH.fullmatch(word)
    unit = _UNITS.get(match[2].lower()) if match else None
    return f"{int(match[1])}{unit}" if match and unit and int(match[1]) else None


def button(verb: Verb, number: int, rest: str = "") -> str:
    """Return the data of a button that stands for a command, at most LONGEST_DATA bytes. Number 0: about no ticket."""
    return f"!{verb}:{number}:{rest}"


def pressed(data: str) -> tuple[int | None, Do] | None:
    """Read a button's data back; None for buttons that are no command of ours."""
    head, _, tail = data.partition(":")
    number, _, rest = tail.partition(":")
    if not head.startswith("!") or head[1:] not in set(Verb) or not number.isdecimal() or len(number) > 15:
        return None
    return int(number) or None, Do(verb=Verb(head[1:]), rest=rest)
