"""The checks on procedure, measures and data (P, M, D) as vectorised pandas: verdicts only, no sentences, no facts."""

from datetime import date

import pandas as pd

from benchmarks.pandas_tables import Tables, choose, holds, last_day, says_not_applicable, says_nothing
from review.comparison.counties import compare_counties

OPEN = ["blank", "unclear", "contradictory"]
MEASURES = ("measures", "measures_organizational", "measures_party", "measures_administrative", "measures_education")


def _told(states: pd.DataFrame, unit: str, steps: list[str]) -> pd.DataFrame:
    """By unit: any step denied, any open, all not applicable, and the state of each step."""
    rows = states[states["step"].isin(steps)]
    by = rows[unit]
    found = pd.DataFrame({
        "denied": (rows["state"] == "not_done").groupby(by).any(), "open": rows["state"].isin(OPEN).groupby(by).any(),
        "none": (rows["state"] == "not_applicable").groupby(by).all(),
    })  # fmt: skip
    return found.join(rows.pivot(index=unit, columns="step", values="state").reindex(columns=steps))


def p01(t: Tables) -> pd.DataFrame:
    """问责启动未经审批."""
    c = t.cases[["case_id", "county"]].assign(respondent_id=None)
    state, filing = c["case_id"].map(t.states_of("start_approval")), c["case_id"].map(t.states_of("filing"))
    a = t.cells[(t.cells["field"] == "approver") & t.cells["case_id"].notna() & ~says_not_applicable(t.cells["raw"])]
    denied = a["raw"].str.strip().str.fullmatch("否|无|没有|未.{0,6}|无人").groupby(a["case_id"]).all()
    denied = c["case_id"].map(denied)
    no, yes = denied.eq(True), denied.eq(False)
    c["verdict"] = choose(
        c.index, ((filing == "done") | (state == "not_applicable"), "exempt"),
        ((state == "contradictory") | ((state == "not_done") & yes) | ((state == "done") & no), "undetermined"),
        ((state == "not_done") | no, "suspect"), ((state == "done") | yes, "clear"), default="undetermined",
    )  # fmt: skip
    return c


def p04(t: Tables) -> pd.DataFrame:
    """未与对象见面、未听取陈述申辩或未签署意见."""
    told = _told(t.person_steps, "respondent_id", ["fact_meeting", "hearing", "sign_opinion"])
    notes = t.cells[(t.cells["field"] == "sign_note") & ~says_nothing(t.cells["raw"])]
    notes = notes.groupby(["import_id", "sheet", "row"])["raw"].min().rename("told_note").reset_index()
    p = t.people.drop(columns="sign_note").merge(told, left_on="respondent_id", right_index=True, how="left")
    p = p.merge(notes, on=["import_id", "sheet", "row"], how="left")
    filed = p["case_id"].map(t.states_of("filing")) == "done"
    missing = (p["fact_meeting"] == "not_done") | (p["hearing"] == "not_done")
    away = holds(p["note"].fillna("") + p["told_note"].fillna(""), "去世|死亡|病故|已故|出境|国外|境外|失联|下落不明")
    doubt = p["denied"].isna() | (p["kind"] == "unknown") | p["open"].eq(True) | ((p["sign_opinion"] == "not_done") & p["told_note"].isna())
    p["verdict"] = choose(
        p.index, ((p["kind"] == "organization") | filed | p["none"].eq(True) | away, "exempt"),
        (missing & (p["kind"] == "person"), "suspect"), (doubt, "undetermined"),
    )  # fmt: skip
    return p


def p05(t: Tables) -> pd.DataFrame:
    """无集体讨论或调查报告."""
    c = t.cases[["case_id", "county"]].assign(respondent_id=None)
    c = c.merge(_told(t.case_steps, "case_id", ["discussion", "report"]), left_on="case_id", right_index=True, how="left")
    c["verdict"] = choose(c.index, (c["none"].eq(True), "exempt"), (c["denied"].eq(True), "suspect"),
                          (c["denied"].isna() | c["open"].eq(True), "undetermined"))  # fmt: skip
    return c


def p07(t: Tables) -> pd.DataFrame:
    """时间顺序错误."""
    r, c = t.respondents, t.cases
    several = c["case_id"].map(r.groupby("case_id")["decided_on"].nunique() > 1)
    whole = c.loc[several.eq(False), ["case_id", "decided_on", "decided_on_precision"]].assign(respondent_id=None)
    own = r.loc[r["case_id"].isin(c.loc[several.eq(True), "case_id"]), ["case_id", "respondent_id", "decided_on", "decided_on_precision"]]
    decided = pd.concat([whole, own]).rename(columns={"decided_on": "d", "decided_on_precision": "dp"})
    dated = t.steps[t.steps["done_on"].notna() & t.steps["step"].isin(["announcement", "delivery", "hearing", "appeal", "appeal_reply"])]
    dated = dated.sort_values("done_on", kind="stable").drop_duplicates(["case_id", "respondent_id", "step"])
    dated = dated[["case_id", "respondent_id", "step", "done_on", "done_on_precision"]]
    dated = dated.rename(columns={"done_on": "s", "done_on_precision": "sp"})

    def pairs(frame, earlier, ep, later, lp):
        named = {earlier: "e", ep: "ep", later: "l", lp: "lp"}
        return frame[["case_id", "respondent_id", *named]].rename(columns=named)

    on_case = decided.merge(c.drop(columns=["decided_on", "decided_on_precision"]), on="case_id")
    met = dated.merge(decided, on="case_id", suffixes=("", "_d"))
    met = met[met["respondent_id"].isna() | met["respondent_id_d"].isna() | (met["respondent_id"] == met["respondent_id_d"])]
    met = met.assign(respondent_id=met["respondent_id"].fillna(met["respondent_id_d"]))
    appeal, reply = dated[dated["step"] == "appeal"], dated[dated["step"] == "appeal_reply"]
    answered = appeal.fillna({"respondent_id": ""}).merge(
        reply.fillna({"respondent_id": ""}), on=["case_id", "respondent_id"], suffixes=("", "_r")
    )
    answered["respondent_id"] = answered["respondent_id"].replace("", None)
    every = pd.concat([
        pairs(on_case, "started_on", "started_on_precision", "d", "dp"), pairs(on_case, "d", "dp", "closed_on", "closed_on_precision"),
        pairs(on_case, "behaviour_on", "behaviour_on_precision", "d", "dp"),
        pairs(met[met["step"].isin(["announcement", "delivery"])], "d", "dp", "s", "sp"),
        pairs(met[met["step"] == "hearing"], "s", "sp", "d", "dp"), pairs(answered, "s", "sp", "s_r", "sp_r"),
    ], ignore_index=True)  # fmt: skip
    every = every[every["e"].notna() & every["l"].notna()]
    wrong = last_day(every["l"], every["lp"]) < every["e"]
    unsure = ~wrong & ~(last_day(every["e"], every["ep"]) <= every["l"])
    keys = [every["case_id"], every["respondent_id"].fillna("")]
    told = pd.DataFrame({"wrong": wrong, "unsure": unsure}).groupby(keys).any().reset_index()
    rest = c.loc[~c["case_id"].isin(told["case_id"]), ["case_id"]].assign(respondent_id="", wrong=False, unsure=True)
    told = pd.concat([told, rest], ignore_index=True).merge(c[["case_id", "county"]], on="case_id")
    noted = r[r["note"].notna()]
    late = told["case_id"].isin(set(noted.loc[holds(noted["note"], "补办|补录|补签|补填"), "case_id"]))
    told["verdict"] = choose(told.index, (told["wrong"] & late, "exempt"), (told["wrong"], "suspect"), (told["unsure"], "undetermined"))
    return told.assign(respondent_id=told["respondent_id"].replace("", None))


def p08(t: Tables, months: int = 1) -> pd.DataFrame:
    """决定未宣布、未送达或超期宣布."""
    told = _told(t.person_steps, "respondent_id", ["announcement", "delivery"])
    spoken = t.person_steps[t.person_steps["step"] == "announcement"].set_index("respondent_id")[["done_on", "done_on_precision"]]
    p = t.people.merge(told.join(spoken), left_on="respondent_id", right_index=True, how="left")
    m = t.measures
    party = p["respondent_id"].isin(set(m.loc[(m["track"] == "party") & m["is_final"], "respondent_id"]))
    known = party | p["measures_complete"].eq(True)
    span = pd.DateOffset(months=months)
    announced, has = p["done_on"], p["done_on"].notna()
    late = has & (announced > last_day(p["decided_on"], p["decided_on_precision"]) + span)
    in_time = has & (last_day(announced, p["done_on_precision"]) <= p["decided_on"] + span)
    extended = holds(p["note"], "延期|延长") & (announced <= p["decided_on"] + pd.DateOffset(months=6))
    undated = party & ~has & (p["announcement"] == "done") & t.sheets_with(p, "announcement_on")
    doubt = (
        p["denied"].isna() | (p["kind"] == "unknown") | p["open"].eq(True) | (has & ~in_time & ~known) | undated
        | (party & has & p["decided_on"].isna()) | (party & has & ~in_time & ~late)
    )  # fmt: skip
    person = p["kind"] == "person"
    p["verdict"] = choose(
        p.index, ((p["kind"] == "organization") | p["none"].eq(True), "exempt"), (p["denied"].eq(True) & person, "suspect"),
        (late & party & extended, "exempt"), (late & party & person, "suspect"), (doubt, "undetermined"),
    )  # fmt: skip
    return p


def m01(t: Tables, min_n: int = 5, min_bands: int = 2, max_chance: float = 0.05) -> pd.DataFrame:
    """各县区尺度不一: groups in pandas; the mathematics of the comparison is one and the same on both sides."""
    p = t.people[(t.people["kind"] == "person") & t.people["county"].notna() & ~t.people["band"].eq(0).fillna(False)]
    c = t.cases.set_index("case_id")
    topic = ("第" + c["circumstance"].astype("string")).fillna(c["domain"].astype("string")).reindex(p["case_id"]).set_axis(p.index)
    place, role = p["tier"], p["role"].replace({"board": "deputy", "staff": "middle"})
    post = (place + "·" + role).where(place.isin(["province", "city", "county", "township"]) & role.isin(["head", "deputy", "middle"]))
    post = post.mask(place == "village", "village")
    word = p["responsibility"].where(p["responsibility"].isin(
        ["primary_leadership", "important_leadership", "undifferentiated_leadership", "direct", "supervisory", "main_body"]))  # fmt: skip
    group = topic + "·" + word + "·" + post
    known = p.assign(group=group)[group.notna() & p["band"].notna()]
    found = compare_counties(
        known["county"].to_numpy(), known["group"].to_numpy(), known["band"].to_numpy(), min_n, min_bands, max_chance
    ).differences
    compared, differs = {d.county for d in found}, {d.county for d in found if d.holds}
    counties = pd.DataFrame({"county": t.cases["county"].dropna().unique(), "case_id": None, "respondent_id": None})
    name = counties["county"]
    counties["verdict"] = choose(counties.index, (~name.isin(set(p["county"])), "exempt"), (name.isin(differs), "suspect"),
                                 (~name.isin(compared), "undetermined"))  # fmt: skip
    return counties


def m06(t: Tables) -> pd.DataFrame:
    """问责方式不在第八条之列."""
    p = t.people
    m = t.measures.merge(t.measure_list, on="code")
    final, by, nothing = m["is_final"], m["respondent_id"], m["band"].eq(0).fillna(False)
    found = pd.DataFrame({
        "listed": (final & m["listed"]).groupby(by).any(), "other": (final & m["other_law"] & ~nothing).groupby(by).any(),
        "spared": (final & nothing).groupby(by).any(), "outside": (final & ~m["listed"] & ~m["other_law"]).groupby(by).any(),
    }).reindex(p["respondent_id"], fill_value=False).set_index(p.index)  # fmt: skip
    doubt = says_nothing(p["measures_raw"]) | ~found["outside"] | ~p["measures_complete"].eq(True) | (p["kind"] == "unknown")
    verdict = choose(
        p.index, ((p["ledger_kind"] != "问责台账") | says_not_applicable(p["measures_raw"]), "exempt"),
        (found["listed"] | found["other"], "clear"), (found["spared"], "exempt"), (doubt, "undetermined"), default="suspect",
    )  # fmt: skip
    return p.assign(verdict=verdict)


def d01(t: Tables) -> pd.DataFrame:
    """关键字段空白."""
    c = t.cases[["case_id", "circumstance", "circumstance_raw", "case_no", "decided_on"]]
    p = t.people.drop(columns="decided_on").merge(c.rename(columns={"decided_on": "case_decided"}), on="case_id")
    named = (p["kind"] == "organization") & p["unit"].notna()
    blank = (
        (t.sheets_with(p, "name") & says_nothing(p["name"]) & ~named)
        | (t.sheets_with(p, "unit", "unit_post") & says_nothing(p["unit"]) & says_nothing(p["unit_post_raw"]))
        | (t.sheets_with(p, "unit_post", "post_then", "post_now") & (p["kind"] == "person") & says_nothing(p["post"]))
        | (t.sheets_with(p, "circumstance") & p["circumstance"].isna() & says_nothing(p["circumstance_raw"]))
        | (t.sheets_with(p, "responsibility") & (p["responsibility"] == "unknown") & says_nothing(p["responsibility_raw"]))
        | (t.sheets_with(p, *MEASURES) & says_nothing(p["measures_raw"]))
        | (t.sheets_with(p, "decided_on") & p["own_decided"].isna() & p["case_decided"].isna() & says_nothing(p["decided_on_raw"]))
        | (t.sheets_with(p, "case_no") & says_nothing(p["case_no"]))
    )
    return p.assign(verdict=choose(p.index, (blank, "undetermined")))


def d02(t: Tables, first_year: int = 2012) -> pd.DataFrame:
    """日期不可解析或不合理."""
    r, c = t.respondents, t.cases
    text = r["decided_on_raw"].fillna(r["decided_on"].dt.strftime("%Y-%m-%d"))
    several = text.groupby(r["case_id"]).nunique() > 1
    first = r.assign(blank=r["decided_on_raw"].isna()).sort_values(["blank", "seq"], kind="stable").drop_duplicates("case_id")
    basis = r.groupby("case_id")["legal_basis_raw"].min()
    shape = ["case_id", "respondent_id", "decision", "d", "p", "raw", "bounded", "basis"]

    def part(frame, name, decision=False, bounded=True, person=None, basis=None):
        raw = frame[f"{name}_on_raw"] if name != "done" else frame["raw"].fillna(frame["done_on"].dt.strftime("%Y-%m-%d"))
        return pd.DataFrame({"case_id": frame["case_id"], "respondent_id": person, "decision": decision, "d": frame[f"{name}_on"],
                             "p": frame[f"{name}_on_precision"], "raw": raw, "bounded": bounded, "basis": basis})[shape]  # fmt: skip

    whole = first[~first["case_id"].map(several)]
    own = r[r["case_id"].map(several)]
    fields = t.import_columns[["import_id", "sheet", "column", "field"]]
    s = t.steps.merge(fields, on=["import_id", "sheet", "column"], how="left")
    s = s[s["done_on"].notna() | (s["field"].str.endswith("_on", na=False) & (s["status"] == "unclear"))]
    every = pd.concat([
        part(c, "started"), part(c, "closed"), part(c, "behaviour", bounded=False),
        part(whole, "decided", True, basis=whole["case_id"].map(basis)),
        part(own, "decided", True, person=own["respondent_id"], basis=own["legal_basis_raw"]), part(s, "done", person=s["respondent_id"]),
    ], ignore_index=True)  # fmt: skip
    d, last, raw = every["d"], last_day(every["d"], every["p"]), every["raw"]
    wrong = (d > pd.Timestamp(date.today())) | (every["bounded"] & (last < pd.Timestamp(first_year, 1, 1)))
    for law, since in (("政务处分法", "2020-07-01"), ("监察法", "2018-03-20"), ("问责条例", "2016-07-08")):
        wrong |= every["decision"] & holds(every["basis"], law) & (last < pd.Timestamp(since))
    found = choose(
        every.index, (says_nothing(raw) & d.isna(), "blank"), (says_not_applicable(raw), "not_applicable"),
        (d.isna() & holds(raw, "^(?:尚?未|没有|无|暂|正在|办理中|待|否|在办)"), "pending"), (d.isna() | wrong, "wrong"), default="right",
    )  # fmt: skip
    keys = [every["case_id"], every["respondent_id"].fillna("")]
    told = pd.DataFrame({name: found == name for name in ("wrong", "right", "not_applicable")}).groupby(keys).any().reset_index()
    told["verdict"] = choose(told.index, (told["wrong"], "suspect"), (told["right"], "clear"), (told["not_applicable"], "exempt"),
                             default="undetermined")  # fmt: skip
    return told.assign(respondent_id=told["respondent_id"].replace("", None)).merge(c[["case_id", "county"]], on="case_id")


def d03(t: Tables) -> pd.DataFrame:
    """重复记录互相矛盾."""
    p = t.people[(t.people["kind"] != "organization") & t.people["name"].notna()].sort_values(["case_id", "seq"], kind="stable")
    unit = p["unit_key"].fillna(p["unit"]).fillna("")
    post = p["post"].str.strip().replace("", None)
    p = p.assign(unit_read=unit, post_read=post, word=p["responsibility"].mask(p["responsibility"] == "unknown"))
    keys = ["case_id", "name", "unit_read"]
    first = p.drop_duplicates(keys)[[*keys, "respondent_id", "county"]]
    many = p[p.duplicated(keys, keep=False)]
    by = many.groupby(keys)
    found = pd.DataFrame({"words": by["word"].nunique(), "dates": by["own_decided"].nunique(), "masked": by["name_masked"].any(),
                          "posts": (by["post_read"].nunique() > 1) | (by["post_read"].count() < by.size())}).reset_index()  # fmt: skip
    m = many[[*keys, "respondent_id"]].merge(t.measures, on="respondent_id")
    m = m[m["is_final"] & m["track"].isin(["party", "administrative"])]
    clash = (m.groupby([*keys, "track"])["code"].nunique() > 1).groupby(keys).any().rename("clash").reset_index()
    g = first.merge(found, on=keys, how="left").merge(clash, on=keys, how="left")
    contradicts = (g["words"] > 1) | (g["dates"] > 1) | g["clash"].eq(True)
    doubt = g["masked"].eq(True) | (g["unit_read"] == "") | g["posts"].eq(True)
    g["verdict"] = choose(g.index, (~contradicts, "clear"), (doubt, "undetermined"), default="suspect")
    return g


def d05(t: Tables) -> pd.DataFrame:
    """处分表述不完整或列错位."""
    p = t.people.merge(t.cases[["case_id", "circumstance", "circumstance_raw"]], on="case_id")
    p = p[~says_nothing(p["measures_raw"]) | p["circumstance_raw"].notna()]
    m = t.measures
    bare = set(m.loc[(m["track"] == "unspecified") & m["is_final"], "respondent_id"])
    vague = (r"^[，,、\s]*(?:给予|予以|作出|进行)?(?:相应的?|有关|严肃)?"
             r"(?:组织处理|组织调整|组织措施|党政纪处分|党纪政务处分|党纪处分|政务处分|纪律处分|处分|处理)[。，,、\s]*$")  # fmt: skip
    first = p["seq"] == p.groupby("case_id")["seq"].transform("min")
    misplaced = first & p["circumstance"].isna() & holds(p["circumstance_raw"], t.measure_word)
    unread = ~p["respondent_id"].isin(set(m["respondent_id"])) & holds(p["measures_raw"], vague)
    fault = p["respondent_id"].isin(bare) | unread | misplaced
    verdict = choose(p.index, (fault, "suspect"), (says_not_applicable(p["measures_raw"]), "exempt"),
                     (p["measures_complete"].eq(False) & ~says_nothing(p["measures_raw"]), "undetermined"))  # fmt: skip
    return p.assign(verdict=verdict)
