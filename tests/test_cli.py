"""The command line from ledgers to workbooks, on a small demo city."""

import json
import os
import signal
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from review import cli
from review.checks.engine import catalogue
from review.cli_screen import table, to_json
from review.demo import write_demo
from review.store.database import open_database

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """Folder with the ledgers of a small city, and a database that holds them, checked."""
    folder = tmp_path_factory.mktemp("演示 市")
    made = write_demo(folder / "台账", cases=60)
    db = folder / "评查.duckdb"
    assert cli.main(["load", *map(str, made.files), "--db", str(db)]) in (0, 1)
    assert cli.main(["check", "--db", str(db)]) == 0
    yield folder, made, db
    open_database(db).close()


@pytest.fixture
def run(city, capsys):
    """Run a command on the small city; returns (exit code, result of --json or text, messages)."""
    capsys.readouterr()

    def call(*arguments, as_json=True):
        code = cli.main([*map(str, arguments), "--db", str(city[2]), *(["--json"] if as_json else [])])
        out, err = capsys.readouterr()
        return code, (json.loads(out) if as_json and out else out), err

    return call


def test_load_tells_rows_cases_and_people_of_each_file(city, tmp_path, capsys):
    _, made, _ = city
    capsys.readouterr()
    db = tmp_path / "a.duckdb"
    code = cli.main(["--json", "--db", str(db), "load", *map(str, made.files)])
    result = json.loads(capsys.readouterr().out)
    assert [entry["file_name"] for entry in result["files"]] == [file.name for file in made.files]
    assert result["totals"]["cases"] == made.cases
    assert result["failed"] == []
    assert code == (1 if result["totals"]["rejects"] else 0)
    again = cli.main(["load", "--db", str(db), str(made.files[0])])
    told = capsys.readouterr().out
    assert again == 0 and "以前已经读入" in told and "案件 0" in told
    open_database(db).close()


def test_a_bad_file_does_not_stop_the_others(city, tmp_path, capsys):
    _, made, _ = city
    capsys.readouterr()
    bad, db = tmp_path / "坏.xlsx", tmp_path / "b.duckdb"
    bad.write_bytes(b"not a workbook")
    code = cli.main(["load", str(bad), str(tmp_path / "没有.xlsx"), str(made.files[0]), "--db", str(db), "--json"])
    out, err = capsys.readouterr()
    result = json.loads(out)
    assert code == 2
    assert [len(result["files"]), len(result["failed"])] == [1, 2]
    assert "坏.xlsx" in err and "没有.xlsx" in err and "Traceback" not in err
    open_database(db).close()


def test_ctrl_c_stops_a_load_at_its_next_step_and_leaves_nothing_behind(city, tmp_path, capsys, monkeypatch):
    _, made, _ = city
    capsys.readouterr()
    db = tmp_path / "d.duckdb"
    from review import cli_load

    first = cli_load._Files.__call__

    def pressed(self, step):
        first(self, step)
        if step.number == 2:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(cli_load._Files, "__call__", pressed)
    # A run started in the background has Ctrl-C switched off from its shell.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    code = cli.main(["load", *map(str, made.files), "--db", str(db)])
    out, err = capsys.readouterr()
    assert code == 130 and "已中断" in out and "没有留下" in out and "Traceback" not in err
    assert open_database(db).scalar("SELECT count(*) FROM imports") == 0
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    open_database(db).close()


def test_answers_to_the_questions_of_a_load_are_kept(tmp_path, capsys):
    file, path = tmp_path / "甲县台账.xlsx", tmp_path / "c.duckdb"
    book = openpyxl.Workbook()
    book.active.append(["案件编号", "案件名称", "姓名", "单位及职务", "责任类型", "处理方式", "启动审批"])
    book.active.append(["甲问〔2023〕1号", "某项目失管案", "周一", "甲县水利局局长", "主要领导责任", "诫勉", "是"])
    book.active.append(["甲问〔2023〕2号", "某站点失管案", "吴二", "甲县水利局副局长", "重要领导责任", "诫勉", None])
    book.save(file)
    statuses = "SELECT status, blank_counted FROM steps WHERE step = 'start_approval' ORDER BY \"row\""
    assert cli.main(["load", str(file), "--db", str(tmp_path / "unanswered.duckdb")]) == 0
    unanswered = open_database(tmp_path / "unanswered.duckdb")
    assert [tuple(row.values()) for row in unanswered.rows(statuses)] == [("done", False), ("blank", False)]
    unanswered.close()
    assert cli.main(["load", str(file), "--complete", "no", "--blank", "启动审批=not_done", "--db", str(path)]) == 0
    db = open_database(path)
    assert [tuple(row.values()) for row in db.rows(statuses)] == [("done", False), ("not_done", True)]
    assert db.scalar("SELECT DISTINCT complete FROM cases") == "no"
    db.close()
    capsys.readouterr()


def test_open_questions_are_counted_and_told(tmp_path, capsys):
    file = tmp_path / "甲县台账.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["案件名称", "姓名", "单位及职务", "处分", "处分", "处分时间", "是否送达"])
    book.active.append(["某项目失管案", "周一", "甲县水利局局长", "党内警告", "政务记过", "23.3.15", None])
    book.save(file)
    assert cli.main(["load", str(file), "--db", str(tmp_path / "a.duckdb")]) == 0
    told = capsys.readouterr().out
    assert "有 3 处待确认" in told and "D列“处分”" in told and "23.3.15" in told and "空白" in told
    assert cli.main(["load", str(file), "--short-years", "--db", str(tmp_path / "b.duckdb"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["questions"] == 2
    db = open_database(tmp_path / "b.duckdb")
    assert db.scalar("SELECT CAST(decided_on AS VARCHAR) FROM respondents") == "2023-03-15"
    db.close()


def test_patterns_are_resolved_where_the_shell_did_not(city, tmp_path, capsys):
    folder, made, _ = city
    files = cli._expand([str(folder / "台账" / "*.xlsx"), str(made.files[0])])
    assert sorted(files) == sorted(file for file in made.files if file.suffix == ".xlsx")
    assert cli.main(["load", str(tmp_path / "*.xls"), "--db", str(tmp_path / "e.duckdb")]) == 2
    assert "没有文件符合" in capsys.readouterr().err


def test_check_counts_agree_with_the_findings(run):
    code, result, _ = run("check")
    assert code == 0
    assert [row["check_id"] for row in result["checks"]] == [c.id for c in catalogue()] and result["summary"]["checks"] == len(catalogue())
    _, rows, _ = run("sql", "SELECT check_id, count(*) FILTER (verdict = 'suspect') AS n FROM findings GROUP BY ALL")
    found = {row["check_id"]: row["n"] for row in rows}
    assert {row["check_id"]: row["suspect"] for row in result["checks"]} == {row["check_id"]: found.get(row["check_id"], 0)
                                                                            for row in result["checks"]}  # fmt: skip
    assert sum(found.values()) > 0


def test_check_can_run_a_few_rules_and_refuses_unknown_ones(run):
    code, result, _ = run("check", "O01", "D03")
    assert code == 0 and [row["check_id"] for row in result["checks"]] == ["O01", "D03"]
    code, _, err = run("check", "Z99")
    assert code == 2 and "Z99" in err
    run("check")


def test_a_sample_of_another_design_is_drawn_changed_and_verified(run):
    period = ("--from", "2023-01-01", "--to", "2023-12-31", "--undated", "include")
    design = ("--method", "pareto", "--minimum", "2", "--must", "appealed", "--must-mode", "counted")
    arguments = ("sample", *period, *design, "--seed", "第2023124期", "--name", "试抽", "--seed-source", "dice")
    run("check")
    code, drawn, _ = run(*arguments)
    assert code == 0 and drawn["design"] == {
        "method": "pareto", "allocation": "proportional", "minimum": 2, "maximum": None, "must_mode": "counted"
    }  # fmt: skip
    assert drawn["must_rules"] == ["appealed"]
    code, done, _ = run("change", drawn["sample_id"], "--enlarge", "0.4", "--reason", "问题较多")
    assert code == 0 and done["added"]
    picked = next(case["case_no"] for case in drawn["cases"] if case["picked_by"] == "random")
    code, done, _ = run("change", drawn["sample_id"], "--replace", picked, "--reason", "案卷已移送")
    assert code == 0 and len(done["added"]) == 1
    assert run("verify", drawn["sample_id"])[1]["differences"] == []
    code, _, err = run("change", drawn["sample_id"], "--reason", "没有说做什么")
    assert code == 2 and "--enlarge" in err


def test_a_sample_is_assigned_from_a_roster_and_its_progress_told(run, tmp_path):
    _, drawn, _ = run("sample", "--from", "2023-01-01", "--to", "2023-12-31", "--seed", "分配试验", "--undated", "include")
    roster = tmp_path / "名册.csv"
    roster.write_text("姓名,单位,承担件数\n赵一,外市纪委监委,2\n", encoding="utf-8-sig")
    code, done, _ = run("assign", drawn["sample_id"], "--roster", roster)
    assert (code, done["stored"]) == (1, 0) and done["missing"] == len(drawn["cases"]) - 2
    assert "还差" in done["shortages"][0]["sentence"]
    roster.write_text("姓名,单位,承担件数\n赵一,外市纪委监委,500\n", encoding="utf-8-sig")
    code, done, _ = run("assign", drawn["sample_id"], "--roster", roster, "--due", "2024-03-31")
    assert (code, done["stored"], done["missing"]) == (0, len(drawn["cases"]), 0)
    code, told, _ = run("progress", drawn["sample_id"])
    assert (code, told["total"]["assigned"], told["total"]["overdue"]) == (0, len(drawn["cases"]), len(drawn["cases"]))
    assert "暂不推算" in told["conclusion"]["sentence"]
    assert run("assign", drawn["sample_id"], "--anew", "--due", "三月底")[0] == 2
    assert run("progress", "s-none")[0] == 2


def test_draw_verify_and_export_the_sample(run, tmp_path):
    arguments = ("sample", "--from", "2023-01-01", "--to", "2023-12-31", "--seed", "第2023123期", "--undated", "include")
    code, drawn, _ = run(*arguments)
    assert code == 0
    assert sum(case["picked_by"] == "random" for case in drawn["cases"]) * 5 >= drawn["frame_size"]
    assert drawn["period_from"] == "2023-01-01" and drawn["seed"] == "第2023123期"
    assert run(*arguments)[1]["sample_id"] == drawn["sample_id"]  # the same draw is the same sample
    code, verified, _ = run("verify", drawn["sample_id"])
    assert code == 0 and verified["ok"] is True
    target = tmp_path / "抽样名单.xlsx"
    code, done, _ = run("export", "sample", "--out", target)
    assert (code, done["rows"]) == (0, len(drawn["cases"]))
    assert openpyxl.load_workbook(target)["抽样名单"].max_row == len(drawn["cases"]) + 1


def test_verify_ends_with_one_where_the_list_was_changed(run, city):
    _, drawn, _ = run("sample", "--from", "2023-01-01", "--to", "2023-12-31", "--seed", "另一次", "--undated", "include")
    picked = next(case["case_id"] for case in drawn["cases"] if case["picked_by"] == "random")
    db = open_database(city[2])
    with db.write("tamper", "测试") as cur:
        cur.execute("DELETE FROM sample_cases WHERE sample_id = $s AND case_id = $c", {"s": drawn["sample_id"], "c": picked})
    code, verified, _ = run("verify", drawn["sample_id"])
    assert code == 1 and verified["ok"] is False and verified["differences"]
    assert run("verify", "s000")[0] == 2


def test_issues_rejects_and_overview_go_to_excel(run, tmp_path):
    _, [total], _ = run("sql", "SELECT count(*) AS n FROM findings WHERE verdict = 'suspect' AND in_issue_list")
    code, done, _ = run("export", "issues", "--out", tmp_path / "问题.xlsx")
    assert (code, done["rows"]) == (0, total["n"])
    assert openpyxl.load_workbook(tmp_path / "问题.xlsx").sheetnames[:2] == ["说明", "全部"]
    code, severe, _ = run("export", "issues", "--level", "严重", "--verdict", "suspect", "--out", tmp_path / "严重.xlsx")
    assert code == 0 and 0 < severe["rows"] < done["rows"]
    assert run("export", "rejects", "--out", tmp_path / "未读入.xlsx")[0] == 0
    code, columns, _ = run("export", "columns", "--out", tmp_path / "请补充.xlsx")
    assert code == 0 and columns["rows"] > 0
    code, overview, _ = run("export", "report", "--out", tmp_path / "一览.xlsx")
    assert (code, overview["rows"]) == (0, total["n"])
    book = openpyxl.load_workbook(tmp_path / "一览.xlsx")
    assert book.sheetnames == ["说明", "检查规则", "县区", "台账"]
    assert book["检查规则"].max_row == len(catalogue()) + 1 and book["台账"].max_row == 11
    code, _, err = run("export", "issues", "--out", tmp_path / "问题.pdf")
    assert code == 2 and ".xlsx" in err


def test_backup_copies_once(run, tmp_path):
    code, done, _ = run("backup", tmp_path / "备份.duckdb")
    assert code == 0 and Path(done["file"]).stat().st_size == done["bytes"] > 0
    code, _, err = run("backup", tmp_path / "备份.duckdb")
    assert code == 2 and "已存在" in err


@pytest.mark.parametrize(
    "query",
    [
        "SELECT count(*) AS n FROM cases",
        "WITH a AS (SELECT 1 AS n) FROM a",
        "FROM cases LIMIT 1",
        "DESCRIBE cases",
        "SHOW TABLES",
        "SUMMARIZE measures",
        "EXPLAIN SELECT 1",
        "VALUES (1)",
    ],
)
def test_sql_answers_questions(run, query):
    code, rows, _ = run("sql", query)
    assert code == 0 and isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows)


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM cases",
        "INSERT INTO audit_log VALUES (1)",
        "UPDATE cases SET title = ''",
        "DROP TABLE cases",
        "CREATE TABLE t (a INTEGER)",
        "SELECT 1; DELETE FROM cases",
        "COPY cases TO 'cases.csv'",
        "ATTACH 'other.duckdb'",
        "SET threads = 1",
        "SELECT nextval('audit_ids')",
        "EXPLAIN ANALYZE DELETE FROM cases",
        "CHECKPOINT",
        "SELECT * FROM read_text('README.md')",
        "SELCT 1",
        "SELECT nothing FROM cases",
        "",
    ],
)
def test_sql_writes_nothing_and_says_so_in_chinese(run, city, query):
    state = "SELECT count(*) AS cases, (SELECT value FROM meta WHERE key = 'data_version') AS version FROM cases"
    before = open_database(city[2]).rows(state)
    code, out, err = run("sql", query)
    assert code == 2 and out == "" and "Traceback" not in err
    assert any("一" <= sign <= "鿿" for sign in err)
    assert open_database(city[2]).rows(state) == before


def test_json_columns_come_as_objects_and_dates_as_iso(run):
    _, [row], _ = run("sql", "SELECT facts, DATE '2023-05-06' AS d, TIMESTAMP '2023-05-06 07:08:09' AS t, 1.5::DECIMAL(9,2) AS m,"
                             " NULL AS nothing, ['甲','乙'] AS names FROM findings LIMIT 1")  # fmt: skip
    assert isinstance(row["facts"], dict)
    assert (row["d"], row["t"], row["m"], row["nothing"], row["names"]) == ("2023-05-06", "2023-05-06T07:08:09", 1.5, None, ["甲", "乙"])


def test_text_output_lines_up_and_stays_chinese(run):
    code, out, _ = run("check", as_json=False)
    lines = out.splitlines()
    assert code == 0 and lines[0].split() == ["编号", "检查规则", "程度", "疑似", "待核", "符合", "不适用", "未运行", "说明"]
    code, out, _ = run("sql", "SELECT case_no, title FROM cases LIMIT 3", as_json=False)
    assert code == 0 and out.splitlines()[-1] == "（3 行）"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["sample", "--from", "2023.1.1", "--to", "2023-12-31", "--seed", "a"], "2023-01-01 的样子"),
        (["sample", "--from", "2023-01-01", "--seed", "a"], "缺少参数：--to"),
        (["nothing"], "不能是 'nothing'"),
        ([], "缺少参数"),
        (["load"], "缺少参数"),
        (["check", "--unknown"], "不认识的参数：--unknown"),
        (["export", "letters", "--out", "a.xlsx"], "不能是 'letters'"),
    ],
)
def test_wrong_use_is_told_in_chinese_with_exit_code_two(arguments, says, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("blank", ["报批情况", "=not_done", "报批情况=maybe"])
def test_a_wrong_answer_about_blanks_is_refused_before_anything_is_read(blank, tmp_path, capsys):
    db = tmp_path / "f.duckdb"
    assert cli.main(["load", "a.xlsx", "--blank", blank, "--db", str(db)]) == 2
    assert "--blank" in capsys.readouterr().err and not db.exists()


def test_reading_commands_do_not_make_an_empty_database(tmp_path, capsys):
    db = tmp_path / "没有.duckdb"
    for arguments in (["check"], ["verify", "s1"], ["sql", "SELECT 1"], ["export", "issues", "--out", "a.xlsx"], ["backup", "b.duckdb"]):
        assert cli.main([*arguments, "--db", str(db)]) == 2
        assert "还没有数据库" in capsys.readouterr().err
    assert not db.exists()


def test_a_fault_of_the_program_is_one_sentence_with_a_log(city, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(cli, "LOG_FILE", tmp_path / "logs" / "command.log")
    monkeypatch.setattr("review.checks.engine.run_checks", lambda *_, **__: 1 / 0)
    assert cli.main(["check", "--db", str(city[2])]) == 2
    told = capsys.readouterr().err
    assert "编号" in told and str(tmp_path) in told and "Traceback" not in told
    assert "ZeroDivisionError" in (tmp_path / "logs" / "command.log").read_text(encoding="utf-8")


def test_as_a_program_of_its_own(city, tmp_path):
    """Exit codes, JSON as UTF-8 bytes on standard output, messages on standard error, a database held by another process."""
    _, made, held = city
    environment = os.environ | {"PYTHONIOENCODING": "gbk"}
    environment.pop("PYTHONUTF8", None)
    command = [sys.executable, "-m", "review", "load", str(made.files[0]), "--json", "--db"]
    done = subprocess.run([*command, str(tmp_path / "g.duckdb")], cwd=ROOT, capture_output=True, env=environment, check=False)
    assert done.returncode in (0, 1), done.stderr.decode("gbk", "replace")
    assert json.loads(done.stdout.decode("utf-8"))["files"][0]["file_name"] == made.files[0].name
    busy = subprocess.run([*command, str(held)], cwd=ROOT, capture_output=True, env=environment, check=False)
    assert busy.returncode == 2 and busy.stdout == b""
    assert "正被另一个程序使用" in busy.stderr.decode("gbk", "replace")


def test_values_as_json():
    value = {"d": date(2023, 5, 6), "t": datetime(2023, 5, 6, 7), "n": Decimal("3"), "x": Decimal("2.5"), "f": float("nan"), "s": (1, "中")}
    assert json.loads(to_json(value)) == {"d": "2023-05-06", "t": "2023-05-06T07:00:00", "n": 3, "x": 2.5, "f": None, "s": [1, "中"]}
    assert "中" in to_json(value)


def test_tables_line_up_by_what_the_eye_sees():
    lines = table([{"a": "甲乙", "n": 5}, {"a": "x", "n": 12}], {"a": "名称", "n": "数"}).splitlines()
    assert lines == ["名称  数", "甲乙   5", "x     12"]
    assert "…" in table([{"a": "长" * 60}]) and table([]) == "（没有内容）"
