"""The list of rejects: original addresses, raw text untouched."""

from io import BytesIO

from openpyxl import load_workbook

from review.reports.rejects import write_rejects


def exported(db, import_id=None):
    target = BytesIO()
    count = write_rejects(db, import_id, target)
    book = load_workbook(target)
    assert book["未能读入"].max_row - 1 == count
    return book


def test_rejects_carry_address_header_raw_reason_and_advice(reviewed):
    reviewed.ledger(2, "乙县台账.xls")
    reviewed.reject(1, row=17, column="F", header="处分日期", raw="=2023.13.6\x02", reason="读到“2023.13.6”，月份应为 1 至 12。")
    reviewed.reject(1, row=3, reason="合计行。")
    reviewed.reject(2, sheet="说明")
    rows = list(exported(reviewed.db)["未能读入"].iter_rows(min_row=2, values_only=True))
    assert rows == [
        (1, "甲县台账.xlsx", "台账", "第3行", None, None, "合计行。", "建议。", None),
        (2, "甲县台账.xlsx", "台账", "F17", "处分日期", "=2023.13.6\ufffd", "读到“2023.13.6”，月份应为 1 至 12。", "建议。", None),
        (3, "乙县台账.xls", "说明", None, None, None, "原因。", "建议。", None),
    ]
    only = exported(reviewed.db, 2)
    assert [row[1] for row in only["未能读入"].iter_rows(min_row=2, values_only=True)] == ["乙县台账.xls"]
    assert "甲县台账.xlsx" not in [row[1] for row in only["说明"].values]


def test_raw_text_stays_text(reviewed):
    reviewed.reject(1, row=2, column="A", raw="530102199001011234")
    cell = exported(reviewed.db)["未能读入"]["F2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("530102199001011234", "s", "@")


def test_no_rejects_give_an_empty_list(store):
    assert exported(store.db)["未能读入"].max_row == 1
