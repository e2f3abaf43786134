"""The word lists: complete, without contradictions, and every code with a Chinese label."""

import re
import subprocess
import sys

import pytest

from review.vocabulary.labels import label, label_table
from review.vocabulary.matters import circumstances, domains
from review.vocabulary.responsibilities import responsibility_kinds
from review.vocabulary.sanctions import article_8_codes, article_8_organization_codes, measure_kinds
from review.vocabulary.terms import fields, steps
from review.vocabulary.units import bodies, places, post_words, ranks, surnames

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_bands_and_tracks_of_the_severity_scale():
    """Domain list 3.2: what stands in one row of the table has one band."""
    bands = {code: kind.band for code, kind in measure_kinds().items()}
    rows = {
        0: ["no_accountability", "exempt_accountability", "no_sanction", "exempt_sanction", "clarified"],
        1: [
            "reminder_talk",
            "warning_talk",
            "criticism_education",
            "written_check",
            "rectify_order",
            "public_apology",
            "meeting_criticism",
            "interview",
        ],
        2: ["circular"],
        3: ["admonition"],
        4: ["suspension", "post_adjustment", "party_warning", "admin_warning", "admin_demerit", "warning"],
        5: ["blamed_resignation", "ordered_resignation", "removal", "non_leading_post", "party_serious_warning", "admin_major_demerit"],
        6: ["demotion", "admin_demotion"],
        7: ["party_removal", "admin_removal"],
        8: ["contract_ended", "struck_off", "party_probation"],
        9: ["party_expulsion", "admin_expulsion"],
    }
    assert {code: band for band, codes in rows.items() for code in codes}.items() <= bands.items()
    assert {"org_check": 1, "org_circular": 2, "org_reorganized": 3}.items() <= bands.items()


def test_methods_of_article_8():
    """问责条例 (2019) 第八条, domain list 1.4; talks and self-criticism of persons are not among them."""
    assert {
        "circular",
        "admonition",
        "suspension",
        "post_adjustment",
        "ordered_resignation",
        "removal",
        "demotion",
        "party_warning",
    } <= article_8_codes()
    assert (
        not {"reminder_talk", "criticism_education", "written_check", "interview", "warning_talk", "economic_penalty"} & article_8_codes()
    )
    assert article_8_organization_codes() == {"org_check", "org_circular", "org_reorganized"}


def test_periods_stated_by_law():
    """纪律处分条例 (2023) and 公职人员政务处分法 第八条, in months."""
    law = {code: kind.period_months for code, kind in measure_kinds().items() if kind.period_basis == "law"}
    assert law == {
        "party_warning": 12,
        "party_serious_warning": 18,
        "party_removal": 24,
        "party_probation": 24,
        "admin_warning": 6,
        "admin_demerit": 12,
        "admin_major_demerit": 18,
        "admin_demotion": 24,
        "admin_removal": 24,
    }


def test_every_word_belongs_to_one_measure():
    seen = {}
    for kind in measure_kinds().values():
        for word in kind.words if not kind.person_code else ():
            assert seen.setdefault(word, kind.code) == kind.code, word
        for pattern in kind.patterns:
            re.compile(pattern)


def test_statutory_responsibilities():
    assert [k.kind for k in responsibility_kinds().values() if k.statutory] == [
        "overall_leadership",
        "primary_leadership",
        "important_leadership",
    ]


def test_circumstances_are_the_eleven_items():
    assert list(circumstances()) == list(range(1, 12))
    words = [w for c in circumstances().values() for w in c.keywords]
    assert len(words) == len(set(words))


def test_domain_words_are_not_shared():
    words = [w for d in domains().values() for w in {*d.words, d.name}]
    assert sorted(w for w in words if words.count(w) > 1) == []


def test_places():
    assert len(places()["cities"]) >= 290
    assert {"平顶山", "鸡西", "庆阳", "黑河"} <= set(places()["cities"])
    assert not {"贵溪", "平度", "绵竹", "兴义", "奉化", "辛集", "汉川", "济源"} & set(places()["cities"])
    for name, words in {**places(), **bodies()}.items():
        assert len(words) == len(set(words)), name


def test_ranks_fall_from_province_to_village():
    orders = [r.order for r in ranks().values()]
    assert orders == sorted(orders, reverse=True)
    assert ranks()["township_deputy"].order == 40
    assert all(r.leader == (r.order >= 40) for r in ranks().values())


def test_post_words_and_names_are_there():
    assert {"heads", "boards", "staff", "village", "section_heads"} <= set(post_words())
    assert "王" in surnames()[0] and "欧阳" in surnames()[1]


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("measure", measure_kinds),
        ("responsibility", responsibility_kinds),
        ("circumstance", circumstances),
        ("step", steps),
        ("field", fields),
        ("rank", ranks),
        ("tier", lambda: ["province", "city", "county", "township", "village", "enterprise", "other", "unknown"]),
        ("role", lambda: ["head", "deputy", "board", "middle", "staff", "village_cadre", "organization", "unknown"]),
        ("track", lambda: {k.track for k in measure_kinds().values()}),
        ("status", lambda: ["done", "not_done", "blank", "not_applicable", "unclear"]),
        ("verdict", lambda: ["suspect", "clear", "undetermined", "exempt", "not_run"]),
        ("decision", lambda: ["confirmed", "dismissed", "pending"]),
        ("picked_by", lambda: ["random", "must"]),
        ("precision", lambda: ["day", "month", "year"]),
        ("band", lambda: range(10)),
        ("organization_band", lambda: [1, 2, 3]),
        ("kind", lambda: ["person", "organization", "unknown"]),
        ("politics", lambda: ["party", "probationary", "non_party"]),
        ("legal_basis", lambda: ["accountability", "discipline", "administrative", "supervision", "other"]),
        ("admin_level", lambda: ["province", "city", "county", "township"]),
        ("matched_by", lambda: ["synonym", "similar", "values", "remembered", "user", "none", "ignored"]),
        ("row_kind", lambda: ["data", "title", "unit", "header", "total", "note", "reject", "skipped"]),
    ],
)
def test_every_code_has_a_chinese_label(kind, codes):
    for code in codes():
        assert CHINESE.search(label(kind, code)), (kind, code)
        assert str(code) in label_table(kind)


def test_labels_of_the_unknown():
    assert label("tier", None) == "不明"
    assert label("tier", "moon") == "moon"
    with pytest.raises(KeyError):
        label("no such list", "x")


def test_the_vocabulary_needs_nothing_else():
    code = "import sys, review.vocabulary.labels; sys.exit(any(m in sys.modules for m in ('streamlit', 'pandas', 'duckdb')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
