import pytest

from templates_replies.catalogue import AutoReply, Category
from templates_replies.gate import MARGIN, THRESHOLD, Auto, decide
from templates_replies.matcher import Suggestion


def suggestion(category: str = "password", score: float = 0.99) -> Suggestion:
    return Suggestion(category=category, score=score, matched=(), nearest=None)


def category(auto: AutoReply = AutoReply.SEND, reply: str | None = "reset") -> Category:
    return Category(id="password", name="Lupa kata sandi", reply=reply, auto=auto)


def test_a_sure_suggestion_is_sent_where_the_category_allows_it():
    assert decide([suggestion(), suggestion("login", 0.2)], category()) is Auto.SEND
    assert decide([suggestion()], category()) is Auto.SEND


def test_a_category_that_only_suggests_never_sends():
    assert decide([suggestion(score=1.0)], category(AutoReply.SUGGEST)) is Auto.SUGGEST


def test_a_category_that_never_answers_by_itself_does_not_even_suggest():
    assert decide([suggestion(score=1.0)], category(AutoReply.NEVER)) is Auto.NONE


@pytest.mark.parametrize(
    ("best", "second", "decided"),
    [
        (THRESHOLD, 0.0, Auto.SEND),
        (THRESHOLD - 0.001, 0.0, Auto.SUGGEST),
        (1.0, 1.0 - MARGIN, Auto.SEND),
        (1.0, 1.001 - MARGIN, Auto.SUGGEST),
    ],
)
def test_a_weak_score_or_a_close_second_goes_to_the_agent(best, second, decided):
    assert decide([suggestion(score=best), suggestion("login", second)], category()) is decided


def test_nothing_happens_without_a_suggestion_a_category_or_a_reply():
    assert decide([], category()) is Auto.NONE
    assert decide([suggestion()], None) is Auto.NONE
    assert decide([suggestion()], category(reply=None)) is Auto.NONE


def test_the_reply_of_another_category_is_never_sent():
    assert decide([suggestion("login")], category()) is Auto.NONE


def test_a_stricter_desk_can_ask_for_more():
    assert decide([suggestion(score=0.95)], category(), threshold=0.97) is Auto.SUGGEST
    assert decide([suggestion(score=0.95), suggestion("login", 0.3)], category(), margin=0.7) is Auto.SUGGEST
