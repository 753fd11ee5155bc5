"""What every start reads and trains anew although it is the same for all of them: done once, before the fork."""

from bot.desk_files import load_desk
from templates_replies.matcher import Matcher
from tests.acceptance.service import ROOT, SLUG

matcher = Matcher.fit(load_desk(ROOT / "desks" / SLUG, {}).catalogue)
matcher.train()  # both are remembered by their texts, this one while it is there
