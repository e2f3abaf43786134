"""Respondents and their measures as tables: slots of a sheet with every text parsed once."""

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from review.workbook.cases import Case, CaseBook, digest
from review.workbook.casewords import is_masked_name, is_no_name, parse_legal_basis, parse_politics, split_names, without_remark
from review.workbook.cells import Cells, Coded, column_of, combine
from review.workbook.measures import finality, organization_band, parse_measures, person_band
from review.workbook.people import people_counted
from review.workbook.periods import span_columns
from review.workbook.posts import parse_post
from review.workbook.rejects import Rejects
from review.workbook.responsibility import of_leaders, parse_responsibility
from review.workbook.slots import POSTS, TRACKS, Slots, said
from review.workbook.wording import tight

_TEXTS = ("mitigation", "aggravation", "outcome", "exempt_clause", "note", "identity", "doc_no", "sign_note", "new_post", "appeal_kind")

# What parse_post takes, in its order.
_POST_TEXTS = ("unit", "post_then", "unit_post", "post_now", "rank", "name", "object_type", "county")


@dataclass
class PeopleTables:
    """Rows for the tables respondents and measures (without import_id), and the ids slot by slot."""

    respondents: pa.Table
    measures: pa.Table
    ids: list[str]


def tabulate(cells: Cells, slots: Slots, cases: list[Case], book: CaseBook, counts: Counter, rejects: Rejects) -> PeopleTables:
    """Parse and lay out the respondents of a table. ``cases[k]`` is the case of slot k; ``counts`` counts equal respondents of the file."""
    size = len(slots.row)
    coded = Coded(slots.texts(cells, "name")).cleaned(_one_name)
    names = [coded.distinct[c] for c in coded.codes]
    columns: dict[str, pa.Array] = {"name": pa.array(names, pa.string())}
    columns["name_masked"] = coded.spread([None if t is None else is_masked_name(t) for t in coded.distinct], pa.bool_())
    posts = _posts(cells, slots, names, cases, columns)
    if named := [k for k in slots.subject if posts[k] == "organization"]:
        written = columns["unit_post_raw"].to_pylist()
        for k in named:
            names[k] = written[k]
        columns["name"] = pa.array(names, pa.string())
    _responsibility(cells, slots, columns, rejects)
    measures = _measures(cells, slots, posts, columns, rejects)
    decided = slots.texts(cells, "decided_on")
    columns |= book.date_columns("decided_on", decided)
    for name, parse in (("politics", parse_politics), ("legal_basis", parse_legal_basis)):
        coded = Coded(slots.texts(cells, name))
        columns[name] = coded.spread(coded.each(parse), pa.string())
        columns[f"{name}_raw"] = coded.spread(coded.distinct, pa.string())
    for name in _TEXTS:
        columns[name] = column_of(slots.texts(cells, name), pa.string())
    columns |= book.date_columns("promotion_on", slots.texts(cells, "promotion_on"))
    columns |= span_columns(cells, slots, book, rejects)
    coded = Coded(slots.texts(cells, "id_number"))
    columns["id_key"] = coded.spread([_id_key(t) for t in coded.distinct], pa.string())
    told = Coded([None if name else post for name, post in zip(names, columns["post"].to_pylist(), strict=True)])
    headcount = told.spread(told.each(people_counted), pa.int32()).to_pylist()
    for k, n in slots.headcount.items():
        headcount[k] = n
    columns["headcount"] = pa.array(headcount, pa.int32())
    ids, seqs = [], []
    units, texts = columns["unit"].to_pylist(), columns["post"].to_pylist()
    for k, case in enumerate(cases):
        key = (case.case_id, names[k], units[k], texts[k])
        counts[key] += 1
        ids.append("r" + digest(*key, counts[key]))
        case.respondents += 1
        seqs.append(case.respondents)
        book.decided(case, decided[k])
    columns["respondent_id"] = pa.array(ids, pa.string())
    columns["case_id"] = pa.array([c.case_id for c in cases], pa.string())
    columns["sheet"] = pa.array([cells.label] * size, pa.string())
    columns["row"] = pa.array([cells.sheet_row(i) for i in slots.row], pa.int32())
    columns["seq"] = pa.array(seqs, pa.int32())
    return PeopleTables(pa.table(columns), _measure_rows(ids, measures), ids)


def _id_key(text: str | None) -> str | None:
    """Hash of a whole 身份证号; None for one that is cut, masked or damaged (Excel keeps only 15 digits of a number)."""
    flat = tight(text).upper()
    return digest(flat, length=16) if re.fullmatch(r"\d{17}[\dX]|\d{15}", flat) and not flat.endswith("000") else None


def _one_name(text: str) -> str | None:
    """A name without the blanks that make 张 三 as wide as 李四光; other texts stay as written."""
    stated = said(text)
    if stated and len(stated) <= 4 and stated.isalnum():
        return None if is_no_name(stated) else stated
    if is_no_name(stated):
        return None
    names = split_names(without_remark(stated)) if stated else ()
    return names[0] if len(names) == 1 else stated


def _posts(cells: Cells, slots: Slots, names: list[str | None], cases: list[Case], columns: dict[str, pa.Array]) -> list[str]:
    """Fill the columns of unit, post, tier, role and rank; returns the kind of each slot."""
    texts = {f: slots.texts(cells, f) for f in (*POSTS, "rank", "object_type")}
    # A name only matters for the post where it may be an organisation or stands in the text of the post itself.
    stated = [texts[f] for f in POSTS if any(texts[f])]
    hints = [n if n is None or len(n) > 4 or any(t[k] and n in t[k] for t in stated) else "某某" for k, n in enumerate(names)]
    coded = {f: Coded(v).cleaned(said) for f, v in texts.items()}
    coded["name"] = Coded(hints)
    coded["county"] = Coded([c.county for c in cases])
    # Where the ledger asks for the post at the time, a blank there leaves it open: today's post says nothing about then.
    asked = not {"post_then", "unit_post"}.isdisjoint(cells.columns)
    coded["held"] = Coded([None] * len(names)) if asked else coded["post_now"]
    first, code = combine([c.codes for c in coded.values()])
    given = [coded["held" if f == "post_now" else f] for f in _POST_TEXTS]
    parsed = [parse_post(*(c.distinct[c.codes[k]] for c in given)) for k in first]
    at = pa.array(code)

    def spread(values: list, kind: pa.DataType) -> pa.Array:
        return pa.nulls(len(code), kind) if values.count(None) == len(values) else pa.array(values, kind).take(at)

    for name in ("kind", "unit_key", "place_key", "tier", "role", "rank"):
        columns[name] = spread([getattr(p, name) for p in parsed], pa.string())
    for name in ("is_deputy_post", "acting_head"):
        columns[name] = spread([getattr(p, name) for p in parsed], pa.bool_())
    columns["rank_order"] = spread([p.rank_order for p in parsed], pa.int32())
    written = {f: [c.distinct[c.codes[k]] for k in first] for f, c in coded.items()}
    columns["unit"] = spread([p.unit or written["unit"][n] for n, p in enumerate(parsed)], pa.string())
    columns["post"] = spread([p.post or written["post_then"][n] or written["held"][n] for n, p in enumerate(parsed)], pa.string())
    columns["post_now"] = spread([written["post_now"][n] or p.post_now for n, p in enumerate(parsed)], pa.string())
    columns["rank_raw"] = column_of(texts["rank"], pa.string())
    together = [
        written["unit_post"][n] or " ".join(t for t in (written["unit"][n], written["post_then"][n] or written["held"][n]) if t) or None
        for n in range(len(parsed))
    ]
    raw = [together[c] for c in code]
    for k, unsafe in slots.unsafe.items():
        kept = " ".join(t for f in POSTS if (t := unsafe.get(f)))
        raw[k] = " ".join(t for t in (raw[k], kept) if t) or None
    columns["unit_post_raw"] = pa.array(raw, pa.string())
    kinds = [p.kind for p in parsed]
    return [kinds[c] for c in code]


def _responsibility(cells: Cells, slots: Slots, columns: dict[str, pa.Array], rejects: Rejects) -> None:
    coded = Coded(slots.texts(cells, "responsibility"))
    told = cells.columns.get("responsibility")
    parsed = coded.each(of_leaders if told and "领导责任" in told.header else parse_responsibility)
    columns["responsibility"] = coded.spread([p.kind for p in parsed], pa.string())
    columns["responsibility_words"] = coded.spread([list(p.words) for p in parsed], pa.list_(pa.string()))
    raw = [coded.distinct[c] for c in coded.codes]
    for k, unsafe in slots.unsafe.items():
        raw[k] = raw[k] or unsafe.get("responsibility")
    columns["responsibility_raw"] = pa.array(raw, pa.string())
    for k in coded.rows_of([p.problem is not None for p in parsed]):
        column = slots.column(cells, int(k), "responsibility")
        rejects.cell(cells.label, cells.sheet_row(slots.row[k]), column, raw[k], parsed[coded.codes[k]].problem)


@dataclass
class _Handling:
    """All measures of one combination of texts."""

    measures: tuple
    band: int | None
    organization_band: int | None
    complete: bool | None
    raw: str | None
    problems: tuple[tuple[str, str, str], ...]


def _measures(cells: Cells, slots: Slots, kinds: list[str], columns: dict[str, pa.Array], rejects: Rejects) -> list[_Handling]:
    have = [f for f in TRACKS if cells.has(f)]
    if "measures" not in have and any("measures" in over for over in slots.over.values()):
        have.append("measures")
    texts = [slots.texts(cells, f) for f in have]
    organization = np.fromiter((kind == "organization" for kind in kinds), dtype=np.int64, count=len(kinds))
    first, code = combine([organization, *(Coded(t).codes for t in texts)])
    distinct = [
        _handling(tuple((f, t[k]) for f, t in zip(have, texts, strict=True) if t[k] is not None), bool(organization[k])) for k in first
    ]
    out = [distinct[c] for c in code]
    for k, rows in slots.more.items():
        parts = dict.fromkeys((f, t[k]) for f, t in zip(have, texts, strict=True) if t[k] is not None)
        parts |= dict.fromkeys((f, t) for i in rows for f in have if (t := cells.values(f)[i]) is not None)
        out[k] = _handling(tuple(parts), bool(organization[k]))
    raws = [h.raw for h in out]
    for k, unsafe in slots.unsafe.items():
        if kept := "；".join(t for f in TRACKS if (t := unsafe.get(f))):
            raws[k] = kept
            out[k] = _Handling((), None, None, False, kept, ())
    columns["measures_raw"] = column_of(raws, pa.string())
    columns["band"] = pa.array([h.band for h in out], pa.int32())
    columns["organization_band"] = column_of([h.organization_band for h in out], pa.int32())
    columns["measures_complete"] = pa.array([h.complete for h in out], pa.bool_())
    for k, handling in enumerate(out):
        for name, text, problem in handling.problems:
            column = slots.column(cells, k, name)
            rejects.cell(cells.label, cells.sheet_row(slots.row[k]), column, text, problem)
    return out


def _handling(parts: tuple[tuple[str, str], ...], organization: bool) -> _Handling:
    parsed = [(f, t, parse_measures(t, TRACKS[f], organization)) for f, t in parts]
    measures = tuple(finality(m for _, _, p in parsed for m in p.measures))
    stated = [(t, p) for _, t, p in parsed if said(t) is not None]
    return _Handling(
        measures,
        None if organization else person_band(measures),
        organization_band(measures) if organization else None,
        all(p.complete for _, p in stated) if stated else None,
        # Columns of tracks that were not used (/, 无) would only clutter what a letter quotes; the cells keep them.
        "；".join([t for t, p in stated if p.measures or not p.complete] or [t for _, t, _ in parsed]) or None,
        tuple((f, t, p.problem) for f, t, p in parsed if p.problem),
    )


def _measure_rows(ids: list[str], handlings: list[_Handling]) -> pa.Table:
    sizes = np.fromiter((len(h.measures) for h in handlings), dtype=np.int64, count=len(handlings))
    owners = pa.array(np.repeat(np.arange(len(ids)), sizes))
    flat = [m for h in handlings for m in h.measures]
    return pa.table(
        {
            "respondent_id": pa.array(ids, pa.string()).take(owners),
            "seq": pa.array([n for h in handlings for n in range(1, len(h.measures) + 1)], pa.int32()),
            "code": pa.array([m.code for m in flat], pa.string()),
            "track": pa.array([m.track for m in flat], pa.string()),
            "band": pa.array([m.band for m in flat], pa.int32()),
            "is_final": pa.array([m.is_final for m in flat], pa.bool_()),
            "raw": pa.array([m.raw for m in flat], pa.string()),
        }
    )
