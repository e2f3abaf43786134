"""Checks of an office: taken up without a restart, held to reading, and a broken one never stops the others."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from review.checks import catalogue, custom, engine, faultwords
from review.errors import UsageError
from review.store.database import open_database
from tests.casework.small_town import fill

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "sample-check" / "Z01_reason_too_short.sql"
HEADER = SAMPLE.read_text(encoding="utf-8").split("---*/")[0] + "---*/\n"
SELECT = (
    "SELECT case_id, NULL::VARCHAR AS respondent_id, county, {verdict} AS verdict,"
    " {{'title': title, 'reason': reason, 'length': $least}} AS facts FROM {source}"
)


def statement(verdict: str = "'clear'", source: str = "cases") -> str:
    return SELECT.format(verdict=verdict, source=source)


FEW = tuple(c for c in catalogue.own_checks() if c.id in ("O01", "R01"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of the office, beside two checks of the program."""
    monkeypatch.setattr(catalogue, "own_checks", lambda: FEW)
    place = tmp_path / "checks"
    place.mkdir()
    monkeypatch.setattr(custom, "folder", lambda: place)
    return place


@pytest.fixture
def db(tmp_path):
    database = open_database(tmp_path / "x.duckdb")
    fill(database)
    with database.write("test", "test") as cur:
        for table in ("check_runs", "check_results", "findings"):
            cur.execute(f"DELETE FROM {table}")
        cur.execute("INSERT INTO import_fields VALUES (1, '问责台账', 'reason')")
        cur.execute("UPDATE cases SET reason = CASE case_id WHEN 'c-a' THEN '履职不力。' WHEN 'c-b' THEN '不涉及' END")
    yield database
    database.close()


def put(folder: Path, sql: str, name: str = "Z01_x.sql", header: str = HEADER) -> Path:
    path = folder / name
    path.write_text(header + sql, encoding="utf-8")
    return path


def only_fault(folder: Path) -> custom.FileFault:
    assert custom.checks() == ()
    (fault,) = custom.faults()
    return fault


def test_the_documented_sample_runs_beside_the_checks_of_the_program(folder, db):
    assert custom.checks() == () and engine.catalogue() == FEW
    shutil.copy(SAMPLE, folder)
    summary = engine.run_checks(db, actor="赵科")
    assert summary.by_check["Z01"] == {"suspect": 1, "clear": 0, "undetermined": 1, "exempt": 1, "not_run": 0}
    assert summary.checks == len(FEW) + 1 and not summary.broken
    row = engine.counts(db)[-1]
    assert (row["check_id"], row["custom"], row["suspect"]) == ("Z01", True, 1)
    assert not any(r["custom"] for r in engine.counts(db)[:-1])
    message = db.scalar("SELECT message FROM findings WHERE check_id = 'Z01' AND verdict = 'suspect'")
    assert "只有4个字" in message


def test_a_changed_file_is_taken_up_and_a_removed_one_goes(folder, db):
    path = put(folder, statement())
    assert engine.run_checks(db).by_check["Z01"]["clear"] == 3
    path.write_text(HEADER + statement("'suspect'"), encoding="utf-8")
    assert engine.run_checks(db).by_check["Z01"]["suspect"] == 3
    path.unlink()
    assert "Z01" not in engine.run_checks(db).by_check
    assert db.scalar("SELECT count(*) FROM findings WHERE check_id = 'Z01'") == 0
    assert "Z01" not in {r["check_id"] for r in engine.counts(db)}


def test_lines_of_windows_and_a_byte_order_mark_are_read(folder):
    (folder / "Z01_x.sql").write_bytes(b"\xef\xbb\xbf" + (HEADER + statement()).replace("\n", "\r\n").encode())
    assert [c.id for c in custom.checks()] == ["Z01"]


@pytest.mark.parametrize(
    "sql, told",
    [
        (statement() + "; DELETE FROM cases", "只能有一条语句"),
        ("DELETE FROM cases WHERE seq > $least", "须是一条 SELECT"),
        ("WITH gone AS (DELETE FROM cases RETURNING *) " + statement(source="gone"), "不能写入"),
        ("WITH new AS (INSERT INTO cases SELECT * FROM cases RETURNING *) " + statement(source="new"), "不能写入"),
        (statement("nextval('run_ids')::VARCHAR"), "nextval"),
        (statement("if(random() < 0.5, 'clear', 'suspect')"), "random"),
        (statement("if(started_on < current_date, 'clear', 'suspect')"), "current_date"),
        (statement("if(started_on < today(), 'clear', 'suspect')"), "today"),
        (statement("list_transform(['clear'], lambda x: x || getvariable('a'))[1]"), "getvariable"),
        (statement(source="'/etc/passwd'"), "没有名为 /etc/passwd 的表"),
        (statement(source="'backups/review.duckdb'"), "没有名为"),
        (statement(source="read_csv('/etc/passwd')"), "read_csv"),
        (statement("(SELECT content FROM read_text('/etc/passwd'))"), "read_text"),
        (statement(source="query('SELECT * FROM cases')"), "query"),
        (statement(source="duckdb_settings()"), "duckdb_settings"),
        (statement(source="information_schema.tables"), "不要写库名"),
        (statement(source="no_such_table"), "没有名为 no_such_table 的表"),
        (statement("no_such_column"), "没有名为 no_such_column 的列"),
        (statement("no_such_function(title)"), "no_such_function"),
        (statement("CASE WHEN"), "写法不对"),
        (statement("7"), "verdict"),
        (
            "SELECT case_id, county, 'clear' AS verdict, {'title': title, 'reason': reason, 'length': $least} AS facts FROM cases",
            "respondent_id",
        ),
        ("SELECT case_id, NULL AS respondent_id, county, 'clear' AS verdict, {'title': title, 'n': $least} AS facts FROM cases", "facts"),
        ("SELECT case_id, NULL AS respondent_id, county, 'clear' AS verdict, $least AS facts FROM cases", "facts"),
    ],
)
def test_a_faulty_statement_is_told_and_left_out(folder, sql, told):
    put(folder, sql)
    fault = only_fault(folder)
    assert told in fault.reason and fault.file == "Z01_x.sql"


def test_the_line_is_that_of_the_file(folder):
    put(
        folder,
        "SELECT case_id, NULL AS respondent_id, county,\n  'clear' AS verdict,\n"
        "  {'title': titel, 'reason': reason, 'length': $least} AS facts\nFROM cases",
    )
    fault = only_fault(folder)
    assert fault.line == HEADER.count("\n") + 3 and "titel" in fault.sentence and f"第{fault.line}行" in fault.sentence
    put(folder, statement().replace("FROM cases", "\n\nFROM 'x.csv'"))
    assert only_fault(folder).line == HEADER.count("\n") + 3


@pytest.mark.parametrize(
    "change, told, line",
    [
        (lambda h: h.replace('id = "Z01"', 'id = "R01"'), "X 或 Z 加两三位数字", 2),
        (lambda h: h.replace('level = "提示"', 'level = "高"'), "level 只能是", 5),
        (lambda h: h.replace('needs = ["reason"]', 'needs = ["raeson"]'), "raeson 不是台账字段", 9),
        (lambda h: h.replace('why = "', "why = "), "英文双引号", 8),
        (lambda h: h.replace("/*---", "/*"), "缺少文件头", 1),
        (lambda h: re.sub(r"looks_for.*\n", "", h), "缺少 looks_for", None),
    ],
)
def test_a_faulty_header_is_told_with_its_line(folder, change, told, line):
    put(folder, statement(), header=change(HEADER))
    fault = only_fault(folder)
    assert told in fault.reason and (line is None or fault.line == line)


def test_a_file_of_another_encoding_is_told(folder):
    (folder / "Z01_x.sql").write_bytes((HEADER + statement()).encode("gb18030"))
    assert "UTF-8" in only_fault(folder).reason


def test_one_id_for_two_files_is_told(folder):
    put(folder, statement(), "Z01_a.sql")
    put(folder, statement(), "Z01_b.sql")
    assert [c.path.name for c in custom.checks()] == ["Z01_a.sql"]
    assert "Z01_a.sql" in custom.faults()[0].reason


@pytest.mark.parametrize(
    "sql, told",
    [
        (statement("CAST(title AS INTEGER)::VARCHAR"), "读不成数或日期"),
        (statement("if(title IS NULL, 'clear', '好')"), "verdict 出现 好"),
        (statement() + " UNION ALL " + statement(), "每个对象只能有一行"),
        (statement().replace("SELECT case_id", "SELECT 'elsewhere' || case_id AS case_id"), "不是台账中的案件"),
    ],
)
def test_a_check_that_fails_on_the_data_is_left_out_and_the_others_run(folder, db, sql, told):
    put(folder, sql)
    put(folder, statement("'suspect'"), "Z02_x.sql", HEADER.replace("Z01", "Z02"))
    summary = engine.run_checks(db, actor="赵科")
    assert summary.by_check["Z02"]["suspect"] == 3 and "Z01" not in summary.by_check and "O01" in summary.by_check
    (fault,) = summary.broken
    assert fault.check_id == "Z01" and told in fault.reason
    (skipped,) = db.rows("FROM check_skips")
    assert (skipped["check_id"], skipped["state"]) == ("Z01", "broken") and told in skipped["reason"]


def test_a_check_that_takes_too_long_is_stopped(folder, db, monkeypatch):
    monkeypatch.setattr(engine, "LONGEST", 0.3)
    put(folder, statement("'clear'", "cases, range(300000) a, range(300000) b WHERE hash(concat(a.range, b.range)) = 7"))
    summary = engine.run_checks(db)
    assert "太长" in summary.broken[0].reason and "O01" in summary.by_check


def test_findings_of_a_check_that_broke_go(folder, db):
    put(folder, statement("'suspect'"))
    engine.run_checks(db)
    put(folder, statement("CAST(title AS INTEGER)::VARCHAR"))
    engine.run_checks(db, only=["Z01"])
    assert db.scalar("SELECT count(*) FROM findings WHERE check_id = 'Z01'") == 0


def test_a_run_of_few_tells_the_broken_file_and_what_to_do(folder, db):
    put(folder, statement("no_such_column"))
    summary = engine.run_checks(db, only=["O01"])
    assert [fault.file for fault in summary.broken] == ["Z01_x.sql"] and not db.rows("FROM check_skips")
    with pytest.raises(UsageError, match="Z01_x.sql 第.*没有名为 no_such_column 的列") as told:
        engine.run_checks(db, only=["Z01"])
    assert "请改正" in told.value.advice


@pytest.mark.parametrize(
    "header, line, told",
    [
        ('a = "1"\nb = 台账\nc = "2"', 2, "英文双引号"),
        ('a = "1"\nb = "台账\nc = "2"', 2, "成对"),
        ('a = "1"\nb "台账"', 2, "等号"),
        ('a = "1"\nb = "只写"领导责任""', 2, "一行写了两样"),
        ('a = "1"\nb = "2"\na = "3"', 3, "写了两次"),
        ('a = "1"\n[[basis]\nlaw = "x"', 2, "方括号"),
    ],
)
def test_a_line_of_the_header_is_told_in_plain_words(header, line, told):
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(header)
    assert faultwords.header_line(header, error.value) == line and told in faultwords.of_header(error.value)


def test_a_folder_that_is_not_there_holds_no_checks(monkeypatch, tmp_path):
    monkeypatch.setattr(custom, "folder", lambda: tmp_path / "none")
    assert custom.checks() == () and custom.faults() == ()
