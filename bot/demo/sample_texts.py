"""The words and people of the sample month: pools out of `sample_month.yaml`, and how a contact puts them together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from bot.identity import Identity
from tickets.message import Channel

_FILE = Path(__file__).with_name("sample_month.yaml")

_GREETED = ("kak", "min ", "maaf")
_PLEADING = ("tolong", "mohon", "dong", "minta", "bantu")


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What people ask about under one category."""

    category: str
    weight: int
    openings: Sequence[str]
    answers: Sequence[str]
    follow_ups: Sequence[Sequence[str]] = ()  # a further question and its answer
    english: Sequence[str] = ()  # an opening and its answer
    season: str | None = None  # krs, exams: when it is asked more often
    by: str | None = None  # lecturer: students do not ask this


@dataclass(frozen=True, kw_only=True)
class Persona:
    """Somebody who may write to the desk."""

    name: str
    number: str
    unit: str
    lecturer: bool = False

    def addressed(self, rng: Random, *, english: bool) -> str:
        """Return how an agent calls them: lecturers with respect, students by name or as an elder sibling."""
        first = self.name.split()[0]
        if english:
            return first
        return f"Bapak/Ibu {first}" if self.lecturer else rng.choice((first, f"Kak {first}"))

    @property
    def identity(self) -> Identity:
        return Identity(name=self.name, number=self.number, unit=self.unit)

    def address(self, channel: Channel, rng: Random) -> str:
        if channel is Channel.EMAIL:
            if self.lecturer:
                return f"{self.name.lower().replace(' ', '.')}@example.ac.id"
            return f"{self.number}@mahasiswa.example.ac.id"
        if channel is Channel.TELEGRAM:
            return f"70{rng.randrange(10**8):08}"
        if channel is Channel.WEBCHAT:
            return f"visitor-{rng.randrange(16**12):012x}"
        return f"+62811{rng.randrange(10**5):05}"  # too short to be dialled


@dataclass(frozen=True, kw_only=True)
class Pools:
    topics: Mapping[str, Topic]
    known: Sequence[Persona]  # who is in the desk's directory
    texts: Mapping[str, Any] = field(repr=False)

    def one(self, rng: Random, name: str) -> str:
        return str(rng.choice(self.texts[name]))


@cache
def pools() -> Pools:
    """Return what the file beside this module holds."""
    data = YAML(typ="safe", pure=True).load(_FILE.read_text(encoding="utf-8"))
    known = [Persona(name=name, number=number, unit=unit) for name, number, unit in data["people"]]
    known += [
        Persona(name=name, number=number, unit=unit, lecturer=True)
        for name, number, unit in data["lecturers"]
    ]
    topics = {category: Topic(category=category, **topic) for category, topic in data["categories"].items()}
    return Pools(topics=topics, known=tuple(known), texts=data)


def invented(rng: Random, *, lecturer: bool) -> Persona:
    """Make up somebody whom the directory does not know."""
    texts = pools().texts
    name = f"{rng.choice(texts['given_names'])} {rng.choice(texts['family_names'])}"
    if lecturer:
        number = f"19{rng.randint(65, 92)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}20{rng.randint(10, 22)}{rng.randint(1, 12):02}{rng.choice('12')}{rng.randint(1, 9):03}"
        return Persona(name=name, number=number, unit=rng.choice(texts["lecturers"])[2], lecturer=True)
    unit, digits = rng.choice(list(texts["programmes"].items()))
    return Persona(name=name, number=f"{digits}{rng.randint(22, 25)}{rng.randint(901, 999)}", unit=unit)


class Speaker:
    """Says things the way one contact does, with the same course and class throughout a conversation."""

    def __init__(self, rng: Random, persona: Persona, channel: Channel, *, english: bool) -> None:
        self.rng = rng
        self.persona = persona
        self.channel = channel
        self.english = english
        self._slots = {
            "course": pools().one(rng, "courses"),
            "class": f"K{rng.randint(1, 6):02}",
            "clock": f"{rng.randint(7, 21):02}.{rng.randrange(0, 60, 5):02}",
            "count": str(rng.randint(2, 9)),
            "first": persona.addressed(rng, english=english),
        }

    def fill(self, text: str, **more: str) -> str:
        for slot, value in (self._slots | more).items():
            text = text.replace(f"{{{slot}}}", value)
        return text

    def opening(self, text: str, *, introduced: bool) -> str:
        """Return the first message around a topic's opening, with who they are if they say it."""
        said = self.fill(text)
        if self.channel is Channel.OTHER:
            return f"{pools().one(self.rng, 'other_prefix')}{said}\n{self._form()}"
        if self.channel is Channel.EMAIL:
            return self._mail(said, introduced=introduced)
        if self.english:
            return f"{self._sentence()} {said}" if introduced else said
        body = self._chatty(said)
        return self._introduce(body) if introduced else body

    def _chatty(self, said: str) -> str:
        """Put a greeting before it and a please behind it, unless it has them already."""
        greeting = "" if said.startswith(_GREETED) else pools().one(self.rng, "greetings")
        pleads = said.endswith(".") or any(word in said.lower() for word in _PLEADING)
        courtesy = "" if pleads else pools().one(self.rng, "courtesy")
        if greeting and said[1].islower():
            said = said[0].lower() + said[1:]
        return f"{greeting}{said}{courtesy}"

    def identity_alone(self) -> str:
        """Answer the question who they are."""
        who = self.persona
        return self.rng.choice(
            [
                f"{who.name}\n{who.number}\n{who.unit}",
                f"{who.name}, {who.number}, {who.unit}",
                self._form(),
            ]
        )

    def _mail(self, said: str, *, introduced: bool) -> str:
        who = self.persona
        if self.english:
            return f"Dear Care Center,\n\n{said}\n\nBest regards,\n{who.name}" + (
                f"\n{who.number}\n{who.unit}" if introduced else ""
            )
        greeting = pools().one(self.rng, "formal_greetings")
        ending = pools().one(self.rng, "formal_endings")
        said = said[0].upper() + said[1:] + ("" if said.endswith((".", "?", "!")) else ".")
        if not introduced:
            return f"{greeting}{said}\n\n{ending}"
        if self.rng.random() < 0.5:
            return f"{greeting}{said}\n\n{self._form()}\n\n{ending}"
        return (
            f"{greeting}{said} {ending}\n\nHormat saya,\n{who.name}\n{self._label()} {who.number}\n{who.unit}"
        )

    def _introduce(self, body: str) -> str:
        who = self.persona
        return self.rng.choice(
            [
                f"{body}\n\n{self._form()}",
                f"{body}\n\n{who.name} / {who.number} / {who.unit}",
                f"{self._sentence()} {body[0].upper()}{body[1:]}",
                f"perkenalkan, nama saya {who.name} ({who.number}) - {who.unit}\n{body}",
            ]
        )

    def _sentence(self) -> str:
        who = self.persona
        if self.english:
            return f"My name is {who.name}, student ID {who.number}, from {who.unit}."
        return f"Saya {who.name}, {self._label()} {who.number}, dari {who.unit}."

    def _form(self) -> str:
        who = self.persona
        unit = "Unit" if who.lecturer else "Prodi"
        return f"Nama: {who.name}\n{self._label()}: {who.number}\n{unit}: {who.unit}"

    def _label(self) -> str:
        return "NIP" if self.persona.lecturer else "NIM"
