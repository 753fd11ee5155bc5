"""`tanggap templates`: what the provider lists, as it is known and as it is asked for now."""

import asyncio

from tests.standins.cloud import running_cloud

TWILIO = '{provider: twilio, sender: "${WHATSAPP_SENDER}", account_sid: "${TWILIO_ACCOUNT_SID}", auth_token: "${TWILIO_AUTH_TOKEN}", api: null}'
CLOUD = (
    '{provider: cloud, sender: "+6281100001111", phone_number_id: "106540352242922", access_token: "${CLOUD_TOKEN}", '
    'app_secret: shared, verify_token: verifies, business_account_id: "102290129340398", api: "${CLOUD_API}"}'
)


async def test_templates_are_fetched_and_listed_with_what_cannot_be_sent(tanggap, desks, monkeypatch):
    named = 'content_sid: "${SID_RESET}"'
    for file, before, after in (
        ("desk.yaml", TWILIO, CLOUD),
        ("replies.yaml", named, 'content_sid: reset, variables: {"1": "{contact}"}'),
    ):
        path = desks / "unit-contoh" / file
        text = path.read_text()
        assert before in text
        path.write_text(text.replace(before, after))
    async with running_cloud() as cloud:
        monkeypatch.setenv("CLOUD_TOKEN", cloud.access_token)
        monkeypatch.setenv("CLOUD_API", cloud.url)
        never = await asyncio.to_thread(tanggap, "templates", "list")
        assert (never.code, never.out) == (
            0, "unit-contoh/whatsapp: never fetched; `tanggap templates fetch` asks the provider.\n",
        )  # fmt: skip
        cloud.approves("Halo {{1}}.", name="reset", status="paused")
        cloud.approves("Kami kembali.", name="kabar", language="en_US")
        fetched = await asyncio.to_thread(tanggap, "templates", "fetch", "--desk", "unit-contoh")
        listed = await asyncio.to_thread(tanggap, "templates", "list")
        assert (fetched.code, fetched.out) == (0, listed.out)
        head, *rows = listed.out.splitlines()
        assert head.startswith("unit-contoh/whatsapp: 2 templates, fetched ")
        assert rows == [
            "  kabar  en_US  approved  utility  -",
            "  reset  id  paused  utility  1",
            "  ! reset (named by the reply reset) cannot be sent: paused",
        ]
        cloud.refuses(code=190, status=401, on="templates")
        refused = await asyncio.to_thread(tanggap, "templates", "fetch")
    assert (refused.code, refused.out) == (1, listed.out)
    assert "the list cannot be had: Meta menolak token" in refused.err


def test_a_desk_without_whatsapp_says_so(tanggap):
    ended = tanggap("templates", "list")
    assert ended.code == 1
    assert "has no account of WhatsApp that is set up" in ended.err
