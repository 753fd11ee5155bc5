"""What a short message means by itself: a greeting, thanks, yes or no, a wish for a person, a question for the state.

Precise rather than greedy: a message is one of these only if *every* word of it belongs there, so that a message with
a real request in it is none of them ("tidak bisa login" is not a no, "halo, nilai saya hilang" is not a greeting).
Words are read as `normalise` understands them, and long ones with one wrong letter.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from templates_replies.cue_words import COMMON_NAMES, EMOJI, PHRASES, Role
from templates_replies.normalise import ASKED_AGAIN, has_words, words

LONGEST = 160  # characters: whoever writes more has something to say
_TELLERS = frozenset({"saya", "aku", "kami", "yang", "i", "we"})
_FORGIVING_FROM = 6  # letters of a word from which on one of them may be wrong


def _table() -> Mapping[tuple[str, ...], Role]:
    table: dict[tuple[str, ...], Role] = {}
    for role, phrases in PHRASES.items():
        for phrase in phrases.split("|"):
            table.setdefault(words(phrase), role)
    return table


_ROLES = _table()
_LONGEST_FROM: dict[str, int] = {}  # words of the longest phrase that begins with a word
for _phrase in _ROLES:
    _LONGEST_FROM[_phrase[0]] = max(len(_phrase), _LONGEST_FROM.get(_phrase[0], 0))
_FILLERS = frozenset(
    phrase[0]
    for phrase, role in _ROLES.items()
    if len(phrase) == 1 and role in (Role.FILL, Role.ADDRESS, Role.YA)
)
_FORGIVEN = sorted({word for phrase in _ROLES for word in phrase if len(word) >= _FORGIVING_FROM})
_KNOWN = frozenset(word for phrase in _ROLES for word in phrase)

_CAPITAL = re.compile(r"\b[A-Z][a-z]+\b")
_TICKET_MARK = re.compile(r"#\s?(\d{1,9})\b")
_THUMB = re.compile("|".join(emoji for emoji, role in EMOJI.items() if role is Role.YES))


@dataclass(frozen=True, kw_only=True)
class StateQuestion:
    """Somebody asks how a ticket stands."""

    ticket: int | None  # the number named, if one was


def is_filler(word: str) -> bool:
    """Return whether a word, as `normalise` means it, says nothing of what somebody wants: ya, kak, dong, and."""
    return word in _FILLERS


def says_more(text: str) -> bool:
    """Return whether a word of it belongs to nothing that is told apart here: then it is none of that."""
    return has_words(text) if len(text) > LONGEST else None in _spoken_in(text)


def is_greeting(text: str) -> bool:
    """Return whether it is a greeting, or the announcement of a question, and nothing else."""
    said = _spoken(text)
    if not said:
        return _any(_roles(text), Role.GREET)
    if all(role is Role.ADDRESS for role in said):
        return "?" not in text
    wanted = () if _any(said, Role.PERSON) or not _any(said, Role.OPEN, Role.HELP) else (Role.WANT,)
    manners = (Role.GREET, Role.OPEN, Role.HELP, Role.PERSON, Role.YA, Role.INTRODUCE)
    return _only(said, *manners, *wanted) and _any(said, Role.GREET, Role.OPEN, Role.HELP)


def is_thanks(text: str) -> bool:
    """Return whether it only thanks or nods: `makasih kak`, `ok siap`, `sudah bisa, terima kasih`, a folded hand."""
    roles, said = _roles(text), _spoken(text)
    greets = _any(said or roles, Role.GREET)  # then a folded hand is only polite
    if "?" in text or not _any(said if greets else roles, Role.THANKS, Role.NOD):
        return _is_thumb(text)
    if _any(roles, Role.THANKS):
        return _only(roles, *_COURTESY, *_THANKED_FOR, Role.DONE, Role.YES, Role.GREET, Role.PERSON)
    return _only(said, *_COURTESY, Role.PERSON) and not _any(roles, Role.NO)


def is_courtesy(text: str) -> bool:
    """Return whether it says nothing beyond manners: an address, a greeting, thanks, a nod; also where it is empty."""
    roles = _roles(text)
    thanked = (*_THANKED_FOR, Role.PERSON) if _any(roles, Role.THANKS) else ()
    return "?" not in text and _only(roles, *_COURTESY, *thanked, Role.GREET)


def yes_or_no(text: str) -> bool | None:
    """Return True or False for an answer to a question just asked, None for anything else."""
    roles = _roles(text)
    answers = (Role.YES, Role.DONE, Role.NO, Role.NOT_DONE)
    if "?" in text or not _only(roles, *answers, *_COURTESY, *_THANKED_FOR, Role.PERSON):
        return None
    spoken = [role for role in roles if role not in _SILENT]
    begins_with_ya = bool(spoken) and spoken[0] is Role.YA
    if _any(roles, Role.NOT_DONE):
        return None if _any(roles, Role.DONE) else False
    is_yes = begins_with_ya or _any(roles, Role.YES, Role.DONE)
    is_no = _any(roles, Role.NO)
    return is_yes if is_yes != is_no else None


def wants_person(text: str) -> bool:
    """Return whether it asks for a person instead of the bot, and for nothing else."""
    roles = _roles(text)
    people = (Role.PERSON, Role.SOMEBODY)
    if not _only(roles, *people, Role.TALK, Role.WANT, Role.HELP, Role.GREET, Role.YA, Role.NO) or not _any(
        roles, *people
    ):
        return False
    if _any(roles, Role.TALK):
        return True
    if _any(roles, Role.GREET):
        return _any(roles, Role.WANT)
    return _any(roles, Role.PERSON)


def state_question(text: str) -> StateQuestion | None:
    """Return the question how a ticket stands, if the message is one and nothing else."""
    roles = _roles(text)
    allowed = (
        Role.STATE,
        Role.ASK,
        Role.TICKET,
        Role.NUMBER,
        Role.WANT,
        Role.GREET,
        Role.YA,
        Role.YES,
        Role.NO,
    )
    if not _only(roles, *allowed, Role.DONE, Role.PERSON, Role.OPEN, Role.NOT_DONE):
        return None
    marked = _TICKET_MARK.search(text)
    numbers = re.findall(r"\b\d{1,9}\b", text)
    if len(numbers) > 1:
        return None
    names_ticket = marked is not None or _any(roles, Role.TICKET)
    asks = _any(roles, Role.STATE) or (names_ticket and _any(roles, Role.ASK, Role.DONE, Role.NUMBER))
    return StateQuestion(ticket=int(numbers[0]) if numbers else None) if asks else None


def wants_stop(text: str) -> bool:
    """Return whether somebody wants no more messages: an order, no question, and nothing that they tell of themselves."""
    roles = _roles(text)
    told = "?" in text or _TELLERS & set(words(text))
    return _only(roles, Role.STOP) and _any(roles, Role.STOP) and not told


def wants_start(text: str) -> bool:
    """Return whether somebody wants messages again, or begins (`/start`)."""
    roles = _roles(text)
    return _only(roles, Role.START) and _any(roles, Role.START)


def wants_menu(text: str) -> bool:
    """Return whether somebody wants to choose whom they write to."""
    roles = _roles(text)
    return _only(roles, Role.MENU, Role.WANT, Role.GREET) and _any(roles, Role.MENU)


_COURTESY = (Role.THANKS, Role.NOD, Role.YA)
_THANKED_FOR = (Role.THANKS_FOR, Role.HELP)
_SILENT = (Role.FILL, Role.ADDRESS, Role.NAME)  # say nothing of what somebody wants


def _only(roles: Iterable[Role | None], *allowed: Role) -> bool:
    return all(role in _SILENT or role in allowed for role in roles)


def _any(roles: Iterable[Role | None], *wanted: Role) -> bool:
    return any(role in wanted for role in roles)


def _is_thumb(text: str) -> bool:
    return _THUMB.search(text) is not None and not words(text)


def _roles(text: str) -> tuple[Role | None, ...]:
    """Return the roles of what is said, and behind them those of the emoji."""
    return _roles_in(text) if len(text) <= LONGEST else (None,)


@lru_cache(maxsize=ASKED_AGAIN)
def _roles_in(text: str) -> tuple[Role | None, ...]:
    return (*_spoken(text), *(EMOJI[each] for each in text if each in EMOJI))


def _spoken(text: str) -> tuple[Role | None, ...]:
    """Return the role of each phrase, the longest first, up to the first word that has none: None stands for it."""
    return _spoken_in(text) if len(text) <= LONGEST else (None,)


@lru_cache(maxsize=ASKED_AGAIN)
def _spoken_in(text: str) -> tuple[Role | None, ...]:
    said = words(text)
    roles: list[Role | None] = []
    at = 0
    while at < len(said) and None not in roles:
        length, role = _phrase_at(said, at)
        if (role is None or role is Role.NUMBER) and _names(said, at, roles, text):
            role = Role.NAME
        roles.append(role)
        at += length
    return tuple(roles)


def _names(said: Sequence[str], at: int, before: Sequence[Role | None], text: str) -> bool:
    """Whether a word that means nothing else is somebody's name, or what they add to it when they introduce themselves.

    Small letters say so for common names alone: "halo pak ijazah" is no greeting.
    """
    if not before:
        return False
    word, last = _forgive(said[at]), before[-1]
    if last is Role.INTRODUCE or (last is Role.NAME and Role.INTRODUCE in before):
        return word in COMMON_NAMES or word.isdecimal() or word in _capitals(text)
    if last in (Role.ADDRESS, Role.NAME) or said[at - 1] == "saya":
        return word in COMMON_NAMES or word in _capitals(text)
    return word in COMMON_NAMES and last in (Role.GREET, Role.THANKS, Role.FILL)


def _capitals(text: str) -> AbstractSet[str]:
    return {word.casefold() for word in _CAPITAL.findall(text)}


def _phrase_at(said: Sequence[str], at: int) -> tuple[int, Role | None]:
    longest = _LONGEST_FROM.get(_forgive(said[at]), 0)
    phrase = tuple(map(_forgive, said[at : at + longest]))
    for length in range(len(phrase), 0, -1):
        role = _ROLES.get(phrase[:length])
        if role is not None:
            return length, role
    return 1, Role.NUMBER if said[at].isdecimal() else None


def _forgive(word: str) -> str:
    """Return the word meant where a long one has a single wrong, missing, doubled or swapped letter."""
    if word in _KNOWN or len(word) < _FORGIVING_FROM or word.isdecimal():
        return word
    return _likely_meant(word)


@lru_cache(maxsize=8_192)
def _likely_meant(word: str) -> str:
    near = process.extractOne(word, _FORGIVEN, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near is not None and near[0][0] == word[0] else word
