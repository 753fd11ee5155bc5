"""npm's oidc-provider, where Node is there and it can be installed: another's reading of OpenID Connect than ours."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.standins import npm

VERSION = "9"
FOLDER = npm.folder_of("oidc-provider")
SCRIPT = Path(__file__).with_name("oidc_provider.mjs")


def why_not() -> str | None:
    """Install it, and say why it cannot be had; None: it is there."""
    return npm.why_not("oidc-provider", VERSION)


@contextmanager
def running(client: str, secret: str, back: str) -> Iterator[str]:
    """Serve it; its issuer."""
    script = FOLDER / SCRIPT.name  # Node looks for packages where the script lies
    shutil.copyfile(SCRIPT, script)
    command = ["node", str(script), client, secret, back]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            issuer = process.stdout.readline().strip()
            assert issuer.startswith("http://127.0.0.1:"), "oidc-provider did not start"
            yield issuer
        finally:
            process.terminate()
