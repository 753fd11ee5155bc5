"""What a mail is besides its words: what it is sealed with, what it invites to, and the mail itself to download."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi.responses import Response
from starlette.exceptions import HTTPException

from console.house import House, TheHouse
from console.ids import Id
from console.routes import Router
from console.ticket.attached import Opened, opened_of
from console.ticket.invitation import CALENDAR_TYPE, LARGEST, Invitation, read_invitation
from console.visitors import Here
from tickets import views
from tickets.message import Channel, Direction
from tickets.views import AttachmentView, MessageView

_MOST_INVITATIONS = 3  # of one mail
_MARKS = {
    "application/pkcs7-signature": "mail_smime_signed",
    "application/x-pkcs7-signature": "mail_smime_signed",
    "application/pkcs7-mime": "mail_smime",
    "application/x-pkcs7-mime": "mail_smime",
    "application/pgp-signature": "mail_pgp_signed",
    "application/pgp-encrypted": "mail_pgp",
    "application/ms-tnef": "mail_tnef",
    "application/vnd.ms-tnef": "mail_tnef",
}
_PGP_TEXT = "-----BEGIN PGP MESSAGE-----"


router = Router(include_in_schema=False)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """An invitation in the words of whoever reads it."""

    invitation: Invitation
    starts: str
    ends: str


@dataclass(frozen=True, kw_only=True)
class Mail:
    marks: Sequence[str]  # phrases that say what it is
    meetings: Sequence[Meeting]
    opened: Mapping[int, Opened]  # messages that came with it, by the files' ids


async def mails_of(
    house: House, messages: Sequence[MessageView], *, when: Callable[[datetime], str]
) -> Mapping[int, Mail]:
    """Return what is to be said of the mails among these messages of contacts, by their ids."""
    return {
        message.id: Mail(
            marks=_marks(message),
            meetings=await _meetings(house, message, when),
            opened=await opened_of(house, message.attachments, when=when),
        )
        for message in messages
        if message.channel == Channel.EMAIL and message.direction == Direction.IN
    }


@router.get("/tickets/{number}/messages/{message}/mail")
async def original(number: Id, message: Id, house: TheHouse, visitor: Here) -> Response:
    """Hand out the mail as it came, byte for byte."""
    ticket = await house.ledger.read(
        lambda session: views.ticket(session, number, link=str, desks=visitor.desks)
    )
    is_theirs = ticket is not None and visitor.may_see(ticket.ticket.desk, ticket.ticket.team)
    if ticket is None or not is_theirs or not any(each.id == message for each in ticket.messages):
        raise HTTPException(404, "there is no such mail")
    raw = await house.ledger.read(lambda session: views.raw_of(session, message, desks=visitor.desks))
    if raw is None or raw.channel != Channel.EMAIL:
        raise HTTPException(404, "there is no such mail")
    content = raw.content
    if content is None:
        assert raw.sha256 is not None
        content = await house.ledger.file(raw.sha256)
    return Response(
        content,
        media_type="message/rfc822",
        headers={"Content-Disposition": f'attachment; filename="tiket-{number}-{message}.eml"'},
    )


def _marks(message: MessageView) -> list[str]:
    marks = [_MARKS[file.type] for file in message.attachments if file.type in _MARKS]
    if any(file.name.lower() == "winmail.dat" for file in message.attachments):
        marks.append("mail_tnef")  # Outlook's wrapper, whatever type the sender's server gave it
    if _PGP_TEXT in message.full_text:
        marks.append("mail_pgp")
    return list(dict.fromkeys(marks))


async def _meetings(house: House, message: MessageView, when: Callable[[datetime], str]) -> list[Meeting]:
    calendars = [file for file in message.attachments if file.type == CALENDAR_TYPE][:_MOST_INVITATIONS]
    found = [await _invitation(house, file) for file in calendars]
    return [_in_words(each, when) for each in dict.fromkeys(found) if each is not None]


async def _invitation(house: House, file: AttachmentView) -> Invitation | None:
    if file.sha256 is None or not file.size or file.size > LARGEST:
        return None
    try:
        content = await house.ledger.file(file.sha256)
    except FileNotFoundError:  # no longer kept
        return None
    return await house.ledger.aside(read_invitation, content)


def _in_words(invitation: Invitation, when: Callable[[datetime], str]) -> Meeting:
    def words(moment: datetime | None) -> str:
        if moment is None:
            return ""
        if invitation.whole_days:
            return moment.date().isoformat()
        return when(moment) if moment.tzinfo else moment.strftime("%Y-%m-%d %H.%M")

    return Meeting(invitation=invitation, starts=words(invitation.starts_at), ends=words(invitation.ends_at))
