"""What the demo cases are about: one matter gives domain, circumstance, titles and reasons that name no other domain."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Matter:
    """``bureau`` is the county bureau in charge; ``circumstance`` the item of article 7; ``{place}`` in texts is a town."""

    key: str
    domain: str
    circumstance: str
    bureau: str
    party_group: str
    titles: tuple[str, ...]
    reasons: tuple[str, ...]
    # One consequence for all cases of the matter, where their measures are to be compared.
    consequence: str | None = None


MATTERS = {
    m.key: m
    for m in (
        Matter(
            "safety", "安全生产", "第七条第（九）项", "应急管理局", "党委",
            ("{place}烟花爆竹仓库隐患排查走过场", "{place}采石场事故隐患整治不力", "{place}加油站风险隐患长期未消除"),
            ("对{place}重大事故隐患排查整治不力，致使隐患长期存在。", "对辖区企业事故隐患督促整改不到位，发生一般事故。"),
        ),
        Matter(
            "environment", "生态环境保护", "第七条第（十）项", "生态环境局", "党组",
            ("{place}养殖场污水直排问题整改不力", "{place}砖厂烟气超标排放查处不力", "{place}黑臭水体治理虚假整改"),
            ("对{place}污染问题整改不力，督察反馈后仍未完成。", "对排污问题查处不及时，群众反复投诉。"),
        ),
        Matter(
            "land", "自然资源", "第七条第（十）项", "自然资源局", "党组",
            ("{place}违法占用耕地建房制止不力", "{place}非法采砂查处不力", "{place}耕地“非农化”问题整改不到位"),
            ("对{place}违法占用耕地问题巡查发现不及时、制止不力。", "对卫片执法发现的违法用地问题整改不到位。"),
        ),
        Matter(
            "livelihood", "民生保障", "第七条第（十）项", "民政局", "党组",
            ("{place}低保对象审核把关不严", "{place}临时救助资金发放迟缓", "{place}敬老院管理混乱"),
            ("对{place}低保、临时救助工作审核把关不严，群众反映强烈。", "对救助资金发放督促不力，造成资金滞留。"),
        ),
        Matter(
            "finance", "财政资金", "第七条第（九）项", "财政局", "党组",
            ("{place}项目资金长期闲置", "{place}专项资金拨付监管不力", "{place}超预算支出问题失察"),
            ("对{place}专项资金使用管理不力，资金长期闲置。", "对预算执行监督不力，违规支出问题未及时发现。"),
        ),
        Matter(
            "discipline", "全面从严治党", "第七条第（八）项", "文化和旅游局", "党组",
            ("{place}巡察反馈问题整改不力", "{place}党风廉政建设责任落实不到位", "{place}干部违纪问题多发"),
            ("落实全面从严治党责任不力，{place}巡察反馈问题整改走过场。", "对班子成员和下属教育管理不严，违纪问题多发。"),
            consequence="造成不良影响",
        ),
        Matter(
            "village", "基层党建", "第七条第（四）项", "教育局", "党组",
            ("{place}党支部“三会一课”流于形式", "{place}村级集体资金管理混乱", "{place}软弱涣散党组织整顿不力"),
            ("{place}部分党支部组织生活不经常、不认真。", "{place}村级“三资”管理混乱，集体资金支出手续不全。"),
        ),
    )
}

ROTATION = ("safety", "environment", "livelihood", "land", "finance", "discipline", "safety", "village")
