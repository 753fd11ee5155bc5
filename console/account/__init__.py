"""One's own account: name, password, second factor, where one is logged in, language. And the administrator's view of it."""

from console.account import devices, everybody, own, second_factor, tokens_page, trail_page
from console.routes import Router

router = Router()
router.routes.extend(own.router.routes)
router.routes.extend(devices.router.routes)
router.routes.extend(second_factor.router.routes)
router.routes.extend(everybody.router.routes)
router.routes.extend(tokens_page.router.routes)
router.routes.extend(trail_page.router.routes)
