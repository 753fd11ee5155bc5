"""New matters: messages that no category fits, brought together where they ask for the same.

Messages are compared by the words they share, rare ones weighing most, and joined as long as two groups are alike on
average. The same messages always give the same groups. Names are proposed from the words that a group shares.
"""

import heapq
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from templates_replies.cues import is_greeting, is_thanks
from templates_replies.curation.effect import FirstWords
from templates_replies.normalise import read, words

MOST = 300  # messages compared; the time grows with their square
ALIKE = 0.18  # average similarity up to which groups are joined
FEWEST = 3  # messages that make a matter
LONGEST_NAME = 3  # words
_SHORTEST_WORD = 3
_NAMELESS = frozenset(  # words that say nothing in a name
    [
        "yang",
        "dan",
        "atau",
        "ini",
        "itu",
        "untuk",
        "dari",
        "pada",
        "dengan",
        "saya",
        "anda",
        "kami",
        "bapak",
        "ibu",
        "kak",
        "min",
        "mohon",
        "tolong",
        "apakah",
        "bagaimana",
        "kenapa",
        "mengapa",
        "kapan",
        "berapa",
        "apa",
        "saja",
        "sudah",
        "belum",
        "akan",
        "juga",
        "nya",
        "dong",
        "bisa",
        "selamat",
        "pagi",
        "siang",
        "sore",
        "malam",
        "the",
        "and",
        "for",
        "from",
        "with",
        "how",
        "what",
        "why",
        "when",
        "can",
        "could",
        "please",
        "you",
        "your",
        "are",
        "have",
        "has",
        "this",
        "that",
    ]
)

_Vector = Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Cluster:
    name: str  # proposed
    messages: tuple[FirstWords, ...]  # the most typical first


def clusters(said: Sequence[FirstWords]) -> tuple[Cluster, ...]:
    """Return the matters among messages, the most frequent first."""
    speaking = [one for one in said if not is_greeting(one.text) and not is_thanks(one.text)][:MOST]
    vectors = _vectors([one.text for one in speaking])
    groups = [group for group in _joined(vectors) if len(group) >= FEWEST]
    found = [_cluster([speaking[at] for at in group], [vectors[at] for at in group]) for group in groups]
    return tuple(sorted(found, key=lambda one: (-len(one.messages), one.name)))


def _vectors(texts: Sequence[str]) -> Sequence[_Vector]:
    """Return each text as a direction: its words and the beginnings of long ones, rare ones weighing most."""
    counted = [_features(text) for text in texts]
    common = Counter(feature for features in counted for feature in features)
    found = []
    for features in counted:
        weighed = {
            each: weight * math.log(1 + len(texts) / common[each]) for each, weight in features.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
        found.append({each: weight / length for each, weight in weighed.items()})
    return found


def _features(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for word in words(text):
        if len(word) >= _SHORTEST_WORD and not word.isdigit():
            found[word] = 1.0
            if len(word) > 5:
                found[f"{word[:5]}…"] = 0.5
                found[f"…{word[-5:]}"] = 0.5
    return found


def _joined(vectors: Sequence[_Vector]) -> list[list[int]]:
    """Join the two groups that are most alike, over and over, while they are alike enough."""
    groups = {at: [at] for at in range(len(vectors))}
    alike: dict[tuple[int, int], float] = {}
    for one, other in combinations(range(len(vectors)), 2):
        similarity = _similarity(vectors[one], vectors[other])
        if similarity > 0:
            alike[one, other] = similarity
    queue = [(-similarity, pair) for pair, similarity in alike.items() if similarity >= ALIKE]
    heapq.heapify(queue)
    while queue:
        negative, (one, other) = heapq.heappop(queue)
        if one not in groups or other not in groups or alike.get((one, other)) != -negative:
            continue  # one of both has been joined with another group since
        sizes = len(groups[one]), len(groups[other])
        groups[one] += groups.pop(other)
        for third in groups:
            if third == one:
                continue
            pair = _pair(one, third)
            shares = alike.get(pair, 0.0) * sizes[0] + alike.pop(_pair(other, third), 0.0) * sizes[1]
            if shares > 0:
                alike[pair] = shares / sum(sizes)
                if alike[pair] >= ALIKE:
                    heapq.heappush(queue, (-alike[pair], pair))
    return [sorted(group) for group in groups.values()]


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _similarity(one: _Vector, other: _Vector) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[each] for each, weight in one.items() if each in other)


def _cluster(messages: Sequence[FirstWords], vectors: Sequence[_Vector]) -> Cluster:
    total: Counter[str] = Counter()
    for vector in vectors:
        total.update(vector)
    typical = sorted(
        zip(messages, vectors, strict=True), key=lambda each: (-_similarity(each[1], total), each[0].ticket)
    )
    return Cluster(name=_name(messages, total), messages=tuple(message for message, _ in typical))


def _name(messages: Sequence[FirstWords], weights: Mapping[str, float]) -> str:
    """Propose the words that speak most for the group, as written and in the order in which people write them."""
    written: Counter[tuple[str, str]] = Counter()
    places: dict[str, list[int]] = {}
    for message in messages:
        for place, word in enumerate(read(message.text)):
            if word.meant in weights:
                written[word.meant, word.written] += 1
                places.setdefault(word.meant, []).append(place)
    telling = [word for word in places if word not in _NAMELESS] or list(places)
    shared = [word for word in telling if len(places[word]) * 2 >= len(messages)] or telling
    best = sorted(shared, key=lambda word: (-weights[word], word))[:LONGEST_NAME]
    best.sort(key=lambda word: (sum(places[word]) / len(places[word]), word))
    spelt = [
        max((count, form) for (meant, form), count in written.items() if meant == word)[1] for word in best
    ]
    return " ".join(spelt).capitalize()
