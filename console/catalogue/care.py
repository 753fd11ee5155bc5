"""Tending the catalogue: examples that hurt, and messages for which there is no category yet."""

from typing import Annotated

from fastapi import Query
from fastapi.responses import Response

from console.catalogue.shelf import PREFIX, TheShelf
from console.changing.curating import unmatched, weak_examples
from console.routes import Router

SHOWN = 30

router = Router(prefix=PREFIX, include_in_schema=False)


@router.get("/care")
async def show(shelf: TheShelf, examples: Annotated[str, Query(max_length=10)] = "") -> Response:
    """Show new matters; the examples, which takes several seconds, when they are asked for."""
    matters = await unmatched(shelf.house, shelf.desk.slug)
    if not examples:
        return shelf.shows("catalogue_care.html", "care", matters=matters[:SHOWN], hurting=None)
    catalogue, found = await weak_examples(shelf.house, shelf.revision)
    return shelf.shows(
        "catalogue_care.html", "care", hurting=found[:SHOWN], more=len(found) - SHOWN, matters=matters[:SHOWN],
        names={category.id: category.name for category in catalogue.categories},
    )  # fmt: skip
