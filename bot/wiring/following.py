"""Who reacts to what the history tells."""

from collections.abc import Callable
from datetime import datetime

from bot.alerts import AlertFollower
from bot.assigning import AssignmentFollower
from bot.cases.booking_notices import BookingFollower
from bot.cases.payments import PaymentFollower
from bot.cases.stopped_cases import StoppedCaseFollower
from bot.cases.sub_requests import SubRequestFollower
from bot.chat_mail import ChatMailFollower
from bot.directory.lookups import LookupFollower
from bot.groups.topic_following import TopicFollower
from bot.hooks.following import HookFollower
from bot.house import House
from bot.notices import NoticeFollower
from bot.pushing.following import PushFollower
from bot.ruling import RuleFollower
from bot.sampling import SamplingFollower
from bot.second_line.following import SecondLineFollower
from bot.survey.following import SurveyFollower
from bot.turns.following import TurnFollower
from bot.waking import WakingFollower
from console.page_links import turn_links
from tickets.ledger.followers import Follower


def followers(house: House, clock: Callable[[], datetime]) -> tuple[Follower, ...]:
    """Return what reacts to events."""
    desks = house.desks
    return (
        AssignmentFollower(desks, clock=clock),
        TopicFollower(desks),
        AlertFollower(desks, clock=clock),
        NoticeFollower(desks),
        HookFollower(desks, clock=clock),
        SamplingFollower(desks, clock=clock),
        WakingFollower(desks),
        SurveyFollower(desks, clock=clock),
        LookupFollower(desks),
        ChatMailFollower(desks),
        RuleFollower(desks, clock=clock),
        SecondLineFollower(desks, message_ids=house.message_ids, clock=clock),
        PushFollower(desks, clock=clock),
        TurnFollower(desks, turn_link=turn_links(house.secret_key, house.settings.public_url).url),
        SubRequestFollower(desks),
        StoppedCaseFollower(desks),
        PaymentFollower(desks),
        BookingFollower(desks),
    )
