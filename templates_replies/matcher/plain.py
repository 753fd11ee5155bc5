"""The plain door for measuring: labelled examples and queries in, ranked labels out."""

from collections.abc import Callable, Sequence

from templates_replies.matcher.index import Index

Ranking = list[tuple[str, float]]


class _Suggest:
    def __call__(self, examples: Sequence[tuple[str, str]], queries: Sequence[str]) -> list[Ranking]:
        """Rank the labels for each query, best first, scores in 0..1. A query that nothing is like gets none."""
        answer = self.build(examples)
        return [answer(query) for query in queries]

    def build(self, examples: Sequence[tuple[str, str]]) -> Callable[[str], Ranking]:
        """Fit once; return what ranks a single query."""
        index = Index(examples)
        return lambda query: [(each.label, each.score) for each in index.rank(query)]


suggest = _Suggest()
