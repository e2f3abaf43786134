"""Parameters of a check: kinds, ranges, local standards that start empty."""

import pytest

from review.checks.params import NOT_SET, Param, param_faults, read_param, typed_sql
from review.errors import UsageError
from review.store.database import open_database

MONTHS = {"name": "months", "unit": "个月", "label": "回访期限", "sentence": "满这么多个月。"}
LOCAL = read_param(MONTHS | {"local": True, "type": "integer"})


def param(**more) -> Param:
    return read_param(MONTHS | more)


@pytest.mark.parametrize(
    "one, given, value",
    [
        (param(default=6), "12", 12),
        (param(default=6), 12.0, 12),
        (param(default=0.2), "0.25", 0.25),
        (param(default=False), "是", True),
        (param(default="甲", choices=["甲", "乙"]), " 乙 ", "乙"),
        (param(default="today"), "today", "today"),
        (LOCAL, None, None),
        (LOCAL, "  ", None),
        (LOCAL, "3", 3),
    ],
)
def test_values_are_read(one, given, value):
    assert one.value(given) == value and type(one.value(given)) is type(value)


@pytest.mark.parametrize(
    "one, given, told",
    [
        (param(default=6), "六", "读不成整数"),
        (param(default=6), "2.5", "读不成整数"),
        (param(default=6), True, "读不成整数"),
        (param(default=6), "-1", "超出范围"),
        (param(default=6), "", "不能空着"),
        (param(default=0.2, max=1), "1.5", "在 0 和 1 之间"),
        (param(default=0.2), "nan", "读不成数"),
        (param(default=0.2), "inf", "读不成数"),
        (param(default=False), "也许", "读不成是或否"),
        (param(default="today"), "2024-13-01", "写成 2024-01-31"),
        (param(default="甲", choices=["甲", "乙"]), "丙", "甲、乙"),
        (LOCAL, "三", "读不成整数"),
    ],
)
def test_wrong_values_are_told_in_words(one, given, told):
    with pytest.raises(UsageError, match="回访期限") as error:
        one.value(given)
    assert told in str(error.value)


@pytest.mark.parametrize(
    "entry, told",
    [
        (MONTHS, "缺少 default"),
        (MONTHS | {"local": True}, "须写 type"),
        (MONTHS | {"local": True, "type": "integer", "default": 6}, "不能有 default"),
        (MONTHS | {"default": 6, "type": "months"}, "type 只能是"),
        (MONTHS | {"default": 6, "maximum": 9}, "多出 maximum"),
        (MONTHS | {"default": 12, "max": 9}, "不合自己的规定"),
        ({k: v for k, v in MONTHS.items() if k != "label"} | {"default": 6}, "缺少 label"),
    ],
)
def test_faults_of_an_entry(entry, told):
    assert any(told in fault for fault in param_faults([entry]))


def test_a_local_standard_that_is_not_set_is_a_null_of_its_type(tmp_path):
    db = open_database(tmp_path / "x.duckdb")
    sql = typed_sql(
        "SELECT CASE WHEN $months IS NULL THEN 'exempt' WHEN DATE '2023-01-31' + to_months($months) < DATE '2024-01-01' THEN 'suspect' END",
        (LOCAL,),
    )
    assert db.scalar(sql, {"months": LOCAL.value(None)}) == "exempt"
    assert db.scalar(sql, {"months": LOCAL.value("6")}) == "suspect"
    db.close()


def test_values_are_shown_with_their_unit():
    assert LOCAL.shown(None) == NOT_SET and LOCAL.shown(6) == "6 个月"
    assert param(default="today").shown("today") == "运行当天" and param(default=False).shown(True) == "是"
    assert param(default=0.2).shown(0.2) == "0.2 个月"
