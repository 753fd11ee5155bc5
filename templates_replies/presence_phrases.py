"""What people of the desk are told about being here or away, about tickets given to them and handed over."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from templates_replies.catalogue import Language
from templates_replies.labels import number_words
from templates_replies.moments import date_in_words, moment_in_words
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_LONGEST = 60

# Here and away

_KINDS: Mapping[str, Phrase] = {
    "break": Phrase(id="istirahat", en="on a break"),
    "out_of_office": Phrase(id="tidak masuk", en="out of office"),
}
_UNTIL = Phrase(id="{kind} sampai {until}", en="{kind} until {until}")
_BREAK_BEGUN = Phrase(
    id="Selamat beristirahat. Anda tidak diberi tiket baru {until}. Ketik /kembali bila sudah siap.",
    en="Enjoy your break. You are given no new tickets {until}. Type /back when you are ready.",
)
_UNTIL_BACK = Phrase(id="sampai Anda kembali", en="until you are back")
_UNTIL_MOMENT = Phrase(id="sampai {until}", en="until {until}")
_LEAVE_NOTED = Phrase(
    id="Tercatat: Anda tidak masuk mulai {since}, {until}.",
    en="Noted: you are out of office from {since}, {until}.",
)
_LEAVE_TICKETS = Phrase(
    id="Saat ini Anda memegang {count} tiket. {plan}", en="You hold {count} tickets now. {plan}"
)
_TO_SUBSTITUTE = Phrase(
    id="Tiket yang masih terbuka saat itu diserahkan kepada {name}.",
    en="What is still open then goes to {name}.",
)
_SPREAD = Phrase(
    id="Tiket yang masih terbuka saat itu dibagikan kepada rekan yang ada.",
    en="What is still open then is spread among the colleagues who are here.",
)
_STAYS = Phrase(
    id="Tiket tetap atas nama Anda sampai supervisor menyerahkannya.",
    en="Tickets stay yours until a supervisor hands them over.",
)
_BACK = Phrase(
    id="Selamat datang kembali. Anda tercatat hadir.", en="Welcome back. You are listed as present."
)
_NOT_AWAY = Phrase(id="Anda memang tercatat hadir.", en="You are listed as present already.")
_NOT_A_TIME = Phrase(
    id="Waktu “{words}” tidak dikenali. Contoh: {example}",
    en="“{words}” is no time I know. For example: {example}",
)
_ABSENT = Phrase(
    id="{name} sedang {absence}, jadi tidak dapat diberi tiket.",
    en="{name} is {absence} and can be given nothing.",
)
_NAME_A_RECEIVER = Phrase(
    id="Unit ini tidak membagi tiket secara otomatis. Sebutkan penerimanya: /serah-terima budi kepada sari",
    en="This desk gives no tickets out by itself. Name who takes over: /hand-over budi to sari",
)
_PAST_ABSENCE = Phrase(
    id="Waktu itu sudah lewat atau berakhir sebelum dimulai.",
    en="That time has passed, or ends before it begins.",
)
_GIVEN_THOUGH_ABSENT = Phrase(
    id="Perhatian: {name} sedang {absence}. Tiket tetap diberikan sesuai pilihan Anda.",
    en="Note: {name} is {absence}. The ticket was given to them all the same.",
)


def absence_words(language: Language, *, kind: str, until: datetime | None, today: date) -> str:
    """Return `istirahat sampai hari ini pukul 13.30 WIB` or `tidak masuk sampai Jumat, 5 Desember 2026`; local times."""
    what = _KINDS[kind].say(language)
    return (
        what
        if until is None
        else _UNTIL.say(language, kind=what, until=until_words(language, until, today=today))
    )


def until_words(language: Language, until: datetime, *, today: date) -> str:
    """Name the last day of what ends at midnight, else the moment."""
    if (until.hour, until.minute) == (0, 0):
        return date_in_words((until - timedelta(minutes=1)).date(), language)
    return moment_in_words(until, language, today=today)


def break_begun(language: Language, *, until: datetime | None, today: date) -> str:
    return _BREAK_BEGUN.say(language, until=_until(language, until, today))


def _until(language: Language, until: datetime | None, today: date) -> str:
    if until is None:
        return _UNTIL_BACK.say(language)
    return _UNTIL_MOMENT.say(language, until=until_words(language, until, today=today))


def leave_noted(
    language: Language, *, since: datetime, until: datetime | None, today: date, held: int, substitute: str | None,
    spreads: bool,
) -> str:  # fmt: skip
    """Confirm a leave, and say what becomes of the tickets: `substitute` by name, else spread or kept."""
    noted = _LEAVE_NOTED.say(
        language, since=date_in_words(since.date(), language), until=_until(language, until, today)
    )
    if substitute is not None:
        plan = _TO_SUBSTITUTE.say(language, name=substitute)
    else:
        plan = (_SPREAD if spreads else _STAYS).say(language)
    return f"{noted} {_LEAVE_TICKETS.say(language, count=str(held), plan=plan)}"


def back(language: Language) -> str:
    return _BACK.say(language)


def not_away(language: Language) -> str:
    return _NOT_AWAY.say(language)


def not_a_time(language: Language, *, words: str, example: str) -> str:
    return _NOT_A_TIME.say(language, words=one_line(words, longest=_LONGEST), example=example)


def absent(language: Language, *, name: str, absence: str) -> str:
    """Refuse to give somebody a ticket; `absence` as `absence_words` has it."""
    return _ABSENT.say(language, name=name, absence=absence)


def name_a_receiver(language: Language) -> str:
    return _NAME_A_RECEIVER.say(language)


def past_absence(language: Language) -> str:
    return _PAST_ABSENCE.say(language)


def given_though_absent(language: Language, *, name: str, absence: str) -> str:
    """Warn whoever gave a ticket to somebody who is away; it was their choice."""
    return _GIVEN_THOUGH_ABSENT.say(language, name=name, absence=absence)


# Given and handed over

_BY_ITSELF = Phrase(id="Pembagian otomatis", en="Given out automatically")

_GIVEN = Phrase(id="Tiket {ticket} untuk Anda.", en="Ticket {ticket} is yours.")
_GIVEN_MANY = Phrase(id="{count} tiket untuk Anda:", en="{count} tickets are yours:")
_GIVEN_LINE = Phrase(id="{ticket} {contact} · {subject}", en="{ticket} {contact} · {subject}")
_MORE = Phrase(id="… dan {count} lagi", en="… and {count} more")
_GIVEN_IN_TOPIC = Phrase(id="Tiket ini kini dipegang {name}.", en="{name} holds this ticket now.")
_HANDED_NOTE = Phrase(id="Diserahterimakan dari {who} kepada {to}.", en="Handed over from {who} to {to}.")
_HANDED_NOTE_WAITS = Phrase(
    id="Diserahterimakan dari {who}; menunggu petugas yang luang.",
    en="Handed over from {who}; it waits for somebody who has room.",
)
_NOTHING_HELD = Phrase(id="{who} tidak memegang tiket yang terbuka.", en="{who} holds no open tickets.")
_PLAN = Phrase(id="Serah-terima dari {who}: {count} tiket.", en="Hand-over from {who}: {count} tickets.")
_DONE = Phrase(
    id="{count} tiket {who} sudah diserahterimakan.", en="{count} tickets of {who} have been handed over."
)
_RECEIVES = Phrase(id="• {to}: {count} tiket", en="• {to}: {count}")
_WAITING = Phrase(
    id="• menunggu petugas yang luang: {count} tiket", en="• waiting for somebody who has room: {count}"
)
_CONFIRM = Phrase(
    id="Tekan tombol di bawah, atau ketik {command}, untuk melakukannya.",
    en="Press the button below, or type {command}, to do it.",
)
_CONFIRM_LABEL = Phrase(id="Serahkan {count} tiket", en="Hand over {count} tickets")
_WHOSE = Phrase(
    id="Tiket siapa yang diserahkan? Contoh: /serah-terima budi kepada sari",
    en="Whose tickets? For example: /hand-over budi to sari",
)
_KEPT = Phrase(
    id="{who} {absence} dan masih memegang {count} tiket. Serahkan dengan /serah-terima {id} kepada nama.",
    en="{who} is {absence} and still holds {count} tickets. Hand them over with /hand-over {id} to name.",
)
_WHILE_AWAY = Phrase(
    id="Selamat datang kembali. Selama Anda tidak ada, {count} tiket Anda diserahterimakan:",
    en="Welcome back. While you were away, {count} of your tickets were handed over:",
)
_NOTHING_HANDED = Phrase(
    id="Selamat datang kembali. Tidak ada tiket Anda yang diserahterimakan.",
    en="Welcome back. None of your tickets were handed over.",
)
_FATE = Phrase(
    id="{open} masih terbuka, {over} sudah selesai.", en="{open} are still open, {over} are solved."
)
_STAY_WITH_THEM = Phrase(
    id="Tiket itu tetap di tangan mereka. Anda sekarang memegang {held} tiket.",
    en="They keep them. You hold {held} tickets now.",
)


def by_itself(language: Language) -> str:
    """Name who gives tickets out where no person does."""
    return _BY_ITSELF.say(language)


def given(language: Language, *, ticket: int) -> str:
    return _GIVEN.say(language, ticket=number_words(ticket))


def given_many(language: Language, *, tickets: Sequence[tuple[int, str, str | None]], most: int = 20) -> str:
    """List tickets that somebody got at once: number, contact, subject."""
    lines = [
        _GIVEN_LINE.say(
            language,
            ticket=number_words(number),
            contact=contact,
            subject=one_line(subject or "–", longest=_LONGEST),
        )
        for number, contact, subject in tickets[:most]
    ]
    if len(tickets) > most:
        lines.append(_MORE.say(language, count=str(len(tickets) - most)))
    return "\n".join((_GIVEN_MANY.say(language, count=str(len(tickets))), *lines))


def given_in_topic(language: Language, *, name: str) -> str:
    return _GIVEN_IN_TOPIC.say(language, name=name)


def handed_note(language: Language, *, who: str, to: str | None) -> str:
    """Say in a ticket from whom it comes; `to` None: nobody had room."""
    if to is None:
        return _HANDED_NOTE_WAITS.say(language, who=who)
    return _HANDED_NOTE.say(language, who=who, to=to)


def nothing_held(language: Language, *, who: str) -> str:
    return _NOTHING_HELD.say(language, who=who)


def hand_over_plan(
    language: Language, *, who: str, counts: Sequence[tuple[str | None, int]], command: str
) -> str:
    """Show what a hand-over would move: to whom (None: nobody has room) and how many."""
    total = sum(count for _, count in counts)
    head = _PLAN.say(language, who=who, count=str(total))
    return "\n".join((head, *receivers(language, counts), _CONFIRM.say(language, command=command)))


def receivers(language: Language, counts: Sequence[tuple[str | None, int]]) -> list[str]:
    return [
        _WAITING.say(language, count=str(count))
        if to is None
        else _RECEIVES.say(language, to=to, count=str(count))
        for to, count in counts
    ]


def hand_over_label(language: Language, *, count: int) -> str:
    return _CONFIRM_LABEL.say(language, count=str(count))


def handed_over(language: Language, *, who: str, counts: Sequence[tuple[str | None, int]]) -> str:
    total = sum(count for _, count in counts)
    return "\n".join((_DONE.say(language, who=who, count=str(total)), *receivers(language, counts)))


def whose_tickets(language: Language) -> str:
    return _WHOSE.say(language)


def kept_while_away(language: Language, *, who: str, id: str, absence: str, count: int) -> str:  # noqa: A002
    """Tell a supervisor that somebody is away whose tickets went to nobody."""
    return _KEPT.say(language, who=who, id=id, absence=absence, count=str(count))


def welcome_back(
    language: Language, *, counts: Sequence[tuple[str | None, int]], still_open: int, over: int, held: int
) -> str:
    """Sum up for somebody who was away what became of their tickets."""
    if not counts:
        return _NOTHING_HANDED.say(language)
    total = sum(count for _, count in counts)
    return "\n".join(
        (
            _WHILE_AWAY.say(language, count=str(total)),
            *receivers(language, counts),
            _FATE.say(language, open=str(still_open), over=str(over)),
            _STAY_WITH_THEM.say(language, held=str(held)),
        )
    )
