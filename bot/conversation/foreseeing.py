"""What taking in several messages will look for, looked for at once before the first of them is taken in.

On PostgreSQL each look-up is a round trip under the lock over all writers, which bounds all processes together.
"""

from collections.abc import Sequence

from bot import dialogues
from procedures.cases import rows as cases
from procedures.requests import rows as requests
from tickets import contacts, inbound
from tickets import ticket as tickets_
from tickets.ledger.events import foresee_clocks
from tickets.ledger.tx import Tx
from tickets.message import Channel, Said


def foresee(tx: Tx, coming: Sequence[Said]) -> None:
    """Look for what is known of these messages, their contacts and their tickets."""
    inbound.foresee(tx, [(said.place.account, said.event_id) for said in coming])
    places = [said.place for said in coming]
    addresses = contacts.foresee(tx, [(place.account, place.address) for place in places])
    dialogues.foresee(tx, [address.id for address in addresses])
    known = [address.contact for address in addresses]
    requests.foresee(tx, known)
    cases.foresee(tx, known)
    chats = [(place.account, place.address) for place in places if place.channel is not Channel.EMAIL]
    foresee_clocks(tx, tickets_.foresee(tx, chats))
