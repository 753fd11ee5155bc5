from typing import Any

import pytest

from templates_replies.catalogue import AutoReply, ReplyTemplate, Unsure, WhatsAppTemplate
from templates_replies.catalogue_reading import Problem, catalogue_from
from tests.templates_replies import helpdesk


def category(**changes: Any) -> dict[str, Any]:
    return {"id": "password", "name": "Lupa kata sandi", "reply": "reset", "auto": "suggest"} | changes


def reply(**changes: Any) -> dict[str, Any]:
    return {
        "id": "reset",
        "title": "Cara reset",
        "body": {"id": "Halo {contact}", "en": "Hello {contact}"},
    } | changes


def problems(categories: object, replies: object) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(each.source, each.path) for each in catalogue_from(categories, replies)[1]]


def test_a_sound_catalogue_is_read_and_looked_up():
    catalogue, wrong = catalogue_from(
        [
            category(
                description="Reset", keywords=["lupa password"], examples=["gmn cara reset password ya"]
            ),
            category(id="login-sso", name="Gagal login", reply=None, auto="never"),
        ],
        [reply(whatsapp={"content_sid": "HX1", "variables": {1: "{contact}"}})],
    )

    assert wrong == ()
    found = catalogue.category("password")
    assert found is not None
    assert (found.name, found.keywords, found.auto) == (
        "Lupa kata sandi",
        ("lupa password",),
        AutoReply.SUGGEST,
    )
    assert catalogue.reply_of("password") == ReplyTemplate(
        id="reset",
        title="Cara reset",
        body={"id": "Halo {contact}", "en": "Hello {contact}"},
        whatsapp=WhatsAppTemplate(content_sid="HX1", variables={"1": "{contact}"}),
    )
    assert catalogue.reply_of("login-sso") is None
    assert catalogue.category("nothing") is None
    assert catalogue.reply("nothing") is None


def test_a_category_says_whether_the_contact_is_asked_and_else_nobody_is():
    catalogue, wrong = catalogue_from([category(id="a"), category(id="b", unsure="ask")], [reply()])

    assert wrong == ()
    assert [each.unsure for each in catalogue.categories] == [Unsure.PERSON, Unsure.ASK]


def test_the_help_desk_of_these_tests_is_sound():
    catalogue, wrong = catalogue_from(helpdesk.CATEGORIES, helpdesk.REPLIES)

    assert wrong == ()
    assert len(catalogue.categories) == len(helpdesk.CATEGORIES)


def test_empty_files_are_an_empty_catalogue():
    catalogue, wrong = catalogue_from(None, [])

    assert (catalogue.categories, catalogue.replies, wrong) == ((), (), ())


def test_the_reply_of_a_category_must_exist_and_the_problem_points_at_it():
    _, wrong = catalogue_from([category(id="a"), category(id="b"), category(id="c", reply="rest")], [reply()])

    assert wrong == (
        Problem(source="categories", path=(2, "reply"), expected="the id of a reply in replies.yaml"),
    )


def test_a_reply_that_asks_the_agent_neither_goes_out_by_itself_nor_as_an_approved_template():
    asking = reply(
        body={"id": "Ujian {isi:tanggal}."},
        whatsapp={"content_sid": "HX1", "variables": {"1": "{isi:tanggal}"}},
    )
    _, wrong = catalogue_from([category(auto="send")], [asking])
    assert [(each.source, each.path) for each in wrong] == [
        ("replies", (0, "whatsapp", "variables", "1")),
    ]
    _, wrong = catalogue_from([category(auto="send")], [asking | {"whatsapp": None}])
    assert [(each.source, each.path) for each in wrong] == [("categories", (0, "auto"))]
    assert catalogue_from([category(auto="suggest")], [asking | {"whatsapp": None}])[1] == ()


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        (category(colour="red"), (0, "colour")),
        (category(auto="always"), (0, "auto")),
        (category(auto=True), (0, "auto")),
        (category(auto=["send"]), (0, "auto")),
        (category(reply=None, auto="send"), (0, "auto")),
        (category(unsure="perhaps"), (0, "unsure")),
        (category(unsure=False), (0, "unsure")),
        (category(id="Lupa Sandi"), (0, "id")),
        (category(id=12), (0, "id")),
        (category(id="a" * 41), (0, "id")),
        (category(id=None), (0, "id")),
        (category(name=""), (0, "name")),
        (category(name=None), (0, "name")),
        (category(description=None), (0, "description")),
        (category(keywords="lupa"), (0, "keywords")),
        (category(keywords=["lupa", 2024]), (0, "keywords", 1)),
        (category(examples=["ok", "  "]), (0, "examples", 1)),
        (category(examples=["x"] * 501), (0, "examples")),
        (category(examples=["x" * 301]), (0, "examples", 0)),
        (category(reply=["reset"]), (0, "reply")),
        ("password", (0,)),
        (None, (0,)),
    ],
)
def test_a_mistake_in_a_category_is_pointed_at(entry, path):
    catalogue, wrong = catalogue_from([entry], [reply()])

    assert [(each.source, each.path) for each in wrong] == [("categories", path)]
    assert catalogue.categories == ()


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        (reply(text="Halo"), (0, "text")),
        (reply(title=" "), (0, "title")),
        (reply(body={}), (0, "body")),
        (reply(body="Halo"), (0, "body")),
        (reply(body={"id": ""}), (0, "body", "id")),
        (reply(body={"id": "Halo", "fr": "Salut"}), (0, "body", "fr")),
        (reply(body={"id": "x" * 4001}), (0, "body", "id")),
        (reply(body={"id": "Halo {name}"}), (0, "body", "id")),
        (reply(body={"id": "Halo {contact.name}"}), (0, "body", "id")),
        (reply(body={"id": "Halo {contact!r:>9}"}), (0, "body", "id")),
        (reply(body={"id": "Halo {contact"}), (0, "body", "id")),
        (reply(body={"id": "Halo {}"}), (0, "body", "id")),
        (reply(whatsapp="HX1"), (0, "whatsapp")),
        (reply(whatsapp={"sid": "HX1"}), (0, "whatsapp", "sid")),
        (reply(whatsapp={"content_sid": 7}), (0, "whatsapp", "content_sid")),
        (reply(whatsapp={"content_sid": "HX1", "variables": ["{contact}"]}), (0, "whatsapp", "variables")),
        (
            reply(whatsapp={"content_sid": "HX1", "variables": {"1": "{who}"}}),
            (0, "whatsapp", "variables", "1"),
        ),
    ],
)
def test_a_mistake_in_a_reply_is_pointed_at(entry, path):
    catalogue, wrong = catalogue_from([], [entry])

    assert [(each.source, each.path) for each in wrong] == [("replies", path)]
    assert catalogue.replies == ()


def test_an_id_stands_once_in_its_file():
    assert problems([category(), category(name="Lagi")], [reply(), reply(title="Lagi")]) == [
        ("categories", (1, "id")),
        ("replies", (1, "id")),
    ]


def test_a_reply_with_a_mistake_is_not_also_reported_as_missing():
    assert problems([category()], [reply(title="")]) == [("replies", (0, "title"))]


@pytest.mark.parametrize("content", ["text", {"id": "password"}, 7])
def test_a_file_that_is_no_list_is_said_to_be_none(content):
    assert problems(content, content) == [("categories", ()), ("replies", ())]


@pytest.mark.parametrize("content_sid", [None, "", "${SID_RESET}"])
def test_a_whatsapp_template_without_its_secret_is_switched_off(content_sid):
    catalogue, wrong = catalogue_from([], [reply(whatsapp={"content_sid": content_sid})])

    assert wrong == ()
    assert catalogue.replies[0].whatsapp is None


def test_an_unknown_placeholder_is_told_with_the_known_ones():
    _, wrong = catalogue_from([], [reply(body={"id": "Halo {nama}"})])

    assert "contact" in wrong[0].expected
    assert "`{nama}`" in wrong[0].expected
