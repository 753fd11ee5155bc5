"""The Care Center's folder holds all that its procedure asks for, and it is fit to be used as it stands."""

from pathlib import Path
from random import Random

import pytest

from bot.demo.sample_texts import Speaker, invented, pools
from bot.desk_files import load_desk
from templates_replies.catalogue import AutoReply
from templates_replies.matcher import Matcher
from templates_replies.placeholders import names_in
from tickets.clocks import FIRST_RESPONSE, RESOLUTION
from tickets.message import Channel

FOLDER = Path(__file__).parents[2] / "desks" / "itb-care-center"
LONGEST_WHATSAPP = 1_600
GIVEN = {"contact", "ticket", "desk", "agent", "category", "hours", "identity"}


@pytest.fixture(scope="module")
def loaded():
    return load_desk(FOLDER, {})


def test_it_promises_what_the_procedure_and_the_product_promise(loaded):
    assert str(loaded.desk.promises[FIRST_RESPONSE]) == "15m"
    assert str(loaded.desk.promises[RESOLUTION]) == "24h"
    assert loaded.desk.promises[RESOLUTION].counts == "calendar"
    assert loaded.desk.retention.years == 5


def test_it_has_a_supervisor_agents_and_developers_behind_them(loaded):
    roles = [str(member.role) for member in loaded.desk.staff]
    assert "supervisor" in roles
    assert roles.count("agent") >= 4
    team = loaded.desk.team("edunex")
    assert (team.name, team.line) == ("Tim Pengembang Edunex", 2)
    assert len(team.members) >= 2
    assert team.promises


def test_only_what_needs_a_secret_is_off_without_one(loaded):
    off = {account.channel for account in loaded.desk.accounts if account.off}
    assert off == {Channel.WHATSAPP, Channel.TELEGRAM}


def test_every_category_can_be_recognised_and_answered(loaded):
    assert len(loaded.catalogue.categories) >= 32
    for category in loaded.catalogue.categories:
        assert category.description
        assert len(category.keywords) >= 5
        assert len(category.examples) >= 6
        assert loaded.catalogue.reply_of(category.id)


def test_no_phrase_stands_under_two_categories(loaded):
    phrases = [
        phrase.casefold()
        for each in loaded.catalogue.categories
        for phrase in (*each.keywords, *each.examples)
    ]
    assert sorted(phrases) == sorted(set(phrases))


def test_every_reply_speaks_both_languages_with_the_same_placeholders_and_fits_every_channel(loaded):
    assert len(loaded.catalogue.replies) >= 32
    for reply in loaded.catalogue.replies:
        assert set(reply.body) == {"id", "en"}
        if "alert" in names_in(reply.body["id"]):
            continue  # for the desk's own people
        assert set(names_in(reply.body["id"])) == set(names_in(reply.body["en"])) <= GIVEN
        for body in reply.body.values():
            assert body.startswith(("Halo {contact},", "Hello {contact},"))
            assert len(body) < LONGEST_WHATSAPP - 400
            assert not any(mark in body for mark in ("**", "__", "](", "\n#", "\n- ", "\n* "))


def test_what_goes_out_by_itself_names_no_agent(loaded):
    for category in loaded.catalogue.categories:
        if category.auto is AutoReply.SEND:
            assert all(
                "agent" not in names_in(body) for body in loaded.catalogue.reply_of(category.id).body.values()
            )


def test_delicate_matters_are_never_answered_by_a_machine(loaded):
    for delicate in ("security", "complaint", "integration"):
        assert loaded.catalogue.category(delicate).auto is AutoReply.NEVER


def test_the_directory_has_numbers_that_are_numbers_and_nobody_twice(loaded):
    header, *rows = [
        line.split(",")
        for line in (FOLDER / loaded.desk.directory.settings["path"]).read_text("utf-8").splitlines()
    ]
    assert header == ["number", "name", "email", "unit", "status"]
    assert len(rows) >= 40
    assert all(len(row) == 5 and len(row[0]) in {8, 18} and row[0].isdigit() for row in rows)
    assert len({row[0] for row in rows}) == len({row[2] for row in rows}) == len(rows)


def test_messages_nobody_showed_the_matcher_find_their_category(loaded):
    """The openings of the sample month share no sentence with the examples."""
    matcher = Matcher.fit(loaded.catalogue)
    speaker = Speaker(Random(1), invented(Random(1), lecturer=False), Channel.WHATSAPP, english=False)
    messages = [
        (topic.category, speaker.fill(text))
        for topic in pools().topics.values()
        for text in (*topic.openings, *topic.english[:1])
    ]
    known = {example for category in loaded.catalogue.categories for example in category.examples}
    assert not known & {text for _, text in messages}
    found = [(category, matcher.suggest(text, 3)) for category, text in messages]
    first = sum(bool(got) and got[0].category == category for category, got in found)
    among = sum(category in {each.category for each in got} for category, got in found)
    assert first >= 0.88 * len(found)
    assert among >= 0.95 * len(found)
