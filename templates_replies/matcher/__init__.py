"""Which category a message is about: suggestions with a score, from names, keywords and examples alone.

`Matcher` serves the product. `suggest` is the plain door for measuring any set of labelled texts.
"""

from templates_replies.matcher.matcher import Example, Matcher, Suggestion
from templates_replies.matcher.plain import suggest

__all__ = ["Example", "Matcher", "Suggestion", "suggest"]
