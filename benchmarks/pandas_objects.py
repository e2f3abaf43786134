"""The checks on respondents and responsibility (O01-O06, R01-R08) as vectorised pandas: verdicts only, no sentences, no facts."""

import pandas as pd

from benchmarks.pandas_tables import Tables, choose, holds, joined, says_not_applicable, says_nothing, says_something

LEADING = ("overall_leadership", "primary_leadership", "important_leadership", "undifferentiated_leadership")


def _on_people(people: pd.DataFrame, verdict: pd.Series) -> pd.DataFrame:
    return people[["case_id", "respondent_id", "county"]].assign(verdict=verdict)


def _on_cases(t: Tables, verdict: pd.Series) -> pd.DataFrame:
    """``verdict`` by case_id."""
    return t.cases[["case_id", "county"]].assign(respondent_id=None).merge(verdict.rename("verdict"), left_on="case_id", right_index=True)


def _any(people: pd.DataFrame, **conditions: pd.Series) -> pd.DataFrame:
    """By case: whether each condition holds for any of its people."""
    return pd.DataFrame({name: c.fillna(False).astype(bool) for name, c in conditions.items()}).groupby(people["case_id"]).any()


def _worst(frame: pd.DataFrame) -> pd.Series:
    """By case: suspect before undetermined before clear before exempt."""
    order = {"suspect": 0, "undetermined": 1, "clear": 2, "exempt": 3}
    found = frame["verdict"].map(order).groupby(frame["case_id"]).min()
    return found.map({rank: verdict for verdict, rank in order.items()})


def o01(t: Tables) -> pd.DataFrame:
    """只问下不问上."""
    p = t.people
    person = p["kind"] != "organization"
    upper = p["tier"].isin(["province", "city", "county", "township", "enterprise", "other"])
    found = _any(p, person=person, unknown=person & (p["leader"] == "unknown"), leads=person & (p["leader"] == "yes"),
                 body=p["party_body"] & upper, other=~person & (p["tier"] != "village"), unlisted=p["listed"] != "yes")  # fmt: skip
    found["read"] = True
    found = found.reindex(t.cases["case_id"]).astype("boolean").fillna(False).astype(bool)
    return _on_cases(t, choose(
        found.index, (found["leads"] | found["body"], "clear"), (~found["person"] & found["read"], "exempt"),
        (~found["read"] | found["unknown"] | found["other"] | found["unlisted"], "undetermined"), default="suspect",
    ))  # fmt: skip


def o02(t: Tables) -> pd.DataFrame:
    """问责对象不适用问责条例."""
    p = t.people
    told = joined(p["unit_post_raw"], p["post"])
    secretary = holds(told, "书记") & ~holds(told, "副书记")
    party_post = holds(told, "书记|党组|党委|常委|党工委|纪委|党总支|党支部")
    role, rank, village = p["role"], p["rank_order"], p["tier"] == "village"
    led = choose(
        p.index,
        (p["acting_head"].fillna(False) | (village & secretary) | (p["leader"] == "yes"), "yes"),
        (village & (role == "village_cadre"), "unknown"),
        ((role == "staff") | ((role == "middle") & (rank < 40)) | ((role == "unknown") & (rank < 30)), "no"),
        ((p["leader"] == "no") & ~role.isin(["middle", "unknown"]), "no"),
        default="unknown",
    )
    fault = (p["politics"] == "non_party") | (led == "no")
    basis = p["legal_basis"]
    open_question = (
        (p["kind"] == "unknown") | (basis.isna() & (fault | (led == "unknown"))) | (led == "unknown")
        | (p["politics"].isna() & t.sheets_with(p, "politics") & ~party_post)
    )  # fmt: skip
    other = (basis.notna() & (basis != "accountability")) | says_not_applicable(p["legal_basis_raw"])
    return _on_people(p, choose(
        p.index,
        ((p["kind"] == "organization") | other, "exempt"),
        (fault & (basis == "accountability") & (p["kind"] == "person"), "suspect"),
        (open_question, "undetermined"),
    ))  # fmt: skip


def o03(t: Tables) -> pd.DataFrame:
    """以“属地管理”问责村级."""
    p = t.people[(t.people["tier"] == "village") & (t.people["kind"] != "organization")]
    cases = t.cases[t.cases["case_id"].isin(p["case_id"])].merge(t.domain_list[["domain", "licensed_power"]], on="domain", how="left")
    text = cases["title"].fillna("") + "。" + cases["reason"].fillna("")
    cases = cases[["case_id", "domain"]].assign(
        power=holds(text, t.powers["licensed"]) | cases["licensed_power"].eq(True), own=holds(text, t.powers["village_own"]),
        delegated=holds(text, "委托执法|执法委托|受委托行使|委托书"), no_text=cases["title"].isna() & cases["reason"].isna(),
    )  # fmt: skip
    p = p.merge(cases, on="case_id", suffixes=("", "_case"))
    duty = holds(joined(p["unit_post_raw"], p["post"]), t.powers["own_duty_posts"])
    return _on_people(p, choose(
        p.index, (p["delegated"] | holds(p["note"], "委托执法|执法委托|受委托行使"), "exempt"),
        ((p["kind"] == "unknown") | (p["no_text"] & p["domain"].isna()) | (p["power"] & (p["own"] | duty)), "undetermined"),
        (p["power"], "suspect"),
    ))  # fmt: skip


def o04(t: Tables) -> pd.DataFrame:
    """问责党组织未同时问责班子成员."""
    p = t.people
    b = p[p["party_body"]].copy()
    if b.empty:
        return _on_people(b, pd.Series(dtype=str))
    spared = b["measures_complete"].eq(True) | (b["organization_band"] == 0)
    b["held"] = choose(b.index, (b["organization_band"] >= 1, "yes"), (spared, "no"), default="unknown")
    tail = "(?:领导班子|班子|党组|机关党委|党总支|党支部|支部委员会|支部|委员会)$"
    key = b["unit_key"].str.replace(tail, "", regex=True)
    b["body_key"] = key.where(key != "", b["unit_key"])
    name = b["name"].fillna("") + "|" + b["unit"].fillna("")
    b["committee"] = holds(name, r"(?:[省市县区州旗盟]委|党工委|[镇乡]党委|街道党委|委员会)(?:领导班子|班子)?(?:[|]|$)")
    b["village"] = b["unit_key"].str.extract(r"([^省市县区州旗镇乡道]+(?:村|社区))$")[0].where(b["tier"] == "village")
    m = p[(p["kind"] != "organization") & p["case_id"].isin(b["case_id"])]
    key = m["unit_key"].str.replace("(?:党组|机关党委|党总支|党支部|支部)$", "", regex=True)
    m = pd.DataFrame({
        "case_id": m["case_id"], "member_key": key.where(key != "", m["unit_key"]), "m_unit": m["unit_key"], "m_place": m["place_key"],
        "m_tier": m["tier"], "told": joined(m["unit"], m["unit_post_raw"]),
        "post_in": holds(joined(m["unit"], m["unit_post_raw"], m["post"]),
                         "常委|党委委员|党工委委员|党委副书记|党工委副书记|党委书记|党工委书记|[省市县区州旗盟]委副?书记"),
    })  # fmt: skip
    met = b.merge(m, on="case_id")
    same_place = met["m_place"].notna() & (met["m_place"] == met["place_key"])
    named = [isinstance(v, str) and isinstance(x, str) and v in x for v, x in zip(met["village"], met["told"], strict=True)]
    member = (met["member_key"].notna() & (met["member_key"] == met["body_key"])) | (met["committee"] & met["post_in"] & same_place)
    met = met.assign(
        member=member | ((met["m_tier"] == "village") & pd.Series(named, index=met.index, dtype=bool)),
        neighbour=met["committee"] & same_place & (met["m_tier"] == met["tier"]), unplaced=met["m_unit"].isna(),
    )  # fmt: skip
    found = met.groupby("respondent_id")[["member", "neighbour", "unplaced"]].any().reindex(b["respondent_id"], fill_value=False)
    b[["member", "neighbour", "unplaced"]] = found.to_numpy()
    doubt = (b["held"] == "unknown") | b["unit_key"].isna() | b["unplaced"] | b["neighbour"] | (b["listed"] != "yes")
    b["verdict"] = choose(b.index, (b["held"] == "no", "exempt"), (b["member"], "clear"), (doubt, "undetermined"), default="suspect")
    return _on_cases(t, _worst(b))


def o05(t: Tables) -> pd.DataFrame:
    """只问副职不问正职."""
    p = t.people.assign(level=t.tier_order)
    ranked = p["tier"].isin(["province", "city", "county", "township"])
    d = p[(p["kind"] == "person") & p["is_deputy_post"].eq(True) & (p["role"] != "village_cadre") & ranked]
    o = p[p["case_id"].isin(d["case_id"]) & ((p["kind"] != "person") | p["role"].isin(["head", "unknown"]) | p["acting_head"].eq(True))]
    key = o["unit_key"].str.replace("(?:党组|机关党委|党总支|党支部|支部)$", "", regex=True)
    o = o.assign(body_key=key.where(key != "", o["unit_key"]))
    o = o[["case_id", "unit_key", "place_key", "kind", "party_body", "role", "level", "body_key"]]
    met = d.merge(o, on="case_id", suffixes=("", "_o"))
    head = (met["role_o"] == "head") & (met["kind_o"] == "person")
    known = met["unit_key"].notna()
    same_unit = known & (met["unit_key_o"] == met["unit_key"])
    above = met["level_o"] >= met["level"]
    same_place = met["place_key"].notna() & (met["place_key_o"] == met["place_key"])
    unplaced = met["unit_key_o"].isna() | met["level_o"].isna()
    met = met.assign(
        head=head & same_unit, other=head & above,
        body=met["party_body_o"] & (same_unit | (known & (met["body_key"] == met["unit_key"])) | (same_place & above)),
        unknown=((met["kind_o"] != "organization") & ((met["role_o"] == "unknown") | ((met["role_o"] == "head") & unplaced)))
        | (met["kind_o"] == "unknown"),
    )  # fmt: skip
    names = ["head", "other", "body", "unknown"]
    d = d.assign(**met.groupby("respondent_id")[names].any().reindex(d["respondent_id"], fill_value=False).set_index(d.index))
    doubt = d["unit_key"].isna() | d["body"] | d["other"] | d["unknown"] | (d["listed"] != "yes")
    d["verdict"] = choose(d.index, (d["acting_head"], "exempt"), (d["head"], "clear"), (doubt, "undetermined"), default="suspect")
    unit = d["unit_key"].fillna(d["unit"]).fillna("")
    acting = (d["verdict"] == "exempt").groupby([d["case_id"], unit]).transform("any")
    d["verdict"] = d["verdict"].mask(acting, "exempt")
    return _on_cases(t, _worst(d))


def o06(t: Tables) -> pd.DataFrame:
    """只问属地不问主管（监管）部门."""
    p = t.people
    upper = p["tier"].isin(["county", "city", "province"])
    found = _any(p, local=p["tier"].isin(["township", "village"]), upper=upper, unknown=p["tier"].isin(["unknown", "other"]),
                 unlisted=p["listed"] != "yes")  # fmt: skip
    c = t.cases.merge(found[found["local"]], left_on="case_id", right_index=True)
    blank = c["domain"].isna()
    text = c["title"].fillna("") + "。" + c["reason"].fillna("")
    c["domain"] = c["domain"].where(~blank, t.domains_of(text[blank]).reindex(c.index))
    c = c.merge(t.domain_list, on="domain", how="left")
    regulated = c["licensed_power"].eq(True) & c["regulators"].notna()
    known = c["licensed_power"].notna() & (c["domain"] != "其他")
    seen = c.loc[regulated & c["upper"], ["case_id", "domain"]].merge(p[upper], on="case_id", suffixes=("", "_p"))
    units = joined(seen["unit"], seen["unit_post_raw"], seen["unit_key"], seen["name"])
    patterns = t.domain_list.set_index("domain")["regulators"]
    answered = set()
    for domain, rows in seen.groupby("domain"):
        answered |= set(rows.loc[holds(units[rows.index], patterns[domain]), "case_id"])
    doubt = ~known | c["upper"] | c["unknown"] | c["unlisted"]
    verdict = choose(c.index, (says_not_applicable(c["domain_raw"]), "exempt"), (known & ~regulated, "clear"),
                     (c["case_id"].isin(answered), "clear"), (doubt, "undetermined"), default="suspect")  # fmt: skip
    return _on_cases(t, verdict.set_axis(c["case_id"]))


def r01(t: Tables) -> pd.DataFrame:
    """领导责任未区分主要与重要."""
    p = t.people
    kind, raw, word = p["kind"], p["responsibility_raw"], p["responsibility"]
    bare = (word == "unknown") & raw.isna() & holds(p["measures_raw"], "领导责任")
    bare &= ~holds(p["measures_raw"], "(?:全面|主要|重要|次要|直接)领导责任")
    undivided = (word == "undifferentiated_leadership") | bare
    return _on_people(p, choose(
        p.index, ((kind == "organization") | says_not_applicable(raw), "exempt"),
        (((kind == "unknown") & undivided) | ((word == "unknown") & ~bare), "undetermined"), (undivided, "suspect"),
    ))  # fmt: skip


def r02(t: Tables) -> pd.DataFrame:
    """直接责任当作问责责任."""
    p = t.people
    direct, basis = p["responsibility"] == "direct", p["legal_basis"]
    other = (basis.notna() & (basis != "accountability")) | says_not_applicable(p["legal_basis_raw"])
    return _on_people(p, choose(
        p.index, ((p["kind"] == "organization") | says_not_applicable(p["responsibility_raw"]) | (direct & other), "exempt"),
        ((p["responsibility"] == "unknown") | (direct & basis.isna()), "undetermined"), (direct, "suspect"),
    ))  # fmt: skip


def r03(t: Tables) -> pd.DataFrame:
    """责任用错对象."""
    p = t.people
    kind, word = p["kind"], p["responsibility"]
    return _on_people(p, choose(
        p.index, (says_not_applicable(p["responsibility_raw"]), "exempt"),
        ((word == "unknown") | ((kind == "unknown") & word.isin(LEADING[:3])), "undetermined"),
        (((kind == "person") & (word == LEADING[0])) | ((kind == "organization") & word.isin(LEADING[1:3])), "suspect"),
    ))  # fmt: skip


def r05(t: Tables) -> pd.DataFrame:
    """有重要领导责任而无主要领导责任."""
    p = t.people[t.people["kind"] != "organization"]
    word, clause = p["responsibility"], p["exempt_clause"]
    spared = (p["band"] == 0) | ~(says_nothing(clause) | says_not_applicable(clause))
    found = _any(p, important=word == "important_leadership", primary=word == "primary_leadership", unlisted=p["listed"] != "yes",
                 open=word.isin(["unknown", "undifferentiated_leadership"]), spared=(word != "important_leadership") & spared)  # fmt: skip
    important = found["important"]
    return _on_cases(t, choose(
        found.index, (found["primary"], "clear"), (important & found["spared"], "exempt"),
        (found["open"] | (important & found["unlisted"]), "undetermined"), (important, "suspect"),
    ))  # fmt: skip


def r06(t: Tables) -> pd.DataFrame:
    """责任表述非法定用语."""
    p = t.people
    word = p["responsibility"]
    loose = word.isin(["supervisory", "main_body", "other"])
    wordless = (word == "other") & (p["responsibility_words"].str.len().fillna(0) == 0)
    return _on_people(p, choose(
        p.index, ((p["kind"] == "organization") | says_not_applicable(p["responsibility_raw"]), "exempt"),
        ((word == "unknown") | wordless | ((p["kind"] == "unknown") & loose), "undetermined"), (loose, "suspect"),
    ))  # fmt: skip


def r07(t: Tables, min_gap: int = 2) -> pd.DataFrame:
    """同案责任与处理倒挂."""
    p = t.people[t.people["kind"] != "organization"]
    word = p["responsibility"]
    both = [word == "primary_leadership", word == "important_leadership"]
    found = _any(p, unknown=word == "unknown", unmeasured=(both[0] | both[1]) & p["band"].isna(), primary=both[0], important=both[1])
    reason = {name: says_something(p[name]) for name in ("aggravation", "mitigation")}
    j = p.assign(worse=reason["aggravation"], better=reason["mitigation"], words=p["responsibility_words"].str.len().fillna(0))
    j = j.loc[(j["band"] != 0) & j["band"].notna(), ["case_id", "responsibility", "band", "unit_key", "role", "worse", "better", "words"]]
    pairs = j[j["responsibility"] == "primary_leadership"].merge(j, on="case_id", suffixes=("", "_h"))
    lesser = pairs["responsibility_h"].isin(["supervisory", "main_body", "other"]) & (pairs["words_h"] > 0)
    lesser &= pairs["unit_key_h"] == pairs["unit_key"]
    lesser &= pairs["role"].isin(["head", "deputy"]) & pairs["role_h"].isin(["middle", "staff"])
    pairs = pairs[(pairs["band_h"] >= pairs["band"] + min_gap) & ((pairs["responsibility_h"] == "important_leadership") | lesser)]
    excused = (pairs["worse_h"] | pairs["better"]).groupby(pairs["case_id"]).all().reindex(found.index)
    doubt = found["unknown"] | (found["primary"] & found["important"] & found["unmeasured"])
    return _on_cases(t, choose(
        found.index, (excused.eq(False), "suspect"), (doubt, "undetermined"), (excused.eq(True), "exempt"),
    ))  # fmt: skip


def r08(t: Tables) -> pd.DataFrame:
    """只问执行责任未问决策责任."""
    p = t.people
    word, raw = p["responsibility"], p["responsibility_raw"]
    words = p["responsibility_words"].map(lambda found: "、".join(found) if found is not None and len(found) else "", na_action="ignore")
    other = word == "other"
    side = choose(
        p.index, (p["party_body"], "led"), (p["kind"] == "organization", "ignored"), (word.isin(LEADING), "led"),
        (says_not_applicable(raw), "not_applicable"), (word == "none", "ignored"), (word == "direct", "execution"),
        ((word == "supervisory") & holds(raw, "监管"), "execution"), (other & holds(words, "决策|把关|审核|审批|审查"), "decision"),
        (other & holds(words, "执行|落实|经办|具体|岗位|工作|本职|管理|管控|属地"), "execution"),
        (word.isin(["main_body", "supervisory"]), "duty"), default="unknown",
    )  # fmt: skip
    found = _any(p, led=side.isin(["led", "decision", "duty"]), execution=side == "execution", unknown=side == "unknown",
                 none=side == "not_applicable", unlisted=p["listed"] != "yes")  # fmt: skip
    return _on_cases(t, choose(
        found.index, (found["led"], "clear"), (found["none"] & ~found["execution"] & ~found["unknown"], "exempt"),
        (found["unknown"] | (found["execution"] & found["unlisted"]), "undetermined"), (found["execution"], "suspect"),
    ))  # fmt: skip
