"""aiogram, loaded without building at once what checks each of its 600 types.

As it is loaded it builds them all, and whatever a type holds anew for each type that holds it: six seconds on a small
machine, before the first request is served (https://github.com/aiogram/aiogram/issues/1876). Here a type is built when
it is first used, as its own `defer_build` asks; most never are. To be loaded before anything else of aiogram.
"""

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel


@contextlib.contextmanager
def _building_later() -> Iterator[None]:
    built_at_once = vars(BaseModel)["model_rebuild"]
    BaseModel.model_rebuild = classmethod(lambda _model, **_asked: None)  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        BaseModel.model_rebuild = built_at_once  # type: ignore[method-assign]


with _building_later():
    from aiogram import types


def _know_each_other() -> None:
    """Give aiogram's modules the names that they import for type checkers alone, and that a type needs to be built."""
    named: dict[str, Any] = {name: getattr(types, name) for name in types.__all__}
    for module in {getattr(kind, "__module__", "") for kind in named.values()}:
        if module.startswith("aiogram."):
            vars(sys.modules[module]).update(named | vars(sys.modules[module]))


_know_each_other()
