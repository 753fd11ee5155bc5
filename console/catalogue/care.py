"""Tending the catalogue: examples that hurt, and messages for which there is no category yet."""

from fastapi import APIRouter
from fastapi.responses import Response

from console.catalogue.shelf import PREFIX, TheShelf
from console.curating import unmatched, weak_examples

SHOWN = 30

router = APIRouter(prefix=PREFIX)


@router.get("/care")
async def show(shelf: TheShelf) -> Response:
    catalogue, found = await weak_examples(shelf.house, shelf.revision)
    matters = await unmatched(shelf.house, shelf.desk.slug)
    return shelf.shows(
        "catalogue_care.html", "care", hurting=found[:SHOWN], more=len(found) - SHOWN, matters=matters[:SHOWN],
        names={category.id: category.name for category in catalogue.categories},
    )  # fmt: skip
