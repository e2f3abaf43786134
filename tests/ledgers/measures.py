"""What was done to a respondent, in the words of a ledger, with the codes that these words stand for."""

import random
from dataclasses import dataclass

EDUCATION = (
    ("谈话提醒", "reminder_talk"), ("批评教育", "criticism_education"), ("诫勉谈话", "admonition"), ("诫勉", "admonition"),
    ("书面诫勉", "admonition"), ("通报批评", "circular"), ("责令作出书面检查", "written_check"), ("警示谈话", "warning_talk"),
)  # fmt: skip
ORGANIZATIONAL = (
    ("免职", "removal"), ("停职检查", "suspension"), ("调整职务", "post_adjustment"), ("责令辞职", "ordered_resignation"),
    ("降职", "demotion"), ("调离岗位", "post_adjustment"), ("引咎辞职", "blamed_resignation"),
)  # fmt: skip
PARTY = (
    ("党内警告", "party_warning"), ("党内警告", "party_warning"), ("党内严重警告", "party_serious_warning"),
    ("撤销党内职务", "party_removal"), ("留党察看一年", "party_probation"), ("开除党籍", "party_expulsion"),
)  # fmt: skip
ADMINISTRATIVE = (
    ("政务警告", "admin_warning"), ("政务记过", "admin_demerit"), ("政务记大过", "admin_major_demerit"), ("政务降级", "admin_demotion"),
    ("政务撤职", "admin_removal"), ("行政记过", "admin_demerit"), ("行政警告", "admin_warning"), ("政纪记大过", "admin_major_demerit"),
)  # fmt: skip
TRACKS = {"education": EDUCATION, "organizational": ORGANIZATIONAL, "party": PARTY, "administrative": ADMINISTRATIVE}
# Sentences with what they say: (code, final) each.
SENTENCES = (
    ("建议免去其现任职务", {("removal", False)}),
    ("建议给予党内警告处分", {("party_warning", False)}),
    ("拟给予政务记过处分", {("admin_demerit", False)}),
    ("先期免职，给予党内严重警告处分", {("removal", False), ("party_serious_warning", True)}),
    ("停职检查，后给予党内警告处分", {("suspension", False), ("party_warning", True)}),
    ("立案审查调查", {("case_filing", False)}),
    ("开除党籍、开除公职，移送司法机关处理", {("party_expulsion", True), ("admin_expulsion", True), ("justice_transfer", False)}),
    ("免予党纪处分，给予诫勉谈话", {("exempt_sanction", True), ("admonition", True)}),
    ("不予问责", {("no_accountability", True)}),
    ("给予党内警告、政务记过处分", {("party_warning", True), ("admin_demerit", True)}),
    ("撤销党内职务、政务撤职", {("party_removal", True), ("admin_removal", True)}),
    ("诫勉谈话并通报批评", {("admonition", True), ("circular", True)}),
    ("党内严重警告，免职", {("party_serious_warning", True), ("removal", True)}),
    ("由县委组织部予以免职，由县纪委给予党内警告处分", {("removal", True), ("party_warning", True)}),
)
UNDECIDED = ("组织处理", "给予相应处理", "已处理到位")
ORGANIZATIONS = (
    ("责令作出书面检查", {("org_check", True)}), ("通报", {("org_circular", True)}), ("通报批评", {("org_circular", True)}),
    ("责令作出深刻检查并通报", {("org_check", True), ("org_circular", True)}), ("改组", {("org_reorganized", True)}),
)  # fmt: skip

# Slips of the pen and of the input method, old and traditional forms; none changes what is meant.
TYPOS = (
    ("诫勉", "诫免"), ("诫勉", "戒勉"), ("诫勉", "诚勉"), ("察看", "查看"), ("撤销", "撤消"), ("停职检查", "停止检查"), ("党内警告",
    "党纪警告"),
    ("记过", "纪过"), ("记大过", "纪大过"), ("政务", "政物"), ("批评", "批平"), ("检查", "捡查"), ("谈话", "谈活"), ("党内职务",
    "党内职位"),
    ("引咎", "引疚"), ("处分", "处份"), ("党内", "党內"), ("严重警告", "嚴重警告"), ("党", "黨"), ("警告", "警吿"), ("降级", "降級"),
    ("免职", "免職"), ("给予", "給予"), ("诫勉", "誡勉"), ("职务", "职物"), ("警告", "警 告"), ("开除党籍", "开除党藉"), ("调整", "凋整"),
    ("责令", "责今"), ("通报", "通抱"), ("辞职", "辞取"), ("移送", "移交"), ("党内警告", "党内警告 "), ("政务撤职", "政务撒职"),
    ("警告", "惊告"),
    ("记过", "计过"), ("严重", "产重"), ("降职", "绛职"), ("提醒", "提酲"), ("留党", "留黨"),
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A measure text and what it says. ``codes`` None: the text does not tell the measure. tracks: text by column where measures
    have a column for each track."""

    text: str | None
    codes: frozenset[tuple[str, bool]] | None
    tracks: tuple[tuple[str, str], ...] | None = None


NOTHING = Told(None, frozenset())


def told_for(rng: random.Random, kind: str, undecided: bool = False) -> Told:
    """Measures of a respondent."""
    if kind == "organization":
        text, codes = rng.choice(ORGANIZATIONS)
        return Told(text, frozenset(codes))
    chance = rng.random()
    if undecided and chance < 0.015:
        return Told(rng.choice(UNDECIDED), None)
    if chance < 0.14:
        text, codes = rng.choice(SENTENCES)
        return Told(text, frozenset(codes))
    tracks = [rng.choice(("education", "party", "administrative", "organizational", "party", "education"))]
    if rng.random() < 0.18:
        tracks.append(rng.choice([t for t in TRACKS if t not in tracks]))
    atoms = {t: rng.choice(TRACKS[t]) for t in tracks}
    final = {code: not (code == "suspension" and len(atoms) > 1) for _, code in atoms.values()}
    codes = frozenset((code, final[code]) for _, code in atoms.values())
    return Told(_sentence(rng, list(atoms.items())), codes, tuple((t, word) for t, (word, _) in atoms.items()))


def _sentence(rng: random.Random, atoms: list[tuple[str, tuple[str, str]]]) -> str:
    words = [w for _, (w, _) in atoms]
    if len(words) == 1:
        formal = atoms[0][0] in ("party", "administrative")
        return (
            rng.choice(("{}", "{}", "给予{}", "给予{}处分" if formal else "予以{}", "{}处分" if formal else "{}处理"))
            .format(words[0])
            .replace("给予责令", "责令")
        )
    return rng.choice(("{}、{}", "{}，{}", "{}；{}", "给予{}，并{}", "{}并{}", "{}\n{}", "{}+{}")).format(*words)


def misspelt(rng: random.Random, text: str) -> str:
    """The text with one slip that fits it, if there is one."""
    fitting = [(right, wrong) for right, wrong in TYPOS if right in text]
    if not fitting:
        return text
    right, wrong = rng.choice(fitting)
    return text.replace(right, wrong, 1)
