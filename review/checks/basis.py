"""Which text of a law a finding stands on: the one in force on the day of the decision, and 待核 where that text is not on file.

The articles that a check names belong to one version each. The note tells when the decision falls under another one, or when its date
does not tell; it is empty where the version named was in force on every day that the date may mean.
"""

from datetime import date

from review.checks.checkfile import Basis, Check
from review.vocabulary.laws import Law, Version, article, cited_numbers, law, version_year

_LAST_DAY = "last_day_of(p.decided_on, p.decided_on_precision)"


def note_sql(one: Check) -> str:
    """SQL text, or NULL, about the version of each law of a check; reads ``p`` (decision_dates) and ``t`` (of tracks_join)."""
    if one.unit == "county":
        return "NULL::VARCHAR"
    notes = [_of_law(name, bases) for name, bases in _by_law(one.basis).items()]
    what = "条例" if one.dated_by_rules else "法规"
    undated = _quote(f"决定日期没有或读不出，适用的{what}版本待核")
    return f"CASE WHEN p.decided_on IS NULL THEN {undated} ELSE nullif(concat_ws('；', {', '.join(notes)}), '') END"


def tracks_join(one: Check, source: str) -> str:
    """JOIN that gives the tracks of the measures of each finding in ``source`` (alias j); empty where no law of the check asks for them."""
    if one.unit == "county" or not any(found.track for found in map(law, _by_law(one.basis)) if found):
        return ""
    return f"""LEFT JOIN (
        SELECT r.case_id, r.respondent_id, list(DISTINCT m.track) AS tracks
        FROM measures m JOIN respondents r USING (respondent_id)
        WHERE r.case_id IN (SELECT case_id FROM {source} WHERE verdict IN ('suspect', 'undetermined'))
        GROUP BY GROUPING SETS ((r.case_id), (r.case_id, r.respondent_id))
    ) t ON t.case_id = j.case_id AND t.respondent_id IS NOT DISTINCT FROM j.respondent_id"""


def _by_law(basis: tuple[Basis, ...]) -> dict[str, list[Basis]]:
    out: dict[str, list[Basis]] = {}
    for one in basis:
        found = law(one.law)
        out.setdefault(found.name if found else one.law, []).append(one)
    return out


def _of_law(name: str, bases: list[Basis]) -> str:
    """SQL note about one law, NULL where the version named is the right one."""
    found = law(name)
    named = next((v for v in found.versions if v.name == version_year(bases[0].version)), None) if found else None
    if named is None:
        return _quote(f"《{name}》没有收录，依据待核")
    short = found.short
    first, open_version = found.versions[0].start, f"适用的{short}版本待核"
    cases = [(f"{_LAST_DAY} < {_day(first)}", f"决定早于{_words(first)}，当时{short}尚未施行，依据待核")]
    for version in (v for v in found.versions if v.start < named.start):
        cases.append(
            (f"p.decided_on >= {_day(version.start)} AND {_LAST_DAY} < {_day(version.end)}", _under_earlier(found, version, bases))
        )
    cases.append((f"{_LAST_DAY} < {_day(named.start)}", f"决定早于{_words(named.start)}，{open_version}"))
    cases.append((f"p.decided_on < {_day(named.start)}", f"决定日期只到年，{open_version}"))
    if named.end:
        newer = found.versions[found.versions.index(named) + 1].name
        cases.append((f"p.decided_on >= {_day(named.end)}", f"决定在{_words(named.end)}以后，应适用{newer}年{short}，条文待核"))
        cases.append((f"{_LAST_DAY} >= {_day(named.end)}", f"决定日期只到年，{open_version}"))
    note = f"CASE {' '.join(f'WHEN {when} THEN {_quote(then)}' for when, then in cases)} END"
    if found.track:
        return f"CASE WHEN list_has_any(t.tracks, ['{found.track}', 'unspecified']) THEN {note} END"
    return note


def _under_earlier(found: Law, version: Version, bases: list[Basis]) -> str:
    """Sentence for a decision under an earlier version: the number there, where it is on file; 条文待核 unless it was read."""
    numbers, read = [], version.on_file
    for basis in bases:
        for number in cited_numbers(basis.article):
            newer = article(found.name, basis.version, number)
            there = newer.earlier.get(version.name) if newer else None
            old = article(found.name, version.name, there) if there else None
            read = read and old is not None and old.verified
            numbers += [there] if there else []
    cited = "、".join(dict.fromkeys(numbers))
    return f"决定早于{_words(version.end)}，应适用{version.name}年{found.short}{cited}{'' if read and cited else '，条文待核'}"


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
