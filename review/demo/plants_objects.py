"""Planted cases about who was held responsible (checks O01 to O06)."""

from review.demo.model import Person
from review.demo.people import town_government
from review.demo.places import VILLAGES
from review.demo.scenarios import CLEAR, EXEMPT, SUSPECT, UNDETERMINED, Scene, scenario

VILLAGE = VILLAGES[0]


@scenario("O01", SUSPECT)
def only_village_and_staff(s: Scene) -> None:
    s.open("village")
    s.add(s.cast.village_secretary(s.town, VILLAGE))
    s.add(s.cast.staff(s.town + "农业综合服务中心"))
    s.say("只有村党支部书记和一般工作人员，没有乡科级以上领导")


@scenario("O01", SUSPECT)
def only_staff(s: Scene) -> None:
    s.open("finance")
    s.add(s.cast.staff(s.cast.bureau("财政局")))
    s.say("只有一般工作人员")
    s.also("R08", SUSPECT, "只有直接责任，没有任何领导责任")


@scenario("O01", CLEAR)
def village_with_town_secretary(s: Scene) -> None:
    s.open("village")
    s.add(s.cast.village_secretary(s.town, VILLAGE))
    s.add(s.cast.town_secretary(s.town))
    s.say("同案有乡镇（街道）党委书记")


@scenario("O01", CLEAR)
def leader_named_by_rank_too(s: Scene) -> None:
    s.open("discipline")
    s.head()
    leader = s.add(s.cast.town_head(s.town))
    leader.rank = "一级主任科员"
    s.say("职级是一级主任科员，但担任乡镇（街道）正职")


@scenario("O01", UNDETERMINED, "rows", "rank")
def post_not_told(s: Scene) -> None:
    s.open("finance")
    somebody = s.head()
    somebody.post, somebody.post_now, somebody.rank = None, None, None
    s.say("唯一的问责对象没有职务和职级，无法判断是不是领导")
    s.also("O02", UNDETERMINED, "没有职务和职级", somebody)
    s.also("D01 M03 M09", UNDETERMINED, "职务空白", somebody)


@scenario("O02", SUSPECT, "legal_basis", "politics")
def clerk_under_accountability_rules(s: Scene) -> None:
    s.open("livelihood")
    s.head()
    clerk = s.add(s.cast.staff(s.cast.bureau("民政局"), basis="《中国共产党问责条例》第七条"))
    clerk.responsibility = "重要领导责任"
    s.say("科员不是问责条例的对象，却适用问责条例", clerk)


@scenario("O02", SUSPECT, "legal_basis", "politics")
def non_party_deputy(s: Scene) -> None:
    s.open("livelihood")
    s.head()
    deputy = s.deputy("通报", post="副局长")
    deputy.politics = "群众"
    s.say("非中共党员适用问责条例", deputy)


@scenario("O02", EXEMPT, "legal_basis", "politics")
def clerk_under_discipline_rules(s: Scene) -> None:
    s.open("livelihood")
    s.head()
    clerk = s.add(s.cast.staff(s.cast.bureau("民政局")))
    s.say("一般工作人员适用的是纪律处分条例", clerk)
    s.also("R02", EXEMPT, "直接责任的依据是纪律处分条例", clerk)


@scenario("O02", CLEAR, "legal_basis", "politics")
def village_secretary_is_leader(s: Scene) -> None:
    s.open("village")
    s.add(s.cast.town_secretary(s.town))
    secretary = s.add(s.cast.village_secretary(s.town, VILLAGE))
    s.say("村党支部书记是基层党组织的负责人", secretary)


@scenario("O02", UNDETERMINED, "legal_basis", "politics")
def politics_blank(s: Scene) -> None:
    s.open("finance")
    head = s.head(post="局长")
    head.politics = None
    s.say("政治面貌空白，职务也看不出是不是党员", head)
    s.also("M08", UNDETERMINED, "政治面貌空白，受党内警告", head)


@scenario("O03", SUSPECT, "rows")
def village_for_environment(s: Scene) -> None:
    s.open("environment")
    s.head()
    s.add(s.cast.town_head(s.town))
    secretary = s.add(s.cast.village_secretary(s.town, VILLAGE, "诫勉"))
    s.say("以环境执法事项问责没有执法权的村党支部书记", secretary)


@scenario("O03", SUSPECT, "reason")
def village_by_territory(s: Scene) -> None:
    s.open("land")
    s.case.reason = "未落实属地管理责任，对村内违法占地制止不力。"
    s.head()
    s.add(s.cast.town_head(s.town))
    secretary = s.add(s.cast.village_secretary(s.town, VILLAGE, "党内警告"))
    s.say("事由以“属地管理”为由问责村党支部书记", secretary)


@scenario("O03", CLEAR, "reason")
def village_own_matter(s: Scene) -> None:
    s.open("village")
    s.case.title = s.town.removeprefix(s.case.county) + VILLAGE + "村级集体资金管理混乱"
    s.case.reason = "村级“三资”管理混乱，集体资金支出手续不全。"
    s.add(s.cast.town_secretary(s.town))
    secretary = s.add(s.cast.village_secretary(s.town, VILLAGE))
    s.say("村级“三资”是村自己的职责", secretary)


@scenario("O03", CLEAR, "reason")
def town_by_territory(s: Scene) -> None:
    s.open("land")
    s.case.reason = "未落实属地管理责任，对违法占地制止不力。"
    s.head()
    leader = s.add(s.cast.town_head(s.town))
    s.say("属地管理问责的是乡镇领导，不是村级", leader)


@scenario("O03", UNDETERMINED, "reason")
def village_own_work_on_licensed_land(s: Scene) -> None:
    s.open("land")
    s.case.reason = "村级工程未经批准占用耕地，村党支部未落实属地管理责任。"
    s.head()
    s.add(s.cast.town_head(s.town))
    secretary = s.add(s.cast.village_secretary(s.town, VILLAGE, "党内警告"))
    s.say("既有“属地管理”，又是村级工程，要看具体事实", secretary)


@scenario("O04", SUSPECT)
def party_group_without_members(s: Scene) -> None:
    s.open("discipline")
    s.add(s.cast.organization(s.cast.bureau("文化和旅游局党组"), "通报"))
    s.add(s.cast.town_secretary(s.town))
    s.say("问责了局党组，班子成员一个也没有")


@scenario("O04", CLEAR)
def party_group_with_head(s: Scene) -> None:
    s.open("discipline")
    s.add(s.cast.organization(s.cast.bureau("文化和旅游局党组"), "通报"))
    s.head()
    s.say("同时问责了党组书记、局长")


@scenario("O04", CLEAR)
def town_committee_with_secretary(s: Scene) -> None:
    s.open("village")
    s.add(s.cast.organization(s.town + ("党工委" if s.town.endswith("街道") else "党委"), "检查"))
    s.add(s.cast.town_secretary(s.town))
    s.say("同时问责了党委（党工委）书记")


@scenario("O04", UNDETERMINED)
def town_committee_with_government_head(s: Scene) -> None:
    s.open("village")
    s.add(s.cast.organization(s.town + ("党工委" if s.town.endswith("街道") else "党委"), "检查"))
    s.add(s.cast.town_head(s.town))
    s.say("只有政府领导，是否党委班子成员说不清")


@scenario("O05", SUSPECT)
def deputy_without_head(s: Scene) -> None:
    s.open("livelihood")
    deputy = s.deputy()
    deputy.responsibility = "主要领导责任"
    s.say("只有副局长，没有局长")


@scenario("O05", SUSPECT)
def deputy_above_a_town_head(s: Scene) -> None:
    s.open("environment")
    deputy = s.deputy()
    deputy.responsibility = "负主要领导责任"
    s.add(s.cast.town_head(s.town))
    s.say("副局长没有同级正职同案，乡镇正职层级更低")


@scenario("O05", CLEAR)
def deputy_in_charge(s: Scene) -> None:
    s.open("livelihood")
    deputy = s.deputy(post="党组副书记、副局长（主持工作）")
    deputy.responsibility = "主要领导责任"
    s.say("副局长主持工作")


@scenario("O05", CLEAR)
def deputy_with_head(s: Scene) -> None:
    s.open("livelihood")
    s.head()
    s.deputy()
    s.say("局长、副局长都被问责")


@scenario("O05", UNDETERMINED)
def deputy_with_other_head(s: Scene) -> None:
    s.open("livelihood")
    deputy = s.deputy()
    deputy.responsibility = "主要领导责任"
    s.add(s.cast.bureau_head("财政局", "党组"))
    s.say("有同级其他单位的正职，是否还应有本单位正职说不清")


@scenario("O05", UNDETERMINED)
def deputy_with_party_group(s: Scene) -> None:
    s.open("livelihood")
    s.add(s.cast.organization(s.cast.bureau("民政局党组"), "检查"))
    deputy = s.deputy()
    deputy.responsibility = "主要领导责任"
    s.say("本单位党组织已被问责，正职是否包含在内说不清")


@scenario("O06", SUSPECT, "domain")
def only_town_for_environment(s: Scene) -> None:
    s.open("environment")
    s.add(s.cast.town_head(s.town))
    s.add(s.cast.town_deputy(s.town))
    s.say("生态环境问题只问责了乡镇（街道）")


@scenario("O06", SUSPECT, "domain")
def only_town_for_safety(s: Scene) -> None:
    s.open("safety")
    s.add(s.cast.town_secretary(s.town))
    s.say("安全生产问题只问责了乡镇（街道）")


@scenario("O06", CLEAR, "domain")
def town_with_regulator(s: Scene) -> None:
    s.open("environment")
    s.add(s.cast.town_head(s.town))
    s.head()
    s.say("主管部门生态环境局同案被问责")


@scenario("O06", CLEAR, "domain")
def town_in_party_matter(s: Scene) -> None:
    s.open("village")
    s.add(s.cast.town_secretary(s.town))
    s.say("基层党建没有对应的监管部门")


@scenario("O06", UNDETERMINED, "domain")
def town_with_other_bureau(s: Scene) -> None:
    s.open("environment")
    s.add(s.cast.town_head(s.town))
    s.add(s.cast.bureau_head("教育局", "党组"))
    s.say("有县级部门，但不是该领域通常的主管部门")


@scenario("O02", EXEMPT, "legal_basis", "politics")
def non_party_under_supervision_law(s: Scene) -> None:
    s.open("finance")
    s.head()
    deputy = s.deputy("政务警告", post="副局长", basis="《中华人民共和国公职人员政务处分法》第三十九条")
    deputy.politics = "民主党派"
    s.say("非中共党员适用的是政务处分法", deputy)


def _deputy_secretary_and_head(s: Scene) -> Person:
    """党委副书记 and head of the government in one person."""
    person = s.add(s.cast.town_head(s.town))
    group = "党工委" if s.town.endswith("街道") else "党委"
    person.unit, person.post = s.town, f"{group}副书记、{town_government(s.town)[1] if group == '党委' else '办事处主任'}"
    return person


@scenario("O04", CLEAR)
def town_committee_with_deputy_secretary(s: Scene) -> None:
    s.open("village")
    s.add(s.cast.organization(s.town + ("党工委" if s.town.endswith("街道") else "党委"), "检查"))
    _deputy_secretary_and_head(s)
    s.say("镇长（主任）同时是党委（党工委）副书记，是班子成员")


@scenario("O05", CLEAR)
def head_who_is_deputy_secretary(s: Scene) -> None:
    s.open("village")
    _deputy_secretary_and_head(s)
    s.say("党委副书记同时是镇长（主任），是政府的正职")
