"""Pages that are for the administrator alone."""

from starlette.exceptions import HTTPException

from console.doors import Visitor


def for_the_administrator(visitor: Visitor) -> None:
    """Raise HTTPException(403) for everybody else."""
    if not visitor.admin:
        raise HTTPException(403, "for the administrator")
