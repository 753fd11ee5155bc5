"""How large a file is, as people say it."""

from reports.written import number
from templates_replies.catalogue import Language


def size_in_words(size: int, language: Language) -> str:
    """Return bytes as people say them: `14 kB`, `3,2 MB`."""
    if size < 1_000_000:
        return f"{max(size // 1000, 1)} kB"
    return f"{number(size / 1_000_000, language, places=1)} MB"
