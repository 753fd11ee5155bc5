"""Modules that many a service never needs, loaded when something of them is first asked for.

A channel that no account uses, what typesets papers, what moves a schema on: together they are a third of what a service
would hold, and half of its start. Python has no word for it before 3.15 (PEP 810), so

    if TYPE_CHECKING:
        import typst
    else:
        typst = Later("typst")

stands at the top of a module: types and the drawing of the floors see an import like any other. Whoever is not to wait
for the loading, which takes up to a second, asks on a thread. See docs/adr/0014.
"""

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module, and has what it has."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._module), name)
