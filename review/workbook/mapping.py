"""What a column of a ledger is taken for, what the user answered about it, and what is still asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from review.workbook.package import column_letter

PERSON_FIELDS = frozenset(("name", "people", "unit_post", "post_then", "post_now", "unit"))
MEASURE_FIELDS = frozenset(("measures", "measures_organizational", "measures_party", "measures_administrative", "measures_education"))
# A sheet of people without any of these is a telephone list.
MATTER_FIELDS = MEASURE_FIELDS | {
    "title",
    "reason",
    "case_no",
    "people",
    "responsibility",
    "decided_on",
    "circumstance",
    "started_on",
    "closed_on",
}
POSTS = ("unit", "unit_post", "post_then", "post_now")
# What tells one of several people of a row from the next, the surest first.
WHO = ("name", "unit_post", "unit", "post_then", "post_now")
# What a row can tell of each of several people in columns of their own.
PERSONAL = frozenset((*WHO, "rank", "politics", "object_type", "responsibility", "decided_on", "note")) | MEASURE_FIELDS
# Texts of which two columns are as good as one.
JOINED = MEASURE_FIELDS | {"people", "reason", "note", "legal_basis", "consequence", "mitigation", "aggravation", "rectification"}
# What is remembered of a column that the user does not want read; None would say that nothing was decided.
NOT_USED = "not_used"
# The answer to two columns of one meaning that takes them all.
BOTH = "*"


@dataclass(frozen=True)
class LedgerChoices:
    """What the user answered for a file.

    complete: does it list every respondent of its cases? blank: {header or (sheet, header): 'not_done' or 'unknown'} for step columns.
    fields: {header or (sheet, header): field, None to keep the column as extra text only}.
    Where columns share a header, the header means all of them and the key of a column (Column.key) that one only.
    remembered: {(layout, key): (field or NOT_USED or None, blank)} of earlier files of the same form.
    all_blank: what a blank means in every step column that ``blank`` does not name; None leaves it to what is remembered.
    short_years: {header or (sheet, header): 'this_century' or 'unknown'} for columns of dates such as 23.3.15; all_short_years: those of
    every column that ``short_years`` does not name are of this century.
    corrections: {(sheet of the workbook, row from 1, column letter): text to read instead of what the cell holds}.
    """

    complete: str = "yes"
    blank: dict = field(default_factory=dict)
    fields: dict = field(default_factory=dict)
    remembered: dict = field(default_factory=dict)
    ledger_kind: str = "问责台账"
    all_blank: str | None = None
    corrections: dict = field(default_factory=dict)
    short_years: dict = field(default_factory=dict)
    all_short_years: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table; ``position`` counts from 0. matched_by: synonym/similar/values/remembered/user/none/ignored.

    key: the header, or header#2 for the second of several columns with the same header; answers are kept by it.
    stands_in: the letter of the column where the value of a form's label stands.
    person: which of several people of a row the column is about (责任人2, 处理2); 1 for all other columns.
    joined: the column is read together with others of its field, one text below the other.
    """

    position: int
    header: str
    field: str | None
    matched_by: str
    confidence: float
    blank_means: str
    samples: tuple[str, ...]
    key: str
    stands_in: str | None = None
    person: int = 1
    joined: bool = False

    @property
    def letter(self) -> str:
        """Letter of the sheet: A, B, …"""
        return self.stands_in or column_letter(self.position)


@dataclass(frozen=True)
class Question:
    """A doubt that the user can settle. kind: duplicate (two columns, one meaning), unmapped, guessed, blank (what an empty cell means),
    century (dates such as 23.3.15).

    key: that of the column; options: keys of the columns (duplicate), fields (guessed) or meanings (blank, century) to choose from.
    """

    kind: str
    sheet: str
    header: str
    key: str
    column: str
    text: str
    options: tuple[str, ...] = ()


def answer_for(answers: dict, label: str, column: Column) -> tuple[bool, str | None]:
    """Whether the answers name a column of the table ``label``, and what they say of it."""
    for key in ((label, column.key), (None, column.key), column.key, (label, column.header), (None, column.header), column.header):
        if key in answers:
            return True, answers[key]
    return False, None


def open_texts(questions: Iterable[Question]) -> tuple[str, ...]:
    """What is still asked about a file, a sentence each; what blanks mean is one question for all columns."""
    asked = list(questions)
    blank = [q for q in asked if q.kind == "blank"]
    texts = [f"表“{q.sheet}”{q.text}" for q in asked if q.kind != "blank"]
    if blank:
        texts.append(f"{len(blank)} 个程序环节的列有空白格，没有说明空白表示什么，按不清楚处理。")
    return tuple(texts)
