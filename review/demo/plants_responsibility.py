"""Planted cases about the division of responsibility (checks R01, R02, R03, R05, R06, R07, R08)."""

from review.demo.people import DISCIPLINE_BASIS, say
from review.demo.scenarios import CLEAR, EXEMPT, SUSPECT, UNDETERMINED, Scene, scenario


def _undivided(s: Scene, words: str) -> None:
    s.open("discipline")
    s.head()
    deputy = s.deputy()
    deputy.responsibility = words
    s.say(f"“{words}”没有区分主要和重要", deputy)


@scenario("R01", SUSPECT)
def undivided_leadership(s: Scene) -> None:
    _undivided(s, "负领导责任")


@scenario("R01", SUSPECT)
def undeniable_leadership(s: Scene) -> None:
    _undivided(s, "负有不可推卸的领导责任")


@scenario("R01", CLEAR)
def older_words_for_primary(s: Scene) -> None:
    s.open("discipline")
    s.head().responsibility = "负直接领导责任"
    deputy = s.deputy()
    deputy.responsibility = "次要领导责任"
    s.say("“次要领导责任”是重要领导责任的旧称", deputy)
    s.also("R05", CLEAR, "“直接领导责任”是主要领导责任的旧称")


@scenario("R01", CLEAR)
def duty_words_with_division(s: Scene) -> None:
    s.open("discipline")
    head = s.head()
    head.responsibility = "落实主体责任不力，负主要领导责任"
    s.say("既写了主体责任，又区分了主要领导责任", head)


@scenario("R01", UNDETERMINED, "rows")
def responsibility_blank(s: Scene) -> None:
    s.open("finance")
    head = s.head()
    head.responsibility = None
    s.say("责任类型空白", head)
    s.also("R02 R03 R04 R06 D01 M03 M09", UNDETERMINED, "责任类型空白", head)
    s.also("R05 R07 R08", UNDETERMINED, "责任类型空白")


@scenario("R02", SUSPECT, "legal_basis")
def direct_under_accountability_rules(s: Scene) -> None:
    s.open("livelihood")
    s.head()
    deputy = s.deputy()
    deputy.responsibility = "直接责任"
    s.say("问责条例没有直接责任", deputy)


@scenario("R02", SUSPECT, "legal_basis")
def direct_person_under_accountability_rules(s: Scene) -> None:
    s.open("safety")
    s.head()
    deputy = s.deputy()
    deputy.responsibility = "负直接责任"
    s.say("问责条例没有直接责任", deputy)


@scenario("R02", EXEMPT, "legal_basis")
def direct_under_discipline_rules(s: Scene) -> None:
    s.open("livelihood")
    s.head()
    deputy = s.deputy("党内警告", basis=DISCIPLINE_BASIS)
    deputy.responsibility = "直接责任者"
    s.say("直接责任者的依据是纪律处分条例", deputy)


@scenario("R02", CLEAR, "legal_basis")
def direct_leadership(s: Scene) -> None:
    s.open("safety")
    head = s.head()
    head.responsibility = "负直接领导责任"
    s.say("“直接领导责任”不是直接责任", head)


@scenario("R02", UNDETERMINED, "legal_basis", "circumstance")
def direct_without_basis(s: Scene) -> None:
    s.open("livelihood")
    s.head()
    deputy = s.deputy(basis=None)
    deputy.responsibility = "直接责任"
    s.say("没有写依据，可能是纪律处分", deputy)


@scenario("R03", SUSPECT)
def person_with_overall(s: Scene) -> None:
    s.open("discipline")
    head = s.head()
    head.responsibility = "全面领导责任"
    s.say("全面领导责任用于个人", head)
    s.also("M03 M09", UNDETERMINED, "责任不能归到一种", head)


@scenario("R03", SUSPECT)
def organization_with_primary(s: Scene) -> None:
    s.open("discipline")
    group = s.add(s.cast.organization(s.cast.bureau("文化和旅游局党组"), "通报", "主要领导责任"))
    s.head()
    s.say("主要领导责任用于党组织", group)


@scenario("R03", CLEAR)
def organization_with_overall(s: Scene) -> None:
    s.open("discipline")
    group = s.add(s.cast.organization(s.cast.bureau("文化和旅游局党组"), "通报", "负全面领导责任"))
    s.head()
    s.say("全面领导责任用于党组织", group)


@scenario("R05", SUSPECT, "legal_basis")
def important_without_primary(s: Scene) -> None:
    s.open("finance")
    head = s.head()
    head.responsibility = "重要领导责任"
    s.deputy()
    s.say("只有重要领导责任，没有主要领导责任")
    s.also("R04", SUSPECT, "主要负责人只负重要领导责任", head)


@scenario("R05", CLEAR)
def important_with_older_primary(s: Scene) -> None:
    s.open("finance")
    s.head().responsibility = "负直接领导责任"
    s.deputy().responsibility = "重要领导责任"
    s.say("负直接领导责任就是主要领导责任")


@scenario("R05", UNDETERMINED)
def important_with_undivided(s: Scene) -> None:
    s.open("finance")
    head = s.head()
    head.responsibility = "负有领导责任"
    s.deputy()
    s.say("另一人的领导责任未区分，可能就是主要领导责任")
    s.also("R01", SUSPECT, "“负有领导责任”没有区分主要和重要", head)


def _analysis(s: Scene, words: str) -> None:
    s.open("safety")
    s.head()
    deputy = s.deputy()
    deputy.responsibility = words
    s.say(f"“{words}”不是第六条的责任", deputy)


@scenario("R06", SUSPECT)
def supervision_duty(s: Scene) -> None:
    _analysis(s, "监管责任")


@scenario("R06", SUSPECT)
def territorial_duty(s: Scene) -> None:
    _analysis(s, "属地管理责任")
    s.also("M03 M09", UNDETERMINED, "责任不能归到一种", s.case.people[-1])


@scenario("R06", EXEMPT)
def organization_with_main_duty(s: Scene) -> None:
    s.open("discipline")
    group = s.add(s.cast.organization(s.cast.bureau("文化和旅游局党组"), "通报", "主体责任"))
    s.head()
    s.say("党组织承担主体责任是第四条的说法", group)


@scenario("R06", CLEAR)
def supervision_duty_with_label(s: Scene) -> None:
    s.open("safety")
    s.head()
    deputy = s.deputy()
    deputy.responsibility = "履行监管责任不力，负重要领导责任"
    s.say("写了监管责任，也写了重要领导责任", deputy)


@scenario("R07", SUSPECT)
def important_heavier(s: Scene) -> None:
    s.open("finance")
    s.head("诫勉")
    s.deputy("党内严重警告")
    s.say("重要领导责任党内严重警告（5档），主要领导责任诫勉（3档）")


@scenario("R07", SUSPECT)
def important_much_heavier(s: Scene) -> None:
    s.open("safety")
    s.head("诫勉")
    s.deputy("政务记大过")
    s.say("重要领导责任政务记大过（5档），主要领导责任诫勉（3档）")


@scenario("R07", CLEAR)
def one_band_heavier(s: Scene) -> None:
    s.open("finance")
    s.head("诫勉")
    s.deputy("党内警告")
    s.say("相差一档不算倒挂")


@scenario("R07", EXEMPT, "aggravation")
def heavier_with_reason(s: Scene) -> None:
    s.open("finance")
    s.head("诫勉")
    deputy = s.deputy("党内严重警告")
    deputy.aggravation = "对抗组织调查，推卸责任"
    s.say("有从重加重情形")


@scenario("R07", UNDETERMINED, "rows")
def measure_of_primary_blank(s: Scene) -> None:
    s.open("finance")
    head = s.head()
    head.measures, head.post_now = {}, None
    s.deputy("党内严重警告")
    s.say("主要领导责任人的处理方式空白，无法比较")
    s.also("M03 M05 M06 M07 M08 M09 O09 P09 D01", UNDETERMINED, "处理方式空白", head)
    s.also("P13", UNDETERMINED, "处理方式空白")


@scenario("R08", SUSPECT)
def only_direct(s: Scene) -> None:
    s.open("livelihood")
    for person in (s.head(), s.deputy()):
        person.responsibility, person.basis, person.measures = "直接责任", DISCIPLINE_BASIS, say(s.cast.random, "党内警告")
    s.say("全案只有直接责任，没有领导责任")


@scenario("R08", CLEAR)
def direct_and_leadership(s: Scene) -> None:
    s.open("livelihood")
    s.head()
    s.add(s.cast.staff(s.cast.bureau("民政局")))
    s.say("同案有主要领导责任")


@scenario("R08", UNDETERMINED, "rows")
def direct_and_blank(s: Scene) -> None:
    s.open("livelihood")
    head = s.head()
    head.responsibility = None
    s.add(s.cast.staff(s.cast.bureau("民政局")))
    s.say("一人直接责任，一人责任类型空白")
    s.also("R01 R02 R03 R04 R06 D01 M03 M09", UNDETERMINED, "责任类型空白", head)
    s.also("R05 R07", UNDETERMINED, "责任类型空白")


@scenario("R08", SUSPECT)
def only_execution(s: Scene) -> None:
    s.open("finance")
    for person in (s.head(), s.deputy()):
        person.responsibility, person.basis = "执行责任", DISCIPLINE_BASIS
        s.also("R06", SUSPECT, "执行责任不是第六条的责任", person)
        s.also("M03 M09", UNDETERMINED, "责任不能归到一种", person)
    s.say("全案只有执行责任，没有领导责任")
