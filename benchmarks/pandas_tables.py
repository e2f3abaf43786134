"""What the rules in pandas look at: the tables of a database as frames, and the derived columns that several rules share.

Compare review/checks/prelude.sql, which does the same for the checks.
"""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from review.store.database import Database
from review.vocabulary.matters import domains
from review.vocabulary.sanctions import measure_kinds
from review.vocabulary.terms import read_toml

NOTHING = r"(?:|/|／|\\|-+|—+|－+|无|空|\?|？|…+|待补充?|不详)"
NOT_APPLICABLE = r"(?:不适用|不涉及|无需填写)"
_KIND = "从轻|减轻|从重|加重"
NONE = rf"(?:无|没有|否|未发现|不具有|不存在|不具备)(?:法定)?(?:{_KIND}|上述|相关)?[或、]?(?:{_KIND})?(?:处理)?(?:情形|情节)?"
TABLES = ("cases", "respondents", "measures", "steps", "rejects", "import_columns", "import_fields")


def says_nothing(texts: pd.Series) -> pd.Series:
    """Empty cell or placeholder."""
    return texts.isna() | texts.str.strip().str.fullmatch(NOTHING, na=False)


def says_not_applicable(texts: pd.Series) -> pd.Series:
    """Explicit 不适用."""
    return texts.str.strip().str.fullmatch(NOT_APPLICABLE, na=False)


def says_something(texts: pd.Series) -> pd.Series:
    """A reason that is told, neither blank nor an explicit none."""
    return ~(says_nothing(texts) | says_not_applicable(texts) | texts.str.strip().str.fullmatch(NONE, na=False))


def any_of(words) -> str:
    """A pattern that matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def holds(texts: pd.Series, pattern: str) -> pd.Series:
    """Which texts match somewhere; each distinct text is searched once."""
    kinds, values = pd.factorize(texts)
    found = pd.Series(values).str.contains(pattern, na=False).to_numpy(bool)
    return pd.Series(np.append(found, False)[kinds], index=texts.index)


def joined(*columns: pd.Series) -> pd.Series:
    """Texts side by side, nothing for what is missing."""
    whole = columns[0].fillna("")
    for column in columns[1:]:
        whole = whole + column.fillna("")
    return whole


def choose(index: pd.Index, *rules, default: str = "clear") -> pd.Series:
    """First verdict whose condition holds; a missing value holds for nothing. ``rules``: (condition, verdict)."""
    conditions = [pd.Series(condition, index=index).fillna(False).to_numpy(bool) for condition, _ in rules]
    return pd.Series(np.select(conditions, [verdict for _, verdict in rules], default), index=index)


def last_day(dates: pd.Series, precision: pd.Series) -> pd.Series:
    """Last day that a date may stand for."""
    month = dates + pd.offsets.MonthEnd(0)
    year = dates + pd.offsets.YearEnd(0)
    return dates.where(precision == "day", month.where(precision == "month", year))


@dataclass
class Tables:
    """Public tables as frames, plus what several rules share (made on first use, like the TEMP tables of a check run)."""

    cases: pd.DataFrame
    respondents: pd.DataFrame
    measures: pd.DataFrame
    steps: pd.DataFrame
    rejects: pd.DataFrame
    import_columns: pd.DataFrame
    import_fields: pd.DataFrame
    cells: pd.DataFrame

    @classmethod
    def read(cls, db: Database) -> "Tables":
        """All of it into memory."""
        cells = "SELECT import_id, sheet, \"row\", field, raw, case_id FROM cells WHERE field IN ('approver', 'sign_note')"
        return cls(**{name: db.frame(f"SELECT * FROM {name}") for name in TABLES}, cells=db.frame(cells))

    @cached_property
    def fields(self) -> dict[tuple, set[str]]:
        """Fields that each sheet can give."""
        found = self.import_fields.groupby(["import_id", "sheet"])["field"].agg(set).to_dict()
        sheets = self.cases[["import_id", "sheet"]].drop_duplicates().itertuples(index=False, name=None)
        return {sheet: found.get(sheet, set()) for sheet in sheets} | found

    def sheets_with(self, frame: pd.DataFrame, *names: str) -> pd.Series:
        """Which rows come from a sheet that has any of the fields."""
        having = {sheet for sheet, fields in self.fields.items() if fields & set(names)}
        sheets = frame[["import_id", "sheet"]].drop_duplicates()
        sheets["having"] = [sheet in having for sheet in sheets.itertuples(index=False, name=None)]
        return frame[["import_id", "sheet"]].merge(sheets, how="left")["having"].set_axis(frame.index)

    @cached_property
    def people(self) -> pd.DataFrame:
        """Respondents with what their case tells."""
        cases = self.cases[["case_id", "county", "complete", "ledger_kind", "decided_on", "decided_on_precision", "row", "last_row"]]
        people = self.respondents.merge(cases, on="case_id", suffixes=("", "_case"))
        unread = self._unread_cases()
        people["listed"] = people["complete"].mask(people["case_id"].isin(unread), "unread")
        own = people["decided_on"].notna()
        people["own_decided"] = people["decided_on"]
        people["decided_on"] = people["decided_on"].where(own, people["decided_on_case"])
        people["decided_on_precision"] = people["decided_on_precision"].where(own, people["decided_on_precision_case"])
        people["leader"] = self._leaders(people)
        body = r"党|支部|纪委|纪检|工委|班子|[省市县区州旗盟]委(?:员会)?(?:[|]|$)|^中共"
        organization = people["kind"] == "organization"
        people["party_body"] = organization & holds(joined(people["name"], pd.Series("|", people.index), people["unit"]), body)
        return people

    def _unread_cases(self) -> set[str]:
        if self.rejects.empty:
            return set()
        fields = self.import_columns[["import_id", "sheet", "column", "field"]]
        rejects = self.rejects.merge(fields, on=["import_id", "sheet", "column"], how="left")
        rejects = rejects[rejects["field"].isna() | rejects["field"].isin(["name", "people", "object_type"])]
        places = self.cases[["case_id", "import_id", "sheet", "row", "last_row"]].merge(
            rejects[["import_id", "sheet", "row"]], on=["import_id", "sheet"], suffixes=("", "_reject")
        )
        return set(places.loc[places["row_reject"].between(places["row"], places["last_row"]), "case_id"])

    def _leaders(self, people: pd.DataFrame) -> pd.Series:
        role, tier, rank = people["role"], people["tier"], people["rank_order"]
        has_rank = self.sheets_with(people, "rank")
        middle = role == "middle"
        return choose(
            people.index,
            (role == "organization", ""),
            ((tier == "village") | role.isin(["village_cadre", "staff"]), "no"),
            (rank >= 40, "yes"),
            (role.isin(["head", "deputy", "board"]) & tier.isin(["province", "city", "county", "township"]), "yes"),
            (middle & has_rank & rank.isna(), "unknown"),
            (middle, "no"),
            (rank < 30, "no"),
            default="unknown",
        )

    @cached_property
    def tier_order(self) -> pd.Series:
        """Height of the tier of each of ``people``."""
        return self.people["tier"].map({"province": 5, "city": 4, "county": 3, "township": 2, "village": 1})

    @cached_property
    def case_steps(self) -> pd.DataFrame:
        """State of each step of a case: columns case_id, step, state."""
        return self._states(self.steps, "case_id")

    @cached_property
    def person_steps(self) -> pd.DataFrame:
        """State of each step of a respondent; what is told of the case holds for each."""
        columns = ["respondent_id", "step", "status", "done_on", "done_on_precision"]
        own = self.steps.loc[self.steps["respondent_id"].notna(), columns]
        shared = self.steps[self.steps["respondent_id"].isna()].drop(columns="respondent_id")
        shared = shared.merge(self.people[["case_id", "respondent_id"]], on="case_id")[columns]
        cells = pd.concat([own, shared], ignore_index=True)
        dated = cells[cells["done_on"].notna()].sort_values("done_on", kind="stable").drop_duplicates(["respondent_id", "step"])
        return self._states(cells, "respondent_id").merge(
            dated[["respondent_id", "step", "done_on", "done_on_precision"]], on=["respondent_id", "step"], how="left"
        )

    @staticmethod
    def _states(cells: pd.DataFrame, unit: str) -> pd.DataFrame:
        flags = cells[[unit, "step"]].assign(
            **{status: cells["status"] == status for status in ("done", "not_done", "not_applicable", "unclear")}
        )
        found = flags.groupby([unit, "step"], sort=False, observed=True).any().reset_index()
        found["state"] = choose(
            found.index,
            (found["done"] & found["not_done"], "contradictory"), (found["not_done"], "not_done"), (found["done"], "done"),
            (found["not_applicable"], "not_applicable"), (found["unclear"], "unclear"), default="blank",
        )  # fmt: skip
        return found[[unit, "step", "state"]]

    def states_of(self, step: str) -> pd.Series:
        """case_id -> state of a step."""
        rows = self.case_steps[self.case_steps["step"] == step]
        return rows.set_index("case_id")["state"]

    @cached_property
    def powers(self) -> dict[str, str]:
        """Patterns of powers.toml."""
        return {name: any_of(words) for name, words in read_toml("powers").items()}

    @cached_property
    def domain_list(self) -> pd.DataFrame:
        """Domains with their regulators as a pattern."""
        rows = [(d.name, d.licensed_power, "|".join(map(re.escape, d.regulators)) or None) for d in domains().values()]
        return pd.DataFrame(rows, columns=["domain", "licensed_power", "regulators"])

    def domains_of(self, texts: pd.Series) -> pd.Series:
        """Domain with the most keywords in a text, None for a tie or none."""
        counted = [d for d in domains().values() if d.keywords]
        kinds, values = pd.factorize(texts)
        distinct = pd.Series(values)
        hits = np.column_stack([distinct.str.findall(any_of(d.keywords)).map(lambda found: len(set(found))) for d in counted])
        top = hits.max(axis=1)
        clear = (top > 0) & ((hits == top[:, None]).sum(axis=1) == 1)
        names = np.array([d.name for d in counted], dtype=object)[hits.argmax(axis=1)]
        return pd.Series(np.where(clear, names, None)[kinds], index=texts.index)

    @cached_property
    def measure_list(self) -> pd.DataFrame:
        """Which measures 第八条 names, which another act."""
        return pd.DataFrame([(k.code, k.label, k.listed, k.other_law) for k in measure_kinds().values()],
                            columns=["code", "label", "listed", "other_law"])  # fmt: skip

    @cached_property
    def measure_word(self) -> str:
        """Pattern of words that stand for a measure and nothing else."""
        return any_of(w for k in measure_kinds().values() for w in k.words if len(w) >= 2 and not w.startswith("不"))
