"""The bare engine of a webhook: uvicorn, FastAPI and SQLAlchemy, a signature checked and one row stored.

python -m benchmarks.bare_web PORT DATABASE_URL AUTH_TOKEN
"""

import base64
import hmac
import sys
from urllib.parse import parse_qsl

import uvicorn
from fastapi import FastAPI, Request, Response
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine

PATH = "/messages"
PUBLIC_URL = "http://localhost"

_tables = MetaData()
_messages = Table("messages", _tables, Column("id", Integer, primary_key=True), Column("raw", Text))


def bare_web(database_url: str, auth_token: str) -> FastAPI:
    engine = create_engine(database_url)
    _tables.create_all(engine)
    app = FastAPI()

    @app.get("/healthz")
    async def healthz() -> str:
        return "ok"

    @app.post(PATH)
    async def take_in(request: Request) -> Response:
        body = await request.body()
        if not hmac.compare_digest(request.headers["X-Twilio-Signature"], _signature(body, auth_token)):
            return Response(status_code=403)
        with engine.begin() as connection:
            connection.execute(_messages.insert(), {"raw": body.decode()})
        return Response()

    return app


def _signature(body: bytes, auth_token: str) -> str:
    fields = sorted(parse_qsl(body.decode(), keep_blank_values=True))
    signed = f"{PUBLIC_URL}{PATH}" + "".join(name + value for name, value in fields)
    return base64.b64encode(hmac.digest(auth_token.encode(), signed.encode(), "sha1")).decode()


if __name__ == "__main__":
    _, port, url, token = sys.argv
    uvicorn.run(bare_web(url, token), port=int(port), log_level="warning")
