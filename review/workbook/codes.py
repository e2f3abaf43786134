"""Code lists: a sheet (代码表) or a note ("责任类型 1=主要领导责任；2=重要领导责任") that says what the codes in a column stand for."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from review.vocabulary.terms import fields
from review.workbook import looks
from review.workbook.casewords import parse_admin_level, parse_domain, parse_politics
from review.workbook.grid import Grid
from review.workbook.headers import plain
from review.workbook.layout import Table
from review.workbook.mapping import MEASURE_FIELDS, Column, Question
from review.workbook.measures import parse_measures
from review.workbook.ranks import read_rank
from review.workbook.responsibility import parse_responsibility

_CODE = re.compile(r"[A-Za-z]{0,2}\d{1,4}(?:\.0)?|[A-Za-z]")
_IN_NOTE = re.compile(
    r"(?<![\w])([A-Za-z]{0,2}\d{1,3}|[A-Z])\s*(?:[=＝:：]|[-—－]{1,2}|代表|表示|为)\s*([\u4e00-\u9fff][^；;，,\n\d=＝]{1,29})"
)
# A list longer than this is a table of something else.
LONGEST = 200


@dataclass(frozen=True)
class CodeList:
    """Codes with their words; ``title``: the text above or before them; ``place``: where they stand, for people."""

    title: str
    words: dict[str, str]
    place: str


def code_lists(grids: Iterable[Grid]) -> list[CodeList]:
    """Every list of codes in the sheets: two columns of codes and words, or a note."""
    out = []
    for grid in grids:
        if grid.problem or len(grid.columns) > 60:
            continue
        out += _in_notes(grid)
        if grid.height <= 5 * LONGEST:
            for left in range(len(grid.columns) - 1):
                out += _in_columns(grid, left)
    return out


def _in_columns(grid: Grid, left: int) -> list[CodeList]:
    out = []
    words: dict[str, str] = {}
    first = 0
    codes, texts = grid.columns[left], grid.columns[left + 1]
    # Most texts begin with a Chinese character, and no code does.
    if len({_key(t) for t in set(codes) if t is not None and not "\u4e00" <= t[:1] <= "\u9fff" and _CODE.fullmatch(t.strip())}) < 2:
        return out
    for row in range(grid.height + 1):
        code, text = (codes[row], texts[row]) if row < grid.height else (None, None)
        if code is not None and text is not None and _CODE.fullmatch(code.strip()) and _is_word(text) and _key(code) not in words:
            first = first if words else row
            words[_key(code)] = text.strip()
        else:
            if 2 <= len(words) <= LONGEST:
                above = [t for r in range(max(0, first - 3), first) for t in (codes[r], texts[r]) if t]
                out.append(CodeList(" ".join([*above, grid.name]), words, f"工作表“{grid.name}”"))
            words = {}
    return out


def _is_word(text: str) -> bool:
    return len(text.strip()) <= 40 and bool(re.search("[\u4e00-\u9fff]", text))


_SAYING = ("=", "＝", "代表", "表示")
_SAYS = re.compile("|".join(_SAYING))


def _in_notes(grid: Grid) -> list[CodeList]:
    out = []
    for column in grid.columns:
        # A long column repeats its texts, and hardly any is a note: only such a column is gone through row by row.
        texts = set(column)
        whole = "\n".join(filter(None, texts))
        said = any(word in whole for word in _SAYING)
        notes = {text for text in texts if text and len(text) < 2000 and _SAYS.search(text)} if said else ()
        for row, text in enumerate(column if notes else ()):
            if text in notes:
                found = _IN_NOTE.findall(unicodedata.normalize("NFKC", text))
                if len(found) >= 2:
                    words = {_key(code): word.strip() for code, word in found}
                    out.append(CodeList(text[:60], words, f"工作表“{grid.name}”第{row + 1}行的说明"))
    return out


def _key(code: str) -> str:
    return code.strip().upper().removesuffix(".0")


def _fits() -> dict[str, Callable[[str], bool]]:
    measures = {f: lambda t: bool(parse_measures(t).measures) for f in MEASURE_FIELDS}
    return measures | {
        "responsibility": lambda t: parse_responsibility(t).kind not in ("unknown",) and "责任" in t,
        "politics": lambda t: parse_politics(t) is not None,
        "rank": lambda t: read_rank(t) is not None,
        "domain": lambda t: parse_domain(t) is not None,
        "admin_level": lambda t: parse_admin_level(t) is not None,
        "object_type": lambda t: bool(re.search("个人|干部|党员|组织|单位|班子", t)),
    }


def decode(
    grid: Grid, table: Table, columns: list[Column], lists: list[CodeList], label: str
) -> tuple[dict[int, dict[str, str]], list[str], list[Question]]:
    """{position: {text of a cell: what it stands for}} for the columns that hold codes of a list, a sentence for each, and a question
    for each column of codes that no list explains.

    A list is used only if it knows every code of the column and its words are those of the field; two lists that differ are no proof.
    """
    out: dict[int, dict[str, str]] = {}
    sentences, questions = [], []
    fits = _fits()
    for column in columns:
        if column.field not in fits:
            continue
        values = looks.sample([grid.columns[column.position][r] for r in table.rows])
        coded = [v for v in values if _CODE.fullmatch(v.strip())]
        if not coded or len(coded) < 0.8 * len(values):
            continue
        usable = [one for one in lists if all(_key(v) in one.words for v in coded) and _about(one, fits[column.field])]
        header, label = plain(column.header.rsplit("/", 1)[-1]), fields()[column.field].label
        usable = [one for one in usable if header in plain(one.title) or label in one.title] or usable
        meanings = [{v: one.words[_key(v)] for v in coded} for one in usable]
        if not usable or any(m != meanings[0] for m in meanings):
            words = f"{column.letter}列“{column.header}”写的是代码（如“{coded[0]}”），文件里没有找到说明它们的代码表，按未知处理。"
            words += "请在文件里加一张代码表（代码、名称两列）后重新导入，或把代码改写成文字。"
            questions.append(Question("codes", label, column.header, column.key, column.letter, words, (column.field,)))
        else:
            out[column.position] = meanings[0]
            sentences.append(f"{column.letter}列“{column.header}”的代码按{usable[0].place}换成文字")
    return out, sentences, questions


def _about(one: CodeList, fits: Callable[[str], bool]) -> bool:
    return sum(fits(w) for w in one.words.values()) >= 0.6 * len(one.words)
