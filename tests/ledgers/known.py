"""Known cases and people with invented names: what a ledger is written from, and what the reader has to give back."""

import random
from dataclasses import dataclass, field, replace
from datetime import date

from .measures import Told, told_for

COUNTIES = ("青禾县", "云岭县", "石塘县", "白沙区", "松溪区", "南坪自治县", "龙泉旗", "望江县", "双河县", "北山区")
TOWNS = ("新桥镇", "柳河乡", "大石镇", "三岔口镇", "红土乡", "马安镇", "白果乡", "平顺镇")
STREETS = ("东关街道", "北站街道", "和平路街道", "滨河街道")
VILLAGES = ("桃花村", "新塘村", "上湾村", "石门村", "李家庄村", "东沟村", "王庄村")
COMMUNITIES = ("幸福社区", "新华社区", "铁西社区", "南苑社区")
DEPARTMENTS = (
    "水利局", "应急管理局", "自然资源局", "教育局", "民政局", "农业农村局", "住房和城乡建设局", "交通运输局", "财政局", "林业局",
    "市场监督管理局", "卫生健康委员会", "发展和改革委员会", "人力资源和社会保障局", "城市管理和综合执法局", "乡村振兴局",
)  # fmt: skip
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦"
RARE = ("欧阳", "上官", "诸葛", "司马", "覃", "仝", "逯", "亓", "尧", "扈")
GIVEN = "建国志强文斌晓东海燕丽娟秀英永福光明春生家栋德才玉兰学军立新长林少华振宇国庆红梅思远一鸣子涵浩然"
MATTERS = (
    "烟花爆竹仓库隐患排查走过场", "危房改造资金发放不实", "河道非法采砂监管不力", "高标准农田建设弄虚作假", "违规占用耕地查处不力",
    "低保对象审核把关不严", "农村饮水工程长期停用", "秸秆禁烧工作不落实", "校园食堂食品安全问题", "扶贫项目资金闲置", "信访事项推诿扯皮",
    "营商环境专项整治不力", "污水处理厂直排", "人防工程违规审批", "道路塌陷处置迟缓", "养老机构消防隐患整改不到位", "统计数据造假",
    "违规举债搞形象工程", "疫情防控措施落实不到位", "矿山越界开采失察", "集体资金被挪用失察", "林地毁坏查处不力", "招投标监管缺位",
    "拖欠农民工工资",
)  # fmt: skip
RESPONSIBILITIES = (
    ("主要领导责任", "primary_leadership"), ("负主要领导责任", "primary_leadership"), ("负有主要领导责任", "primary_leadership"),
    ("主要领导责任者", "primary_leadership"), ("重要领导责任", "important_leadership"), ("负重要领导责任", "important_leadership"),
    ("负有重要领导责任", "important_leadership"), ("领导责任", "undifferentiated_leadership"), ("负领导责任",
    "undifferentiated_leadership"),
    ("分管领导责任", "undifferentiated_leadership"), ("直接责任", "direct"), ("直接责任人", "direct"), ("监管责任", "supervisory"),
    ("监督责任", "supervisory"), ("主体责任", "main_body"), ("属地管理责任", "other"), ("负次要领导责任", "important_leadership"),
    ("落实主体责任不力，负主要领导责任", "primary_leadership"),
)  # fmt: skip
# Texts that do not tell which label is meant: nothing may be claimed.
UNDECIDED = (("主要领导责任和重要领导责任", None), ("主要", None), ("重要", None), ("主要领导责任/重要领导责任", None))


@dataclass(frozen=True)
class Respondent:
    """A person or an organisation; ``tier`` and ``role`` None: not compared. ``decided``: (first day, precision) or None."""

    name: str
    unit: str | None
    post: str | None
    tier: str | None
    role: str | None
    responsibility: tuple[str | None, str | None]
    told: Told
    decided: tuple[date, str] | None = None
    organization: bool = False
    now: str | None = None

    def without(self, **fields) -> "Respondent":
        """The same respondent with other (or no) facts, for forms that tell less."""
        return replace(self, **fields)


@dataclass
class Case:
    """A case; ``number`` None where the form has none."""

    title: str
    county: str
    number: str | None
    people: list[Respondent]
    closed: date
    seen: list[Respondent] = field(default_factory=list)


@dataclass(frozen=True)
class Seat:
    """A unit with one of its posts."""

    unit: str
    post: str
    tier: str | None
    role: str | None


def county_department(rng: random.Random, county: str) -> Seat:
    """A bureau of a county."""
    post, role = rng.choice(
        (("党组书记、局长", "head"), ("局长", "head"), ("党组成员、副局长", "deputy"), ("副局长", "deputy"), ("党组成员", "board"),
         ("党组副书记、副局长", "deputy"), ("办公室主任", "middle"), ("执法大队大队长", "middle"), ("工作人员", "staff"),
         ("四级调研员", "staff"), ("一级主任科员", "staff"), ("副局长（主持工作）", "head"), ("党委书记、局长", "head"),
         ("党组成员、总工程师", "board"), ("三级主任科员", "staff"), ("规划股股长", "middle"), ("副局长兼执法大队大队长", "deputy"))
    )  # fmt: skip
    name = rng.choice(DEPARTMENTS)
    if name.endswith("委员会"):
        post = post.replace("局长", "主任")
    return Seat(county + name, post, "county", role)


def town(rng: random.Random, county: str) -> Seat:
    """A town or township."""
    name = rng.choice(TOWNS)
    head = "镇长" if name.endswith("镇") else "乡长"
    post, role = rng.choice(
        (("党委书记", "head"), (f"党委副书记、{head}", "head"), (head, "head"), ("党委副书记", "board"), ("党委委员、纪委书记", "board"),
         (f"副{head}", "deputy"), (f"党委委员、副{head}", "deputy"), ("党委委员、武装部部长", "board"), ("应急管理办公室主任", "middle"),
         ("农业服务中心主任", "middle"), ("工作人员", "staff"), (f"副{head}（挂职）", "deputy"), ("二级主任科员", "staff"))
    )  # fmt: skip
    return Seat(county + name, post, "township", role)


def street(rng: random.Random, county: str) -> Seat:
    """A street office."""
    post, role = rng.choice(
        (("党工委书记", "head"), ("办事处主任", "head"), ("党工委副书记、办事处主任", "head"), ("党工委委员、办事处副主任", "deputy"),
         ("党工委委员、纪工委书记", "board"), ("办事处副主任", "deputy"), ("城管办主任", "middle"))
    )  # fmt: skip
    return Seat(county + rng.choice(STREETS), post, "township", role)


def village(rng: random.Random, county: str) -> Seat:
    """A village or a community."""
    if rng.random() < 0.3:
        post = rng.choice(("党委书记", "党支部书记、居委会主任", "居委会主任", "居委会副主任"))
        return Seat(county + rng.choice(STREETS) + rng.choice(COMMUNITIES), post, "village", "village_cadre")
    post = rng.choice(("党支部书记、村委会主任", "党支部书记", "村委会主任", "村委会副主任", "村监会主任", "党支部委员", "村会计"))
    return Seat(county + rng.choice(TOWNS) + rng.choice(VILLAGES), post, "village", "village_cadre")


def main_organ(rng: random.Random, county: str) -> Seat:
    """Party committee and government of a county."""
    short = county[:-1] if county.endswith(("自治县",)) else county
    head = {"县": "县长", "区": "区长", "旗": "旗长", "市": "市长"}[county[-1]]
    seats = (
        (f"{county}人民政府", head, "head"), (f"{county}人民政府", f"副{head}", "deputy"),
        (f"{county}人民政府", f"党组成员、副{head}", "deputy"), (f"中共{county}委员会", "书记", "head"),
        (f"{county}纪委监委", "党风政风监督室主任", "middle"),
    )  # fmt: skip
    unit, post, role = rng.choice(seats if short == county else seats[:3])
    return Seat(unit, post, "county", role)


def city_department(rng: random.Random, county: str) -> Seat:
    """A bureau of the city above."""
    post, role = rng.choice((("党组书记、局长", "head"), ("党组成员、副局长", "deputy"), ("办公室主任", "middle"), ("二级调研员", "staff")))
    return Seat("市" + rng.choice(("水利局", "应急管理局", "生态环境局", "教育局")), post, "city", role)


def other_body(rng: random.Random, county: str) -> Seat:
    """Zones, enterprises, schools, hospitals, the inspection groups that a county sends out."""
    return rng.choice(
        (Seat(f"{county}经济开发区管委会", "主任", "county", "head"), Seat(f"{county}经济开发区管委会", "副主任", "county", "deputy"),
         Seat(f"{county}经济开发区", "党工委书记", "county", "head"),
         Seat(f"{county}城市建设投资有限公司", "党支部书记、董事长", "enterprise", "head"),
         Seat(f"{county}城市建设投资有限公司", "副总经理", "enterprise", "deputy"),
         Seat(f"{county}第一中学", "校长", "county", "head"), Seat(f"{county}人民医院", "党委书记", "county", "head"),
         Seat(f"{county}人民医院", "副院长", "county", "deputy"), Seat(f"{county}纪委监委派驻第二纪检监察组", "组长", "county", None),
         Seat(f"{county}供电公司", "总经理", "enterprise", "head"), Seat(f"{county}人大常委会", "副主任", "county", "deputy"))
    )  # fmt: skip


KINDS = ((county_department, 32), (town, 24), (street, 9), (village, 15), (main_organ, 6), (city_department, 4), (other_body, 10))


def seat(rng: random.Random, county: str) -> Seat:
    """Some post of a county."""
    make = rng.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0]
    return make(rng, county)


def person_name(rng: random.Random, masked: bool) -> str:
    """An invented name, masked the way notices do or not."""
    family = rng.choice(RARE) if rng.random() < 0.04 else rng.choice(SURNAMES)
    if masked:
        return family + rng.choice(("某", "某某", "某某", "××", "某"))
    return family + "".join(rng.sample(GIVEN, 2 if rng.random() < 0.65 else 1))


def organization(rng: random.Random, county: str) -> Respondent:
    """A party organisation that is answerable itself."""
    name = rng.choice(
        (f"{county}{rng.choice(DEPARTMENTS[:11])}党组", f"{county}{rng.choice(TOWNS)}党委", f"中共{county}{rng.choice(TOWNS)}委员会",
         f"{county}{rng.choice(STREETS)}党工委", f"{county}{rng.choice(TOWNS)}{rng.choice(VILLAGES)}党支部",
         f"{county}{rng.choice(TOWNS)}党委、政府")
    )  # fmt: skip
    text = rng.choice(("全面领导责任", "负全面领导责任", "负有全面领导责任"))
    return Respondent(
        name, None, None, None, "organization", (text, "overall_leadership"), told_for(rng, "organization"), organization=True
    )


def respondent(rng: random.Random, county: str, masked: bool, undecided: bool) -> Respondent:
    """A person with post, responsibility and measures."""
    place = seat(rng, county)
    text = rng.choice(UNDECIDED) if undecided and rng.random() < 0.04 else rng.choice(RESPONSIBILITIES)
    if rng.random() < 0.05:
        text = (None, None)
    return Respondent(
        person_name(rng, masked), place.unit, place.post, place.tier, place.role, text, told_for(rng, "person", undecided),
        now=rng.choice((None, None, "县委党校副校长", "已退休", "三级调研员")),
    )  # fmt: skip


def known_cases(rng: random.Random, people: int, counties: int = 1) -> list[Case]:
    """Cases with about ``people`` respondents together, each with a title of its own."""
    places = rng.sample(COUNTIES, counties)
    masked = rng.random() < 0.5
    matters = rng.sample(MATTERS, len(MATTERS))
    cases: list[Case] = []
    left = people
    while left > 0:
        size = min(rng.choice((1, 1, 2, 2, 3, 4, 5)), left)
        county = places[len(cases) * counties * 2 // max(people, 1) % counties] if counties > 1 else places[0]
        title = rng.choice(TOWNS + STREETS) + matters[len(cases) % len(matters)] + ("" if len(cases) < len(matters) else "（续）")
        decided = date(rng.choice((2021, 2022, 2023)), rng.randint(1, 12), rng.randint(1, 28)), "day"
        listed: list[Respondent] = []
        for _ in range(size):
            one = organization(rng, county) if rng.random() < 0.07 else respondent(rng, county, masked, True)
            if any(o.name == one.name and (one.organization or not masked) for o in listed):
                continue
            listed.append(one.without(decided=decided))
        cases.append(
            Case(title, county, f"{rng.choice(('青纪问', '问责', 'WZ'))}〔{decided[0].year}〕{len(cases) + 1}号", listed, decided[0])
        )
        left -= len(listed)
    cases.sort(key=lambda c: places.index(c.county))
    return cases
