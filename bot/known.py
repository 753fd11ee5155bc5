"""What is known of who a contact is, beside what their messages say."""

from bot.identity import Identity
from tickets.contacts import ContactNow


def known_of(contact: ContactNow) -> Identity:
    return Identity(
        name=contact.identity_name,
        number=contact.identity_number,
        unit=contact.identity_unit,
        email=contact.identity_email,
    )
