"""The API asked for what its description allows, and for what it does not: nothing breaks, and each answer is as it is described."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bot.migrations import migrate
from tests.access.askers import Asker, with_a_token
from tests.access.asking import opened_house
from tests.access.routes import ways
from tests.console.houses import Office
from tickets.actor import Role

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
EXAMPLES = 2  # of what is described, and as many of what is not, for each route
HOME = "http://desk.test"
_CHECKS = [content_type_conformance, response_schema_conformance, status_code_conformance]
_SENT = ("params", "json", "content")


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as running:
        yield running


def test_each_answer_is_as_it_is_described_whatever_is_asked(tmp_path, runner):
    """As the administrator, in a house with one of everything; every other time at an address that leads to something."""
    migrate(f"sqlite:///{tmp_path}/empty.db")
    house = AsyncExitStack()
    office = runner.run(house.enter_async_context(opened_house(tmp_path, "described")))
    asker = with_a_token(office, (Role.ADMIN, None))
    try:
        found = list(_answered_otherwise(office, asker, runner))
        described = office.app.openapi()
        boundless, silent = sorted(_boundless(described)), sorted(_silent(described))
    finally:
        runner.run(asker.client.aclose())
        runner.run(house.aclose())
    assert (found, boundless, silent) == ([], [], [])


def _silent(described: dict[str, Any]) -> Iterator[str]:
    """Yield what does not say that it asks for a token, and for what the token is good for."""
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            if not {"401", "403"} <= operation["responses"].keys():
                yield f"{method} {path}"


def _boundless(described: dict[str, Any]) -> Iterator[str]:
    """Yield where a number may be sent that is larger than any column holds."""
    schemas = described["components"]["schemas"]

    def within(schema: Any, seen: frozenset[str]) -> Iterator[str]:
        if isinstance(schema, list):
            for each in schema:
                yield from within(each, seen)
        elif isinstance(schema, dict):
            name = str(schema.get("$ref", "")).rpartition("/")[2]
            if name and name not in seen:
                yield from within(schemas[name], seen | {name})
            if schema.get("type") == "integer" and not {"maximum", "exclusiveMaximum"} & schema.keys():
                yield str(schema.get("title", schema))
            for each in schema.values():
                yield from within(each, seen)

    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            sent = [operation.get("parameters", []), operation.get("requestBody", {})]
            yield from (f"{method} {path}: {each}" for each in within(sent, frozenset()))


def _answered_otherwise(office: Office, asker: Asker, runner: asyncio.Runner) -> Iterator[str]:
    leads = {way.name: f"{HOME}{way.leads}" for way in ways(office) if way.is_api}
    asked = 0
    for result in schemathesis.openapi.from_dict(office.app.openapi()).get_all_operations():
        assert isinstance(result, Ok), result.err()
        operation = result.ok()
        name = f"{operation.method.upper()} {operation.path}"
        found: list[str] = []

        def ask(case: Case, *, leads_somewhere: bool, name: str = name, found: list[str] = found) -> None:
            answer = runner.run(_ask(asker, case, leads[name] if leads_somewhere else None))
            found += _faults(case, answer)

        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            _for_some(operation, mode, ask)
        asked += 1
        yield from sorted({f"{name}: {fault}" for fault in found})
    assert asked > 100


def _for_some(operation: APIOperation, mode: GenerationMode, ask: Callable[..., None]) -> None:
    """Ask for some examples of an operation, the same ones in each run."""

    @seed(1)
    @settings(
        max_examples=EXAMPLES, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode), leads_somewhere=st.booleans())
    def some(case: Case, leads_somewhere: bool) -> None:
        ask(case, leads_somewhere=leads_somewhere)

    some()


async def _ask(asker: Asker, case: Case, instead: str | None) -> httpx.Response:
    given = case.as_transport_kwargs(base_url=HOME)
    if isinstance(given.get("data"), bytes | str):
        given["content"] = given.pop("data")
    sent = {name: given[name] for name in _SENT if given.get(name) is not None}
    headers = {**(given.get("headers") or {}), "Authorization": asker.client.headers["Authorization"]}
    return await asker.client.request(given["method"], instead or given["url"], headers=headers, **sent)


def _faults(case: Case, answer: httpx.Response) -> Iterator[str]:
    """Yield what is wrong with an answer; 400 is the one of a body that is no text, whatever the route."""
    if answer.status_code >= 500:
        yield f"{answer.status_code}, an error of ours"
    elif answer.status_code >= 400 and set(answer.json()) != {"error"}:
        yield f"{answer.status_code} in another shape"
    elif answer.status_code != 400:
        try:
            case.validate_response(answer, checks=_CHECKS)
        except FailureGroup as group:
            for each in group.exceptions:
                yield f"{answer.status_code} {type(each).__name__} {str(each).splitlines()[0]}"


def test_an_answer_that_is_not_described_is_told():
    """The checks look: a house that answers otherwise is found out."""
    described = {
        "openapi": "3.1.0", "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "object", "required": ["n"]}}}}}}}},
    }  # fmt: skip
    (result,) = schemathesis.openapi.from_dict(described).get_all_operations()
    case = result.ok().Case()

    def faults(status: int, **body: object) -> list[str]:
        answer = httpx.Response(status, request=httpx.Request("GET", f"{HOME}/a"), **body)
        answer.elapsed = timedelta()
        return list(_faults(case, answer))

    assert faults(200, json={"n": 1}) == []
    assert faults(500, json={"error": {}}) == ["500, an error of ours"]
    assert faults(404, json={"detail": "x"}) == ["404 in another shape"]
    assert (
        len(faults(200, json={})) == len(faults(200, text="x")) == len(faults(409, json={"error": {}})) == 1
    )
