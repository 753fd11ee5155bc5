import pytest
from hypothesis import given
from hypothesis import strategies as st

from templates_replies.catalogue import ReplyTemplate, WhatsAppTemplate
from templates_replies.placeholders import PLACEHOLDERS, mistakes_in, names_in, questions_in
from templates_replies.render import available_language, complete, fill, render, render_variables

values = st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.none() | st.text(max_size=40))


def template(**body: str) -> ReplyTemplate:
    return ReplyTemplate(id="reset", title="Reset", body=body)  # type: ignore[arg-type]


def test_placeholders_are_filled_in():
    rendered = render(
        template(id="Halo {contact}, tiket {ticket}."), {"contact": "Ana", "ticket": "#7"}, "id"
    )

    assert (rendered.text, rendered.missing, rendered.is_complete) == ("Halo Ana, tiket #7.", (), True)


@pytest.mark.parametrize("value", [None, "", "  ", "\u200b", "\x00"])
def test_a_value_that_is_not_there_is_said_to_be_missing_and_stays_visible(value):
    rendered = render(
        template(id="Halo {contact}, {agent}, {contact}"), {"contact": value, "agent": "Budi"}, "id"
    )

    assert rendered.text == "Halo {contact}, Budi, {contact}"
    assert rendered.missing == ("contact",)
    assert not rendered.is_complete


def test_doubled_braces_are_plain_braces():
    assert fill("{{contact}} {contact} {{}}", {"contact": "Ana"}) == ("{contact} Ana {}", ())


@pytest.mark.parametrize(
    "text", ["{contact.__class__}", "{contact!r}", "{contact:>999999999}", "{0}", "{", "}", "{}", "{contact"]
)
def test_nothing_but_a_name_is_read_between_braces(text):
    assert fill(text, {"contact": "Ana"}) == (text, ())
    assert mistakes_in(text) == (text,)


def test_what_only_the_agent_knows_is_asked_in_the_templates_own_words():
    text = "Ujian {isi:tanggal ujian}, {ticket}, {isi:No. ruang}"
    assert questions_in(text) == ("isi:tanggal ujian", "isi:No. ruang")
    assert mistakes_in(text) == ()
    assert fill(text, {"ticket": "#7", "isi:No. ruang": "R.9"}) == (
        "Ujian {isi:tanggal ujian}, #7, R.9",
        ("isi:tanggal ujian",),
    )


@pytest.mark.parametrize(
    "text", ["{isi:}", "{isi: tanggal}", "{isi:tanggal }", "{isi}", "{isi:a\nb}", "{isi:" + "a" * 61 + "}"]
)
def test_a_question_is_one_line_of_words(text):
    assert mistakes_in(text) == (text,)


def test_what_was_missing_is_put_in_later_and_other_braces_are_left_alone():
    text = "{contact} {deadline_x} {isi:ruang} {isi:ruang} {isi:jam}"
    given = {"isi:ruang": "{isi:jam}", "isi:jam": " \u200b", "contact": "Ana"}
    assert complete(text, given) == ("Ana {deadline_x} {isi:jam} {isi:jam} {isi:jam}", ("isi:jam",))
    assert complete("{isi:ruang}", {}) == ("{isi:ruang}", ())


def test_a_value_with_braces_is_not_read_as_a_template():
    assert fill("{contact}", {"contact": "{agent} {{x}}", "agent": "Budi"}) == ("{agent} {{x}}", ())


def test_a_display_name_cannot_turn_the_sentence_round():
    assert fill("Halo {contact}.", {"contact": "\u202eana\u2066\x07 "}) == ("Halo ana.", ())


def test_an_endless_value_is_cut():
    assert len(fill("{contact}", {"contact": "a" * 10_000})[0]) == 500


@pytest.mark.parametrize(
    ("body", "wanted", "spoken"),
    [({"id": "a", "en": "b"}, "en", "en"), ({"id": "a"}, "en", "id"), ({"en": "b"}, "id", "en")],
)
def test_the_other_language_is_used_where_the_wanted_one_is_not_written(body, wanted, spoken):
    assert available_language(template(**body), wanted) == spoken
    assert render(template(**body), {}, wanted).language == spoken


def test_a_template_without_a_text_is_refused():
    with pytest.raises(ValueError, match="reset"):
        render(template(), {}, "id")


def test_variables_of_a_whatsapp_template_hold_no_breaks_tabs_or_runs_of_blanks():
    whatsapp = WhatsAppTemplate(
        content_sid="HX1", variables={"1": "{contact}", "2": "Tiket {ticket}", "3": "{agent}"}
    )

    rendered = render_variables(whatsapp, {"contact": "Ana\n\tPutri      Sari", "ticket": "#7"})

    assert rendered.variables == {"1": "Ana Putri Sari", "2": "Tiket #7", "3": "{agent}"}
    assert rendered.missing == ("agent",)


def test_the_names_in_a_template_are_listed_once():
    assert names_in("{contact} {{agent}} {ticket} {contact}") == ("contact", "ticket")


@given(st.text(max_size=200), values)
def test_any_text_can_be_filled_in_and_says_what_it_misses(text, given_values):
    filled, missing = fill(text, given_values)

    assert isinstance(filled, str)
    assert set(missing) <= set(names_in(text))


@given(
    st.lists(st.sampled_from([f"{{{name}}}" for name in PLACEHOLDERS] + ["halo ", "{{", "}}", "\n"])), values
)
def test_a_sound_template_has_no_mistakes_and_misses_exactly_what_is_blank(parts, given_values):
    text = "".join(parts)
    filled, missing = fill(text, given_values)

    assert mistakes_in(text) == ()
    assert missing == tuple(name for name in names_in(text) if fill(f"{{{name}}}", given_values)[1])
    if not missing:
        assert all(fill(f"{{{name}}}", given_values)[0] in filled for name in names_in(text))
