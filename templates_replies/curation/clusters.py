"""New matters: messages that no category fits, brought together where they ask for the same.

Messages are compared by the words they share, rare ones weighing most, and joined as long as two groups are alike on
average. The same messages always give the same groups. Names are proposed from the words that a group shares.
"""

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from templates_replies.catalogue import LONGEST_ID
from templates_replies.cues import is_greeting, is_thanks
from templates_replies.curation.effect import FirstWords
from templates_replies.normalise import Word, read, words

MOST = 300  # messages compared; the time grows with their square
ALIKE = 0.18  # average similarity up to which groups are joined
FEWEST = 3  # messages that make a matter
LONGEST_NAME = 3  # words
_SHORTEST_WORD = 3
_SENTENCE = re.compile(r"[^.!?\n]+")
_SIGNED = re.compile(r"/\s*\d{5,}")  # name / NIM / study programme
_NAMELESS = frozenset(  # words that say nothing of the matter
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
        "kita",
        "aku",
        "gue",
        "bapak",
        "ibu",
        "pak",
        "bu",
        "kak",
        "kakak",
        "min",
        "admin",
        "gan",
        "bang",
        "yth",
        "mohon",
        "tolong",
        "minta",
        "bantu",
        "bantuan",
        "bantuannya",
        "bantunya",
        "dibantu",
        "mau",
        "ingin",
        "pengen",
        "tanya",
        "nanya",
        "bertanya",
        "izin",
        "apakah",
        "bagaimana",
        "gimana",
        "gmn",
        "kenapa",
        "mengapa",
        "kapan",
        "berapa",
        "apa",
        "saja",
        "aja",
        "sudah",
        "udah",
        "belum",
        "akan",
        "juga",
        "nya",
        "dong",
        "sih",
        "nih",
        "deh",
        "kok",
        "ya",
        "bisa",
        "ada",
        "lagi",
        "terus",
        "tetap",
        "tetep",
        "masih",
        "banget",
        "selamat",
        "pagi",
        "siang",
        "sore",
        "malam",
        "halo",
        "hai",
        "assalamualaikum",
        "wassalamualaikum",
        "terima",
        "kasih",
        "makasih",
        "terimakasih",
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
        "my",
        "hello",
        "dear",
        "thanks",
        "thank",
        "need",
        "want",
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
    vectors = _vectors([_unsigned(one.text) for one in speaking])
    groups = [group for group in _joined(vectors) if len(group) >= FEWEST]
    found = [_cluster([speaking[at] for at in group], [vectors[at] for at in group]) for group in groups]
    return tuple(sorted(found, key=lambda one: (-len(one.messages), one.name)))


def _unsigned(text: str) -> str:
    """Return it without the sentences in which somebody says who they are."""
    return _SENTENCE.sub(lambda found: " " if _SIGNED.search(found[0]) else found[0], text)


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
        if len(word) >= _SHORTEST_WORD and not word.isdigit() and word not in _NAMELESS:
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
    """Propose the words in a row that speak most for the group, as it is written in most messages."""
    shared: Counter[tuple[str, ...]] = Counter()
    written: dict[tuple[str, ...], Counter[str]] = {}
    for message in messages:
        for meant, spelt in dict(_phrases(_unsigned(message.text), weights)).items():
            shared[meant] += 1
            written.setdefault(meant, Counter())[spelt] += 1
    if not shared:
        return messages[0].text[:LONGEST_ID].strip()
    best = max(shared, key=lambda each: (_worth(each, shared[each], weights), each))
    spelt, _ = max(written[best].items(), key=lambda each: (each[1], each[0]))
    return spelt[:1].upper() + spelt[1:]


def _worth(phrase: Sequence[str], times: int, weights: Mapping[str, float]) -> float:
    """Weigh a phrase as a name: several words say more than one, and what one message alone says is by chance."""
    return (times if times > 1 else 0.5) * len(phrase) * sum(weights[word] for word in phrase)


def _phrases(text: str, weights: Mapping[str, float]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield words in a row that all say something of the matter, as they are meant and as they are written."""
    row: list[Word] = []
    for word in (*read(text), None):
        if word is not None and word.meant in weights:
            row.append(word)
            for length in range(1, min(LONGEST_NAME, len(row)) + 1):
                last = row[-length:]
                yield tuple(each.meant for each in last), " ".join(each.written for each in last)
        else:
            row = []
