"""Pairs of near-identical texts among very many, without comparing each with each.

Candidates by MinHash over pairs of neighbouring characters, put into buckets band by band (Broder 1997; Leskovec, Rajaraman, Ullman:
Mining of Massive Datasets, 3.3 and 3.4); every candidate is then measured exactly by rapidfuzz. The hashes are fixed numbers, so the
same texts give the same pairs in any order and beside any other texts. Written on numpy instead of one more package: the signatures of
300,000 texts are whole-array work here and a Python object a text there.
"""

from collections.abc import Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

# Thirty bands of five: texts of which nine tenths are the same share 0.66 of their character pairs in the worst case and are met
# with a probability of 0.98, those that differ in a few names (0.75 and more) with 0.9995; a tenth in common leads to 3 in 10,000.
BANDS, ROWS = 30, 5
SMALL_BUCKET = 64  # up to here each with each; beyond, each with those that stand for the likes found so far
FURTHER_ROWS = 3  # by which a larger bucket is parted once more
MOST_LEADERS = 100
SIFTED, SHARED = 64, 27  # pairs of which fewer values of so many are equal are not alike: one in 30,000 of the least alike pairs is lost
_CHUNK = 2_000
_AT_ONCE = 200_000


def similar_pairs(texts: Sequence[str], least: float) -> list[tuple[int, int, float]]:
    """(i, j, similarity) with i < j of texts that are at least ``least`` (0 to 1) alike, ascending; ``texts`` are all different.

    Similarity is the normalised indel similarity: twice the longest common subsequence by the sum of the lengths. In a bucket of
    very many likes a text is compared with the first of its likes only, so that a cluster hangs together without all its pairs.
    """
    if len(texts) < 2:
        return []
    lengths = np.fromiter((len(t) for t in texts), dtype=np.int64, count=len(texts))
    found: dict[tuple[int, int], float] = {}
    codes, crowded = _candidates(texts, lengths, least)
    for start in range(0, len(codes), _AT_ONCE):
        part = codes[start : start + _AT_ONCE]
        left, right = part // len(texts), part % len(texts)
        close = _measure([texts[i] for i in left.tolist()], [texts[j] for j in right.tolist()], least)
        for k in np.flatnonzero(close):
            found[int(left[k]), int(right[k])] = float(close[k])
    done: set[bytes] = set()
    for bucket in crowded:
        if bucket.tobytes() not in done:
            done.add(bucket.tobytes())
            found |= _by_leaders(texts, bucket, least)
    return [(i, j, round(s, 4)) for (i, j), s in sorted(found.items())]


def clusters(count: int, pairs: Sequence[tuple[int, int, float]]) -> list[int]:
    """For each of ``count`` texts the smallest number of the cluster that it hangs together with; its own where it stands alone."""
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j, _ in pairs:
        a, b = root(i), root(j)
        if a != b:
            parent[max(a, b)] = min(a, b)
    return [root(i) for i in range(count)]


def _measure(left: list[str], right: list[str], least: float) -> np.ndarray:
    """Similarity of left[k] and right[k], 0 below ``least``."""
    return process.cpdist(left, right, scorer=Indel.normalized_similarity, score_cutoff=least, dtype=np.float64)


def _by_leaders(texts: Sequence[str], bucket: np.ndarray, least: float) -> dict[tuple[int, int], float]:
    found: dict[tuple[int, int], float] = {}
    rest = bucket
    for _ in range(MOST_LEADERS):
        if len(rest) < 2:
            break
        leader, rest = rest[0], rest[1:]
        names = [texts[i] for i in rest.tolist()]
        close = _measure([texts[leader]] * len(names), names, least)
        for i, s in zip(rest[close > 0].tolist(), close[close > 0].tolist(), strict=True):
            found[int(leader), i] = s
        rest = rest[close == 0]
    return found


def _candidates(texts: Sequence[str], lengths: np.ndarray, least: float) -> tuple[np.ndarray, list[np.ndarray]]:
    """(codes i * n + j of pairs to measure, buckets too large for all their pairs)."""
    signatures = _signatures(texts, lengths)
    sifting = np.ascontiguousarray(signatures[:SIFTED].T)
    everybody = np.arange(len(texts))
    codes: list[np.ndarray] = []
    crowded: list[np.ndarray] = []
    for band in range(BANDS):
        first = band * ROWS
        members, sizes = _buckets(everybody, signatures[first : first + ROWS])
        large = np.repeat(sizes > SMALL_BUCKET, sizes)
        codes.append(_pairs_within(members[~large], sizes[sizes <= SMALL_BUCKET], lengths, least))
        if large.any():
            # A common phrase fills a bucket with texts that have little else in common: some rows more part them; likes stay together.
            rows = np.arange(first, first + ROWS + FURTHER_ROWS) % len(signatures)
            members, sizes = _buckets(members[large], signatures[rows])
            large = np.repeat(sizes > SMALL_BUCKET, sizes)
            codes.append(_pairs_within(members[~large], sizes[sizes <= SMALL_BUCKET], lengths, least))
            crowded += (
                [np.sort(part) for part in np.split(members[large], np.cumsum(sizes[sizes > SMALL_BUCKET])[:-1])] if large.any() else []
            )
        if band % 6 == 5:
            codes = [_sorted_once(codes)]
    return _sifted(_sorted_once(codes), sifting), crowded


def _sifted(codes: np.ndarray, sifting: np.ndarray) -> np.ndarray:
    """Codes of the pairs that share enough values: most pairs of a bucket have a common phrase and little else."""
    kept = []
    for start in range(0, len(codes), _AT_ONCE):
        part = codes[start : start + _AT_ONCE]
        equal = sifting[part // len(sifting)] == sifting[part % len(sifting)]
        kept.append(part[equal.sum(axis=1) >= SHARED])
    return np.concatenate(kept) if kept else codes


def _sorted_once(codes: list[np.ndarray]) -> np.ndarray:
    """All codes ascending, each once. By sorting: numpy's own unique() hashes, which costs ten times as much for so many."""
    ordered = np.concatenate(codes)
    ordered.sort()
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]]] if len(ordered) else ordered


def _buckets(members: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Members that share their values of all ``rows`` with another one, bucket by bucket, and the sizes of the buckets."""
    key = np.zeros(len(members), dtype=np.uint64)
    for row in rows:
        key = (key ^ row[members]) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    sizes = np.diff(np.r_[starts, len(members)])
    return members[order][np.repeat(sizes > 1, sizes)], sizes[sizes > 1]


def _pairs_within(members: np.ndarray, sizes: np.ndarray, lengths: np.ndarray, least: float) -> np.ndarray:
    """Codes i * n + j of all pairs within each bucket whose lengths allow the similarity, made at distance 1, 2, … in whole arrays."""
    bucket = np.repeat(np.arange(len(sizes)), sizes)
    codes = []
    for step in range(1, int(sizes.max(initial=1))):
        keep = np.repeat(sizes > step, sizes)
        members, bucket, sizes = members[keep], bucket[keep], sizes[sizes > step]
        same = bucket[step:] == bucket[:-step]
        a, b = members[:-step][same], members[step:][same]
        low, high = np.minimum(a, b), np.maximum(a, b)
        possible = 2 * np.minimum(lengths[a], lengths[b]) >= least * (lengths[a] + lengths[b])
        codes.append(low[possible] * len(lengths) + high[possible])
    return np.concatenate(codes) if codes else np.zeros(0, dtype=np.int64)


def _signatures(texts: Sequence[str], lengths: np.ndarray) -> np.ndarray:
    """MinHash values: one row a hash function, one column a text."""
    out = np.empty((BANDS * ROWS, len(texts)), dtype=np.uint32)
    factors = _factors(BANDS * ROWS // 2)
    for first in range(0, len(texts), _CHUNK):
        part = texts[first : first + _CHUNK]
        # One sign behind each text keeps its last character in a pair and texts of one character apart from nothing.
        letters = np.frombuffer("".join(f"{t}\n" for t in part).encode("utf-32-le"), dtype=np.uint32)
        starts = np.concatenate(([0], np.cumsum(lengths[first : first + _CHUNK] + 1)[:-1]))
        pairs = letters * np.uint32(0x85EBCA6B) ^ np.append(letters[1:], np.uint32(0)) * np.uint32(0xC2B2AE35)
        # The sign itself begins no pair: it repeats the pair before.
        ends = np.append(starts[1:], len(letters)) - 1
        pairs[ends] = pairs[ends - 1]
        pairs ^= pairs >> np.uint32(16)
        pairs *= np.uint32(0x7FEB352D)
        pairs ^= pairs >> np.uint32(15)
        hashed = np.empty_like(pairs)
        for k, factor in enumerate(factors):
            # The least and the greatest value of one shuffle are two values of a signature for the price of one.
            np.multiply(pairs, factor, out=hashed)
            out[2 * k, first : first + len(part)] = np.minimum.reduceat(hashed, starts)
            out[2 * k + 1, first : first + len(part)] = np.maximum.reduceat(hashed, starts)
    return out


def _factors(count: int) -> np.ndarray:
    """Odd numbers from a fixed sequence (splitmix64): no library's random numbers, which may change with its version."""
    state, values = 20190901, []
    for _ in range(count):
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        z = ((state ^ state >> 30) * 0xBF58476D1CE4E5B9) % 2**64
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) % 2**64
        values.append((z ^ z >> 31) % 2**32)
    return np.array(values, dtype=np.uint32) | np.uint32(1)
