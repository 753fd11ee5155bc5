"""Which category a message is about: suggestions, how sure one may be of them, and why.

`Matcher` serves the product. `suggest` is the plain door for measuring any set of labelled texts.
"""

from templates_replies.matcher.confidence import SCALE
from templates_replies.matcher.matcher import Matcher, Suggestion
from templates_replies.matcher.outside import OUTSIDE
from templates_replies.matcher.plain import suggest
from templates_replies.matcher.reader import Example

__all__ = ["OUTSIDE", "SCALE", "Example", "Matcher", "Suggestion", "suggest"]
