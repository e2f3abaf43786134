"""Laws as data: versions follow each other, articles are found, and what a check cites is on file."""

from datetime import date, timedelta

import pytest

from review.checks import engine
from review.vocabulary.laws import article, cited, cited_numbers, law, law_in_force, laws, version_year

RULES, DISCIPLINE, SANCTIONS = "中国共产党问责条例", "中国共产党纪律处分条例", "公职人员政务处分法"


@pytest.mark.parametrize(
    "name, day, version",
    [
        (RULES, date(2016, 7, 7), None),
        (RULES, date(2019, 8, 31), "2016"),
        (RULES, date(2019, 9, 1), "2019"),
        (RULES, date(2026, 1, 1), "2019"),
        (f"《{RULES}》", date(2019, 9, 1), "2019"),
        (DISCIPLINE, date(2018, 9, 30), "2015"),
        (DISCIPLINE, date(2018, 10, 1), "2018"),
        (DISCIPLINE, date(2023, 12, 31), "2018"),
        (DISCIPLINE, date(2024, 1, 1), "2023"),
        (SANCTIONS, date(2020, 6, 30), None),
        (SANCTIONS, date(2020, 7, 1), "2020"),
        ("没有这部法", date(2024, 1, 1), None),
    ],
)
def test_the_law_in_force_on_a_day(name, day, version):
    found = law_in_force(name, day)
    assert (found.name if found else None) == version


def test_versions_follow_each_other_without_gap():
    for one in laws():
        for earlier, later in zip(one.versions, one.versions[1:], strict=False):
            assert earlier.end == later.start and law_in_force(one.name, later.start - timedelta(1)) == earlier
        assert one.versions[-1].end is None
        assert len({(a.version, a.number) for a in one.articles}) == len(one.articles)
        assert {a.version for a in one.articles} <= {v.name for v in one.versions if v.on_file}


def test_names_of_laws_are_told_apart():
    names = [name for one in laws() for name in one.names]
    assert len(names) == len(set(names))
    assert law("政务处分法") is law("《中华人民共和国公职人员政务处分法》")


def test_gists_are_short_and_our_own():
    for one in laws():
        for a in one.articles:
            assert a.gist.endswith("。") and len(a.gist) <= 90, a.number
            assert not set("“”‘’") & set(a.gist), "a law is never quoted"


def test_an_article_that_moved_is_mapped_to_one_on_file():
    for one in laws():
        for a in one.articles:
            for version, number in a.earlier.items():
                assert article(one.name, version, number), (a.number, version)
    assert article(DISCIPLINE, "2023（2018年版为第四十一条）", "第四十四条").earlier == {"2018": "第四十一条"}


@pytest.mark.parametrize(
    "text, numbers",
    [
        ("第九条", ("第九条",)),
        ("第六条第三款", ("第六条第三款",)),
        ("第九条至第十一条", ("第九条", "第十条", "第十一条")),
        ("第十九条至第二十一条", ("第十九条", "第二十条", "第二十一条")),
        ("第十八条、第十九条", ("第十八条", "第十九条")),
        ("第九条、第十条（没有规定办理天数，见第三条）", ("第九条", "第十条")),
        ("附则", ()),
    ],
)
def test_citations_are_taken_apart(text, numbers):
    assert cited_numbers(text) == numbers


def test_a_paragraph_that_is_not_on_file_stands_on_its_article():
    assert article(RULES, "2019", "第六条第二款").number == "第六条第二款"
    assert article(RULES, "2019", "第九条第三款").number == "第九条"
    assert article(RULES, "2016", "第九条") is None and article("没有这部法", "2019", "第一条") is None


@pytest.mark.parametrize("check", engine.catalogue(), ids=lambda c: c.id)
def test_what_a_check_cites_is_on_file(check):
    for basis in check.basis:
        numbers = cited_numbers(basis.article)
        found = cited(basis.law, basis.version, basis.article)
        assert law(basis.law), basis.law
        assert version_year(basis.version) in {v.name for v in law(basis.law).versions if v.on_file}, basis.version
        assert numbers and len(found) == len(numbers), f"{basis.law} {basis.article}"
        assert not basis.verified or all(a.verified for a in found), f"{basis.article} is said to be 已核对 but laws.toml says otherwise"
