import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates_replies.catalogue import AutoReply, Catalogue, Category
from templates_replies.gate import (
    BEARABLE,
    LEAST,
    LOWEST,
    MARGIN,
    NEWEST,
    PRECISION,
    Auto,
    Judged,
    decide,
    earned,
    is_often_enough,
    is_word_for_word,
    lower_bound,
)
from templates_replies.matcher import Suggestion

OPEN_AT = 0.9
SCORES = st.sampled_from([0.1, 0.4, 0.6, 0.75, 0.8, 0.9, 0.97, 1.0])
PASTS = st.lists(st.builds(Judged, score=SCORES, lead=st.just(1.0), right=st.booleans()), max_size=40)
OFTEN_RIGHT = st.integers(1, 8).flatmap(
    lambda times: PASTS.map(
        lambda past: [
            *past,
            *(judged(score, True) for score in (0.6, 0.8, 0.9, 1.0) for _ in range(times * 8)),
        ]
    )
)


def suggestion(category: str = "password", score: float = 0.99) -> Suggestion:
    return Suggestion(category=category, score=score, matched=(), nearest=None)


def category(auto: AutoReply = AutoReply.SEND, reply: str | None = "reset") -> Category:
    return Category(id="password", name="Lupa kata sandi", reply=reply, auto=auto)


def judged(score: float, right: bool, lead: float = 1.0) -> Judged:
    return Judged(score=score, lead=lead, right=right)


# -- one message ------------------------------------------------------------------------------------------------------


def test_a_sure_suggestion_is_sent_where_the_category_allows_it():
    assert decide([suggestion(), suggestion("login", 0.2)], category(), threshold=OPEN_AT) is Auto.SEND
    assert decide([suggestion()], category(), threshold=OPEN_AT) is Auto.SEND


def test_a_category_that_only_suggests_never_sends():
    assert decide([suggestion(score=1.0)], category(AutoReply.SUGGEST), threshold=OPEN_AT) is Auto.SUGGEST


def test_a_category_that_never_answers_by_itself_does_not_even_suggest():
    assert decide([suggestion(score=1.0)], category(AutoReply.NEVER), threshold=OPEN_AT) is Auto.NONE


@pytest.mark.parametrize(
    ("best", "second", "decided"),
    [
        (OPEN_AT, 0.0, Auto.SEND),
        (OPEN_AT - 0.001, 0.0, Auto.SUGGEST),
        (1.0, 1.0 - MARGIN, Auto.SEND),
        (1.0, 1.001 - MARGIN, Auto.SUGGEST),
    ],
)
def test_a_weak_score_or_a_close_second_goes_to_the_agent(best, second, decided):
    suggestions = [suggestion(score=best), suggestion("login", second)]
    assert decide(suggestions, category(), threshold=OPEN_AT) is decided


def test_while_the_gate_is_closed_only_what_an_example_says_word_for_word_is_sent():
    assert decide([suggestion(score=1.0)], category(), threshold=None) is Auto.SUGGEST
    assert decide([suggestion(score=0.6)], category(), threshold=None, word_for_word=True) is Auto.SEND
    two_matters = [suggestion(score=0.5), suggestion("login", 0.4)]
    assert decide(two_matters, category(), threshold=None, word_for_word=True) is Auto.SUGGEST


def test_nothing_happens_without_a_suggestion_a_category_or_a_reply():
    assert decide([], category(), threshold=OPEN_AT) is Auto.NONE
    assert decide([suggestion()], None, threshold=OPEN_AT) is Auto.NONE
    assert decide([suggestion()], category(reply=None), threshold=OPEN_AT) is Auto.NONE


def test_the_reply_of_another_category_is_never_sent():
    assert decide([suggestion("login")], category(), threshold=0.0, word_for_word=True) is Auto.NONE


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Lupa password!", True),
        ("lupa pw", True),  # short for the same word
        ("lupa password edunex", False),
        ("tidak bisa masuk", False),  # two categories claim it
        ("sandi", False),  # one word says too little
        ("", False),
    ],
)
def test_word_for_word_means_the_words_of_one_category_alone(text, says):
    catalogue = Catalogue(
        categories=(
            Category(id="password", name="Kata sandi", keywords=("sandi", "lupa password", "tidak bisa masuk")),
            Category(id="login", name="Gagal masuk", examples=("tidak bisa masuk",)),
        )
    )  # fmt: skip
    assert is_word_for_word(text, "password", catalogue) is says


# -- what a desk has earned -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "wrong", "opens"), [(29, 0, False), (30, 0, False), (51, 0, False), (52, 0, True), (85, 1, False), (86, 1, True)]
)  # fmt: skip
def test_luck_does_not_open_the_gate(right, wrong, opens):
    past = [judged(0.9, True)] * right + [judged(0.9, False)] * wrong
    assert earned(past) == (0.9 if opens else None)


def test_a_share_that_lets_every_other_hundred_fall_below_is_not_enough():
    assert lower_bound(1_930, 2_000) >= PRECISION
    assert earned([judged(0.9, False)] * 70 + [judged(0.9, True)] * 1_930) is None
    assert earned([judged(0.9, False)] * 40 + [judged(0.9, True)] * 1_960) == 0.9


def test_mistakes_of_late_raise_it_and_what_is_right_lets_it_down_again():
    past = [judged(score, True) for score in (0.9, 0.99) for _ in range(500)]
    assert earned(past) == 0.9
    mistaken = [*past, *[judged(0.9, False)] * (BEARABLE + 1)]
    assert earned(mistaken) == 0.99
    assert earned([*mistaken, *[judged(0.99, True)] * NEWEST]) == 0.9


def test_what_the_matcher_itself_doubts_is_not_answered_however_often_it_was_right():
    past = [judged(LOWEST, True)] * 60 + [judged(LOWEST - 0.01, True)] * 60
    assert earned(past) == LOWEST
    assert earned(past[60:]) is None


def test_the_gate_opens_above_the_lowest_score_that_was_right_often_enough():
    past = [judged(0.95, True)] * 60 + [judged(0.8, True)] * 60 + [judged(0.6, False)] * 20
    assert earned(past) == 0.8


def test_what_a_close_second_holds_back_counts_neither_for_nor_against():
    past = [judged(0.9, True)] * 60 + [judged(0.9, False, lead=MARGIN / 2)] * 60
    assert earned(past) == 0.9


@given(st.integers(1, 500), st.data())
def test_the_bound_lies_below_the_share_and_grows_with_what_was_right(of, data):
    right = data.draw(st.integers(0, of))
    assert 0.0 <= lower_bound(right, of) <= right / of + 1e-9
    assert lower_bound(right + 1, of + 1) >= lower_bound(right, of)
    assert lower_bound(right, of + 1) <= lower_bound(right, of) + 1e-9
    assert lower_bound(2 * right, 2 * of) >= lower_bound(right, of) - 1e-9  # the same share, seen more often


@given(st.lists(st.builds(Judged, score=SCORES, lead=st.just(1.0), right=st.booleans()), max_size=LEAST - 1))
def test_it_never_opens_below_thirty(past):
    assert earned(past) is None


@given(OFTEN_RIGHT)
def test_what_is_above_the_threshold_was_right_often_enough_and_no_lower_one_would_do(past):
    threshold = earned(past)

    def holds(score):
        outcomes = [each.right for each in past if each.score >= score]
        return is_often_enough(sum(outcomes), len(outcomes)) and outcomes[-NEWEST:].count(False) <= BEARABLE

    lower = {each.score for each in past if each.right and (threshold is None or each.score < threshold)}
    assert threshold is None or (holds(threshold) and threshold >= LOWEST)
    assert not any(holds(score) for score in lower if score >= LOWEST)


@given(OFTEN_RIGHT, SCORES)
def test_a_mistake_never_opens_the_gate_wider_and_a_success_at_the_top_never_closes_it(past, score):
    def height(found):
        return 2.0 if found is None else found

    assert height(earned([*past, judged(score, False)])) >= height(earned(past))
    assert height(earned([*past, judged(1.0, True)])) <= height(earned(past))


@given(OFTEN_RIGHT, st.randoms())
def test_the_order_of_the_past_before_the_newest_does_not_matter(past, draw):
    newest = [judged(1.0, True)] * NEWEST
    shuffled = list(past)
    draw.shuffle(shuffled)
    assert earned([*shuffled, *newest]) == earned([*past, *newest])


@pytest.mark.parametrize("seed", range(3))
def test_on_a_stream_the_gate_opens_by_itself_and_hardly_any_hundred_answers_hold_more_than_five_wrong_ones(
    seed,
):
    draw = random.Random(seed)
    past: list[Judged] = []
    sent: list[bool] = []
    threshold = None
    for number in range(3_000):
        score = 1 - draw.random() ** 2 / 2  # often sure, and right as often as it says
        right = draw.random() < score
        if threshold is not None and score >= threshold:
            sent.append(right)
        past.append(judged(score, right))
        if number % 20 == 0:
            threshold = earned(past[-2_000:])
    windows = [sum(sent[at : at + 100]) for at in range(len(sent) - 99)]
    assert len(sent) >= 0.15 * len(past)
    assert sum(window < 95 for window in windows) <= 0.02 * len(windows)
