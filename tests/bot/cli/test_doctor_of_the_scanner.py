"""The doctor asks the virus scanner who it is."""

from bot.doctor.scanner import of_scanner
from channels.clamav import ClamdAddress
from tests.standins import clamd
from tests.standins.s3 import nowhere


def test_one_that_answers_says_with_which_signatures():
    with clamd.running() as scanner:
        found = of_scanner(scanner.address)
    assert (found.state, "ClamAV 1.4.6/27800" in found.says) == ("ok", True)


def test_one_that_does_not_is_wrong_and_none_is_not():
    gone = of_scanner(ClamdAddress(host="127.0.0.1", port=int(nowhere().rsplit(":", 1)[1])))
    assert (gone.state, "does not answer (Connection refused)" in gone.says) == ("bad", True)
    assert of_scanner(None).state == "off"
