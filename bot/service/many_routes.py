"""Many routes as one: found by their path, without asking each of them. Every desk has a dozen, every request passes them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from starlette.datastructures import URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound, Route
from starlette.types import Receive, Scope, Send

_FOUND = "tanggap.route"  # in the scope


class ManyRoutes(BaseRoute):
    """Quick where no part of a path but its last is a parameter; others are asked one after the other."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self.routes = tuple(routes)
        self._exact = defaultdict[str, list[BaseRoute]](list)
        self._under = defaultdict[str, list[BaseRoute]](list)
        self._others: list[BaseRoute] = []
        for route in routes:
            self._place_of(route).append(route)

    def _place_of(self, route: BaseRoute) -> list[BaseRoute]:
        if not isinstance(route, Route):
            return self._others
        folder, _, last = route.path.rpartition("/")
        if "{" in folder:
            return self._others
        return self._under[folder] if "{" in last else self._exact[route.path]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        partly: tuple[Match, Scope] = (Match.NONE, {})
        for route in self._at(scope["path"]) if scope["type"] == "http" else ():
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, {**found, _FOUND: route}
            if match is Match.PARTIAL and partly[0] is Match.NONE:
                partly = match, {**found, _FOUND: route}
        return partly

    def _at(self, path: str) -> Iterator[BaseRoute]:
        yield from self._exact.get(path, ())
        yield from self._under.get(path.rpartition("/")[0], ())
        yield from self._others

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope[_FOUND].handle(scope, receive, send)

    def url_path_for(self, name: str, /, **path_params: str) -> URLPath:
        raise NoMatchFound(name, path_params)
