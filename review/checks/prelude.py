"""What the check files may use beside the public tables: shared TEMP tables and views, and the vocabulary as tables and macros."""

import re
from pathlib import Path

import duckdb

from review.checks.numbering import number, settle, with_numbers
from review.checks.withdrawn import leave_out_withdrawn
from review.comparison.views import create_views
from review.vocabulary.labels import label_table
from review.vocabulary.matters import Domain, domains
from review.vocabulary.organs import organ_kinds
from review.vocabulary.sanctions import measure_kinds
from review.vocabulary.terms import read_toml, steps

PRELUDE = Path(__file__).parent / "prelude.sql"
_LABELLED = ("responsibility", "tier", "role", "rank", "track", "status", "field")


def prepare(cur: duckdb.DuckDBPyConnection, numbered: bool = False, cell_fields: frozenset[str] = frozenset()) -> None:
    """Make all TEMP objects on this cursor; they vanish with it. numbered: ids are numbers, and cells of
    these fields are enough (see review.checks.numbering).
    """
    text = PRELUDE.read_text(encoding="utf-8")
    if numbered:
        number(cur, cell_fields)
        cur.execute(with_numbers(text))
        settle(cur)
    else:
        leave_out_withdrawn(cur)
        cur.execute(text)
    _labels(cur)
    _measure_list(cur)
    _step_list(cur)
    _powers(cur)
    _organs(cur)
    _domains(cur)
    _consequences(cur)
    _identities(cur)
    create_views(cur)


def _labels(cur: duckdb.DuckDBPyConnection) -> None:
    """<kind>_label(code): Chinese word of a code."""
    for kind in _LABELLED:
        whens = " ".join(f"WHEN {_quote(code)} THEN {_quote(word)}" for code, word in label_table(kind).items())
        cur.execute(f"CREATE TEMP MACRO {kind}_label(code) AS CASE code {whens} ELSE '不明' END")


def _measure_list(cur: duckdb.DuckDBPyConnection) -> None:
    """TEMP TABLE measure_list(code, label, listed, other_law): which measures 第八条 names, which are lawful under another act."""
    cur.execute("CREATE TEMP TABLE measure_list (code VARCHAR, label VARCHAR, listed BOOLEAN, other_law BOOLEAN)")
    rows = [[k.code, k.label, k.listed, k.other_law] for k in measure_kinds().values()]
    cur.executemany("INSERT INTO measure_list VALUES (?, ?, ?, ?)", rows)
    # Words long enough to stand for a measure and nothing else, for cells that hold one in the wrong column.
    words = [w for k in measure_kinds().values() for w in k.words if len(w) >= 2 and not w.startswith("不")]
    cur.execute(f"CREATE TEMP MACRO measure_word(text) AS nullif(regexp_extract(text, {_any_of(words)}), '')")


def _step_list(cur: duckdb.DuckDBPyConnection) -> None:
    """step_label(step): Chinese name of a step."""
    whens = " ".join(f"WHEN {_quote(s.name)} THEN {_quote(s.label)}" for s in steps().values())
    cur.execute(f"CREATE TEMP MACRO step_label(step) AS CASE step {whens} ELSE step END")


def _powers(cur: duckdb.DuckDBPyConnection) -> None:
    """<list>_word(text): the first word of that list of powers.toml or exemptions.toml in a text, NULL when it holds none."""
    for name, words in (read_toml("powers") | read_toml("exemptions")).items():
        cur.execute(f"CREATE TEMP MACRO {name}_word(text) AS nullif(regexp_extract(text, {_any_of(words)}), '')")


def _organs(cur: duckdb.DuckDBPyConnection) -> None:
    """organ_kinds(text): kinds of organs.toml that a text names, each once; empty for none, NULL for NULL."""
    anywhere = _quote("|".join(k.pattern for k in organ_kinds()))
    whens = " ".join(f"WHEN regexp_full_match(part, {_quote(k.pattern)}) THEN {_quote(k.kind)}" for k in organ_kinds())
    cur.execute(
        f"""CREATE TEMP MACRO organ_kinds(text) AS
        list_distinct(list_transform(regexp_extract_all(replace(text, ' ', ''), {anywhere}), lambda part: CASE {whens} END))"""
    )


def _domains(cur: duckdb.DuckDBPyConnection) -> None:
    """TEMP TABLE domain_list; is_regulator(domain, unit); domain_hits(text): keywords of each domain; domain_of_hits: most, no tie."""
    cur.execute("CREATE TEMP TABLE domain_list (domain VARCHAR, licensed_power BOOLEAN, has_regulators BOOLEAN)")
    rows = [[d.name, d.licensed_power, bool(d.regulators)] for d in domains().values()]
    cur.executemany("INSERT INTO domain_list VALUES (?, ?, ?)", rows)
    # One constant pattern a domain: a pattern from a column would be compiled for every row.
    whens = " ".join(
        f"WHEN {_quote(d.name)} THEN regexp_matches(unit, {_any_of(d.regulators)})" for d in domains().values() if d.regulators
    )
    cur.execute(f"CREATE TEMP MACRO is_regulator(domain, unit) AS CASE domain {whens} ELSE false END")
    counted = [d for d in domains().values() if d.keywords]
    hits = ", ".join(_keyword_hits(d) for d in counted)
    names = ", ".join(_quote(d.name) for d in counted)
    cur.execute(f"CREATE TEMP MACRO domain_hits(text) AS [{hits}]")
    cur.execute(
        f"""CREATE TEMP MACRO domain_of_hits(hits) AS if(
            list_max(hits) > 0 AND len(list_filter(hits, lambda n: n = list_max(hits))) = 1,
            [{names}][list_position(hits, list_max(hits))], NULL)"""
    )


def _consequences(cur: duckdb.DuckDBPyConnection) -> None:
    """consequence_level(text): how grave the words of a 后果 cell are; short words of no level stand for themselves, long ones are NULL."""
    own = "if(length(tight_text(text)) <= 15, tight_text(text), NULL)"
    whens = " ".join(
        f"WHEN regexp_matches(tight_text(text), {_quote('|'.join(e['patterns']))}) THEN {_quote(e['label']) if e['label'] else own}"
        for e in read_toml("consequences")["level"]
    )
    cur.execute("CREATE TEMP MACRO tight_text(text) AS regexp_replace(text, '[\\s　。；;，,]+', '', 'g')")
    # 无 is an explicit none here; a long account of what happened holds such words in other meanings.
    unknown = "says_nothing(text) AND trim(text) IS DISTINCT FROM '无' OR length(tight_text(text)) > 40"
    cur.execute(f"CREATE TEMP MACRO consequence_level(text) AS CASE WHEN {unknown} THEN NULL {whens} ELSE {own} END")


def _identities(cur: duckdb.DuckDBPyConnection) -> None:
    """identity_kind(text): public, private or depends for a 人员身份 cell, NULL for words of none of the lists."""
    lists = read_toml("identities")
    whens = " ".join(f"WHEN regexp_matches(tight_text(text), {_quote('|'.join(lists[k]))}) THEN '{k}'" for k in lists)
    cur.execute(f"CREATE TEMP MACRO identity_kind(text) AS CASE {whens} END")


def _keyword_hits(domain: Domain) -> str:
    return f"len(list_distinct(regexp_extract_all(text, {_any_of(domain.keywords)})))"


def _any_of(words) -> str:
    """SQL literal of a pattern that matches any of the words, the longest first."""
    return _quote("|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))))


def _quote(text: str) -> str:
    return "'" + str(text).replace("'", "''") + "'"
