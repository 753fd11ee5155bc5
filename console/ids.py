"""Numbers of rows as addresses have them."""

from typing import Annotated

from fastapi import Path

Id = Annotated[int, Path(ge=1, lt=10**15)]  # what is larger fits no column
