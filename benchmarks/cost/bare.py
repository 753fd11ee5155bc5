"""What is measured beside: the same doors with nothing behind them, each a process of its own.

`python -m benchmarks.cost.bare webhook PORT`: FastAPI that checks Twilio's signature and stores nothing.
`python -m benchmarks.cost.bare smtp PORT`: aiosmtpd that parses each mail and throws it away.
`python -m benchmarks.cost.bare sink PORT`: a provider that takes whatever is sent, as Twilio answers; `relay`: one of mail.
"""

import asyncio
import json
import sys
from email import message_from_bytes
from itertools import count
from typing import Annotated

import uvicorn
import uvloop
from aiosmtpd.smtp import SMTP, Envelope, Session
from fastapi import FastAPI, Header, Request, Response
from starlette.applications import Starlette
from starlette.routing import Route

from benchmarks.cost.office import PUBLIC_URL, TOKEN
from channels.whatsapp.twilio.signature import form_of, signed

_NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


def webhook(port: int) -> None:
    app = FastAPI()

    @app.post("/channels/whatsapp/{desk}")
    async def heard(
        desk: str, request: Request, x_twilio_signature: Annotated[str, Header()] = ""
    ) -> Response:
        form = form_of(await request.body())
        url = f"{PUBLIC_URL}/channels/whatsapp/{desk}"
        if form is None or not signed(url=url, form=form, signature=x_twilio_signature, auth_token=TOKEN):
            return Response("The signature is wrong.", status_code=403)
        return Response(_NOTHING, media_type="text/xml")

    uvicorn.run(app, port=port, log_level="error", access_log=False, loop="uvloop")


class _Discarding:
    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.original_content or b"")
        for part in mail.walk():
            if not part.is_multipart():
                part.get_payload(decode=True)
        return "250 OK"


def smtp(port: int) -> None:
    async def listen() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: SMTP(_Discarding(), data_size_limit=25_000_000, enable_SMTPUTF8=True, loop=loop),
            "127.0.0.1",
            port,
        )
        await server.serve_forever()

    uvloop.run(listen())


def sink(port: int) -> None:
    numbers = count(1)

    async def take(request: Request) -> Response:
        await request.body()
        if request.method == "GET":
            return Response(json.dumps({"messages": []}))
        sid = f"SM{next(numbers):032x}"
        return Response(json.dumps({"sid": sid, "status": "queued"}), status_code=201)

    app = Starlette(routes=[Route("/{path:path}", take, methods=["GET", "POST"])])
    uvicorn.run(app, port=port, log_level="error", access_log=False, loop="uvloop")


if __name__ == "__main__":
    {"webhook": webhook, "smtp": smtp, "sink": sink, "relay": smtp}[sys.argv[1]](int(sys.argv[2]))
