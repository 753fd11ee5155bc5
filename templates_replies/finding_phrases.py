"""What the bot says to people of the desk about findings of the register whose day comes near, has come, or is over."""

from templates_replies.catalogue import Language
from templates_replies.phrase import Phrase
from templates_replies.render import one_line

_LONGEST = 300  # characters of what was found, as it is told in chat

_SOON = Phrase(
    id="🔔 Temuan {number} jatuh tempo {days} hari lagi ({due}).",
    en="🔔 Finding {number} is due in {days} days ({due}).",
)
_TOMORROW = Phrase(
    id="🔔 Temuan {number} jatuh tempo besok ({due}).", en="🔔 Finding {number} is due tomorrow ({due})."
)
_TODAY = Phrase(
    id="🔔 Temuan {number} jatuh tempo hari ini ({due}).", en="🔔 Finding {number} is due today ({due})."
)
_LATE = Phrase(
    id="⚠️ Temuan {number} sudah {days} hari melewati tenggat ({due}).",
    en="⚠️ Finding {number} is {days} days overdue ({due}).",
)
_LATE_ONE = Phrase(
    id="⚠️ Temuan {number} melewati tenggat sejak kemarin ({due}).",
    en="⚠️ Finding {number} has been overdue since yesterday ({due}).",
)
_FINDING = Phrase(id="Temuan: {text}", en="Found: {text}")
_ACTION = Phrase(id="Tindak lanjut: {text}", en="Action: {text}")
_NOBODY = Phrase(
    id="Belum ada penanggung jawabnya. Mohon ditentukan.",
    en="Nobody is responsible for it yet. Please name somebody.",
)
_LINK = Phrase(
    id="Catat kemajuan atau usulkan selesai: {link}", en="Note progress or propose it as done: {link}"
)


def reminder(
    language: Language, *, number: int, finding: str, action: str, due: str, days: int, is_theirs: bool, link: str | None
) -> str:  # fmt: skip
    """Call a finding to mind; `days` are left until it is due, below none where that is past."""
    lines = [
        _head(days).say(language, number=str(number), due=due, days=str(abs(days))),
        _FINDING.say(language, text=one_line(finding, longest=_LONGEST)),
    ]
    if action:
        lines.append(_ACTION.say(language, text=one_line(action, longest=_LONGEST)))
    if not is_theirs:
        lines.append(_NOBODY.say(language))
    if link:
        lines.append(_LINK.say(language, link=link))
    return "\n".join(lines)


def _head(days: int) -> Phrase:
    if days in (0, 1):
        return _TODAY if days == 0 else _TOMORROW
    if days == -1:
        return _LATE_ONE
    return _SOON if days > 0 else _LATE
