"""Respondents of demo cases: heads, deputies, town leaders, village cadres, staff and party organisations."""

from random import Random

from review.demo.model import AUTO, LATER_STEPS, NOT_APPLICABLE, PERSON_STEPS, YES, County, Person
from review.demo.places import last_signs, person_name

PRIMARY = ("主要领导责任", "负主要领导责任", "负有主要领导责任", "主要领导责任", "负直接领导责任")
IMPORTANT = ("重要领导责任", "负重要领导责任", "负有重要领导责任", "重要领导责任", "次要领导责任")
OVERALL = ("全面领导责任", "负全面领导责任")
DIRECT = ("直接责任", "负直接责任", "直接责任人")
BEFORE_POST = ("",) * 8 + ("时任", "原")
POSTS_NOW = (None,) * 7 + ("已退休", "县政协一级主任科员", "县委党校三级调研员")
# The item of article 7 is added when the case is finished: a bare article 7 would be incomplete.
ACCOUNTABILITY_BASIS = "《中国共产党问责条例》第七条"
DISCIPLINE_BASIS = "《中国共产党纪律处分条例》第一百三十三条"

# Ways of writing one measure, correct first; the later ones are the slips that clerks make (domain.md 7.2).
WORDS = {
    "通报": ("通报", "通报批评", "予以通报"),
    "诫勉": ("诫勉谈话", "诫勉", "书面诫勉", "诫免谈话", "戒勉谈话", "给予诫勉谈话"),
    "停职检查": ("停职检查", "停止检查"),
    "调整职务": ("调整职务", "调离岗位"),
    "免职": ("免职",),
    "党内警告": ("党内警告", "党内警告处分", "给予党内警告处分", "党纪警告"),
    "党内严重警告": ("党内严重警告", "党内严重警告处分", "给予党内严重警告处分"),
    "撤销党内职务": ("撤销党内职务", "撤销党内职务处分"),
    "留党察看一年": ("留党察看一年", "留党查看一年"),
    "政务警告": ("政务警告", "政务警告处分", "行政警告"),
    "政务记过": ("政务记过", "给予政务记过处分", "行政记过"),
    "政务记大过": ("政务记大过",),
    "检查": ("书面检查", "责令作出书面检查"),
}
TRACK = {
    "通报": "education", "诫勉": "education", "停职检查": "organizational", "调整职务": "organizational", "免职": "organizational",
    "党内警告": "party", "党内严重警告": "party", "撤销党内职务": "party", "留党察看一年": "party",
    "政务警告": "administrative", "政务记过": "administrative", "政务记大过": "administrative", "检查": "education",
}


def say(random: Random, *measures: str) -> dict[str, str]:
    """Track -> text for these measures, each in one of the ways in which ledgers write it."""
    return {TRACK[m]: random.choice(WORDS[m]) for m in measures}


class Cast:
    """Makes the respondents of one case; names never repeat within it, nor among the cases that share ``taken``."""

    def __init__(self, random: Random, county: County, taken: set[str] | None = None):
        self.random, self.county = random, county
        self.taken = set() if taken is None or county.masked_names else taken
        self.last = last_signs(county)

    def _person(self, unit: str, post: str, rank: str, responsibility: str, measures: dict[str, str], **more) -> Person:
        name = person_name(self.random, self.taken, self.county.masked_names, self.last)
        if rank != "村干部":
            post = self.random.choice(BEFORE_POST) + post
            more.setdefault("post_now", self.random.choice(POSTS_NOW))
        return Person(name, unit, post, rank, responsibility=responsibility, measures=measures, **more)

    def bureau(self, name: str) -> str:
        """Full name of a county bureau."""
        return self.county.name + name

    def town(self, index: int) -> str:
        """Full name of a town with its county."""
        return self.county.name + self.county.towns[index]

    def bureau_head(self, bureau: str, group: str, *measures: str, post: str | None = None, **more) -> Person:
        """The head of a county bureau, primary responsibility."""
        measures = say(self.random, *(measures or ("党内警告",)))
        return self._person(self.bureau(bureau), post or f"{group}书记、局长", "正科级", self.random.choice(PRIMARY), measures, **more)

    def bureau_deputy(self, bureau: str, group: str, *measures: str, post: str | None = None, **more) -> Person:
        """A deputy head of a county bureau, important responsibility."""
        measures = say(self.random, *(measures or ("党内警告",)))
        return self._person(self.bureau(bureau), post or f"{group}成员、副局长", "副科级", self.random.choice(IMPORTANT), measures, **more)

    def town_head(self, town: str, *measures: str, **more) -> Person:
        """镇长, 乡长 or head of a subdistrict office: primary responsibility."""
        unit, post = town_government(town)
        measures = say(self.random, *(measures or ("党内警告",)))
        return self._person(unit, post, "乡科级正职", self.random.choice(PRIMARY), measures, **more)

    def town_deputy(self, town: str, *measures: str, **more) -> Person:
        """A deputy of the town government: important responsibility."""
        unit, post = town_government(town)
        post = post.replace("主任", "副主任") if "街道" in town else "副" + post
        measures = say(self.random, *(measures or ("党内警告",)))
        return self._person(unit, post, "乡科级副职", self.random.choice(IMPORTANT), measures, **more)

    def town_secretary(self, town: str, *measures: str, **more) -> Person:
        """Secretary of the town's party committee: primary responsibility."""
        post = "党工委书记" if "街道" in town else "党委书记"
        measures = say(self.random, *(measures or ("党内警告",)))
        return self._person(town, post, "乡科级正职", self.random.choice(PRIMARY), measures, **more)

    def village_secretary(self, town: str, village: str, *measures: str, **more) -> Person:
        """Secretary of a village party branch, a leader of a 基层党组织: primary responsibility."""
        measures = say(self.random, *(measures or ("党内警告",)))
        more.setdefault("identity", "村（社区）干部")
        return self._person(town + village, "党支部书记", "村干部", self.random.choice(PRIMARY), measures, **more)

    def staff(self, unit: str, *measures: str, post: str = "工作人员", **more) -> Person:
        """Somebody without a leading post, handled under the discipline rules: direct responsibility."""
        more.setdefault("basis", DISCIPLINE_BASIS)
        measures = say(self.random, *(measures or ("党内警告",)))
        return self._person(unit, post, "科员", self.random.choice(DIRECT), measures, **more)

    def organization(self, name: str, measure: str = "检查", responsibility: str | None = None) -> Person:
        """A party organisation; steps that only a person can go through do not apply."""
        steps = {s: NOT_APPLICABLE if s in ("fact_meeting", "hearing", "sign_opinion") else YES for s in PERSON_STEPS}
        steps |= dict.fromkeys(LATER_STEPS, AUTO)
        return Person(
            name, name, "/", "/", "/", kind="organization", responsibility=responsibility or self.random.choice(OVERALL),
            measures=say(self.random, measure), steps=steps,
        )


def town_government(town: str) -> tuple[str, str]:
    """Unit and head's post of a town government or subdistrict office."""
    if town.endswith("街道"):
        return town + "办事处", "主任"
    return town + "人民政府", town[-1] + "长"
