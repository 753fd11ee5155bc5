"""The inbox: views of the tickets with their counts, filters, a page of lines, and acts upon several at once."""

from console.inbox import bulk, page
from console.routes import Router

router = Router()
router.routes.extend(page.router.routes)
router.routes.extend(bulk.router.routes)
