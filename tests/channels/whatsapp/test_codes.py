"""What follows from each error code of each provider: a row a code, the same in the answer to a call and told later."""

import json
from datetime import timedelta

import pytest

from channels.contract import Deferred
from channels.whatsapp.cloud import errors as meta
from channels.whatsapp.cloud.envelope import Kind, Part
from channels.whatsapp.cloud.statuses import told_of as cloud_told
from channels.whatsapp.twilio import errors as twilio
from channels.whatsapp.twilio.parse import told_of as twilio_told
from tickets.message import Refusal, TemplateState

ACCOUNT, WINDOW, OPTED_OUT, TEMPLATE, FINAL = "account", "window", "opted out", "template", "final"
PAUSED, DISABLED, REJECTED = "template paused", "template disabled", "template rejected"

# A number: seconds after which it may go again.
TWILIO = {
    20003: ACCOUNT, 20005: ACCOUNT, 20404: ACCOUNT, 20429: 5, 21211: FINAL, 21212: ACCOUNT, 21408: FINAL, 21606: ACCOUNT,
    21610: OPTED_OUT, 21614: FINAL, 21617: FINAL, 21620: FINAL, 21655: TEMPLATE, 21656: TEMPLATE, 21658: TEMPLATE,
    21703: ACCOUNT, 21705: ACCOUNT,
    30001: 60, 30002: ACCOUNT, 30007: FINAL, 30008: FINAL, 30036: 5,
    63001: ACCOUNT, 63003: FINAL, 63005: FINAL, 63007: ACCOUNT, 63008: ACCOUNT, 63010: 5, 63012: 5, 63013: FINAL,
    63015: FINAL, 63016: WINDOW, 63018: 30, 63019: FINAL, 63020: ACCOUNT, 63021: FINAL, 63022: ACCOUNT, 63024: FINAL,
    63027: TEMPLATE, 63028: TEMPLATE, 63029: TEMPLATE, 63030: FINAL, 63031: FINAL, 63032: FINAL, 63033: FINAL,
    63038: 3600, 63040: REJECTED, 63041: PAUSED, 63042: DISABLED, 63049: FINAL, 63051: ACCOUNT, 92007: TEMPLATE,
}  # fmt: skip
META = {
    0: ACCOUNT, 2: 30, 3: ACCOUNT, 4: 300, 10: ACCOUNT, 33: ACCOUNT, 100: FINAL, 190: ACCOUNT, 368: ACCOUNT, 80007: 300,
    130429: 5, 130472: FINAL, 130497: FINAL,
    131000: 30, 131005: ACCOUNT, 131008: FINAL, 131009: FINAL, 131016: 30, 131021: FINAL, 131026: FINAL, 131030: FINAL,
    131031: ACCOUNT, 131037: ACCOUNT, 131042: ACCOUNT, 131045: ACCOUNT, 131047: WINDOW, 131048: 3600, 131049: FINAL,
    131050: OPTED_OUT, 131051: FINAL, 131052: FINAL, 131053: FINAL, 131055: ACCOUNT, 131056: 6, 131057: 30, 131062: FINAL,
    132000: TEMPLATE, 132001: TEMPLATE, 132005: TEMPLATE, 132007: TEMPLATE, 132012: TEMPLATE, 132015: PAUSED,
    132016: DISABLED, 133000: ACCOUNT, 133004: 30, 133006: ACCOUNT, 133010: ACCOUNT, 135000: FINAL,
}  # fmt: skip


def consequence(broken, why, wait, template):
    """Name what follows; more than one thing never does."""
    if wait is not None:
        assert (broken, why, template) == (False, None, None)
        return int(wait / timedelta(seconds=1))
    if broken:
        return ACCOUNT
    if why is Refusal.TEMPLATE:
        return TEMPLATE if template is None else f"template {TemplateState(template)}"
    return {Refusal.WINDOW: WINDOW, Refusal.OPTED_OUT: OPTED_OUT}.get(why, FINAL)


def of_call(error):
    if isinstance(error, Deferred):
        return consequence(False, None, error.wait, None)
    return consequence(error.account_broken, error.why, None, error.template_is)


def of_told(told):
    return consequence(told.account_broken, told.why, told.again_after, told.template_is)


def called_at_meta(code):
    return meta.answered(meta.Answer(status=400, body=json.dumps({"error": {"code": code}}).encode()))


def told_by_meta(code):
    body = {"id": "wamid.1", "status": "failed", "errors": [{"code": code}]}
    part = Part(kind=Kind.STATUS, body=body, contacts=(), number=None, about="messages", raw=b"")
    return cloud_told(part, account="itb/whatsapp")


def told_by_twilio(code):
    form = {"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": str(code)}
    return twilio_told(form, account="itb/whatsapp", delivery="1", raw=b"")


@pytest.mark.parametrize(
    ("table", "codes", "called", "told"),
    [
        (TWILIO, twilio.CODES, twilio.refused, told_by_twilio),
        (META, meta.CODES, called_at_meta, told_by_meta),
    ],
    ids=["twilio", "meta"],
)
def test_each_code_has_its_consequence_and_the_same_when_it_is_told_later(table, codes, called, told):
    assert {code: of_call(called(code)) for code in codes} == table
    assert {code: of_told(told(code)) for code in codes} == table
    assert of_call(called(69999)) == of_told(told(69999)) == FINAL
