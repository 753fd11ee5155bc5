"""What may be done to categories: each change in values, and the refusal of what makes no sense."""

from dataclasses import replace

import pytest

from templates_replies.catalogue import Catalogue, Category
from templates_replies.curation import changes, writing
from templates_replies.curation.changes import ChangeRefusedError, Why, applied

PASSWORD = Category(
    id="password", name="Lupa kata sandi", keywords=("reset",), examples=("lupa pw", "gmn reset sandi")
)
LOGIN = Category(
    id="login", name="Gagal masuk", keywords=("Reset", "login"), examples=("gabisa login", "LUPA PW")
)
OLD = Category(id="lama", name="Yang lama", retired=True)
DESK = Catalogue(categories=(PASSWORD, LOGIN, OLD))
TEXT = """\
# The supervisor's list.
- {id: password, name: Lupa kata sandi, keywords: [reset], examples: [lupa pw, gmn reset sandi]}
- id: login   # the most frequent
  name: Gagal masuk
  keywords: [Reset, login]
  examples: [gabisa login, LUPA PW]
- {id: lama, name: Yang lama, retired: true}
"""


def test_merging_unites_what_people_wrote_and_the_old_id_leads_on():
    kept, gone = changes.merge(DESK, "login", "password")
    assert kept.examples == ("lupa pw", "gmn reset sandi", "gabisa login")
    assert kept.keywords == ("reset", "Gagal masuk", "login")
    assert gone == replace(LOGIN, retired=True, merged_into="password")
    assert applied(DESK, (kept, gone)).merged == {"login": "password"}


def test_what_is_merged_twice_leads_to_where_it_ended():
    first = applied(DESK, changes.restore(DESK, "lama"))
    second = applied(first, changes.merge(first, "lama", "login"))
    third = applied(second, changes.merge(second, "login", "password"))
    assert third.merged == {"lama": "password", "login": "password"}


def test_splitting_takes_the_chosen_examples_along():
    left, new = changes.split(DESK, "password", name="Reset sandi", examples=["gmn reset sandi"])
    assert (left.examples, new.examples) == (("lupa pw",), ("gmn reset sandi",))
    assert (new.id, new.name, new.reply) == ("reset-sandi", "Reset sandi", None)


def test_a_category_is_renamed_retired_and_restored():
    assert changes.rename(DESK, "login", " Tak bisa  masuk ")[0] == replace(LOGIN, name="Tak bisa masuk")
    assert changes.retire(DESK, "login") == (replace(LOGIN, retired=True),)
    assert changes.restore(DESK, "lama") == (replace(OLD, retired=False),)


def test_an_example_goes_where_it_belongs():
    left, there = changes.move_example(DESK, "password", "gmn reset sandi", "login")
    assert (left.examples, there.examples) == (("lupa pw",), ("gabisa login", "LUPA PW", "gmn reset sandi"))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda: changes.merge(DESK, "login", "login"), Why.ITSELF),
        (lambda: changes.merge(DESK, "tak-ada", "login"), Why.NOT_THERE),
        (lambda: changes.merge(DESK, "login", "lama"), Why.RETIRED),
        (lambda: changes.split(DESK, "login", name="Baru", examples=[]), Why.NONE_CHOSEN),
        (lambda: changes.split(DESK, "login", name="Baru", examples=["lupa pw"]), Why.NOT_ITS_OWN),
        (lambda: changes.split(DESK, "login", name="Baru", examples=LOGIN.examples), Why.NOTHING_LEFT),
        (lambda: changes.split(DESK, "login", name="lupa KATA sandi", examples=["LUPA PW"]), Why.TAKEN),
        (
            lambda: changes.split(DESK, "login", name="x", new_id="lama", examples=["LUPA PW"]),
            Why.TAKEN,
        ),
        (lambda: changes.rename(DESK, "login", "Gagal masuk"), Why.UNCHANGED),
        (lambda: changes.rename(DESK, "login", "  "), Why.UNNAMED),
        (lambda: changes.retire(Catalogue(categories=(LOGIN, OLD)), "login"), Why.LAST),
        (lambda: changes.retire(DESK, "lama"), Why.RETIRED),
        (lambda: changes.restore(DESK, "login"), Why.IN_USE),
        (lambda: changes.remove_example(DESK, "login", "lupa pw"), Why.NOT_ITS_OWN),
        (lambda: changes.move_example(DESK, "login", "LUPA PW", "login"), Why.ITSELF),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_word(change, why):
    with pytest.raises(ChangeRefusedError) as refused:
        change()
    assert refused.value.why is why


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Gagal masuk (Edunex)", "gagal-masuk-edunex"),
        ("Nilai & KRS é", "nilai-krs-e"),
        ("?!", "kategori"),
        ("Login", "login-2"),
    ],
)
def test_an_id_is_made_of_the_name(name, id_):
    assert changes.id_for(name, {"login"}) == id_


def test_a_change_is_written_into_the_file_and_comments_stay():
    before = writing.read({"categories.yaml": TEXT})
    assert before.categories == DESK.categories
    changed = changes.merge(before, "login", "password")
    text = writing.rewritten(TEXT, before, changed)
    assert text.startswith("# The supervisor's list.")
    assert "# the most frequent" in text
    assert writing.read({"categories.yaml": text}).categories == applied(before, changed).categories
    back = changes.restore(applied(before, changed), "login")
    assert "merged_into" not in writing.rewritten(text, applied(before, changed), back)
