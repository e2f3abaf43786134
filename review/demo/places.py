"""云岭市, a city that does not exist: ten counties and districts, their towns, names of people."""

from random import Random

from review.demo.model import County

CITY = "云岭市"

COUNTIES = (
    County("青禾县", "青", "first_row", ("新禾镇", "稻香镇", "麦岭乡", "柳荫镇")),
    County("白石县", "白", "one_cell", ("白塔岭镇", "石泉湾镇", "砚台乡", "云根镇"), masked_names=True),
    County("松涧县", "松", "several_sheets", ("松风镇", "听泉镇", "鹤鸣乡", "青崖镇"), corrects=True),
    County("澜湖区", "澜", "flat", ("澜东街道", "澜西街道", "望湖镇", "芦花镇")),
    County("禾川县", "禾", "merged", ("禾口镇", "川上镇", "桑园乡", "梨坪镇")),
    County("枫林县", "枫", "first_row", ("枫桥头镇", "红叶镇", "霜溪乡", "丹坪镇"), numbered=False),
    County("雁池县", "雁", "one_cell", ("雁栖岭镇", "荷池镇", "苇湾乡", "归雁镇"), as_csv=True),
    County("星桥区", "星", "flat", ("星光里街道", "长桥里街道", "银河镇", "北斗镇"), corrects=True),
    County("桐台县", "桐", "several_sheets", ("桐荫镇", "凤台岭镇", "琴川乡", "梧坪镇")),
    County("云麓区", "麓", "merged", ("云门里街道", "麓山里街道", "岚坪镇", "雾溪镇")),
)

VILLAGES = ("上湾村", "下湾村", "东坡村", "西坡村", "前进村", "双井村", "大樟村", "小桥村", "老街村", "新塘村", "梅坞村", "竹园村")

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    "伟芳娜敏静强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志红海波文斌鹏宇浩凯健俊帆帅旭宁龙林峰亮东辉力永全胜学祥才发武新利清飞彬富顺信子杰涛昌成康星光天达安岩中茂进有坚和彪博诚先敬震振壮思群豪心邦承乐绍功松善厚庆"
)

REGULATED_MATTERS = {"safety": "应急管理局", "environment": "生态环境局", "land": "自然资源局", "housing": "住房和城乡建设局"}


def last_signs(county: County) -> str:
    """Signs with which given names end in a county: no two counties share one, so that nobody has a namesake elsewhere."""
    signs = tuple(dict.fromkeys(GIVEN))
    return "".join(signs[COUNTIES.index(county) :: len(COUNTIES)])


def person_name(random: Random, taken: set[str], masked: bool, last: str = GIVEN) -> str:
    """A name that is not taken yet, its last sign from ``last``; masked names keep the surname only (李某, 李某某)."""
    while True:
        surname = random.choice(SURNAMES)
        if masked:
            name = surname + random.choice(("某", "某某"))
            if any(other.startswith(surname) for other in taken):
                continue
        else:
            name = surname + random.choice(("", random.choice(GIVEN), random.choice(GIVEN))) + random.choice(last)
            # 高中心, 武中心: a unit rather than a person, to any reader.
            if name in taken or name.endswith("中心"):
                continue
        taken.add(name)
        return name
