"""What may be done to categories: each change in values, and the refusal of what makes no sense."""

from dataclasses import replace

import pytest

from templates_replies.catalogue import Catalogue, Category, ReplyTemplate
from templates_replies.catalogue_reading import catalogue_from
from templates_replies.curation import changes, replies, writing
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
    text = writing.rewritten({"categories.yaml": TEXT}, before, changed)["categories.yaml"]
    assert text.startswith("# The supervisor's list.")
    assert "# the most frequent" in text
    assert writing.read({"categories.yaml": text}).categories == applied(before, changed).categories
    back = changes.restore(applied(before, changed), "login")
    again = writing.rewritten({"categories.yaml": text}, applied(before, changed), back)
    assert "merged_into" not in again["categories.yaml"]


REPLIES = (
    ReplyTemplate(id="reset", title="Cara reset", body={"id": "Buka laman reset."}),
    ReplyTemplate(id="baru", title="Cara baru", body={"id": "Buka laman baru."}),
    ReplyTemplate(id="usang", title="Usang", body={"id": "…"}, retired=True),
)
ANSWERED = Catalogue(categories=(replace(PASSWORD, reply="reset"), LOGIN), replies=REPLIES)


def test_a_reply_takes_the_place_of_another_one():
    password, old = replies.replace_reply(ANSWERED, "reset", "baru")
    assert (password.reply, old.id, old.retired) == ("baru", "reset", True)
    files = {
        "categories.yaml": "- {id: password, name: P, reply: reset}\n",
        "replies.yaml": "- {id: reset, title: R, body: {id: x}}\n",
    }
    written = writing.rewritten(
        files, writing.read(files), [replace(password, name="P", keywords=(), examples=()), old]
    )
    assert written == {
        "categories.yaml": "- {id: password, name: P, reply: baru}\n",
        "replies.yaml": "- {id: reset, title: R, body: {id: x}, retired: true}\n",
    }


def test_a_reply_is_retired_and_restored():
    assert [each.retired for each in replies.retire_reply(ANSWERED, "baru")] == [True]
    assert [each.retired for each in replies.restore_reply(ANSWERED, "usang")] == [False]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda: replies.retire_reply(ANSWERED, "reset"), Why.ANSWERS),
        (lambda: replies.retire_reply(ANSWERED, "usang"), Why.RETIRED),
        (lambda: replies.retire_reply(ANSWERED, "tak-ada"), Why.NOT_THERE),
        (lambda: replies.restore_reply(ANSWERED, "baru"), Why.IN_USE),
        (lambda: replies.replace_reply(ANSWERED, "reset", "usang"), Why.RETIRED),
        (lambda: replies.replace_reply(ANSWERED, "reset", "reset"), Why.ITSELF),
    ],
)
def test_what_makes_no_sense_of_a_reply_is_refused(change, why):
    with pytest.raises(ChangeRefusedError) as refused:
        change()
    assert refused.value.why is why


def test_no_category_is_answered_by_a_retired_reply():
    category = {"id": "a", "name": "A", "reply": "x"}
    reply = {"id": "x", "title": "X", "body": {"id": "…"}, "retired": True}
    (problem,) = catalogue_from([category], [reply])[1]
    assert problem.expected == "the id of a reply that is not retired, as `x` is"
    assert catalogue_from([category | {"retired": True}], [reply])[1] == ()
