"""The register of findings on pages: the list with its filters and table, and each finding with its history and its acts."""

from console.findings import listing, one
from console.routes import Router

router = Router(include_in_schema=False)
for _room in (listing, one):
    router.routes.extend(_room.router.routes)
