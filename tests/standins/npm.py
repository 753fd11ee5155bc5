"""What tests take from npm, where Node is there and it can be had: installed once, beside the tests' own libraries."""

import shutil
import subprocess
import sys
from pathlib import Path

# Thrown away with them.
SHARE = Path(sys.prefix) / "share"


def folder_of(package: str) -> Path:
    return SHARE / package


def why_not(package: str, version: str) -> str | None:
    """Install a package, and say why it cannot be had; None: it is there."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "Node with npm is not installed (Debian: nodejs, npm)"
    folder = folder_of(package)
    if (folder / "node_modules" / package).is_dir():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        subprocess.run([*command, f"{package}@{version}"], check=True, capture_output=True, timeout=180)
    except (subprocess.SubprocessError, OSError) as error:
        return f"npm could not install {package} ({type(error).__name__})"
    return None
