"""What messages may be about, asked for all at once that come in at the same moment.

A matcher takes hardly longer for ten texts than for one, so that the more wait, the less each of them costs.
"""

import asyncio

from templates_replies.matcher import Matcher, Suggestion

Suggestions = tuple[Suggestion, ...]


class Suggesting:
    """Of one event loop."""

    def __init__(self) -> None:
        self._waiting: dict[Matcher, list[tuple[str, asyncio.Future[Suggestions]]]] = {}

    async def suggest(self, matcher: Matcher, text: str) -> Suggestions:
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_soon(self._ask)  # after whatever has come in with this one
        answer: asyncio.Future[Suggestions] = loop.create_future()
        self._waiting.setdefault(matcher, []).append((text, answer))
        return await answer

    def _ask(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for matcher, asked in waiting.items():
            found = _suggested(matcher, [text for text, _ in asked])
            for (_, answer), suggestions in zip(asked, found, strict=True):
                if answer.done():  # nobody waits any more
                    continue
                if isinstance(suggestions, Exception):
                    answer.set_exception(suggestions)
                else:
                    answer.set_result(suggestions)


def _suggested(matcher: Matcher, texts: list[str]) -> list[Suggestions | Exception]:
    try:
        return list(matcher.suggest_all(texts))
    except Exception as error:  # noqa: BLE001  one of them is bad: each for itself
        if len(texts) == 1:
            return [error]
        return [found for text in texts for found in _suggested(matcher, [text])]
