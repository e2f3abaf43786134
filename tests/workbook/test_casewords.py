"""Coded cells of a case, and cells with names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.vocabulary.matters import domains
from review.workbook.casewords import (
    domain_of_text,
    is_masked_name,
    is_person_name,
    parse_admin_level,
    parse_circumstance,
    parse_domain,
    parse_legal_basis,
    parse_politics,
    split_names,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第七条第（一）项", 1),
        ("第七条第(十一)项", 11),
        ("《中国共产党问责条例》第七条第十项", 10),
        ("（十）", 10),
        ("第九项", 9),
        ("5", 5),
        ("Q08", 8),
        ("10", 10),
        ("十一", 11),
        ("7条8项", 8),
        ("第七条第8项", 8),
        ("作风建设松懈", 5),
        ("5.作风建设松懈", 5),
        ("履行管理监督职责不力，发生重大事故事件", 9),
        ("形式主义、官僚主义", 5),
        ("（３）", 3),
        ("第七条", None),
        ("第八条第二款", None),
        ("12", None),
        ("0", None),
        ("诫勉谈话", None),
        ("", None),
        ("/", None),
        ("第七条第（三）、（五）项", None),
        ("违规违纪，第六条第（一）项", None),
    ],
)
def test_circumstance(text, number):
    assert parse_circumstance(text) == number


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("生态环保", "生态环保"),
        ("环境保护领域", "生态环保"),
        ("安全生产类", "安全生产"),
        ("疫情防控", "疫情防控"),
        ("扶贫领域", "脱贫攻坚"),
        ("1.营商环境", "营商环境"),
        ("教育", "教育"),
        ("食品安全", "食品药品"),
        ("自然资源", "国土资源"),
        ("住建", "住建"),
        ("财政", "财政"),
        ("三农", "三农"),
        ("四风", "作风建设"),
        ("全面从严治党", "全面从严治党"),
        ("森林草原防灭火", "森林防火"),
        ("统计", "统计"),
        ("民生领域", "民生保障"),
        ("防汛救灾", "防汛救灾"),
        ("基层党建", "基层党建"),
        ("其他", "其他"),
        ("秸秆焚烧问题", "生态环保"),
        ("", None),
        ("/", None),
        ("一般", None),
        ("教育、医疗", None),
    ],
)
def test_domain_of_a_column(text, name):
    assert parse_domain(text) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("企业长期违规排放污染地下水查处不力", "生态环保"),
        ("吉林桥煤矿中毒事故先期追责", "安全生产"),
        ("社区核酸动员不力、管控不严致漏检", "疫情防控"),
        ("经济普查履责不力，县内填报统计数据不实", "统计"),
        ("堤段巡查频次不够、日志不完整", "防汛救灾"),
        ("单位工作人员违反规定", None),
    ],
)
def test_domain_of_a_title(title, name):
    assert domain_of_text(title) == name


def test_powers_that_no_village_holds():
    licensed = {d.name for d in domains().values() if d.licensed_power}
    assert {"生态环保", "安全生产", "食品药品", "国土资源", "营商环境"} <= licensed
    assert not {"脱贫攻坚", "疫情防控", "作风建设", "三农"} & licensed
    assert all(d.regulators for d in domains().values() if d.licensed_power)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("《中国共产党问责条例》第七条第（十）项", "accountability"),
        ("问责条例", "accountability"),
        ("《中国共产党纪律处分条例》第一百二十一条", "discipline"),
        ("《公职人员政务处分法》第三十九条", "administrative"),
        ("监察法第四十五条", "supervision"),
        ("《问责条例》第七条、《纪律处分条例》第三十九条", "accountability"),
        ("《安全生产法》第十四条", "other"),
        ("某县责任追究办法", "other"),
        ("第七条第十项", None),
        ("", None),
        ("/", None),
    ],
)
def test_legal_basis(text, code):
    assert parse_legal_basis(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("中共党员", "party"),
        ("党员", "party"),
        ("是", "party"),
        ("中共预备党员", "probationary"),
        ("群众", "non_party"),
        ("民革", "non_party"),
        ("无党派人士", "non_party"),
        ("非党员", "non_party"),
        ("否", "non_party"),
    ]
    + [("共青团员", "non_party"), ("", None), ("/", None), ("不详", None)],
)
def test_politics(text, code):
    assert parse_politics(text) == code


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("市管干部", "city"),
        ("市级", "city"),
        ("县级", "county"),
        ("区纪委监委", "county"),
        ("县（市、区）级", "county"),
        ("县管", "county"),
        ("省管", "province"),
        ("乡镇", "township"),
        ("市级/县级", None),
        ("", None),
        ("正科级", None),
    ],
)
def test_admin_level(text, level):
    assert parse_admin_level(text) == level


@pytest.mark.parametrize("name", ["李某", "张某某", "张××", "王*", "赵○○", "李X", "张某甲", "王＊＊", "某某", "李（化名）"])
def test_masked(name):
    assert is_masked_name(name)


@pytest.mark.parametrize("name", ["李和平", "欧阳修", "买买提·艾力", None, ""])
def test_not_masked(name):
    assert not is_masked_name(name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三", ("张三",)),
        ("张 三", ("张三",)),
        ("张三、李四", ("张三", "李四")),
        ("张三，李四；王五", ("张三", "李四", "王五")),
        ("张三\n李四", ("张三", "李四")),
        ("1.张三 2.李四", ("张三", "李四")),
        ("张三 李四", ("张三", "李四")),
        ("张某某、李某", ("张某某", "李某")),
        ("李和平", ("李和平",)),
        ("张三、李四和王五", ("张三", "李四", "王五")),
        ("县发改局、县财政局", ("县发改局、县财政局",)),
        ("张三等3人", ("张三等3人",)),
        ("", ()),
        ("/", ()),
        ("—", ()),
        ("三山村党支部、村委会", ("三山村党支部、村委会",)),
    ],
)
def test_names_of_a_cell(text, names):
    assert split_names(text) == names


@pytest.mark.parametrize("text", ["县委", "镇政府", "党支部", "工作人员", "副镇长", "党内警告", "县林业局", "村委会", "", "张三李四王五"])
def test_no_person(text):
    assert not is_person_name(text)


ANY = st.one_of(st.none(), st.text(max_size=40), st.text(alphabet="第七条（一）项十1、，；市县管党员某张三 \n《》条例", max_size=24))


@given(ANY)
def test_any_text(text):
    assert parse_circumstance(text) in {None, *range(1, 12)}
    assert parse_domain(text) in {None, *domains()}
    assert parse_legal_basis(text) in {None, "accountability", "discipline", "administrative", "supervision", "other"}
    assert parse_politics(text) in {None, "party", "probationary", "non_party"}
    assert parse_admin_level(text) in {None, "province", "city", "county", "township"}
    assert is_masked_name(text) in {True, False}
    names = split_names(text)
    assert len(names) <= 1 or all(is_person_name(n) for n in names)
