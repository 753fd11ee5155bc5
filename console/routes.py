"""Routes that are described when they are first asked for.

FastAPI describes a route as it is written down: it reads the signatures of its function and of all that this depends on,
and builds what checks them. Here that took seconds and tens of megabytes before anything was served, most of it for pages
that a process never shows; and it was done twice wherever one router included another. So a route keeps what it was told,
knows its path and methods, and is described by its first request, or by the description of the whole API.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, params
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, compile_path, get_name

__all__ = ["API", "Router"]

Responses = Mapping[int | str, dict[str, Any]]  # by status, as FastAPI describes them

API = "/api/v1"  # below it is what programs may lean on


class _LateRoute(APIRoute):
    def __init__(self, path: str, endpoint: Any, **told: Any) -> None:
        # What finding a route needs; all else comes with the description.
        self.path = path
        self.path_regex, self.path_format, self.param_convertors = compile_path(path)
        self.endpoint = endpoint
        self.methods = {method.upper() for method in told.get("methods") or ["GET"]}
        self.name = told.get("name") or get_name(endpoint)
        self._told: dict[str, Any] | None = told

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet."""
        told = vars(self).get("_told")
        if told is None:
            raise AttributeError(name)
        self._told = None
        super().__init__(self.path, self.endpoint, **told)
        return getattr(self, name)

    def under(
        self, prefix: str, dependencies: Sequence[params.Depends], responses: Responses
    ) -> "_LateRoute":  # fmt: skip
        """Return the same route below a path, with what else it depends on first; only before it is described."""
        assert self._told is not None
        told = self._told | {
            "dependencies": [*dependencies, *(self._told.get("dependencies") or ())],
            "responses": {**responses, **(self._told.get("responses") or {})},
        }
        return _LateRoute(prefix + self.path, self.endpoint, **told)


class Router(APIRouter):
    """FastAPI's, but for when its routes are described."""

    def __init__(self, **told: Any) -> None:
        super().__init__(route_class=_LateRoute, **told)

    def under(
        self, prefix: str, dependencies: Sequence[params.Depends], responses: Responses
    ) -> list[BaseRoute]:  # fmt: skip
        """Return its routes below a path, with what else they depend on, and what each of them may answer."""
        return [
            route.under(prefix, dependencies, responses) if isinstance(route, _LateRoute) else route
            for route in self.routes
        ]
