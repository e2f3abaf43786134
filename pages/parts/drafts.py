"""A file on its way in: its bytes, what the user answered about it, the reading that follows from both."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from review.errors import LedgerError
from review.store.database import Database
from review.vocabulary.terms import fields
from review.workbook.columns import NOT_USED, Column, LedgerChoices
from review.workbook.corrections import corrections_of
from review.workbook.doubts import Doubt, doubts
from review.workbook.load import Decision, content_of, remember, remembered_choices
from review.workbook.lookalikes import Lookalike, lookalikes
from review.workbook.reading import LedgerReading, SheetReport, read_ledger

KEEP = "不使用（保留原文）"
BLANKS = {"unknown": "未知", "not_done": "未履行"}
SURE = {"确定": "#1F3A5F", "较有把握": "#5B7083", "猜测": "#B26A00", "未对应": "#B3261E", "沿用上次选择": "#6B5B95", "人工指定": "#6B5B95",
        "不使用": "#B8C1CB"}  # fmt: skip
TO_CHECK = ("猜测", "未对应")


def field_words() -> dict[str | None, str]:
    """Every field with its Chinese name, first the choice to use none."""
    return {None: KEEP} | {name: f.label for name, f in fields().items()}


@dataclass
class Draft:
    """``fields``, ``blanks`` and ``short_years`` are the user's answers by (sheet, key of the column), ``all_blank`` the one for every
    step column that ``blanks`` does not name; ``reading`` is made anew when they or the corrections change. ``import_id``: the loaded
    ledger of which these are the bytes, None for a new file; ``reopened``: to be read again even if no answer differs."""

    name: str
    data: bytes
    complete: str = "yes"
    fields: dict = field(default_factory=dict)
    blanks: dict = field(default_factory=dict)
    all_blank: str | None = None
    short_years: dict = field(default_factory=dict)
    remembered: dict | None = None
    import_id: int | None = None
    reopened: bool = False
    fault: LedgerError | None = None
    _made_from: tuple | None = None
    _seen: int = -1
    _reading: LedgerReading | None = None
    _doubts: list[Doubt] | None = None
    _alike: tuple[int, list[Lookalike]] = (-1, ())

    def __post_init__(self):
        self.sha256 = hashlib.sha256(self.data).hexdigest()

    @classmethod
    def of_import(cls, db: Database, import_id: int) -> "Draft":
        """A loaded ledger opened again with the answers that it was read with. Raises StoreError where its bytes were not kept."""
        data, name, choices = content_of(db, import_id)
        return cls(name, data, import_id=import_id, reopened=True).take_answers(choices)

    def take_answers(self, choices: LedgerChoices) -> "Draft":
        """Begin with these answers."""
        self.complete, self.all_blank = choices.complete, choices.all_blank
        self.short_years = dict(choices.short_years)
        self.fields, self.blanks, self.remembered = dict(choices.fields), dict(choices.blank), dict(choices.remembered) or None
        return self

    def is_read(self, db: Database) -> bool:
        """Whether the reading is of today's answers, so that nobody has to wait for it."""
        return self._made_from is not None and self._answers(db) == self._made_from

    def reading(self, db: Database, progress=None, cancelled=None) -> LedgerReading:
        """The file as read with today's answers; raises LedgerError for what is no ledger, LoadCancelled when asked to stop."""
        if not self.is_read(db):
            choices = self.choices(db)
            try:
                found = read_ledger(self.data, self.name, choices, progress, cancelled)
            except LedgerError as fault:
                found = fault
            self.take(db, found)
        if self.fault:
            raise self.fault
        return self._reading

    def choices(self, db: Database) -> LedgerChoices:
        """Today's answers, with what is remembered of the form and the corrections in force."""
        remembered = remembered_choices(db) if self.remembered is None else self.remembered
        fixed = dict(self._answers(db)[-1])
        return LedgerChoices(
            self.complete, dict(self.blanks), dict(self.fields), remembered, all_blank=self.all_blank,
            short_years=dict(self.short_years), corrections=fixed,
        )  # fmt: skip

    def take(self, db: Database, found: LedgerReading | LedgerError) -> None:
        """What reading the file with today's answers gave."""
        self._doubts, self._alike = None, (-1, [])
        self._reading, self.fault = (None, found) if isinstance(found, LedgerError) else (found, None)
        self._made_from = self._answers(db)

    def doubts(self) -> list[Doubt]:
        """Doubtful cells of the reading made last."""
        if self._doubts is None:
            self._doubts = doubts(self._reading)
        return self._doubts

    def lookalikes(self, db: Database) -> list[Lookalike]:
        """Cases of the reading made last that may be known ones."""
        if self._alike[0] != db.data_version():
            self._alike = db.data_version(), lookalikes(db, self._reading)
        return self._alike[1]

    def remember(self, db: Database, actor: str) -> None:
        """Keep the answers for the next ledger of the same form."""
        remember(db, self._decisions(self._reading), actor)

    def answer_all_blanks(self, meaning: str) -> None:
        """One meaning of a blank for every step column; exceptions made before are gone."""
        self.all_blank = meaning
        self.blanks.clear()

    def except_blanks(self, places: Iterable[tuple[str, str]]) -> None:
        """A blank means the opposite in these columns only."""
        self.all_blank = self.all_blank or "unknown"
        other = "unknown" if self.all_blank == "not_done" else "not_done"
        self.blanks = dict.fromkeys(places, other)

    def _answers(self, db: Database) -> tuple:
        fixed = tuple(sorted(corrections_of(db, self.sha256).items()))
        return self.complete, tuple(self.fields.items()), tuple(self.blanks.items()), tuple(self.short_years.items()), self.all_blank, fixed

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
    """Step columns with blank cells by (sheet, key), none where the file itself says what a blank means."""
    if reading.blank_stated:
        return {}
    return {
        (sheet.name, column.key): (sheet, column)
        for sheet in reading.sheets
        for column in sheet.columns
        if takes_blank(column.field) and sheet.blanks.get(column.key)
    }


def sureness(column: Column) -> str:
    """How sure the reader is of a column, a word of SURE."""
    if column.field is None:
        return "不使用" if column.matched_by == "ignored" else "未对应"
    if column.matched_by in ("user", "remembered"):
        return "人工指定" if column.matched_by == "user" else "沿用上次选择"
    return "确定" if column.confidence >= 0.9 else "较有把握" if column.confidence >= 0.7 else "猜测"


def mapping_rows(sheet: SheetReport, columns: Iterable[Column]) -> list[dict]:
    """Columns of a sheet as lines of the mapping table."""
    words = field_words()
    return [
        {
            "列": column.letter,
            "表头": column.header or "（没有表头）",
            "读作": words[column.field],
            "把握": [sureness(column)],
            **{f"样例{n}": column.samples[n - 1] if len(column.samples) >= n else "" for n in (1, 2, 3)},
            "空白表示": BLANKS[column.blank_means] if takes_blank(column.field) else "",
            "空白格": sheet.blanks.get(column.key, 0) if takes_blank(column.field) else None,
        }
        for column in columns
    ]
