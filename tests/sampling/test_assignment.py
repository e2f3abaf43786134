"""Assignment: no rule of recusal is ever broken, loads are even, what can't be done is named; over random rosters."""

import random
from collections import Counter
from fractions import Fraction

import pytest

from review.sampling.assignment import Place, assign, cross_partners, double_reviewed
from review.sampling.recusal import CaseFacts, Recusal, Reviewer, bars

COUNTIES = ("甲县", "乙县", "丙县", "丁县")
NAMES = ("赵一", "钱二", "孙三", "李四", "周五", "吴六", "郑七", "王八")


def case(number, county="甲县", **more):
    return CaseFacts(f"c{number}", f"号{number:02}", county, "county", f"{county}纪委监委", **more)


def person(name, county=None, capacity=10, skills=()):
    unit = f"{county}纪委监委" if county else "云岭市纪委监委第一室"
    return Reviewer(f"p-{name}", name, unit, county, frozenset(skills), capacity)


def random_town(seed):
    """Cases and people of some counties, some of the team or among the respondents, some recusals."""
    rng = random.Random(seed)
    cases = [
        case(
            n,
            rng.choice(COUNTIES),
            team=rng.choice([None, "、".join(rng.sample(NAMES, 2))]),
            people=tuple(rng.sample(NAMES, rng.randint(0, 1))),
        )
        for n in range(rng.randint(1, 8))
    ]
    people = [person(name, rng.choice([None, *COUNTIES]), rng.randint(1, 4)) for name in rng.sample(NAMES, rng.randint(1, 6))]
    recusals = [
        Recusal(rng.choice(people).reviewer_id, kind, target, "登记")
        for kind, target in (("case", rng.choice(cases).case_id), ("county", rng.choice(COUNTIES)))
        if rng.random() < 0.5
    ]
    return cases, people, recusals, {"double_share": Fraction(rng.randint(0, 4), 4), "cross": rng.random() < 0.3, "seed": str(seed)}


def test_no_assignment_breaks_a_rule_over_a_thousand_random_rosters():
    short = 0
    for seed in range(1000):
        cases, people, recusals, options = random_town(seed)
        made = assign(cases, people, recusals, **options)
        by_case, by_id = {c.case_id: c for c in cases}, {p.reviewer_id: p for p in people}
        for place in made.places:
            assert not bars(by_case[place.case_id], by_id[place.reviewer_id], recusals), seed
        assert max(Counter((p.case_id, p.reviewer_id) for p in made.places).values(), default=1) == 1, seed
        assert max(Counter((p.case_id, p.part) for p in made.places).values(), default=1) == 1, seed
        assert all(n <= by_id[key].capacity for key, n in Counter(p.reviewer_id for p in made.places).items()), seed
        assert len(made.places) + made.missing == len(cases) + len(made.doubled), seed
        # Whatever is missing is named, all of it, and nothing is named where nothing is missing.
        assert sum(one.missing for one in made.shortages) == made.missing, seed
        assert all(one.need - one.missing <= one.room for one in made.shortages if one.kind == "capacity"), seed
        short += bool(made.missing)
    assert 100 < short < 900  # both kinds of rosters were met


def test_nothing_more_could_have_been_placed():
    """Against trying every way, on small towns."""
    from itertools import product

    for seed in range(60):
        cases, people, recusals, options = random_town(seed)
        cases = cases[:4]
        made = assign(cases, people, recusals, seed=options["seed"])
        choices = [[None, *(p for p in people if not bars(c, p, recusals))] for c in cases]
        most = 0
        for way in product(*choices):
            loads = Counter(p.reviewer_id for p in way if p)
            if all(loads[p.reviewer_id] <= p.capacity for p in people):
                most = max(most, sum(loads.values()))
        assert len(made.places) == most, seed


def test_loads_follow_capacity_and_the_order_of_rows_changes_nothing():
    cases, people = (
        [case(n, "丙县") for n in range(30)],
        [person("赵一", capacity=10), person("钱二", capacity=20), person("孙三", capacity=30)],
    )
    made = assign(cases, people, seed="种子")
    assert Counter(p.reviewer_id for p in made.places) == {"p-赵一": 5, "p-钱二": 10, "p-孙三": 15}
    assert assign(cases[::-1], people[::-1], seed="种子") == made
    assert assign(cases, people, seed="另一种子").places != made.places


def test_skills_are_preferred_but_not_at_the_cost_of_balance():
    cases = [case(n, domain="财政" if n < 4 else "教育") for n in range(8)]
    people = [person("赵一", skills=("财政",)), person("钱二", skills=("教育",))]
    made = assign(cases, people, seed="s")
    assert {p.case_id for p in made.places if p.reviewer_id == "p-赵一"} == {f"c{n}" for n in range(4)}
    only = assign(cases[:4], people, seed="s")
    assert Counter(p.reviewer_id for p in only.places) == {"p-赵一": 2, "p-钱二": 2}


def test_a_larger_double_share_keeps_every_case_of_a_smaller_one():
    cases = [case(n) for n in range(20)]
    few, many = double_reviewed(cases, Fraction(1, 10), "s"), double_reviewed(cases, Fraction(3, 10), "s")
    assert (len(few), len(many)) == (2, 6) and few < many
    assert len(double_reviewed(cases, Fraction(1, 100), "s")) == 1


def test_what_is_kept_counts_against_the_capacity_and_is_not_placed_again():
    cases, people = [case(n) for n in range(4)], [person("赵一", capacity=3), person("钱二", capacity=3)]
    kept = [Place("c0", "first", "p-赵一"), Place("c1", "first", "p-赵一")]
    made = assign(cases, people, seed="s", kept=kept)
    assert {p.case_id for p in made.places} == {"c2", "c3"}
    assert Counter(p.reviewer_id for p in made.places)["p-赵一"] <= 1
    second = assign(cases[:1], people, seed="s", double_share=Fraction(1), kept=kept)
    assert second.places == (Place("c0", "second", "p-钱二"),)


def test_cross_review_sends_a_countys_cases_to_one_other_county():
    cases = [case(n, COUNTIES[n % 4]) for n in range(16)]
    people = [person(name, county) for name, county in zip(NAMES, COUNTIES * 2, strict=True)]
    made = assign(cases, people, seed="s", cross=True)
    home = {c.case_id: c.county for c in cases}
    county = {p.reviewer_id: p.county for p in people}
    assert not made.missing and set(made.partners) == set(COUNTIES) and sorted(made.partners.values()) == sorted(COUNTIES)
    assert all(county[p.reviewer_id] == made.partners[home[p.case_id]] != home[p.case_id] for p in made.places)
    assert cross_partners(cases, people[:1], "s") == dict.fromkeys(("乙县", "丙县", "丁县"), "甲县")
    assert cross_partners(cases, [person("郑七")], "s") == {}


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([person("赵一", "甲县"), person("钱二", "甲县")], "没有人可以评查（2 人为本县区（甲县）的案件）"),
        (
            [person("赵一", "甲县"), person("钱二", capacity=1)],
            "只能由 钱二 评查（其余的人须回避或不在交叉安排内），还能承担 1 份，还差 2 份",
        ),
        ([], "名册中没有在任的评查人"),
    ],
)
def test_what_can_not_be_done_is_named_with_its_reason(people, words):
    made = assign([case(n) for n in range(3)], people, seed="s")
    assert any(words in one.sentence for one in made.shortages), made.shortages
    assert sum(one.missing for one in made.shortages) == made.missing > 0


def test_a_first_review_goes_before_a_second_one():
    made = assign([case(n) for n in range(3)], [person("赵一", capacity=2), person("钱二", capacity=2)], seed="s", double_share=Fraction(1))
    assert {p.case_id for p in made.places} == {"c0", "c1", "c2"} and made.missing == 2
