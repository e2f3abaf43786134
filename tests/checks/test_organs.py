"""Kinds of organs in the cells that ledgers hold."""

import pytest

from review.checks.prelude import prepare
from review.store.database import open_database
from review.vocabulary.organs import organ_kinds


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    """kinds(text) -> set of kinds that the macro of the checks finds."""
    db = open_database(tmp_path_factory.mktemp("organs") / "organs.duckdb")
    with db.cursor() as cur:
        prepare(cur)
        yield lambda text: set(cur.execute("SELECT organ_kinds($t)", {"t": text}).fetchone()[0])


@pytest.mark.parametrize(
    "text, expected",
    [
        ("甲县纪委监委", {"discipline"}),
        ("中共甲县纪律检查委员会", {"discipline"}),
        ("甲县监察委员会", {"discipline"}),
        ("县纪委书记张三", {"discipline"}),
        ("甲县纪委监委派驻财政局纪检监察组", {"discipline", "stationed"}),
        ("中共甲县委员会", {"committee"}),
        ("中共甲县委", {"committee"}),
        ("县委常委会", {"committee"}),
        ("城关镇党委", {"committee"}),
        ("河西街道党工委", {"committee"}),
        ("县委书记李四", {"committee_head"}),
        ("县委主要领导", {"committee_head"}),
        ("县委副书记、县长", {"committee_deputy", "government"}),
        ("县委常委、县纪委书记、监委主任", {"committee_deputy", "discipline"}),
        ("县委组织部", {"organization_department"}),
        ("县委政法委", {"party_organ"}),
        ("中共甲县委政法委员会", {"party_organ"}),
        ("县直机关工委", {"party_organ"}),
        ("甲县财政局党组", {"government", "party_group"}),
        ("甲县人民政府", {"government"}),
        ("甲县卫生健康委员会", {"government"}),
        ("县委、县纪委监委", {"committee", "discipline"}),
        ("甲县纪委监委、甲县县委组织部", {"discipline", "organization_department"}),
        ("李四", set()),
        ("", set()),
    ],
)
def test_kinds_of_organs_in_a_cell(kinds, text, expected):
    assert kinds(text) == expected


def test_every_kind_is_named_once():
    names = [k.kind for k in organ_kinds()]
    assert len(names) == len(set(names)) and all(k.label and k.patterns for k in organ_kinds())
