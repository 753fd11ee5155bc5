"""The stand-in takes what Meta takes, and nothing else."""

import httpx
import pytest

from tests.standins.cloud import running_cloud
from tests.standins.cloud_fields import MESSAGE, READ, wrong_in

TEXT = {"messaging_product": "whatsapp", "to": "+62811223344", "type": "text", "text": {"body": "Halo"}}
BUTTON = {"type": "reply", "reply": {"id": "ya", "title": "Ya"}}
CHOICE = {
    "type": "button", "body": {"text": "Pilih"}, "action": {"buttons": [BUTTON]},
}  # fmt: skip


def changed(**changes):
    return {name: value for name, value in {**TEXT, **changes}.items() if value is not None}


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        (TEXT, None),
        (changed(to=None), "body has not exactly one of to and recipient"),
        (changed(recipient="ID.123"), "body has not exactly one of to and recipient"),
        (changed(to="62811223344"), "body.to does not begin with +"),
        (changed(messaging_product="sms"), "body.messaging_product may not be sms"),
        (changed(type="poll"), "body.type may not be poll"),
        (changed(text=None), "body lacks text"),
        (changed(text={"body": ""}), "body.text.body has 0 characters"),
        (changed(text={"body": "x" * 4097}), "body.text.body has 4097 characters"),
        (changed(text={"body": "x", "preview_url": "no"}), "body.text.preview_url is no flag"),
        (changed(textt={}), "body knows no textt"),
        (changed(type="image", image={"id": "1", "link": "https://x"}), "body.image has not exactly one of id and link"),
        (changed(type="interactive", text=None, interactive=CHOICE), None),
        (changed(type="interactive", text=None, interactive={**CHOICE, "action": {"buttons": [BUTTON] * 4}}),
         "body.interactive.action.buttons is no list of 1 to 3"),
        (changed(type="interactive", text=None, interactive={**CHOICE, "action": {"buttons": [BUTTON] * 2}}),
         "body.interactive.action.buttons has the same reply.title twice"),
        ([], "body is no object"),
    ],
)  # fmt: skip
def test_a_message_is_held_against_the_tables(body, wrong):
    assert wrong_in(body, MESSAGE) == wrong


def test_a_receipt_names_a_message_of_metas():
    assert (
        wrong_in({"messaging_product": "whatsapp", "status": "read", "message_id": "SM1"}, READ) is not None
    )


async def test_what_is_wrong_is_refused_and_noted_and_what_is_right_is_taken():
    async with running_cloud() as cloud:
        url = f"{cloud.url}/v26.0/{cloud.phone_number_id}"
        login = {"Authorization": f"Bearer {cloud.access_token}"}
        async with httpx.AsyncClient(headers=login, trust_env=False) as api:
            wrong = await api.post(f"{url}/messages", json=changed(text={}))
            right = await api.post(f"{url}/messages", json=TEXT)
            unknown = await api.post(f"{url}/messages", json=changed(type="image", image={"id": "7"}))
            template = {"name": "a", "language": {"code": "id"}}
            missing = await api.post(f"{url}/messages", json=changed(type="template", template=template))
            elsewhere = await api.post(f"{cloud.url}/v26.0/1/messages", json=TEXT)
            stranger = await api.post(f"{url}/messages", json=TEXT, headers={"Authorization": "Bearer x"})
            kind = {"messaging_product": "whatsapp", "type": "application/zip"}
            upload = await api.post(f"{url}/media", data=kind, files={"file": ("a.zip", b"PK")})
            named = await api.post(
                f"{url}/media", data={**kind, "name": "a"}, files={"file": ("a.zip", b"PK")}
            )
            listed = await api.get(f"{cloud.url}/v26.0/{cloud.business_account_id}/message_templates?page=2")
    answers = (wrong, right, unknown, missing, elsewhere, stranger, upload, named, listed)
    codes = [answer.json().get("error", {}).get("code") for answer in answers]
    assert codes == [100, None, 131009, 132001, 100, 190, 100, 100, 100]
    assert cloud.complaints == [
        "body.text lacks body", "an upload knows no ['name']", "the list knows no ['page']",
    ]  # fmt: skip
    assert [each.text for each in cloud.messages] == ["Halo"]
