"""The tables of the ledger, a module a theme. Plain records: rules and acts live in the modules beside them.

Whoever needs a table imports it from here; importing this package declares all of them on SQLModel's metadata.
"""

from tickets.tables.budgets import Budget
from tickets.tables.calendar import HolidayFeedState
from tickets.tables.contacts import Address, Contact
from tickets.tables.desks import DeskRevision, ScopedNumber, Staff
from tickets.tables.devices import Device
from tickets.tables.drafts import KeptDraft
from tickets.tables.evaluation import EvaluationText
from tickets.tables.findings import Finding, FindingNote
from tickets.tables.handling import HeldMessage, Link
from tickets.tables.history import Bookmark, Counter, Cursor, Event
from tickets.tables.hooks import Hook, HookTry
from tickets.tables.identity import Code, Join, Lookup, Proof, Verification
from tickets.tables.imported import Imported
from tickets.tables.inbound import Inbound
from tickets.tables.matching import Example, Prediction
from tickets.tables.mentions import Mention
from tickets.tables.messages import Attachment, EarlyEdit, Edit, Message
from tickets.tables.outbox import Outbox, Reference
from tickets.tables.personal import Look, Removal
from tickets.tables.presence import Absence, Turn
from tickets.tables.reconciled import LostMessage, Reconciliation
from tickets.tables.rules import RuleTurn, TicketTag
from tickets.tables.saved import SavedView
from tickets.tables.scheduled import ScheduledAnswer
from tickets.tables.second_line import TeamIssue
from tickets.tables.seen import SeenTicket
from tickets.tables.supervision import VerificationDraw
from tickets.tables.survey import AskedSurvey, SurveyInvitation
from tickets.tables.templates import ApprovedTemplate, TemplateList
from tickets.tables.tickets import Clock, Ticket
from tickets.tables.windows import StaffHeard

__all__ = [
    "Absence",
    "Address",
    "ApprovedTemplate",
    "AskedSurvey",
    "Attachment",
    "Bookmark",
    "Budget",
    "Clock",
    "Code",
    "Contact",
    "Counter",
    "Cursor",
    "DeskRevision",
    "Device",
    "EarlyEdit",
    "Edit",
    "EvaluationText",
    "Event",
    "Example",
    "Finding",
    "FindingNote",
    "HeldMessage",
    "HolidayFeedState",
    "Hook",
    "HookTry",
    "Imported",
    "Inbound",
    "Join",
    "KeptDraft",
    "Link",
    "Look",
    "Lookup",
    "LostMessage",
    "Mention",
    "Message",
    "Outbox",
    "Prediction",
    "Proof",
    "Reconciliation",
    "Reference",
    "Removal",
    "RuleTurn",
    "SavedView",
    "ScheduledAnswer",
    "ScopedNumber",
    "SeenTicket",
    "Staff",
    "StaffHeard",
    "SurveyInvitation",
    "TeamIssue",
    "TemplateList",
    "Ticket",
    "TicketTag",
    "Turn",
    "Verification",
    "VerificationDraw",
]
