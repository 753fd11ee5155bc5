"""What lets a phone install the pages: the manifest, the service worker, and the page that it shows without a connection."""

import json
from pathlib import Path

from fastapi import Request
from fastapi.responses import FileResponse, Response

from console.house import TheHouse
from console.language import language_of
from console.pages.render import FOLDER, page
from console.phrases import say
from console.routes import Router

WORKER: Path = FOLDER / "static" / "worker.js"
_ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-whole.png", "512x512", "maskable"),
)
_SHORTCUTS = (("inbox", "/inbox"), ("write_down", "/new"))

router = Router(include_in_schema=False)


@router.get("/manifest.webmanifest")
async def manifest(request: Request) -> Response:
    language = language_of(request)
    content = {
        "id": "/inbox",
        "name": "Tanggap",
        "short_name": "Tanggap",
        "lang": language,
        "start_url": "/inbox",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f4f6f4",
        "theme_color": "#0f766e",
        "icons": [
            {"src": f"/static/{name}", "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in _ICONS
        ],
        "shortcuts": [{"name": say(language, key), "url": url} for key, url in _SHORTCUTS],
    }
    return Response(json.dumps(content), media_type="application/manifest+json")


@router.get("/sw.js")
async def worker() -> Response:
    """Serve the worker from the top, for it may serve only what lies below its own path."""
    return FileResponse(WORKER, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@router.get("/offline")
async def offline(request: Request, house: TheHouse) -> Response:
    return page(request, house, "offline.html")
