"""What a matter is called whose sender gave it no name: its first words."""

_LONGEST_NAMED = 300  # characters, of a subject that somebody wrote
_LONGEST = 100


def subject_of(text: str, named: str | None = None) -> str | None:
    """Return the subject that was given, else the first line, cut between two words; None where nothing was said."""
    if named and named.strip():
        return named.strip()[:_LONGEST_NAMED]
    line = text.strip().split("\n", 1)[0].strip()
    if len(line) <= _LONGEST:
        return line or None
    words = line[:_LONGEST].rsplit(None, 1)[0]  # a line of one long word is cut within it
    return f"{words[: _LONGEST - 1].rstrip(' ,;:.')}…"
