"""All checks in pandas, for comparison: check id -> counts of the verdicts, units of ledgers without the needed columns left out."""

from benchmarks import pandas_objects, pandas_procedure
from benchmarks.pandas_tables import Tables
from review.checks.engine import VERDICTS, catalogue

RULES = {
    name.upper(): rule
    for module in (pandas_objects, pandas_procedure)
    for name, rule in vars(module).items()
    if len(name) == 3 and name[1:].isdigit()
}


def run(tables: Tables) -> dict[str, dict[str, int]]:
    """Verdicts of every check that is written here."""
    return {check.id: _counted(tables, check) for check in catalogue() if check.id in RULES}


def _counted(tables: Tables, check) -> dict[str, int]:
    lacking = {sheet for sheet, fields in tables.fields.items() if any(not fields & set(group.split("|")) for group in check.needs)}
    judged = RULES[check.id](tables)
    if lacking:
        judged = _without(tables, check, judged, lacking)
    counts = judged["verdict"].value_counts()
    return {verdict: int(counts.get(verdict, 0)) for verdict in VERDICTS}


def _without(tables: Tables, check, judged, lacking):
    """Only units of sheets that give what the check needs."""

    def poor(frame):
        sheets = frame[["import_id", "sheet"]].itertuples(index=False, name=None)
        return [sheet in lacking for sheet in sheets]

    cases, people = tables.cases, tables.respondents
    if check.unit == "county":
        rich = ~cases.index.isin(cases.index[poor(cases)])
        return judged[judged["county"].isin(cases.loc[rich, "county"])]
    gone = set(people.loc[poor(people), "respondent_id"])
    gone_cases = set(cases.loc[poor(cases), "case_id"])
    person = judged["respondent_id"].notna()
    return judged[~((person & judged["respondent_id"].isin(gone)) | (~person & judged["case_id"].isin(gone_cases)))]
