"""What Meta tells beside messages: templates, the account and its number, ids of contacts that changed."""

import json
from typing import Any

import pytest

from channels.whatsapp.cloud.envelope import UnreadableError, parts_of
from channels.whatsapp.cloud.parse import heard_in
from tests.channels.whatsapp.cloud.test_door import doors
from tests.channels.whatsapp.words import ACCOUNT
from tests.standins.cloud import CloudStandin
from tickets.message import AccountTold, Moved, TemplateState, TemplateTold

CLOUD = CloudStandin()


def webhook(field: str, value: dict[str, Any], *, time: int = 1) -> dict[str, Any]:
    change = {"field": field, "value": value}
    entry = {"id": CLOUD.business_account_id, "time": time, "changes": [change]}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def heard(field: str, value: dict[str, Any], *, time: int = 1) -> Any:
    (part,) = parts_of(json.dumps(webhook(field, value, time=time)).encode())
    return heard_in(part, account=ACCOUNT)


def about_template(event: str, **more: Any) -> dict[str, Any]:
    return {"event": event, "message_template_id": 1, "message_template_name": "kabar",
            "message_template_language": "id", "reason": "NONE", **more}  # fmt: skip


@pytest.mark.parametrize(
    ("event", "state"),
    [
        ("APPROVED", TemplateState.APPROVED), ("REINSTATED", TemplateState.APPROVED), ("FLAGGED", TemplateState.APPROVED),
        ("LOCKED", TemplateState.APPROVED), ("PAUSED", TemplateState.PAUSED), ("DISABLED", TemplateState.DISABLED),
        ("REJECTED", TemplateState.REJECTED), ("PENDING", TemplateState.PENDING), ("IN_APPEAL", TemplateState.PENDING),
        ("PENDING_DELETION", TemplateState.DISABLED), ("ARCHIVED", TemplateState.DISABLED),
        ("SOMETHING_NEW", TemplateState.PENDING),
    ],
)  # fmt: skip
def test_each_event_of_a_template_is_a_state(event, state):
    told = heard("message_template_status_update", about_template(event, message_template_language="en-US"))
    assert isinstance(told, TemplateTold)
    assert (told.name, told.language, told.state, told.reason) == ("kabar", "en_US", state, None)


def test_the_same_words_at_another_time_are_told_anew():
    first, again, later = (
        heard("message_template_status_update", about_template("PAUSED"), time=time) for time in (1, 1, 2)
    )
    assert first.event_id == again.event_id != later.event_id


# Field, value, and a part of what supervisors read; None: nobody is told, and it is kept.
@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("account_update", {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SCAM"}},
         "pelanggaran kebijakan pada akun WhatsApp Business ini (SCAM)."),
        ("account_update", {"event": "ACCOUNT_RESTRICTION",
                            "restriction_info": [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING"}]},
         "(RESTRICTED_BIZ_INITIATED_MESSAGING)"),
        ("account_update", {"event": "DISABLED_UPDATE",
                            "ban_info": {"waba_ban_state": "DISABLE", "waba_ban_date": "October 9, 2026"}},
         "menonaktifkan akun WhatsApp Business ini (October 9, 2026)."),
        ("account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}}, "mengaktifkan kembali"),
        ("account_update", {"event": "ACCOUNT_DELETED"}, "dihapus"),
        ("account_update", {"event": "PARTNER_REMOVED"}, "dicabut"),
        ("account_update", {"event": "VERIFIED_ACCOUNT"}, None),
        ("account_update", {"event": ["?"]}, None),
        ("phone_number_quality_update",
         {"display_phone_number": "62811", "event": "FLAGGED", "current_limit": "TIER_1K"}, "(TIER_1K)"),
        ("phone_number_quality_update", {"event": "DOWNGRADE"}, "menurunkan batas"),
        ("phone_number_quality_update", {"event": "ONBOARDING"}, None),
        ("account_review_update", {"decision": "REJECTED"}, "ditolak"),
        ("account_alerts", {"alert_info": {"alert_severity": "CRITICAL", "alert_description": "Verify\nnow"}}, "(Verify now)"),
        ("account_alerts", {"alert_info": {"alert_severity": "INFORMATIONAL"}}, None),
        ("message_template_quality_update", {"new_quality_score": "RED"}, None),
        ("message_template_status_update", {"event": "PAUSED"}, None),
        ("user_id_update", {"user_id_update": [{"user_id": {"current": "ID.2"}}]}, None),
        ("security", {}, None),
    ],
)  # fmt: skip
def test_what_becomes_of_the_account_is_said_and_the_rest_is_kept(field, value, says):
    if says is None:
        with pytest.raises(UnreadableError):
            heard(field, value)
        return
    told = heard(field, value)
    assert isinstance(told, AccountTold)
    assert says in told.says


def test_an_id_of_a_contact_that_changed_is_a_move_and_several_are_several():
    value = {
        "metadata": {"phone_number_id": "1"},
        "user_id_update": [
            {"wa_id": "62811", "user_id": {"previous": "ID.1", "current": "ID.2"}},
            {"user_id": {"previous": "ID.8", "current": "ID.9"}},
        ],
    }
    parts = parts_of(json.dumps(webhook("user_id_update", value)).encode())
    moved = [heard_in(part, account=ACCOUNT) for part in parts]
    assert all(isinstance(each, Moved) for each in moved)
    assert [(each.before, each.after) for each in moved] == [("ID.1", "ID.2"), ("ID.8", "ID.9")]
    assert len({each.event_id for each in moved}) == 2


async def test_what_is_told_of_a_business_account_reaches_all_of_its_numbers_and_no_other(hand, cloud, house):
    second = hand.adapter(account="itb/whatsapp-2", phone_number_id="20000002", sender="+6281122")
    foreign = hand.adapter(account="itb/whatsapp-3", phone_number_id="30000003", business_account_id="777777")
    paused = webhook("message_template_status_update", about_template("PAUSED"))
    flagged = webhook("phone_number_quality_update", {"display_phone_number": "6281122", "event": "FLAGGED"})
    for told in (paused, flagged):
        told["entry"][0]["id"] = cloud.business_account_id
    async with doors(house, hand.adapter(), second, foreign) as desk:
        for told in (paused, flagged, paused):
            assert (await cloud.send(desk, "itb", told)).status_code == 200
    assert [each.account for each in house.heard if isinstance(each, TemplateTold)] == [
        ACCOUNT,
        "itb/whatsapp-2",
    ]
    assert [each.account for each in house.heard if isinstance(each, AccountTold)] == ["itb/whatsapp-2"]
