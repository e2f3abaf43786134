"""The cells of one table by field, with merged cells filled from their range, and texts coded so that each is parsed once."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from review.vocabulary.terms import fields
from review.workbook import dittos
from review.workbook.columns import Column
from review.workbook.grid import Grid
from review.workbook.layout import Table

# Below so many rows a dictionary of Python is faster than a call into pyarrow; most ledgers of an office are that short.
_SMALL = 1_000
# One name or one list of people merged over several rows is still one, not one a row.
_NOT_FILLED = frozenset(("name", "people"))


class Cells:
    """Data rows of a table, counted from 0; ``rows[i]`` is the row of the sheet (from 0) that row i came from."""

    def __init__(self, grid: Grid, table: Table, columns: list[Column], label: str, codes: dict[int, dict[str, str]] | None = None):
        self.label = label
        self.rows = table.rows
        self.count = len(table.rows)
        # Columns of the first person of a row, of the others, and those that are read together with the first of their field.
        self.columns: dict[str, Column] = {}
        for c in columns:
            if c.field and c.person == 1:
                self.columns.setdefault(c.field, c)
        self.further: list[dict[str, Column]] = [
            {c.field: c for c in columns if c.field and c.person == n} for n in range(2, max((c.person for c in columns), default=1) + 1)
        ]
        self.together = {
            f: [c for c in columns if c.joined and c.field == f and c.person == 1] for f in {c.field for c in columns if c.joined}
        }
        self._place = {row: i for i, row in enumerate(table.rows)}
        self._nothing: list[str | None] = [None] * self.count
        self.raw: dict[str, list[str | None]] = {}
        self.filled: dict[str, list[str | None]] = {}
        # field -> {row i: row i of the top of the merged range that covers it}
        self.covered: dict[str, dict[int, int]] = {}
        # position -> {row i: row i that a cell with 同上 points at}, and such cells with nothing above
        self.taken: dict[int, dict[int, int]] = {}
        self.pointless: list[tuple[Column, int, str]] = []
        # Columns whose years of two digits somebody is still asked about.
        self.asked: frozenset[int] = frozenset()
        merges: dict[int, list[tuple[int, int]]] = {}
        for top, left, bottom, _ in grid.merges:
            if bottom > top:
                merges.setdefault(left, []).append((top, bottom))
        self._merges, self._codes = merges, codes or {}
        self._whole = self.count > 0 and table.rows == list(range(table.rows[0], table.rows[-1] + 1))
        for name, column in self.columns.items():
            raw, filled, self.covered[name] = self._texts(grid, name, column)
            for other in self.together.get(name, ())[1:]:
                more, more_filled, _ = self._texts(grid, name, other)
                raw, filled = self._below(raw, more), self._below(filled, more_filled)
            self.raw[name], self.filled[name] = raw, filled
        # Texts of the further people of a row, one dictionary a person.
        self.others = [{f: self._texts(grid, f, c)[1] for f, c in one.items()} for one in self.further]

    def _texts(self, grid: Grid, name: str, column: Column) -> tuple[list[str | None], list[str | None], dict[int, int]]:
        """Texts of a column as they stand there and with merged cells filled, and the rows that a merged cell covers."""
        values = grid.columns[column.position]
        raw = values[self.rows[0] : self.rows[-1] + 1] if self._whole else [values[r] for r in self.rows]
        if column.position in self._codes:
            raw = [self._codes[column.position].get(t, t) for t in raw]
        if dittos.point_above(raw):
            raw = self._from_above(name, column, raw)
        cover = self._covered_rows(self._merges.get(column.position, ()))
        filled = raw
        if cover and name not in _NOT_FILLED:
            filled = list(raw)
            for i, top in cover.items():
                filled[i] = filled[top] if filled[i] is None else filled[i]
        return raw, filled, cover

    @staticmethod
    def _below(first: list[str | None], second: list[str | None]) -> list[str | None]:
        return [b if a is None else a if b is None or a == b else f"{a}\n{b}" for a, b in zip(first, second, strict=True)]

    def _from_above(self, name: str, column: Column, written: list[str | None]) -> list[str | None]:
        texts, taken, nothing = dittos.resolve(written, fields()[name].level == "case")
        if taken:
            self.taken[column.position] = taken
        self.pointless += [(column, i, written[i]) for i in nothing]
        return texts

    def _covered_rows(self, merges: Sequence[tuple[int, int]]) -> dict[int, int]:
        cover = {}
        for top, bottom in merges:
            first = self._place.get(top)
            if first is None:
                continue
            for row in range(top + 1, bottom + 1):
                i = self._place.get(row)
                if i is not None:
                    cover[i] = first
        return cover

    def values(self, name: str) -> list[str | None]:
        """Texts of a field row by row, merged cells filled; all None where the table lacks the field."""
        return self.filled.get(name, self._nothing)

    def each_column(self, name: str) -> Iterator[tuple[Column, list[str | None]]]:
        """The column of a field and its texts, then those of the further people of a row."""
        if name in self.columns:
            yield self.columns[name], self.raw[name]
        for columns, texts in zip(self.further, self.others, strict=True):
            if name in columns:
                yield columns[name], texts[name]

    def has(self, name: str) -> bool:
        """Does the table have a column of this field?"""
        return name in self.columns

    def sheet_row(self, i: int) -> int:
        """Row of the sheet as people count it, from 1."""
        return self.rows[i] + 1


class Coded:
    """Texts as numbers into their distinct values, so that a parser runs once a text. None is a value like any other."""

    def __init__(self, texts: Sequence[str | None]):
        self.small = len(texts) < _SMALL
        if _all_empty(texts):
            self.distinct: list[str | None] = [None]
            self.codes = np.zeros(len(texts), dtype=np.int32)
            return
        if self.small:
            met = dict.fromkeys(texts)
            met.pop(None, None)
            self.distinct = [*met, None]
            places = {text: n for n, text in enumerate(self.distinct)}
            self.codes = np.fromiter(map(places.__getitem__, texts), np.int32, len(texts))
            return
        encoded = pa.array(texts, pa.string()).dictionary_encode()
        self.distinct = encoded.dictionary.to_pylist()
        self.codes = encoded.indices.fill_null(len(self.distinct)).to_numpy(zero_copy_only=False)
        self.distinct.append(None)

    def cleaned(self, clean: Callable) -> "Coded":
        """The same rows with every distinct text put through ``clean``."""
        self.distinct = [None if text is None else clean(text) for text in self.distinct]
        return self

    def each(self, parse: Callable) -> list:
        """Result of ``parse`` for every distinct text, None last."""
        return [parse(text) for text in self.distinct]

    def spread(self, results: list, kind: pa.DataType) -> pa.Array:
        """One value a row from one value a distinct text."""
        if len(results) == 1 and results[0] is None:
            return pa.nulls(len(self.codes), kind)
        if self.small:
            return pa.array([results[code] for code in self.codes.tolist()], kind)
        return pa.array(results, kind).take(pa.array(self.codes))

    def rows_of(self, wanted: list[bool]) -> np.ndarray:
        """Rows whose distinct text is wanted."""
        return np.flatnonzero(np.asarray(wanted, dtype=bool)[self.codes])


def _all_empty(values: Sequence) -> bool:
    return not values or values[0] is None and values[-1] is None and values.count(None) == len(values)


def column_of(values: list, kind: pa.DataType) -> pa.Array:
    """Values as a column. Most fields are in no column of a short ledger: those are not gone through value by value."""
    return pa.nulls(len(values), kind) if _all_empty(values) else pa.array(values, kind)


def combine(codes: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Several codes a row as one: (first row of each distinct combination, code of each row)."""
    if not len(codes) or not len(codes[0]):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    if len(codes[0]) < _SMALL:
        keys = list(zip(*(one.tolist() for one in codes), strict=True))
        firsts: dict[tuple, int] = {}
        for i, key in enumerate(keys):
            firsts.setdefault(key, i)
        places = {key: n for n, key in enumerate(firsts)}
        return np.fromiter(firsts.values(), np.int64, len(firsts)), np.fromiter(map(places.__getitem__, keys), np.int64, len(keys))
    key = np.zeros(len(codes[0]), dtype=np.int64)
    for one in codes:
        _, key = np.unique(key * (int(one.max(initial=0)) + 1) + one, return_inverse=True)
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    return first, inverse
