"""What Meta tells beside messages: where a template stands, what becomes of account and number, ids that changed.

Each is a field of its own to which the app may be subscribed. What asks nothing of anybody stays unread and is kept.
https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/
"""

import hashlib
from collections.abc import Mapping

from channels.whatsapp.approvals import state_of
from channels.whatsapp.cloud.envelope import Json, Part, UnreadableError, mapping, mappings, text
from tickets.message import AccountTold, Heard, Moved, TemplateTold

_OF_ACCOUNT: Mapping[str, str] = {
    "ACCOUNT_DELETED": "Akun WhatsApp Business ini telah dihapus di Meta.",
    "ACCOUNT_OFFBOARDED": "Akun WhatsApp Business ini terlepas dari Cloud API; mohon hubungkan kembali di Meta Business.",
    "ACCOUNT_RECONNECTED": "Akun WhatsApp Business ini sudah terhubung kembali dengan Cloud API.",
    "ACCOUNT_RESTRICTION": "Meta membatasi akun WhatsApp Business ini.",
    "ACCOUNT_VIOLATION": "Meta mencatat pelanggaran kebijakan pada akun WhatsApp Business ini.",
    "PARTNER_APP_UNINSTALLED": "Izin aplikasi atas akun WhatsApp Business ini telah dicabut.",
    "PARTNER_REMOVED": "Izin aplikasi atas akun WhatsApp Business ini telah dicabut.",
}
_BANS: Mapping[str, str] = {
    "DISABLE": "Meta menonaktifkan akun WhatsApp Business ini.",
    "SCHEDULE_FOR_DISABLE": "Meta akan menonaktifkan akun WhatsApp Business ini.",
    "REINSTATE": "Meta mengaktifkan kembali akun WhatsApp Business ini.",
}
_OF_NUMBER: Mapping[str, str] = {
    "FLAGGED": "Kualitas nomor WhatsApp ini menurun karena banyak kontak memblokir atau melaporkannya.",
    "UNFLAGGED": "Kualitas nomor WhatsApp ini sudah pulih.",
    "DOWNGRADE": "Meta menurunkan batas pengiriman nomor WhatsApp ini.",
    "UPGRADE": "Meta menaikkan batas pengiriman nomor WhatsApp ini.",
}
_OF_REVIEW: Mapping[str, str] = {
    "REJECTED": "Peninjauan akun WhatsApp Business ini ditolak oleh Meta.",
    "APPROVED": "Peninjauan akun WhatsApp Business ini disetujui oleh Meta.",
}
_LONGEST = 200  # of a word of Meta's


def heard_of(part: Part, *, account: str) -> Heard:
    """Say what is told of a template or of the account. Raises UnreadableError for anything else."""
    body = part.body
    match part.about:
        case "message_template_status_update":
            return _template(part, account=account)
        case "account_update":
            says = _account(body)
        case "phone_number_quality_update":
            says = _with(_OF_NUMBER.get(_word(body, "event")), text(body.get("current_limit")))
        case "account_review_update":
            says = _OF_REVIEW.get(_word(body, "decision"))
        case "account_alerts":
            says = _alert(body)
        case _:
            says = None
    if says is None:
        raise UnreadableError(f"WhatsApp tells something of the kind {part.about or 'unknown'!r}.")
    return AccountTold(event_id=_event_id(part), account=account, says=says, raw=part.raw)


def moved_of(part: Part, *, account: str) -> Moved:
    """Read that the id by which a contact is known to the business changed. Raises UnreadableError without both."""
    ids = mapping(part.body.get("user_id"))
    before, after = text(ids.get("previous")), text(ids.get("current"))
    if not (1 < len(before) <= 256 and 1 < len(after) <= 256) or before == after:
        raise UnreadableError("A notice of WhatsApp's about a contact that names no new id.")
    return Moved(event_id=_event_id(part), account=account, before=before, after=after, raw=part.raw)


def _template(part: Part, *, account: str) -> TemplateTold:
    name, language = (text(part.body.get(f"message_template_{each}")) for each in ("name", "language"))
    event, reason = _word(part.body, "event"), text(part.body.get("reason"))
    if not name or not language or not event:
        raise UnreadableError("A notice of WhatsApp's about a template that names none.")
    return TemplateTold(
        event_id=_event_id(part), account=account, name=name, language=language.replace("-", "_"),
        state=state_of(event), reason=reason if reason and reason.upper() != "NONE" else None, raw=part.raw,
    )  # fmt: skip


def _account(body: Json) -> str | None:
    event = _word(body, "event")
    if event == "DISABLED_UPDATE":
        ban = mapping(body.get("ban_info"))
        return _with(_BANS.get(_word(ban, "waba_ban_state")), text(ban.get("waba_ban_date")))
    if event == "ACCOUNT_VIOLATION":
        return _with(_OF_ACCOUNT[event], text(mapping(body.get("violation_info")).get("violation_type")))
    if event == "ACCOUNT_RESTRICTION":
        found = (text(each.get("restriction_type")) for each in mappings(body.get("restriction_info")))
        return _with(_OF_ACCOUNT[event], ", ".join(each for each in found if each))
    return _OF_ACCOUNT.get(event)


def _alert(body: Json) -> str | None:
    about = mapping(body.get("alert_info")) or body
    if _word(about, "alert_severity") not in {"CRITICAL", "WARNING"}:
        return None
    said = text(about.get("alert_description")) or text(about.get("alert_type"))
    return _with("Meta memberi peringatan tentang akun WhatsApp Business ini.", said)


def _with(says: str | None, word: str) -> str | None:
    """Add the word that Meta uses for it, on one line."""
    shown = " ".join(word.split())[:_LONGEST]
    return says if says is None or not shown else f"{says.rstrip('.')} ({shown})."


def _word(body: Json, name: str) -> str:
    return text(body.get(name)).strip().upper()


def _event_id(part: Part) -> str:
    """Name what has no id of its own; the envelope has its time."""
    return f"{part.about}:{hashlib.sha256(part.raw).hexdigest()}"
