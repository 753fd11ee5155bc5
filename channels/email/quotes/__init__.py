"""Finding the words the sender wrote in a mail that drags the whole conversation behind it.

Nothing is lost by a mistake here: the full text is kept beside. So where the signs are unclear more is shown, not
less, and what would leave nothing is not cut at all.
"""

from channels.email.quotes.cutting import own_words
from channels.email.quotes.marks import is_forward

__all__ = ["is_forward", "own_words"]
