"""What nobody has filled in: a placeholder of a reply template that stands in words for a contact.

Braces of any other kind are the writer's own. So are those of programs: in backticks, after `$`, in an address, in quotes.
"""

import re

#: What reply templates have placeholders for, as `templates_replies.placeholders` lists them …
NAMES = frozenset({
    "contact", "identity", "unit", "ticket", "subject", "category", "status", "desk", "agent", "hours", "answer_by",
    "today", "alert", "link",
})  # fmt: skip
#: … and what people write for them who know other programs.
HABITS = frozenset({"nama", "name", "nim", "nip", "tiket", "petugas"})
LONGEST_QUESTION = 60

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_NAMES = "|".join(sorted(NAMES | HABITS))
_GAP = re.compile(
    rf"(?<![\w$/=%}}\\\"'])\{{(isi:[^{{}}\n]{{1,{LONGEST_QUESTION}}}|{_NAMES})\}}(?![\"'(\[])", re.IGNORECASE
)


def gaps_in(text: str) -> tuple[str, ...]:
    """Return the names of placeholders that are left in a text, each once, as they stand there."""
    return tuple(dict.fromkeys(_GAP.findall(_CODE.sub("", text))))
