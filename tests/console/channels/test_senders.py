"""Whether a mail is its sender's own is shown at the ticket, and to programs."""

from dataclasses import replace

from tests.tickets.desks import mail
from tickets.message import Authenticity

GENUINE = Authenticity(by="mx.kampus.example", spf="pass", dkim="pass", dmarc="pass")
FORGED = Authenticity(by="mx.kampus.example", spf="fail", dmarc="fail")


async def test_a_mail_says_who_checked_its_sender(office, budi):
    office.receives(replace(mail("lupa sandi", message_id="<a@x>"), authenticity=GENUINE))
    page = await budi.opens("/tickets/1")
    assert "Mail sender: DMARC pass, DKIM pass, SPF pass (checked by mx.kampus.example)" in page.text
    assert "may be forged" not in page.text


async def test_a_mail_that_is_disowned_is_marked(office, budi):
    office.receives(replace(mail("lupa sandi", message_id="<a@x>"), authenticity=FORGED))
    page = await budi.opens("/tickets/1")
    assert "The sender may be forged: DMARC fail, SPF fail (checked by mx.kampus.example)" in page.text


async def test_programs_see_the_results(office):
    office.receives(replace(mail("lupa sandi", message_id="<a@x>"), authenticity=FORGED))
    async with office.program() as api:
        (message,) = (await api.get("/tickets/1")).json()["messages"]
    assert message["authenticity"] == {
        "by": "mx.kampus.example",
        "spf": "fail",
        "dkim": None,
        "dmarc": "fail",
    }
