"""What can be read out of a message's words alone, before anything is looked up."""

from dataclasses import dataclass

from bot import start_links
from bot.identity import Identity, read_identity
from templates_replies import cues
from templates_replies.catalogue import Language
from templates_replies.cues import StateQuestion
from templates_replies.language import language_of
from templates_replies.scores import declines, is_remark, scored
from tickets.message import Channel, Said
from tickets.one_time_codes import typed_code
from tickets.survey import SCALES

NOBODY = Identity()
LONGEST_READ = 20_000  # characters that are read for meaning; all of them are stored


@dataclass(frozen=True, kw_only=True)
class Heard:
    text: str
    button: str | None = None
    language: Language | None = None
    greeting: bool = False
    thanks: bool = False
    answer: bool | None = None  # yes or no, and nothing else
    person: bool = False  # wants a person
    state: StateQuestion | None = None  # asks how a ticket stands
    stop: bool = False
    start: bool = False
    link: str | None = None  # what the link asks for by which they came
    menu: bool = False  # wants to choose among the desks
    score: bool = False  # it may be a score on some scale
    remark: bool = False  # judges the service, and asks for nothing
    declines: bool = False  # has nothing to add
    identity: Identity = NOBODY
    code: str | None = None  # six digits, which may be a one-time code
    automatic: bool = False
    forged: bool = False  # the sender's domain disowns it: its words are read by people alone

    @property
    def asks(self) -> bool:
        """Whether somebody waits for a person's answer to it."""
        return not (self.automatic or self.thanks or self.state or self.stop or self.start or self.button)

    @property
    def opens(self) -> bool:
        """Whether it may open a ticket. A question for the state or a bare /start does not; a button never does."""
        return not (self.state or self.stop or self.start or self.button or self.thanks)


def listen(said: Said) -> Heard:
    """Read the words of a message; a mail's first words count as they stand, its subject for the matcher only."""
    text = said.text.strip()[:LONGEST_READ]
    if said.automatic:
        return Heard(text=text, automatic=True)
    language = language_of(words_to_match(said))  # whose words the matcher reads as well
    if said.authenticity is not None and said.authenticity.forged:
        return Heard(text=text, language=language, forged=True)
    if not _is_spoken(said):
        return Heard(text="")
    bare = not said.files and said.location is None
    if bare and said.place.channel is Channel.TELEGRAM and start_links.is_start(text):
        return Heard(text=text, start=True, link=start_links.payload_of(text))
    is_cue = bare and not cues.says_more(text)
    return Heard(
        text=text,
        button=said.button,
        language=language,
        greeting=is_cue and cues.is_greeting(text),
        thanks=is_cue and cues.is_thanks(text),
        answer=cues.yes_or_no(text) if is_cue else None,
        person=is_cue and cues.wants_person(text),
        state=cues.state_question(text) if is_cue else None,
        stop=is_cue and cues.wants_stop(text) and said.place.channel is not Channel.EMAIL,
        start=is_cue and cues.wants_start(text),
        menu=is_cue and cues.wants_menu(text),
        score=bare and scored(text, SCALES.stop - 1) is not None,
        remark=bare and is_remark(text),
        declines=bare and declines(text),
        identity=read_identity(text),
        code=typed_code(text) if bare else None,
    )


def _is_spoken(said: Said) -> bool:
    """Whether the words are the sender's own: those of a poll, a card or a story are read out by us, or another's."""
    return said.shared is None or (bool(said.files) and said.shared.kind != "contact")


def words_to_match(said: Said) -> str:
    """Return what the matcher reads: a mail's subject says most."""
    return matched_as(said.subject, said.text)


def matched_as(subject: str | None, text: str) -> str:
    words = text.strip()[:2000]
    return f"{subject}\n{words}" if subject else words
