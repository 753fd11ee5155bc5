"""Approved templates as each provider lists them, by one contract; what is refused says why, for the house to act on it."""

import pytest

from channels.contract import Deferred, RefusedByProvider, TemplateSource
from channels.whatsapp.approvals import state_of
from channels.whatsapp.cloud.listed import template_of
from channels.whatsapp.meanings import Meaning
from tickets.message import Refusal, Template, TemplateState


async def test_templates_come_with_state_variables_and_samples_over_all_pages(hand, provider):
    assert isinstance(provider, TemplateSource)
    hand.standin.contents_a_page = hand.standin.templates_a_page = 2
    names = [
        hand.standin.approves("Halo {{1}}, jawaban tiket {{2}} sudah ada."),
        hand.standin.approves("Ada kabar.", status="paused"),
        hand.standin.approves("Tiket {{1}} selesai.", status="rejected"),
    ]
    listed = {each.name: each for each in await provider.templates()}
    assert list(listed) == names
    assert [listed[name].state for name in names] == [
        TemplateState.APPROVED, TemplateState.PAUSED, TemplateState.REJECTED,
    ]  # fmt: skip
    first = listed[names[0]]
    assert (first.body, first.language, first.category) == (
        "Halo {{1}}, jawaban tiket {{2}} sudah ada.", "id", "utility",
    )  # fmt: skip
    assert first.variables == {"1": "contoh", "2": "contoh"}


async def test_a_list_that_cannot_be_had_waits_and_one_that_is_forbidden_is_refused(hand, provider):
    hand.standin.breaks(500, on="templates")
    with pytest.raises(Deferred):
        await provider.templates()
    stranger = hand.adapter(secret="0" * 32)
    with pytest.raises(RefusedByProvider):
        await stranger.templates()
    await stranger.aclose()


async def test_a_refusal_says_whether_it_was_the_window_or_the_template(hand, provider, out):
    for meaning, why in ((Meaning.WINDOW, Refusal.WINDOW), (Meaning.TEMPLATE, Refusal.TEMPLATE)):
        hand.standin.refuses(code=hand.codes[meaning])
        with pytest.raises(RefusedByProvider) as refused:
            await provider.send(out("Halo"))
        assert refused.value.why is why


@pytest.mark.parametrize(
    ("component", "variables"),
    [
        ({"type": "HEADER", "format": "TEXT", "text": "Tiket {{1}}"}, ["header"]),
        ({"type": "HEADER", "format": "IMAGE"}, ["header.image"]),
        ({"type": "BODY", "text": "Halo {{nama}}, {{ nomor }}"}, ["nama", "nomor"]),
        ({"type": "FOOTER", "text": "Care Center"}, []),
        (
            {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY"}, {"type": "URL", "url": "https://a.example/{{1}}"}]},
            ["button.1.url"],
        ),
    ],
)  # fmt: skip
def test_variables_of_meta_are_named_as_they_are_sent(component, variables):
    listed = template_of({"name": "kabar", "language": "id", "status": "APPROVED", "components": [component]})
    assert listed is not None
    assert list(listed.variables) == variables


def test_what_is_not_known_to_be_approved_is_not():
    assert [state_of(word) for word in ("approved", "APPROVED", "received", "", "something new")] == [
        TemplateState.APPROVED, TemplateState.APPROVED, TemplateState.PENDING, TemplateState.PENDING,
        TemplateState.PENDING,
    ]  # fmt: skip


@pytest.mark.parametrize("hand", ["twilio"], indirect=True)
async def test_twilio_refuses_by_its_own_clock_what_comes_after_a_day(hand, provider, out):
    hand.standin.keeps_windows = True
    with pytest.raises(RefusedByProvider) as refused:
        await provider.send(out("Halo"))
    assert (refused.value.code, refused.value.why) == ("63016", Refusal.WINDOW)
    name = hand.standin.approves("Halo {{1}}.")
    await provider.send(out(template=Template(content_sid=name, variables={"1": "Ana"})))
    assert hand.sent()[-1][1] == "Halo Ana."
