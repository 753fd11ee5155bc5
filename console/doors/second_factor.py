"""The second factor: codes of an app that change every half minute (TOTP), and recovery codes for when it is lost.

A code counts once: the step it belongs to is kept, and none up to it is taken again. The secret lies sealed in the
database; of recovery codes, which are long and random, there is a hash.
"""

import base64
import re
import secrets
from datetime import datetime
from enum import StrEnum

import pyotp
from pyotp.exceptions import OTPVerificationError
from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlmodel import Session

from console.tables import Account, RecoveryCode
from console.tokens import hash_of
from tickets.ledger.prepared import Prepared, inserting
from tickets.ledger.tx import Tx

ISSUER = "Tanggap"
PURPOSE = "second factor"  # for which secrets are sealed
HOW_MANY = 8  # recovery codes
_STEPS_APART = 1  # by which a telephone's clock may differ
_RANDOM, _LETTERS = 10, 16  # bytes of a recovery code, and its letters
_MISREAD = str.maketrans("018", "OIB")  # digits that are in no code, and what they were read for

_ACCOUNTS = Account.__table__  # type: ignore[attr-defined]
_CODES = RecoveryCode.__table__  # type: ignore[attr-defined]
_OF_EMAIL = _ACCOUNTS.c.email == bindparam("of_email")
_TURN_ON = Prepared(
    update(_ACCOUNTS)
    .where(_OF_EMAIL)
    .values(totp=bindparam("sealed"), totp_step=bindparam("step"), totp_at=bindparam("at"))
)
_TURN_OFF = Prepared(update(_ACCOUNTS).where(_OF_EMAIL).values(totp=None, totp_step=None, totp_at=None))
_TAKE_STEP = Prepared(
    update(_ACCOUNTS)
    .where(_OF_EMAIL, or_(_ACCOUNTS.c.totp_step.is_(None), _ACCOUNTS.c.totp_step < bindparam("step")))
    .values(totp_step=bindparam("step"))
)
_INSERT_CODE = inserting(RecoveryCode)
_USE_CODE = Prepared(
    update(_CODES)
    .where(
        _CODES.c.code_hash == bindparam("of_code"),
        _CODES.c.email == bindparam("of_email"),
        _CODES.c.used_at.is_(None),
    )
    .values(used_at=bindparam("at"))
)
_DROP_CODES = Prepared(delete(_CODES).where(_CODES.c.email == bindparam("of_email")))


class Passed(StrEnum):
    """With what somebody passed the second step."""

    APP = "app"
    RECOVERY = "recovery"


def new_secret() -> str:
    return pyotp.random_base32()


def address_of(secret: str, email: str) -> str:
    """Return what an app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def step_of(secret: str, code: str, *, now: datetime) -> int | None:
    """Return the half minute whose code this is; None: it is the code of none around now."""
    digits = re.sub(r"\s", "", code)
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(digits, for_time=now, valid_window=_STEPS_APART)
    except OTPVerificationError:
        return None


def turn_on(tx: Tx, email: str, *, sealed: str, step: int, at: datetime) -> tuple[str, ...]:
    """Let somebody in with a second factor alone from now on. The recovery codes, which are read this once."""
    tx.run(_TURN_ON, of_email=email, sealed=sealed, step=step, at=at)
    return new_recovery_codes(tx, email, at=at)


def turn_off(tx: Tx, email: str) -> bool:
    """Let somebody in without; False if nobody is called so."""
    tx.run(_DROP_CODES, of_email=email)
    return bool(tx.run(_TURN_OFF, of_email=email))


def new_recovery_codes(tx: Tx, email: str, *, at: datetime) -> tuple[str, ...]:
    """Make recovery codes; those of before work no longer."""
    tx.run(_DROP_CODES, of_email=email)
    made = [base64.b32encode(secrets.token_bytes(_RANDOM)).decode() for _ in range(HOW_MANY)]
    for code in made:
        tx.run(_INSERT_CODE, code_hash=hash_of(code), email=email, created_at=at)
    return tuple("-".join(re.findall("....", code)) for code in made)


def passes(tx: Tx, email: str, code: str, *, secret: str | None, at: datetime) -> Passed | None:
    """Use a code up, of the app or for recovery; None: it is none, or was used before.

    `secret` is None where it cannot be opened: recovery codes work even so.
    """
    step = step_of(secret, code, now=at) if secret is not None else None
    if step is not None:
        return Passed.APP if tx.run(_TAKE_STEP, of_email=email, step=step) else None
    letters = re.sub(r"[\s-]", "", code).upper().translate(_MISREAD)
    if len(letters) == _LETTERS and tx.run(_USE_CODE, of_code=hash_of(letters), of_email=email, at=at):
        return Passed.RECOVERY
    return None


def codes_left(session: Session, email: str) -> int:
    """Return how many recovery codes somebody has not used."""
    counting = select(func.count()).where(_CODES.c.email == email, _CODES.c.used_at.is_(None))
    return int(session.execute(counting).scalar_one())
