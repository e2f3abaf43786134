"""A small ledger written straight into the tables: two counties, three cases, five people, four findings.

甲县 case c-a (甲问责〔2024〕1号): 张三 head, 李四 deputy; a suspect O01, a suspect R01 on 李四; steps with a day, a month, a 否.
乙县 case c-b (no number): 王五; an undetermined P01.        case c-c: closed by month only, 城东街道党工委 as organisation.
"""

import json
from datetime import datetime

from review.store.database import Database

IMPORT = (1, "甲县台账.xlsx", "0" * 64, 2048, datetime(2024, 12, 1, 9, 30), "赵科", "yes", "问责台账",
          json.dumps([{"name": "问责台账", "hidden": False, "status": "read", "rows": 5}]), 5, 3, 5, 1)  # fmt: skip
HEADERS = {
    "A": ("案件编号", "case_no"), "B": ("案件名称", "title"), "C": ("县区", "county"), "D": ("姓名", "name"),
    "E": ("单位及职务", "unit_post"),
    "F": ("责任类型", "responsibility"), "G": ("问责方式", "measures"), "H": ("决定日期", "decided_on"), "I": ("办结日期", "closed_on"),
    "J": ("是否集体研究", "discussion"), "K": ("经办意见", None),
}  # fmt: skip
ROWS = {
    3: [
        "甲问责〔2024〕1号",
        "某镇<b>污水</b>直排监管不力",
        "甲县",
        "张三",
        "城东镇党委书记",
        "主要领导责任",
        "诫勉",
        "2024.3.5",
        "2024.4",
        "是",
        "同意",
    ],
    4: [None, None, None, "李四", "城东镇副镇长", "领导责任", "党内警告", "2024.3.5", None, "否", None],
    5: [None, "三资管理混乱", "乙县", "王五", "河西村党支部书记", "直接责任", "通报", "2024年5月", "2024.6.30", None, None],
    6: ["乙问责〔2024〕2号", "项目推进迟缓", "乙县", "城东街道党工委", None, None, "书面检查", "2024.7.1", "2024年", "是", None],
    7: [None, None, None, "赵六", "城东街道办事处主任", "主要领导责任", "诫勉", "2024.7.1", None, "是", None],
}
CASES = [("c-a", "甲问责〔2024〕1号", 3, 4, "甲县", 2), ("c-b", None, 5, 5, "乙县", 1), ("c-c", "乙问责〔2024〕2号", 6, 7, "乙县", 2)]
CLOSED = {"c-a": ("2024-04-01", "month"), "c-b": ("2024-06-30", "day"), "c-c": ("2024-01-01", "year")}
PEOPLE = [
    ("r-1", "c-a", 3, 1, "张三", "person", "城东镇党委", "党委书记", "township", "head", "primary_leadership", 3),
    ("r-2", "c-a", 4, 2, "李四", "person", "城东镇人民政府", "副镇长", "township", "deputy", "undifferentiated_leadership", 4),
    ("r-3", "c-b", 5, 1, "王五", "person", "河西村", "党支部书记", "village", "village_cadre", "direct", 2),
    ("r-4", "c-c", 6, 1, "城东街道党工委", "organization", "城东街道党工委", None, "township", "organization", "none", None),
    ("r-5", "c-c", 7, 2, "赵六", "person", "城东街道办事处", "主任", "township", "head", "primary_leadership", 3),
]
MEASURES = {"r-1": ("admonition", "organizational", 3), "r-2": ("warning", "party", 4), "r-3": ("notice", "organizational", 2)}
STEPS = [
    ("c-a", None, "discussion", "done", "2024-02-20", "day", "2024.2.20", 3, "J"),
    ("c-a", "r-2", "discussion", "not_done", None, None, "否", 4, "J"),
    ("c-a", "r-1", "announcement", "done", "2024-03-01", "month", "2024年3月", 3, "J"),
    ("c-b", None, "discussion", "blank", None, None, None, 5, "J"),
]
FINDINGS = [
    ("f-1", "O01", "问责对象", "严重", "c-a", None, "甲县", "suspect", "本案疑似只问下不问上。", {"case_title": "某镇污水直排"}, True),
    ("f-2", "R01", "责任区分", "一般", "c-a", "r-2", "甲县", "suspect", "李四的责任写为“领导责任”，疑似未区分。", {"name": "李四"}, True),
    ("f-3", "P01", "程序", "一般", "c-b", None, "乙县", "undetermined", "启动审批空白，待核。", {"raw": ""}, True),
    ("f-4", "D01", "数据质量", "提示", "c-b", "r-3", "乙县", "undetermined", "缺职级。", {"fields": ["职级"]}, False),
]


def fill(db: Database) -> None:
    """Write the town into an empty database."""
    with db.write("fill", "测试") as cur:
        cur.execute(f"INSERT INTO imports VALUES ({', '.join('?' * len(IMPORT))}, NULL, NULL, NULL)", IMPORT)
        for position, (letter, (header, field)) in enumerate(HEADERS.items(), 1):
            cur.execute(
                "INSERT INTO import_columns VALUES (1, '问责台账', ?, ?, ?, ?, ?, 1.0, 'unknown', 'L1')",
                [position, letter, header, field, "synonym" if field else "none"],
            )
        for number, raw in ROWS.items():
            case = next(c[0] for c in CASES if c[2] <= number <= c[3])
            cur.execute("INSERT INTO ledger_rows VALUES (1, '问责台账', ?, 'data', ?, ?, NULL)", [number, case, raw])
        cur.execute("INSERT INTO rejects VALUES (1, 1, '问责台账', 8, 'D', '姓名', '张某等三人', '一格写了多人。', '请一人一行重填。')")
        for case_id, no, first, last, county, people in CASES:
            closed, precision = CLOSED[case_id]
            cur.execute(
                """INSERT INTO cases (case_id, case_key, case_no, import_id, sheet, "row", last_row, title, county, county_origin,
                    handling_unit, decided_on, decided_on_precision, decided_on_raw, closed_on, closed_on_precision,
                    closed_on_raw, complete, ledger_kind, respondent_count)
                VALUES (?, ?, ?, 1, '问责台账', ?, ?, ?, ?, 'column', ?, '2024-03-05', 'day', '2024.3.5', ?, ?, '原文', 'yes',
                    '问责台账', ?)""",
                [case_id, no or "无号-0000000b", no, first, last, ROWS[first][1], county, f"{county}纪委", closed, precision, people],
            )
        for rid, cid, number, seq, name, kind, unit, post, tier, role, responsibility, band in PEOPLE:
            cur.execute(
                """INSERT INTO respondents (respondent_id, case_id, import_id, sheet, "row", seq, name, kind, headcount, unit, post, tier,
                    role, responsibility, responsibility_raw, measures_raw, band)
                VALUES (?, ?, 1, '问责台账', ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)""",
                [rid, cid, number, seq, name, kind, unit, post, tier, role, responsibility, ROWS[number][5], ROWS[number][6], band],
            )
        for rid, (code, track, band) in MEASURES.items():
            cur.execute("INSERT INTO measures VALUES (?, 1, ?, ?, ?, true, '原文')", [rid, code, track, band])
        for cid, rid, step, status, on, precision, raw, number, column in STEPS:
            cur.execute(
                "INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?, false, 1, '问责台账', ?, ?)",
                [cid, rid, step, status, on, precision, raw, number, column],
            )
        cur.execute("INSERT INTO check_runs VALUES (1, ?, ?, '测试', 1, 24, '{}')", [datetime(2024, 12, 1, 9, 31)] * 2)
        for check, county, suspect, clear, undetermined in (("O01", "甲县", 1, 0, 0), ("R01", "甲县", 1, 1, 0), ("P01", "乙县", 0, 1, 1)):
            cur.execute("INSERT INTO check_results VALUES (1, ?, 'case', ?, ?, ?, ?, 0, 0)", [check, county, suspect, clear, undetermined])
        for fid, check, aspect, level, cid, rid, county, verdict, message, facts, listed in FINDINGS:
            cur.execute(
                "INSERT INTO findings VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [fid, check, aspect, level, cid, rid, county, verdict, message, json.dumps(facts, ensure_ascii=False), f"h-{fid}", listed],
            )
