"""The plain door for measuring: labelled examples and queries in, ranked labels out."""

from collections.abc import Callable, Sequence

from templates_replies.matcher.reader import Example, Reader

Ranking = list[tuple[str, float]]


class _Suggest:
    def __call__(self, examples: Sequence[tuple[str, str]], queries: Sequence[str]) -> list[Ranking]:
        """Rank the labels for each query, best first, scores in 0..1. A query that nothing is like gets none."""
        answer = self.build(examples)
        return [answer(query) for query in queries]

    def build(self, examples: Sequence[tuple[str, str]]) -> Callable[[str], Ranking]:
        """Fit once; return what ranks a single query."""
        reader = Reader.of([Example(label=label, text=text) for label, text in examples])

        def answer(query: str) -> Ranking:
            found = reader.answer([query])[0] if reader else None
            return [(each.label, each.score) for each in found.ranked] if found else []

        return answer


suggest = _Suggest()
