"""Examples that hurt are pointed out, and messages that no category fits become matters."""

from random import Random

from templates_replies.catalogue import Catalogue
from templates_replies.catalogue_reading import catalogue_from
from templates_replies.curation import changes
from templates_replies.curation.clusters import clusters
from templates_replies.curation.effect import FirstWords
from templates_replies.curation.harmful import Harm, hurting
from templates_replies.curation.known import Known
from templates_replies.matcher import Example
from tests.templates_replies.helpdesk import CATEGORIES, MESSAGES, REPLIES

DESK = catalogue_from(CATEGORIES, REPLIES)[0]
CONFIRMED = [Example(label=label, text=text, source=at) for at, (label, text) in enumerate(MESSAGES)]


def said(*texts: str) -> list[FirstWords]:
    return [FirstWords(ticket=number, text=text) for number, text in enumerate(texts, start=1)]


def with_examples(category: str, *examples: str) -> Catalogue:
    new = changes.applied(
        DESK, [changes.new_category(DESK, name="Uji", examples=list(examples), new_id="uji")]
    )
    for each in examples:
        new = changes.applied(new, changes.move_example(new, "uji", each, category))
    return new


def test_the_same_words_under_two_categories_are_pointed_out_once():
    found = hurting(Known(catalogue=with_examples("login", "GMN cara reset password yaaa")))
    (twice,) = [one for one in found if one.harm is Harm.TWICE]
    assert (twice.category, twice.other, twice.beside) == ("login", "password", "gmn cara reset password ya")


def test_what_says_nothing_is_pointed_out():
    empty = ("halo kak", "ok", "??", "terima kasih")
    found = hurting(Known(catalogue=with_examples("login", *empty)))
    assert {one.example for one in found if one.harm is Harm.SAYS_NOTHING} == set(empty)


def test_an_example_in_the_wrong_place_is_pointed_out_with_the_right_one():
    found = hurting(
        Known(catalogue=with_examples("studio", "reset kata sandi saya lupa password"), learned=CONFIRMED)
    )
    wrong = next(one for one in found if one.category == "studio")
    assert (wrong.harm, wrong.other) == (Harm.LIKE_ANOTHER, "password")


def test_a_sound_catalogue_is_left_in_peace():
    assert len(hurting(Known(catalogue=DESK, learned=CONFIRMED))) <= 2


def test_messages_that_ask_for_the_same_become_one_matter_in_any_order():
    messages = said(
        "pinjam ruang studio besok", "mau pinjam ruang studio", "kak, gimana cara pinjam ruang studio?",
        "surat keterangan aktif kuliah", "mohon surat keterangan aktif", "minta surat keterangan mahasiswa aktif",
        "parkir di mana", "halo", "terima kasih",
    )  # fmt: skip
    found = clusters(messages)
    assert [sorted(one.ticket for one in each.messages) for each in found] == [[1, 2, 3], [4, 5, 6]]
    assert [each.name for each in found] == ["Pinjam ruang studio", "Surat keterangan aktif"]
    shuffled = list(messages)
    Random(7).shuffle(shuffled)
    assert {frozenset(one.ticket for one in each.messages) for each in clusters(shuffled)} == {
        frozenset({1, 2, 3}),
        frozenset({4, 5, 6}),
    }


def test_a_matter_is_named_by_words_in_a_row_without_courtesies_and_whoever_signed():
    signed = ". Ana Lestari / 13321001 / Teknik Fisika"
    (found,) = clusters(
        said(
            f"Assalamualaikum kak, tagihan ukt saya salah{signed}",
            f"mohon bantuannya min tagihan ukt dobel{signed}",
            "selamat pagi Bapak/Ibu, tagihan ukt belum muncul, mohon bantuannya",
            f"pinjam aula{signed}",
        )
    )
    assert (found.name, len(found.messages)) == ("Tagihan ukt", 3)


def test_nothing_and_hostile_messages_make_no_matter():
    assert clusters([]) == ()
    assert clusters(said("x" * 100_000, "\x00", "", "😀" * 500)) == ()


def test_an_example_that_draws_others_messages_is_shown_with_what_they_would_gain():
    planted = with_examples("studio", "password akun saya salah lupa kata sandi edunex")
    said = [
        *CONFIRMED,
        *(
            Example(label="password", text=text, source=100 + at)
            for at, text in enumerate(
                ("password akun edunex salah", "lupa kata sandi edunex saya", "akun saya lupa sandi edunex")
            )
        ),
    ]
    found = hurting(Known(catalogue=planted, learned=said))
    wrong = next(one for one in found if one.category == "studio")
    assert wrong.proof is not None
    assert wrong.proof.gain == wrong.proof.right_without - wrong.proof.right >= 0
    assert wrong.proof.right_moved >= wrong.proof.right_without
