"""The virus scanner: whether it answers, and with which signatures."""

from bot.doctor.findings import Finding, State
from channels.clamav import Clamd, ClamdAddress

ABOUT = "virus scanner"


def of_scanner(at: ClamdAddress | None) -> Finding:
    if at is None:
        return Finding(
            about=ABOUT, state=State.OFF, says="TANGGAP_CLAMAV is not set: files are not examined."
        )
    try:
        version = Clamd(at).version()
    except OSError as error:
        why = error.strerror or type(error).__name__
        says = f"clamd at {at} does not answer ({why}): what has files is not taken in until it does."
        return Finding(about=ABOUT, state=State.BAD, says=says)
    return Finding(about=ABOUT, state=State.GOOD, says=f"{at} answers: {version}.")
