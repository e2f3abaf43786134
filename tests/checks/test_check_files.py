"""Walks the folder of checks: every file is complete, every table of cases shows all its verdicts; broken files are told in full."""

import re

import pytest

from review.checks import engine, judging
from review.checks.checkfile import read_check
from review.checks.prelude import prepare
from review.checks.template import TemplateFault, parse_template, to_sql
from review.errors import CheckFileError
from review.store.database import open_database
from tests.checks.ledger import FOLDER, examples

CHECKS = engine.catalogue()
IDS = [c.id for c in CHECKS]
THIS_ISSUE = "O01 O02 O03 O04 O05 O06 R01 R02 R03 R05 R06 R07 R08 P01 P04 P05 P07 P08 M01 M06 D01 D02 D03 D05"
COUNTED = {"suspect": 2, "clear": 3, "undetermined": 1, "exempt": 1}
GOOD = (engine.FOLDER / "responsibility" / "R01_undifferentiated_leadership.sql").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return open_database(tmp_path_factory.mktemp("empty") / "empty.duckdb")


def test_the_checks_of_the_first_release_are_there_once():
    assert sorted(IDS) == sorted(set(IDS))
    assert set(THIS_ISSUE.split()) <= set(IDS)


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
class TestEveryCheck:
    def test_is_documented(self, check):
        for text in (check.title, check.looks_for, check.why):
            assert re.search(r"[\u4e00-\u9fff]{3}", text)
        assert not re.search(r"应当|必须|请", check.title), "the title names the fault, not the cure"
        assert all(b.law and b.article.startswith("第") and b.version for b in check.basis)
        assert check.cleared_by, "every check has look-alikes to tell"
        assert all(p.label and p.sentence.endswith("。") for p in check.params)

    def test_names_the_file_after_itself(self, check):
        assert re.fullmatch(rf"{check.id}_[a-z0-9_]+\.sql", check.path.name)

    def test_has_labels_for_every_fact_and_a_sentence_that_fills(self, check, empty):
        with empty.cursor() as cur:
            prepare(cur)
            judging.judge(cur, check, engine.parameters((check,), {})[check.id])
            types = {name: str(kind) for name, kind in cur.table("judged").types[4].children}
            nulls = ", ".join(f"'{name}': NULL::{kind}" for name, kind in types.items())
            for text in (check.message, check.undetermined_message):
                filled = cur.execute(f"SELECT {to_sql(parse_template(text), types)} FROM (SELECT {{{nulls}}} AS facts)").fetchone()[0]
                assert filled and "{" not in filled and "[" not in filled
        assert all(re.search(r"[\u4e00-\u9fff]", label) for label in check.fact_labels.values())

    def test_says_疑似_and_nothing_final(self, check):
        assert "疑似" in check.message
        assert not re.search(r"违纪|认定为|属于违规", check.message)

    def test_has_a_table_of_cases_of_every_kind(self, check):
        assert (FOLDER / f"{check.id}.toml").exists()
        cases = examples(check.id)
        assert len({c.name for c in cases}) == len(cases) and all(c.why for c in cases)
        wanted = dict(COUNTED)
        if check.no_exempt:
            wanted["exempt"] = 0
        if check.id == "D01":  # blanks are counted and never suspected
            wanted["suspect"] = 0
        for verdict, least in wanted.items():
            assert sum(verdict in c.verdicts for c in cases) >= least, verdict
        assert all(c.check == check.id for c in cases)


def test_only_checks_with_a_reason_lack_an_exemption():
    assert {c.id for c in CHECKS if c.no_exempt} == {"D01", "D03", "D04"}


def test_only_the_list_of_blanks_stands_outside_the_issue_list():
    assert [c.id for c in CHECKS if not c.in_issue_list] == ["D01"]


def test_complete_ledgers_are_told_wherever_nobody_is_missed():
    for check_id in ("O01", "O04", "O05", "O06", "R05", "R08"):
        assert "{listed_text}" in engine.check(check_id).message


def broken(tmp_path, text: str, name: str = "R01_x.sql"):
    folder = tmp_path / "responsibility"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CheckFileError) as error:
        read_check(path)
    return str(error.value)


def test_a_file_is_judged_in_whole_unless_it_says_that_the_case_is_enough(tmp_path):
    """What is likely to be forgotten must be the safe way."""
    (tmp_path / "responsibility").mkdir()
    path = tmp_path / "responsibility" / "R01_x.sql"
    for text, alone in ((GOOD, True), (GOOD.replace('reach = "case"\n', ""), False)):
        path.write_text(text, encoding="utf-8")
        assert read_check(path).case_alone is alone


def test_all_faults_of_a_file_are_told_at_once_with_their_lines(tmp_path):
    text = GOOD.replace('level = "严重"', 'level = "高"').replace('why = "', 'wy = "').replace('responsibility = "责任原文"\n', "")
    told = broken(tmp_path, text)
    assert "3处" not in told and "缺少 why" in told and "不认识的项 wy" in told and "level 只能是" in told and "responsibility" in told
    line = text.split("\n").index('level = "高"') + 1
    assert f"第{line}行 level 只能是" in told


@pytest.mark.parametrize(
    "change, told",
    [
        (lambda t: t.replace("/*---", "/*"), "缺少文件头"),
        (lambda t: t.replace('level = "严重"', "level = 严重"), "英文双引号"),
        (lambda t: t.replace('needs = ["responsibility"]', 'needs = ["responsability"]'), "responsability 不是台账字段"),
        (lambda t: t.replace("{person}", "{nobody}"), "{nobody}"),
        (lambda t: t.replace("疑似责任区分不清", "责任区分不清"), "疑似"),
        (lambda t: t.replace("params = []\n", ""), "缺少 params"),
        (lambda t: t.replace("FROM people\n", "FROM people WHERE seq > $least\n"), "用到 $least，而 params（参数）中没有写"),
        (lambda t: t + "; DELETE FROM findings", "只能有一条语句"),
        (lambda t: t.split("---*/")[0] + "---*/\nDELETE FROM findings", "须是一条 SELECT"),
        (lambda t: t.replace('kind = "text"', 'kind = "maybe"'), "kind 只能是"),
        (lambda t: re.sub(r"\[\[basis\]\].*?verified = true\n", "", t, flags=re.S), "依据"),
        (lambda t: t.replace('reach = "case"', 'reach = "county"'), "只能写"),
        (lambda t: t.replace("FROM people\n", "FROM comparable_people\n"), "读了 comparable_people"),
        (lambda t: t.replace('unit = "respondent"', 'unit = "county"'), "对象是县区"),
    ],
)
def test_faults_of_a_file(tmp_path, change, told):
    assert told in broken(tmp_path, change(GOOD))


def test_name_and_folder_must_fit(tmp_path):
    assert "文件名应以 R01_ 开头" in broken(tmp_path, GOOD, "R09_x.sql")


@pytest.mark.parametrize("text", ["{a", "a}", "[{a}", "{a}]", "[[{a}]]", "{A}"])
def test_stray_brackets_of_a_template_are_refused(text):
    with pytest.raises(TemplateFault):
        parse_template(text)


@pytest.mark.parametrize(
    "template, facts, told",
    [
        ("{a}的责任", {"a": "张三"}, "张三的责任"),
        ("{a}的责任", {"a": None}, "未载明的责任"),
        ("{a}[，备注{b}]。", {"a": "甲", "b": None}, "甲。"),
        ("{a}[，备注{b}]。", {"a": "甲", "b": "乙"}, "甲，备注乙。"),
        ("{a}", {"a": ["甲", "乙"]}, "甲、乙"),
        ("{a}", {"a": []}, "未载明"),
        ("{a}", {"a": [str(n) for n in range(9)]}, "0、1、2、3、4、5、6、7等9项"),
        ("{a}{b}", {"a": True, "b": False}, "是否"),
        ("{a}、{b}", {"a": 3.0, "b": 2.5}, "3、2.5"),
        ("'{a}'", {"a": "it's {b}"}, "'it's {b}'"),
    ],
)
def test_templates_are_filled_by_the_database(empty, template, facts, told):
    kinds = {str: "VARCHAR", bool: "BOOLEAN", float: "DOUBLE", list: "VARCHAR[]", type(None): "VARCHAR"}
    types = {name: kinds[type(value)] for name, value in facts.items()}
    struct = ", ".join(f"'{name}': ${name}::{types[name]}" for name in facts)
    assert empty.scalar(f"SELECT {to_sql(parse_template(template), types)} FROM (SELECT {{{struct}}} AS facts)", facts) == told
