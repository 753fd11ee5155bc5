"""Files of the ledger: what they are, by their own bytes and by the sender's word."""

import pytest

from tickets.ledger.blobs import sniff

OGG = b"OggS\x00\x02" + b"\0" * 20 + b"\x01\x13OpusHead\x01\x01" + b"\0" * 99
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 30


@pytest.mark.parametrize(
    ("content", "declared", "name", "kind"),
    [
        pytest.param(
            OGG, "audio/ogg; codecs=opus", "voice-6.ogg", "audio/ogg", id="a voice note stays sound"
        ),
        pytest.param(b"OggS" + b"\0" * 99, "audio/ogg", "audio-1.ogg", "audio/ogg", id="a broken one too"),
        pytest.param(OGG, "application/pdf", "rekaman.ogg", "application/ogg", id="sound under a false name"),
        pytest.param(PNG, "image/jpeg", "foto.jpg", "image/png", id="pictures show what they are"),
        pytest.param(PNG, "image/png", "foto.jpg", "image/png", id="a picture is what its sender says"),
        pytest.param(b"%PDF-1.7", "image/png", "a.png", "application/pdf", id="a letter under a false name"),
        pytest.param(b"<html><script>", "audio/ogg", "voice.ogg", "text/html", id="a page is never sound"),
    ],
)
def test_a_file_is_what_its_bytes_show_and_a_container_what_its_sender_says(content, declared, name, kind):
    assert sniff(content, declared=declared, name=name) == kind
