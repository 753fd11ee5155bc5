"""One's own account: name, password, second factor, where one is logged in, language. And the administrator's view of it."""

from fastapi import APIRouter

from console.account import devices, everybody, own, second_factor, tokens_page, trail_page

router = APIRouter()
router.include_router(own.router)
router.include_router(devices.router)
router.include_router(second_factor.router)
router.include_router(everybody.router)
router.include_router(tokens_page.router)
router.include_router(trail_page.router)
