"""The second time: the same file, other answers, a newer ledger, and the way back."""

import random

import pytest

from review import cli
from review.errors import StoreError, UsageError
from review.store.database import open_database
from review.workbook.columns import LedgerChoices
from review.workbook.corrections import correction_list, corrections_of, save_corrections, take_back
from review.workbook.load import content_of, load_file, load_reading, read_again
from review.workbook.lookalikes import answer_same, lookalikes, open_lookalikes
from review.workbook.matching import Person, match_people
from review.workbook.reading import read_ledger
from review.workbook.undo import undo_import, what_depends

from . import ledgers

STATE = ("cases", "respondents", "measures", "steps", "imports", "import_columns", "import_fields", "ledger_rows", "rejects",
         "superseded_records", "applied_corrections")  # fmt: skip
HEAD = ("案号", "县区", "案由", "姓名", "单位及职务", "问责方式", "决定时间", "是否送达")
ONE = ("〔2023〕1号", "甲县", "河道非法采砂失管案", "张三", "甲县水利局局长", "诫勉", "2023.5.6", "是")
TWO = ("〔2023〕1号", "甲县", "河道非法采砂失管案", "李四", "甲县水利局副局长", "党内警告", "2023.5.6", None)
THREE = ("〔2023〕2号", "甲县", "林木盗伐失察案", "王五", "甲县林业局局长", "诫勉", "2023.13.6", "否")


@pytest.fixture
def db(tmp_path):
    database = open_database(tmp_path / "评查.duckdb")
    yield database
    database.close()


def ledger(*rows, head=HEAD) -> bytes:
    return ledgers.sheets(台账=[head, *rows])


def changed(row, **values) -> tuple:
    """The row with other values, by header."""
    return tuple(values.get(h, v) for h, v in zip(HEAD, row, strict=True))


def state(db, without=()) -> dict:
    """Every row of every table of loads, in no order."""
    return {t: sorted(map(repr, db.rows(f"SELECT * FROM {t}"))) for t in STATE if t not in without}


def people(db) -> dict:
    return {r["name"]: r["respondent_id"] for r in db.rows("SELECT name, respondent_id FROM respondents")}


# The same bytes again


def test_other_answers_replace_the_reading_and_keep_it(db):
    data = ledger(ONE, TWO)
    first = load_file(db, data, "甲.xlsx", actor="甲")
    again = load_file(db, data, "甲.xlsx", LedgerChoices(complete="no"), actor="乙")
    assert (again.already_loaded, again.replaces, again.replaced_cases) == (False, first.import_id, 1)
    assert db.rows("SELECT DISTINCT complete, import_id FROM cases") == [{"complete": "no", "import_id": again.import_id}]
    assert db.rows("SELECT import_id, replaced_by, first_reading FROM imports ORDER BY 1") == [
        {"import_id": 1, "replaced_by": 2, "first_reading": None},
        {"import_id": 2, "replaced_by": None, "first_reading": 1},
    ]
    before = state(db)
    assert load_file(db, data, "甲.xlsx", LedgerChoices(complete="no")).already_loaded
    assert load_file(db, data, "甲.xlsx").already_loaded
    assert state(db) == before


def test_the_bytes_are_kept_and_come_back_with_the_answers(db):
    for data, name in ((ledger(ONE), "甲.xlsx"), (("\n".join(map(",".join, (HEAD, ONE)))).encode("gb18030"), "乙.csv")):
        choices = LedgerChoices(complete="unknown", blank={("台账", "是否送达"): "not_done"}, fields={"案由": "reason"})
        receipt = load_file(db, data, name, choices)
        kept, kept_name, answers = content_of(db, receipt.import_id)
        assert (kept, kept_name) == (data, name)
        assert (answers.complete, answers.blank, answers.fields) == (choices.complete, choices.blank, choices.fields)
    with pytest.raises(UsageError, match="没有第 99 次"):
        content_of(db, 99)


def test_a_file_of_an_earlier_program_is_kept_when_it_comes_again(db):
    data = ledger(ONE)
    load_file(db, data, "甲.xlsx")
    with db.write("test", "") as cur:
        cur.execute("DELETE FROM import_files")
    with pytest.raises(StoreError, match="没有保存原件"):
        content_of(db, 1)
    before = state(db)
    assert load_reading(db, read_ledger(data, "甲.xlsx")).already_loaded and state(db) == before
    assert content_of(db, 1)[0] == data


# Corrections


def test_a_correction_is_read_and_stands_beside_the_raw_text(db):
    data = ledger(ONE, THREE)
    reading = read_ledger(data, "甲.xlsx")
    [reject] = [r for r in reading.rejects if r.raw == "2023.13.6"]
    cell = (reject.sheet, reject.row, reject.column, reject.raw)
    assert save_corrections(db, reading.sha256, [cell], " 2023.12.6 ", "赵科") == 1
    receipt = load_file(db, data, "甲.xlsx", actor="甲")
    assert receipt.rejects == 0
    assert str(db.scalar("SELECT decided_on FROM respondents WHERE name = '王五'")) == "2023-12-06"
    assert db.scalar("SELECT raw[7] FROM ledger_rows WHERE raw[4] = '王五'") == "2023.13.6"
    assert db.rows("SELECT raw, written FROM cells WHERE address = 'G3'") == [{"raw": "2023.12.6", "written": "2023.13.6"}]
    applied = db.rows("SELECT sheet, \"row\", \"column\", raw, corrected, corrected_by FROM applied_corrections")
    assert [tuple(r.values()) for r in applied] == [("台账", 3, "G", "2023.13.6", "2023.12.6", "赵科")]


def test_a_correction_of_a_loaded_file_is_a_second_reading_and_can_be_taken_back(db):
    data = ledger(ONE, THREE)
    first = load_file(db, data, "甲.xlsx", actor="甲")
    ids = people(db)
    before = {t: rows for t, rows in state(db).items() if t in ("cases", "respondents", "measures", "steps", "rejects")}
    sha = db.scalar("SELECT file_sha256 FROM imports")
    cell = ("台账", 3, "G", "2023.13.6")
    save_corrections(db, sha, [cell], "2023.12.6", "赵科")
    second = read_again(db, first.import_id, "赵科")
    assert (second.replaces, second.rejects) == (first.import_id, 0) and people(db) == ids
    take_back(db, sha, [cell], "赵科")
    assert corrections_of(db, sha) == {} and correction_list(db, sha) == []
    third = read_again(db, second.import_id, "赵科")
    assert third.rejects == 1 and db.scalar("SELECT count(*) FROM corrections") == 2
    strip = lambda rows: [r.replace("'import_id': 3", "'import_id': 1") for r in rows]  # noqa: E731
    after = {t: strip(rows) for t, rows in state(db).items() if t in before and t != "rejects"}
    assert after == {t: rows for t, rows in before.items() if t != "rejects"}


def test_a_corrected_case_number_keeps_case_and_people(db):
    """The same row of the same file is the same case, whatever its number is corrected to; later ledgers find it by either."""
    data = ledger(ONE, TWO, THREE)
    first = load_file(db, data, "甲.xlsx")
    case_id, ids = db.scalar("SELECT case_id FROM cases WHERE case_no = '〔2023〕1号'"), people(db)
    sha = db.scalar("SELECT file_sha256 FROM imports")
    save_corrections(db, sha, [("台账", 2, "A", ONE[0]), ("台账", 3, "A", ONE[0])], "〔2023〕11号", "赵科")
    read_again(db, first.import_id, "赵科")
    assert db.rows("SELECT case_id, case_no FROM cases WHERE title LIKE '河道%'") == [{"case_id": case_id, "case_no": "〔2023〕11号"}]
    assert people(db) == ids and db.scalar("SELECT count(*) FROM cases") == 2
    newer = load_file(db, ledger(changed(ONE, 案号="〔2023〕11号", 问责方式="政务警告")), "新.xlsx")
    assert newer.replaced_cases == 1 and db.scalar("SELECT case_id FROM cases WHERE case_no = '〔2023〕11号'") == case_id


def test_an_empty_correction_or_no_name_is_refused(db):
    for text, actor in (("", "甲"), ("对", " "), ("长" * 20_001, "甲")):
        with pytest.raises(UsageError):
            save_corrections(db, "h", [("台账", 2, "A", "x")], text, actor)
    with pytest.raises(UsageError):
        take_back(db, "h", [("台账", 2, "A", "x")], "")
    assert not db.scalar("SELECT count(*) FROM corrections")


def test_a_reading_again_leaves_cases_of_a_newer_ledger_alone(db):
    old, new = ledger(ONE, THREE), ledger(changed(ONE, 问责方式="政务警告"))
    first = load_file(db, old, "旧.xlsx")
    load_file(db, new, "新.xlsx")
    again = read_again(db, first.import_id, "甲", LedgerChoices(complete="no"))
    assert again.left_to_newer == 1
    held = db.rows("SELECT case_no, complete, import_id FROM cases ORDER BY case_no")
    assert [tuple(r.values()) for r in held] == [("〔2023〕1号", "yes", 2), ("〔2023〕2号", "no", 3)]
    assert db.scalar("SELECT measures_raw FROM respondents WHERE name = '张三'") == "政务警告"
    third = read_again(db, again.import_id, "甲", LedgerChoices(complete="unknown"))
    assert third.left_to_newer == 1 and db.scalar("SELECT complete FROM cases WHERE case_no = '〔2023〕1号'") == "yes"
    assert what_depends(db, 2) and "重新读入" in what_depends(db, 2)[0]


# A newer ledger


def test_people_keep_their_ids_when_a_newer_ledger_mends_one_of_them(db):
    load_file(db, ledger(ONE, TWO), "旧.xlsx")
    ids = people(db)
    load_file(db, ledger(changed(TWO, 单位及职务="甲县水利局党组成员、副局长"), changed(ONE, 姓名="张山"),
                         changed(ONE, 姓名="赵六", 单位及职务="甲县水利局科员")), "新.xlsx")  # fmt: skip
    now = people(db)
    assert (now["李四"], now["张山"]) == (ids["李四"], ids["张三"]) and now["赵六"] not in ids.values()
    assert db.scalar("SELECT count(*) FROM measures m ANTI JOIN respondents r USING (respondent_id)") == 0
    assert db.scalar("SELECT count(*) FROM steps s ANTI JOIN respondents r USING (respondent_id) WHERE respondent_id IS NOT NULL") == 0


def test_nobody_takes_over_the_id_of_another_person():
    def p(i, name, unit="甲局", post="局长", seq=1):
        return Person(i, name, unit, post, seq)

    assert match_people([p("a", "张三")], [p("b", "李四", "乙局", "科员")]) == {"b": "b"}
    assert match_people([p("a", "张三")], [p("b", "李四")]) == {"b": "b"}
    assert match_people([p("a", "李某"), p("b", "李某", seq=2)], [p("c", "李某", "乙局"), p("d", "李某", seq=2)])["d"] == "a"
    # Somebody new in the words that another had: an id of his own.
    got = match_people([p("a", "张三", post="书记")], [p("a", "张三", post="局长"), p("b", "张三", post="书记", seq=2)])
    assert got["b"] == "a" and got["a"] not in ("a", "b")


def test_a_case_without_number_and_one_person_more_is_asked_about_and_never_merged_silently(db):
    head = HEAD[1:]
    old, new = ledger(ONE[1:], head=head), ledger(ONE[1:], TWO[1:], head=head)
    load_file(db, old, "旧.xlsx")
    known = db.scalar("SELECT case_id FROM cases")
    reading = read_ledger(new, "新.xlsx")
    [pair] = lookalikes(db, reading)
    assert pair.known.case_id == known and "李四" in pair.why and pair.new.place == "新.xlsx 台账 第2行"
    receipt = load_reading(db, reading)
    assert db.scalar("SELECT count(*) FROM cases") == 2 and receipt.replaced_cases == 0
    [left] = open_lookalikes(db, receipt.import_id)
    ids = people(db)
    answer_same(db, [(left.new.case_id, left.known.case_id, True)], "赵科")
    again = read_again(db, receipt.import_id, "赵科")
    assert db.rows("SELECT case_id, import_id FROM cases") == [{"case_id": known, "import_id": again.import_id}]
    assert people(db)["张三"] != ids["李四"] and not open_lookalikes(db, again.import_id)
    # The answer holds for the next ledger with the same words.
    load_file(db, ledger(ONE[1:], changed(TWO, 问责方式="诫勉")[1:], head=head), "更新.xlsx")
    assert db.scalar("SELECT case_id FROM cases") == known and db.scalar("SELECT count(*) FROM cases") == 1


def test_a_no_is_remembered_too(db):
    head = HEAD[1:]
    load_file(db, ledger(ONE[1:], head=head), "旧.xlsx")
    reading = read_ledger(ledger(ONE[1:], TWO[1:], head=head), "新.xlsx")
    [pair] = lookalikes(db, reading)
    answer_same(db, [(pair.new.case_id, pair.known.case_id, False)], "赵科")
    assert lookalikes(db, reading) == []
    load_reading(db, reading)
    assert db.scalar("SELECT count(*) FROM cases") == 2
    with pytest.raises(UsageError):
        answer_same(db, [("a", "b", True)], "  ")


def test_a_yes_before_the_load_keeps_ticket_and_ids(db):
    head = HEAD[1:]
    load_file(db, ledger(ONE[1:], head=head), "旧.xlsx")
    case = db.rows("SELECT case_id, case_key FROM cases")[0]
    reading = read_ledger(ledger(changed(ONE, 案由="河道非法采沙失管案")[1:], head=head), "新.xlsx")
    [pair] = lookalikes(db, reading)
    answer_same(db, [(pair.new.case_id, pair.known.case_id, True)], "赵科")
    assert load_reading(db, reading).replaced_cases == 1
    assert db.rows("SELECT case_id, case_key FROM cases") == [case]
    assert db.scalar("SELECT count(*) FROM ledger_rows WHERE case_id = $id", {"id": case["case_id"]}) == 2


def test_a_number_in_another_spelling_is_asked_about(db):
    load_file(db, ledger(ONE), "旧.xlsx")
    [pair] = lookalikes(db, read_ledger(ledger(changed(ONE, 案号="[2023] 1号")), "新.xlsx"))
    assert "编号原为〔2023〕1号" in pair.why
    assert lookalikes(db, read_ledger(ledger(changed(ONE, 案号="〔2023〕7号", 案由="另一件事")), "新.xlsx")) == []


# Taken back


def test_undo_brings_back_exactly_what_was_there(db):
    load_file(db, ledger(ONE, TWO, THREE), "旧.xlsx", LedgerChoices(blank={"是否送达": "not_done"}))
    before = state(db)
    newer = load_file(db, ledger(changed(ONE, 问责方式="政务警告", 决定时间="2023年6月"), THREE[:-1] + ("是",)), "新.xlsx")
    done = undo_import(db, newer.import_id, "赵科")
    assert (done.cases, done.respondents, done.restored, done.file_name) == (2, 2, 2, "新.xlsx")
    assert state(db) == before
    assert db.rows("SELECT import_id, undone_by FROM undone_imports") == [{"import_id": 2, "undone_by": "赵科"}]
    assert db.scalar("SELECT count(*) FROM audit_log WHERE action = 'undo_import' AND actor = '赵科'") == 1
    with pytest.raises(UsageError, match="没有第 2 次"):
        undo_import(db, 2, "赵科")
    with pytest.raises(UsageError, match="撤销人"):
        undo_import(db, 1, "")


def test_undo_of_a_second_reading_brings_the_first_back(db):
    first = load_file(db, ledger(ONE, THREE), "甲.xlsx")
    before = state(db)
    again = read_again(db, first.import_id, "甲", LedgerChoices(complete="no"))
    assert "重新读入" in what_depends(db, first.import_id)[0]
    undo_import(db, again.import_id, "甲")
    assert state(db) == before
    undo_import(db, first.import_id, "甲")
    assert all(not rows for rows in state(db).values())


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "INSERT INTO decisions SELECT 'f1', 'confirmed', '属实', '甲', now()::TIMESTAMP, 'R01', case_id, NULL, 'm', '{}', 'h' "
            "FROM cases",
            "核实结论",
        ),
        ("INSERT INTO withdrawals SELECT case_id, true, '撤案', '甲', now()::TIMESTAMP, NULL FROM cases", "撤销或恢复"),
    ],
    ids=["decision", "withdrawal"],
)  # fmt: skip
def test_what_people_decided_holds_an_import_fast(db, sql, told):
    load_file(db, ledger(ONE), "甲.xlsx")
    with db.write("test", "甲") as cur:
        cur.execute(sql)
    before = state(db)
    with pytest.raises(StoreError, match="不能撤销") as refused:
        undo_import(db, 1, "甲")
    assert told in refused.value.advice and state(db) == before


def test_a_later_ledger_holds_an_import_fast(db):
    load_file(db, ledger(ONE), "旧.xlsx")
    load_file(db, ledger(changed(ONE, 问责方式="政务警告")), "新.xlsx")
    with pytest.raises(StoreError) as refused:
        undo_import(db, 1, "甲")
    assert "“新.xlsx”（第 2 次导入）更新了其中 1 件案件" in refused.value.advice


@pytest.mark.parametrize("seed", range(8))
def test_loads_and_undos_in_any_order_end_where_they_began(tmp_path, seed):
    """Load A, then B, undo B: as after A. Load twice: as once. Over random ledgers that share cases, people and blanks."""
    luck = random.Random(seed)

    def invent() -> bytes:
        rows = []
        for number in luck.sample(range(1, 7), luck.randint(1, 4)):
            for name in luck.sample(["张三", "李四", "王五", "李某", "李某"], luck.randint(1, 3)):
                rows.append((f"〔2023〕{number}号" if luck.random() < 0.8 else None, luck.choice(("甲县", "甲县", None)),
                             f"第{number}件失管案", name, luck.choice(("甲县水利局局长", "甲县林业局科员")),
                             luck.choice(("诫勉", "党内警告", "待定", None)), luck.choice(("2023.5.6", "2023年6月", "不详")),
                             luck.choice(("是", "否", None))))  # fmt: skip
        return ledger(*rows)

    db = open_database(tmp_path / "a.duckdb")
    try:
        load_file(db, invent(), "一.xlsx")
        load_file(db, invent(), "二.xlsx")
        before = state(db)
        data = invent()
        third = load_file(db, data, "三.xlsx", actor="甲")
        once = state(db)
        assert load_file(db, data, "三.xlsx").already_loaded and state(db) == once
        assert db.scalar("SELECT count(*) - count(DISTINCT respondent_id) FROM respondents") == 0
        if not third.already_loaded:
            fourth = read_again(db, third.import_id, "乙", LedgerChoices(complete="no"))
            undo_import(db, fourth.import_id, "乙")
            assert state(db) == once
            undo_import(db, third.import_id, "乙")
        assert state(db) == before
    finally:
        db.close()


def test_undo_on_the_command_line(tmp_path, capsys):
    path = tmp_path / "评查.duckdb"
    database = open_database(path)
    load_file(database, ledger(ONE), "甲.xlsx")
    database.close()
    assert cli.main(["undo", "1", "--db", str(path)]) == 0
    assert "已撤销第 1 次导入（甲.xlsx）：去掉案件 1 件" in capsys.readouterr().out
    assert cli.main(["undo", "1", "--db", str(path)]) == 2 and "没有第 1 次导入" in capsys.readouterr().err
    open_database(path).close()
