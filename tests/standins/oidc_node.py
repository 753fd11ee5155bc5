"""npm's oidc-provider, where Node is there and it can be installed: another's reading of OpenID Connect than ours."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSION = "9"
# Beside the test's own libraries, so that it is fetched once and thrown away with them.
FOLDER = Path(sys.prefix) / "share" / "oidc-provider"
SCRIPT = Path(__file__).with_name("oidc_provider.mjs")


def why_not() -> str | None:
    """Install it, and say why it cannot be had; None: it is there."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "Node with npm is not installed (Debian: nodejs, npm)"
    if (FOLDER / "node_modules" / "oidc-provider").is_dir():
        return None
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--prefix", str(FOLDER), "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        subprocess.run([*command, f"oidc-provider@{VERSION}"], check=True, capture_output=True, timeout=180)
    except (subprocess.SubprocessError, OSError) as error:
        return f"npm could not install oidc-provider ({type(error).__name__})"
    return None


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
