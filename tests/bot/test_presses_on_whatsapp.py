"""What is pressed on WhatsApp, by contacts and by people of the desk, and the numbers that stand for it at Twilio."""

from channels.whatsapp.cloud.drafts import drafts as at_meta
from channels.whatsapp.twilio.drafts import drafts as at_twilio
from procedures.cases import rows as cases
from tests.bot.chat import FOLDER, Chat
from tests.standins.cloud_fields import MESSAGE, wrong_in

ANA, BUDI = "+6281234567890", "+628110002"
TWILIO = 'whatsapp: {provider: twilio, sender: "${WHATSAPP_SENDER}", account_sid: "${TWILIO_ACCOUNT_SID}", auth_token: "${TWILIO_AUTH_TOKEN}", api: null}'
META = 'whatsapp: {provider: cloud, sender: "+6281100000", phone_number_id: "106540352242922", access_token: x, app_secret: x}'
PROCEDURE = """\
procedure: surat
name: Surat Keterangan
starts: {words: [surat keterangan]}
roles:
  pemohon: {name: Pemohon, requester: true}
  staf: {name: Staf, people: [Budi Hartanto]}
form:
  - {id: untuk, ask: Untuk apa?}
  - {id: catatan, ask: Ada catatan?, required: false}
steps:
  - {does: Mengajukan permohonan, role: pemohon}
  - id: periksa
    does: Memeriksa permohonan
    role: staf
    outcomes:
      - {id: ya, label: Lengkap}
      - {id: kurang, label: Ada yang masih harus dilengkapi, reason: true}
  - {does: Mengirim surat, role: staf}
"""


def desk(ledger, account):
    file = (FOLDER / "desk.yaml").read_text().replace("telegram: 1002, ", "").replace(TWILIO, account)
    return Chat(ledger, files={"desk.yaml": file, "procedures/surat.yaml": PROCEDURE})


def told(chat, who):
    return [each for each in chat.whatsapp.sent if each.place.address == who]


def shown(outgoing):
    """Return the buttons or rows that Meta is asked to show, by what they read."""
    (draft,) = at_meta(outgoing, language="id")
    assert wrong_in({"messaging_product": "whatsapp", **draft.message()}, MESSAGE) is None
    action = draft.body["action"]
    if draft.body["type"] == "button":
        return {each["reply"]["title"]: each["reply"]["id"] for each in action["buttons"]}
    return {each["title"]: each["id"] for each in action["sections"][0]["rows"]}


async def presses(chat, who, label):
    newest = [each for each in told(chat, who) if each.buttons][-1]
    data = shown(newest)[label]
    await chat.writes(label, sender=who, button=data)


async def hands_in(chat):
    """Ana asks for a letter, by presses wherever there is something to press."""
    await chat.writes("mau surat keterangan", sender=ANA)
    await presses(chat, ANA, "Ya, ajukan")
    await chat.writes("beasiswa", sender=ANA)
    await presses(chat, ANA, "Lewati")
    await presses(chat, ANA, "Kirim")


async def test_at_meta_a_contact_and_whose_turn_it_is_press_what_they_choose(ledger):
    chat = desk(ledger, META)
    await chat.writes("halo", sender=BUDI)  # so that his own window is open
    await hands_in(chat)
    assert "http" not in told(chat, ANA)[0].text  # no page is needed where there are buttons
    call = told(chat, BUDI)[-1]
    assert list(shown(call)) == ["Lengkap", "Ada yang masih harus di…", "Tanya pemohon"]
    assert "/langkah" not in at_meta(call, language="id")[0].body["body"]["text"]

    await presses(chat, BUDI, "Ada yang masih harus di…")
    assert "alasan" in told(chat, BUDI)[-1].text.lower()
    await presses(chat, BUDI, "Lengkap")  # he has thought better of it
    assert any("✅ Memeriksa permohonan: Lengkap" in each.text for each in told(chat, BUDI)[-2:])
    before = len(told(chat, BUDI))
    await chat.writes("Lengkap", sender=BUDI, button=shown(call)["Lengkap"])  # the one above is still there
    (over,) = told(chat, BUDI)[before:]
    assert "Lengkap" in over.text
    await chat.writes("Lengkap", sender=BUDI, button="!step:1:@9.9.9.0")  # made up
    assert "Giliran" in told(chat, BUDI)[-1].text
    (case,) = ledger.write_blocking(lambda tx: cases.of_ticket(tx, 1))
    assert [turn.outcome for turn in case.turns if turn.step == "periksa"] == ["ya"]

    await chat.writes(
        "Kirim", sender=ANA, button="req:999:send"
    )  # nor does a press of somebody else's form do anything
    assert len(ledger.write_blocking(lambda tx: cases.of_ticket(tx, 1))) == 1


async def test_at_twilio_words_and_numbers_stand_for_presses(ledger):
    chat = desk(ledger, TWILIO)
    await chat.writes("halo", sender=BUDI)
    await chat.writes("mau surat keterangan", sender=ANA)
    await chat.writes("1", sender=ANA)
    await chat.writes("beasiswa", sender=ANA)
    await chat.writes("lewati", sender=ANA)
    await chat.writes("kirim", sender=ANA)
    call = at_twilio(told(chat, BUDI)[-1])[0].body
    assert "Balas: #1 /langkah 2 Lengkap / Ada yang masih harus dilengkapi" in call
    assert "1. Lengkap" not in call

    await chat.writes("/sop", sender=BUDI)
    assert at_twilio(told(chat, BUDI)[-1])[0].body.endswith("1. Surat Keterangan")
    await chat.writes("7", sender=BUDI)
    assert "tiket mana" in told(chat, BUDI)[-1].text.lower()
    await chat.writes("/sop", sender=BUDI)
    await chat.writes("1", sender=BUDI)
    assert "SOP" in told(chat, BUDI)[-1].text
