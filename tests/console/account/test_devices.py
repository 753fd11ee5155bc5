"""My account: being told of one's own tickets on one's devices."""

import json

import pytest

from tests.channels.push.test_push import AUTH, ENDPOINT, P256DH
from tests.console.conftest import PASSWORD
from tests.standins import chromium
from tests.standins.serving import serving
from tests.tickets.desks import BUDI, RINA
from tickets import devices, unsent

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ACCOUNT, ADD, OFF, TRY = "/account", "/account/devices", "/account/devices/off", "/account/devices/try"
KEYS = {"endpoint": ENDPOINT, "p256dh": P256DH, "auth": AUTH}


def kept(office, email=BUDI.id):
    with office.ledger.reading() as session:
        return devices.of_person(session, email)


def on_its_way(office, device):
    return office.ledger.write_blocking(lambda tx: unsent.waiting(tx, line=devices.line_of(device.id, None)))


async def test_a_browser_is_added_tried_out_and_taken_off_and_the_trail_has_it(office, kepala, budi):
    on = await budi.sends(await budi.opens(ACCOUNT), ADD, **KEYS)
    assert "Notifications are on in this browser" in on.text
    [device] = kept(office)
    assert (device.email, device.language) == (BUDI.id, "en")
    assert ADD not in [form.action for form in on.forms]  # it is on here already
    await budi.sends(on, TRY)
    await budi.sends(on, TRY)
    assert len(on_its_way(office, device)) == 1
    off = await budi.sends(on, OFF)
    assert ("turned off" in off.text, kept(office)) == (True, ())
    trail = await kepala.opens("/trail?theme=accounts")
    assert "Notifications of a device turned on" in trail.text
    assert "Notifications of a device turned off" in trail.text


async def test_what_cannot_be_called_is_refused_and_nobody_reaches_another_s_device(office, budi, rina):
    page = await budi.opens(ACCOUNT)
    refused = await budi.sends(page, ADD, **KEYS | {"endpoint": "http://169.254.169.254/latest"})
    assert (refused.status, kept(office)) == (422, ())
    await budi.sends(page, ADD, **KEYS)
    [device] = kept(office)
    token = (await rina.opens(ACCOUNT)).form("/account/name").fields["token"]
    for path in (OFF, TRY):
        for given in (str(device.id), "9" * 19):
            answer = await rina.client.post(path, data={"token": token, "device": given})
            assert answer.status_code == 303
    assert (kept(office), on_its_way(office, device)) == ((device,), [])
    # A browser tells whoever turned it on last, and nobody besides.
    await rina.client.post(ADD, data={"token": token, **KEYS})
    assert (kept(office), len(kept(office, RINA.id))) == ((), 1)


async def test_a_new_password_leaves_this_browser_s_notifications_on(office, budi):
    page = await budi.sends(await budi.opens(ACCOUNT), ADD, **KEYS)
    before = kept(office)[0].session
    done = await budi.sends(page, "/account/password", current=PASSWORD, new="a new long password")
    assert OFF in [form.action for form in done.forms]
    assert kept(office)[0].session != before


# Chromium takes its address from a push service of its maker, which is not here: the page gets one of a stand-in.
GIVEN = json.dumps({"endpoint": ENDPOINT, "keys": {"p256dh": P256DH, "auth": AUTH}})
SUBSCRIBES = (
    "PushManager.prototype.subscribe = async ({ applicationServerKey }) => ({"
    f" options: {{ applicationServerKey: applicationServerKey.buffer }}, toJSON: () => ({GIVEN}) }});"
)
SHOWN = "navigator.serviceWorker.ready.then((worker) => worker.getNotifications())"


@pytest.mark.skipif(chromium.PATH is None, reason="Chromium is not installed (Debian: chromium)")
async def test_it_is_turned_on_by_a_button_and_shows_what_is_pushed_unless_one_has_it_before_one_s_eyes(
    office, invites
):
    async with serving(office.app) as url, chromium.chromium() as browser:
        context = await browser.new_context(base_url=url, locale="en-US")
        await context.grant_permissions(["notifications"])
        await context.add_init_script(SUBSCRIBES)
        screen = await context.new_page()
        cdp = await context.new_cdp_session(screen)
        registered = []
        cdp.on(
            "ServiceWorker.workerRegistrationUpdated", lambda told: registered.extend(told["registrations"])
        )
        await cdp.send("ServiceWorker.enable")
        await screen.goto(invites(BUDI.id))
        await screen.fill("[name=name]", "Budi")
        await screen.fill("[name=password]", PASSWORD)
        await screen.click("button.main")
        await screen.wait_for_url("**/inbox")
        await screen.goto("/account")
        await screen.get_by_role("button", name="Turn on in this browser").click()
        await screen.get_by_text("Notifications are on").wait_for()
        assert len(kept(office)) == 1

        for path in ("/account", "/tickets/1"):
            told = json.dumps({"title": "Ticket #1", "body": "Now yours", "url": path, "lang": "en"})
            where = {"origin": url, "registrationId": registered[0]["registrationId"]}
            await cdp.send("ServiceWorker.deliverPushMessage", {**where, "data": told})
        await screen.wait_for_function(
            f"{SHOWN}.then((all) => all.map((each) => each.data).join() === '/tickets/1')"
        )
        await context.close()
