"""The register of findings on pages: the list with its filters and table, and each finding with its history and its acts."""

from fastapi import APIRouter

from console.findings import listing, one

router = APIRouter(include_in_schema=False)
for _room in (listing, one):
    router.include_router(_room.router)
