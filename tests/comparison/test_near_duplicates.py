"""Near-identical texts are found without comparing each with each, always the same ones, and only they."""

import random

import pytest
from rapidfuzz.distance import Indel

from review.comparison.near_duplicates import SMALL_BUCKET, clusters, similar_pairs

LETTERS = "资金项目村级财务审批公开培训台账隐患排查企业巡查群众办理时限核查清单督办约谈修订流程小组每月学校医院道路河道耕地低保"
WORDS = [LETTERS[n : n + 2] for n in range(0, len(LETTERS), 2)]


def text(rnd: random.Random, words: int = 25) -> str:
    return "".join(rnd.choice(WORDS) for _ in range(words))


def changed(rnd: random.Random, original: str, share: float) -> str:
    letters = list(original)
    for k in rnd.sample(range(len(letters)), int(len(letters) * share)):
        letters[k] = rnd.choice("甲乙丙丁戊己庚辛")
    return "".join(letters)


@pytest.fixture(scope="module")
def texts():
    rnd = random.Random(4)
    base = [text(rnd) for _ in range(900)]
    return sorted(set(base + [changed(rnd, t, rnd.choice([0.02, 0.05, 0.08])) for t in base[:150]]))


def test_exactly_the_pairs_that_a_comparison_of_each_with_each_finds(texts):
    expected = {
        (i, j)
        for i in range(len(texts))
        for j in range(i + 1, len(texts))
        if Indel.normalized_similarity(texts[i], texts[j], score_cutoff=0.9) >= 0.9
    }
    found = similar_pairs(texts, 0.9)
    assert len(expected) >= 150
    assert {(i, j) for i, j, _ in found} == expected
    assert all(s == round(Indel.normalized_similarity(texts[i], texts[j]), 4) for i, j, s in found)


def test_order_and_company_change_nothing(texts):
    def named(of):
        return {frozenset((of[i], of[j])): s for i, j, s in similar_pairs(of, 0.9)}

    before = named(texts)
    mixed = list(texts)
    random.Random(1).shuffle(mixed)
    assert named(mixed) == before
    stranger = "夜间值守人员擅自离岗致使水库泄洪闸门未能及时开启下游三户居民房屋进水"
    assert named([*mixed, stranger]) == before


def test_a_crowd_of_likes_hangs_together_without_all_its_pairs():
    rnd = random.Random(2)
    original = text(rnd, 40)
    crowd = sorted({changed(rnd, original, 0.03) for _ in range(6 * SMALL_BUCKET)})
    pairs = similar_pairs(crowd, 0.9)
    assert set(clusters(len(crowd), pairs)) == {0}
    assert len(pairs) < len(crowd) * (len(crowd) - 1) / 2


@pytest.mark.parametrize("few", [[], ["整改"], ["整改", "完全不同的另一段文字"], ["甲", "乙"]])
def test_few_texts(few):
    assert similar_pairs(few, 0.9) == []
    assert clusters(len(few), []) == list(range(len(few)))


def test_the_shortest_texts_that_are_compared():
    assert similar_pairs(["防汛值班记录事后补填", "防汛值班记录事后补写"], 0.9) == [(0, 1, 0.9)]
