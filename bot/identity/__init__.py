"""Who writes: name, NIM or NIP, unit and email, read out of what a contact wrote.

People say who they are in many ways: a filled-in form, a sentence of introduction, a signature, three bare lines when
they were asked. Whatever is not clear stays None: a question more costs a minute, a wrong identity costs a data
leak. Numbers that are something else (telephones, dates, amounts, codes, tickets) are never taken, and somebody
else's number ("NIM teman saya") neither.

Everything here is pure, and reads a bounded part of the message in time that grows with its length only.
"""

from bot.identity.hiding import masked_in
from bot.identity.reading import read_identity
from bot.identity.values import Identity, missing

__all__ = ["Identity", "masked_in", "missing", "read_identity"]
