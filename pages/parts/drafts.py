"""A file on its way in: its bytes, what the user answered about it, the reading that follows from both."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from review.store.database import Database
from review.vocabulary.terms import fields
from review.workbook.columns import NOT_USED, Column, LedgerChoices
from review.workbook.load import Decision, Receipt, load_reading, remember, remembered_choices
from review.workbook.reading import LedgerReading, SheetReport, read_ledger

KEEP = "不使用（保留原文）"
BLANKS = {"unknown": "未知", "not_done": "未履行"}


def field_words() -> dict[str | None, str]:
    """Every field with its Chinese name, first the choice to use none."""
    return {None: KEEP} | {name: f.label for name, f in fields().items()}


@dataclass
class Draft:
    """``fields`` and ``blanks`` are the user's answers by (sheet, key of the column), ``all_blank`` the one for every step column that
    ``blanks`` does not name; ``reading`` is made anew when they change."""

    name: str
    data: bytes
    complete: str = "yes"
    fields: dict[tuple[str, str], str | None] = field(default_factory=dict)
    blanks: dict[tuple[str, str], str] = field(default_factory=dict)
    all_blank: str | None = None
    _made_from: tuple | None = None
    _reading: LedgerReading | None = None

    @property
    def sha256(self) -> str:
        """Fingerprint of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    def reading(self, db: Database) -> LedgerReading:
        """The file as read with today's answers; raises LedgerError for what is no ledger."""
        answers = (self.complete, tuple(self.fields.items()), tuple(self.blanks.items()), self.all_blank)
        if self._reading is None or answers != self._made_from:
            choices = LedgerChoices(self.complete, dict(self.blanks), dict(self.fields), remembered_choices(db), all_blank=self.all_blank)
            self._reading, self._made_from = read_ledger(self.data, self.name, choices), answers
        return self._reading

    def load(self, db: Database, actor: str, progress=None) -> Receipt:
        """Store the reading and keep the answers for the next ledger of the same form."""
        reading = self.reading(db)
        receipt = load_reading(db, reading, actor, progress)
        remember(db, self._decisions(reading), actor)
        return receipt

    def answer_all_blanks(self, meaning: str) -> None:
        """One meaning of a blank for every step column; exceptions made before are gone."""
        self.all_blank = meaning
        self.blanks.clear()

    def except_blanks(self, places: Iterable[tuple[str, str]]) -> None:
        """A blank means the opposite in these columns only."""
        self.all_blank = self.all_blank or "unknown"
        other = "unknown" if self.all_blank == "not_done" else "not_done"
        self.blanks = dict.fromkeys(places, other)

    def _decisions(self, reading: LedgerReading) -> list[Decision]:
        decided = []
        for sheet in reading.sheets:
            for column in sheet.columns if sheet.layout else ():
                place = (sheet.name, column.key)
                name = self.fields[place] or NOT_USED if place in self.fields else None
                blank = self.blanks.get(place) or (self.all_blank if takes_blank(column.field) else None)
                if name or blank:
                    decided.append(Decision(sheet.layout, column.key, name, blank))
        return decided


def takes_blank(name: str | None) -> bool:
    """Whether a blank cell of the field can mean 未履行."""
    return name is not None and fields()[name].step is not None


def blank_columns(reading: LedgerReading) -> dict[tuple[str, str], tuple[SheetReport, Column]]:
    """Step columns with blank cells by (sheet, key)."""
    return {
        (sheet.name, column.key): (sheet, column)
        for sheet in reading.sheets
        for column in sheet.columns
        if takes_blank(column.field) and sheet.blanks.get(column.key)
    }


def sureness(column: Column) -> str:
    """How sure the reader is of a column, in words."""
    if column.field is None:
        return "未使用" if column.matched_by == "ignored" else "没有认出"
    if column.matched_by in ("user", "remembered"):
        return "人工指定" if column.matched_by == "user" else "沿用上次"
    return "有把握" if column.confidence >= 0.9 else "请确认"


def mapping_rows(sheet: SheetReport) -> list[dict]:
    """The columns of a sheet as lines of the mapping table."""
    words = field_words()
    return [
        {
            "列": column.letter,
            "表头": column.header or "（没有表头）",
            "样例": "；".join(column.samples),
            "读作": words[column.field],
            "把握": sureness(column),
            "空白表示": BLANKS[column.blank_means] if takes_blank(column.field) else "",
            "空白格": sheet.blanks.get(column.key, 0),
        }
        for column in sheet.columns
    ]
