"""What callers send."""

from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

LONGEST_TEXT = 100_000


def _without_nul(text: str) -> str:
    return text.replace("\x00", "")  # PostgreSQL's text cannot hold it


Line = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True), AfterValidator(_without_nul)]
Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(_without_nul)]
Said = Annotated[Text, StringConstraints(min_length=1)]
Name = Annotated[Line, StringConstraints(min_length=1)]
Id = Annotated[int, Field(ge=1, lt=10**15)]  # of a ticket or a message: what is larger fits no column


class Identity(BaseModel):
    """What a contact says of themselves."""

    name: Line | None = None
    number: Line | None = Field(default=None, description="NIM or NIP")
    unit: Line | None = Field(default=None, description="Study programme or unit")
    email: Line | None = None


class NewContact(BaseModel):
    name: Line | None = None
    identity: Identity = Identity()


class NewTicket(BaseModel):
    """Somebody telephoned or stood at the counter."""

    desk: Name
    contact: NewContact = NewContact()
    text: Said = Field(description="What they said")
    subject: Line | None = None
    category: Line | None = Field(default=None, description="Id of a category of the desk")
    came_at: AwareDatetime | None = Field(
        default=None, description="When they came, if it is written down later: the clocks start then"
    )
    medium: Line | None = Field(default=None, description="telephone, counter or other")


class Outgoing(BaseModel):
    """The desk writes first."""

    desk: Name
    to: Name = Field(description="A mailbox, or the number or id of somebody who has written before")
    text: Said
    subject: Line | None = None
    category: Line | None = Field(default=None, description="Id of a category of the desk")
    as_written: bool = Field(
        default=False,
        description="Placeholders such as `{contact}` in `text` are meant so: otherwise 422 `unfilled` names them",
    )


class Reach(BaseModel):
    to: Name = Field(description="A mailbox, or the number or id of somebody who has written before")


class Reply(BaseModel):
    """Words of one's own, or a reply template of the desk."""

    template: Name | None = Field(default=None, description="Id of a reply template, instead of `text`")
    text: Said | None = Field(default=None, validate_default=True)
    values: dict[Line, Line] = Field(
        default_factory=dict,
        description="For placeholders of the template that have no value: 422 `values_missing` names them",
    )
    as_written: bool = Field(
        default=False,
        description="Placeholders such as `{contact}` in `text` are meant so: otherwise 422 `unfilled` names them",
    )
    wait: bool = Field(default=False, description="Wait for the contact: the resolution clock pauses")
    seen: int | None = Field(
        default=None,
        ge=0,
        lt=10**15,
        description="Newest message that you have seen: 409 if a colleague answered since",
    )

    @field_validator("text")
    @classmethod
    def _one_of_both(cls, text: str | None, info: ValidationInfo) -> str | None:
        if (text is None) == (info.data.get("template") is None):
            raise ValueError("either text or template is needed")
        return text


class Note(BaseModel):
    text: Said


class FollowUp(BaseModel):
    text: Said = Field(description="What was done about the low score")


class Assign(BaseModel):
    agent: Line | None = Field(description="Id, mailbox or name of somebody of the desk; null for nobody")


class Categorise(BaseModel):
    category: Name


class Escalate(BaseModel):
    team: Name | None = Field(description="Id of a team of the desk; null takes the ticket back")
    reason: Line | None = None


class Why(BaseModel):
    reason: Line | None = None


class SendAgain(BaseModel):
    delivery: int = Field(ge=1, lt=10**15, description="Of one of the tries")


class Prioritise(BaseModel):
    priority: Name = Field(description="low, normal, high or urgent")


class Snooze(BaseModel):
    until: AwareDatetime = Field(description="It sleeps until then, or until the contact writes")
    reason: Line | None = None


class Spam(BaseModel):
    reason: Line | None = None
    block: bool = Field(default=False, description="Block the address, too")


class Unblock(BaseModel):
    take_in: bool = Field(default=False, description="What was held back becomes tickets")


class Chosen(BaseModel):
    tickets: list[Id] = Field(min_length=1, max_length=500, description="Numbers of solved tickets")


class SendBack(BaseModel):
    note: Said = Field(description="What is missing; the agent reads it, the contact does not")


class Join(BaseModel):
    ticket: int = Field(ge=1, lt=10**15, description="A ticket of the contact who becomes part of this one")
    reason: Line | None = Field(default=None, description="Needed where there is no proof")


class Part(BaseModel):
    join_id: int | None = Field(default=None, ge=1, lt=10**15, description="One of `contact.joins`")


class LinkTo(BaseModel):
    ticket: int = Field(ge=1, lt=10**15, description="The other ticket")
    kind: Name = Field(default="related", alias="as", description="related, duplicate, caused_by or incident")


class Unlink(BaseModel):
    ticket: int = Field(ge=1, lt=10**15)


class Merge(BaseModel):
    into: int = Field(ge=1, lt=10**15, description="The ticket that stays")
    tell: bool | None = Field(default=None, description="Tell the contact; null: as the desk has it")


class Split(BaseModel):
    messages: list[Id] = Field(min_length=1, max_length=200, description="Ids of the messages that go")
    subject: Line | None = None


class PartMatter(BaseModel):
    category: Name = Field(description="That of the matter, as the event `ticket.matters_seen` names it")


class Attach(BaseModel):
    tickets: list[Id] = Field(min_length=1, max_length=500, description="Tickets that are part of it")


class AnswerAll(BaseModel):
    text: Said = Field(description="Placeholders such as `{contact}` are filled in for each")


class CloseAll(BaseModel):
    category: Line | None = Field(default=None, description="For those without one")


class WhichClock(BaseModel):
    cycle: int | None = Field(
        default=None, ge=1, lt=10**9, description="Which run of its kind; left out: the newest"
    )
    subject: Line | None = Field(default=None, description="The team of a `second_line` clock")


class Acknowledge(WhichClock):
    reason: Line | None = Field(default=None, description="Kept in the ticket's history")


class Extend(WhichClock):
    within: Name = Field(description="How much more, such as `2h` or `1d`; from now, if the clock is late")
    reason: Name


class Return(BaseModel):
    text: Text | None = Field(default=None, description="What was found; it becomes a note")


class Move(BaseModel):
    desk: Name = Field(description="The other desk")
    category: Line | None = Field(default=None, description="Of the other desk; null: the same, if it has it")
    reason: Line | None = None
