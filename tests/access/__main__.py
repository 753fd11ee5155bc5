"""Writes `docs/access.md`: python -m tests.access"""

import asyncio
import tempfile
from pathlib import Path

from tests.access.asking import asked_of_everybody
from tests.access.page import written

PAGE = Path(__file__).parents[2] / "docs" / "access.md"

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(written(asyncio.run(asked_of_everybody(Path(folder)))), encoding="utf-8")
