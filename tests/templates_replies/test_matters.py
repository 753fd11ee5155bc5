"""Two requests in one message are two matters; a story in several sentences is one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates_replies.catalogue_reading import catalogue_from
from templates_replies.matcher import Matcher, Suggestion
from templates_replies.matters import Requests, parts_of, read_requests
from tests.templates_replies import helpdesk

WORDS = {"password": "password", "sandi": "password", "nilai": "grades", "grade": "grades", "studio": "studio", "zoom": "zoom",
         "login": "login", "masuk": "login", "sertifikat": "certificate", "video": "video"}  # fmt: skip


def by_word(text: str) -> tuple[Suggestion, ...]:
    """A matcher that knows a few words, and is sure of those."""
    found = dict.fromkeys(category for word, category in WORDS.items() if word in text.lower())
    score = 0.95 if len(found) == 1 else 0.5
    return tuple(Suggestion(category=each, score=score, matched=(), nearest=None) for each in found)


def about(text: str) -> list[str]:
    return [matter.category for matter in read_requests(text, by_word).matters]


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("kak saya lupa password edunex, terus nilai kuis saya juga belum muncul", ["password", "grades"]),
        ("Halo min, mau pinjam studio minggu depan. Oh ya, nilai fisika saya salah", ["studio", "grades"]),
        ("reset password saya dong. Sekalian, link zoom kelasnya di mana?", ["password", "zoom"]),
        ("saya lupa kata sandi dan juga sertifikat pelatihan belum keluar", ["password", "certificate"]),
        ("lupa password kak, sama mau tanya nilai UTS", ["password", "grades"]),
        ("nilai saya belum muncul sama tolong reset password ya", ["grades", "password"]),
        ("1. lupa password\n2. nilai tidak muncul\n3. zoom kelas hilang", ["password", "grades", "zoom"]),
        ("tolong reset password saya\nsatu lagi, video di kelas tidak jalan", ["password", "video"]),
        ("Selamat pagi pak. Nilai saya belum keluar. Video kuliah tidak dapat diputar. Terima kasih banyak.", ["grades", "video"]),
        ("btw selain itu nilai saya hilang. Password juga lupa", ["grades", "password"]),
        ("I forgot my password and also my grade is missing", ["password", "grades"]),
        ("How do I reset my password? Another thing: the zoom link is gone", ["password", "zoom"]),
        ("My grade is wrong. By the way, can I book the studio?", ["grades", "studio"]),
        ("The video does not play; one more thing, I never got the grade", ["video", "grades"]),
    ],
)  # fmt: skip
def test_two_requests_are_seen_in_their_order(text, categories):
    assert about(text) == categories


@pytest.mark.parametrize(
    "text",
    [
        "saya lupa password. Tetapi tetap tidak bisa masuk",
        "saya sudah reset password. Masih tidak bisa login kak",
        "lupa password terus dari kemarin",
        "nilai saya sama sekali tidak muncul",
        "password saya sama dengan password email",
        "nilai saya belum muncul. Mohon bantuannya ya kak. Terima kasih banyak 🙏",
        "Selamat pagi kak. Perkenalkan saya Andi. Mau tanya. Nilai saya hilang.",
        "nilai kuis saya hilang, terus nilai tugas juga hilang",  # one thing, twice
        "I forgot my password. When I try to login it fails.",
        "my grade is missing. It was there yesterday, before the zoom session",
        "password dan nilai",
        "password, nilai",
        "lupa password",
        "halo kak",
        "terus terus terus",
        "",
    ],
)
def test_one_matter_stays_one(text):
    assert about(text) == []


def test_the_words_of_each_matter_are_found_in_the_message_again():
    text = "Halo kak, saya lupa password. Oh ya, nilai kuis saya belum muncul!"
    first, second = read_requests(text, by_word).matters

    assert text[first.start : first.end] == "Halo kak, saya lupa password"
    assert text[second.start : second.end] == "nilai kuis saya belum muncul"


def test_what_is_announced_and_not_understood_is_more_all_the_same():
    assert read_requests("lupa password kak, terus gimana dengan seragam wisuda saya?", by_word) == Requests(
        more=True
    )
    assert not read_requests("lupa password kak, terus password email juga lupa", by_word).more


def test_parts_that_are_a_little_about_the_same_are_no_two_matters():
    def torn(text: str) -> tuple[Suggestion, ...]:
        order = ("a", "b") if "satu" in text else ("b", "a")
        return tuple(
            Suggestion(category=each, score=score, matched=(), nearest=None)
            for each, score in zip(order, (0.9, 0.6), strict=True)
        )

    assert read_requests("ini satu hal. Oh ya hal yang dua", torn).matters == ()


def test_the_matcher_of_a_desk_sees_both():
    matcher = Matcher.fit(catalogue_from(helpdesk.CATEGORIES, helpdesk.REPLIES)[0])
    first, second = (category["examples"][0] for category in helpdesk.CATEGORIES[:2])
    found = read_requests(f"{first}. Oh ya, {second}", matcher.suggest).matters

    assert [matter.category for matter in found] == [category["id"] for category in helpdesk.CATEGORIES[:2]]


@given(
    st.text(
        alphabet=st.sampled_from("aku lupa password, nilai. terus\noh ya?! sekalian zoom 🙏"), max_size=300
    )
)
def test_parts_stand_in_the_message_in_order_and_beside_each_other(text):
    parts = parts_of(text)
    assert all(text[part.start : part.end] == part.text for part in parts)
    assert all(one.end <= other.start for one, other in pairwise(parts))
    matters = read_requests(text, by_word).matters
    assert len(matters) != 1
    assert len({matter.category for matter in matters}) == len(matters)


@pytest.mark.parametrize(
    "number", ["NIM 13520001", "NIM saya: 13520001", "No. HP: 0812-3456-7890", "NIP. 19800101 200501 1 001", "my student id is 13520001"]
)  # fmt: skip
def test_who_somebody_is_is_no_matter_of_its_own(number):
    assert [part.text for part in parts_of(f"Saya tidak bisa masuk ke Edunex. {number}. Terima kasih")] == [
        "Saya tidak bisa masuk ke Edunex"
    ]


def test_a_number_with_something_to_be_done_about_it_stays_a_matter():
    assert len(parts_of("Saya tidak bisa masuk. NIM 13520001 salah di Edunex")) == 2
