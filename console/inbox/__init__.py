"""The inbox: views of the tickets with their counts, filters, a page of lines, and acts upon several at once."""

from fastapi import APIRouter

from console.inbox import bulk, page

router = APIRouter()
router.include_router(page.router)
router.include_router(bulk.router)
