"""Short coded cells of a case: circumstance, domain, legal basis, politics, level, and cells with names."""

import re
from functools import lru_cache

from ..vocabulary.matters import circumstances, domains
from ..vocabulary.units import form_labels, surnames
from .wording import is_not_applicable, is_placeholder, plain, tight

_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11}
_ITEM_NUMBER = r"(十一|[一二三四五六七八九十]|1[01]|[1-9])"
_ITEM = re.compile(rf"第?[(]?(?<![\d一二三四五六七八九十条]){_ITEM_NUMBER}[)]?(?:项|种情形|款项|情形)")
_BRACKETED = re.compile(rf"[(]{_ITEM_NUMBER}[)]")
_SEVERAL_ITEMS = re.compile(rf"{_ITEM_NUMBER}[)]?[、,和及至-]第?[(]?{_ITEM_NUMBER}[)]?项")
_ARTICLE = re.compile(r"第?([一二三四五六七八九十百]+|\d{1,3})条")
_LEADING = re.compile(rf"^(?:Q0?|情形|问责情形|类型)?{_ITEM_NUMBER}(?:$|[.、,:;)\s]|(?=[\u4e00-\u9fff]))", re.I)


def _empty(raw: str | None) -> bool:
    return is_placeholder(raw) or is_not_applicable(raw)


def _item(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text]


def parse_circumstance(raw: str | None) -> int | None:
    """Number (1 to 11) of the item of 问责条例(2019) 第七条 that a cell names, None where it names none or several.

    Understands 第七条第(三)项, （三）, 第三项, 3, Q03 and words that stand for one item only. An article other than 第七条 is a legal
    basis, not a circumstance.
    """
    if _empty(raw):
        return None
    flat = tight(raw)
    articles = {a for a in _ARTICLE.findall(flat)}
    if articles and not articles & {"七", "7"}:
        return None
    rest = _ARTICLE.sub("条", flat)
    items = {_item(i) for i in (*_ITEM.findall(rest), *_BRACKETED.findall(rest))}
    if _SEVERAL_ITEMS.search(rest):
        return None
    if not items and articles:
        items = {_item(i) for i in re.findall(rf"条第?{_ITEM_NUMBER}(?!\d)", rest)}
    if items:
        return items.pop() if len(items) == 1 else None
    lead = _LEADING.match(flat)
    named = {c.code for c in circumstances().values() if tight(c.label) in flat or any(k in flat for k in c.keywords)}
    if lead and (lead[0] == flat or not flat[len(lead[0]) :][:1].isdigit()) and (len(flat) == len(lead[0]) or named <= {_item(lead[1])}):
        bare = flat[len(lead[0]) :]
        if not bare or named or lead[0][-1] in ".、,:;)":
            return _item(lead[1])
    return named.pop() if len(named) == 1 else None


@lru_cache(maxsize=1)
def _domain_words() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    exact = {w: d.name for d in domains().values() for w in (*d.words, d.name)}
    return exact, tuple(sorted(exact.items(), key=lambda e: -len(e[0])))


def parse_domain(raw: str | None) -> str | None:
    """Domain (领域) of a domain column by its words, None where it names none or several."""
    if _empty(raw):
        return None
    flat = re.sub(r"^\d+[.、]|^[(]?[一二三四五六七八九十]+[)、.]", "", tight(raw))
    exact, words = _domain_words()
    bare = re.sub(r"(?:领域|方面|类|工作|问题|系统|专项|整治|不力)+$", "", flat)
    for text in (flat, bare):
        if text in exact:
            return exact[text]
    hits: list[tuple[str, str]] = []
    rest = flat
    for word, name in words:
        if word in rest:
            hits.append((word, name))
            rest = rest.replace(word, "\0")
    names = {name for _, name in hits if name != "其他"}
    if names:
        return names.pop() if len(names) == 1 else None
    return domain_of_text(flat)


def domain_of_text(*texts: str | None) -> str | None:
    """Domain that titles and reasons speak of: the one with the most different keywords; None for none or a tie."""
    joined = " ".join(tight(t) for t in texts if t)
    counts = {d.name: sum(k in joined for k in d.keywords) for d in domains().values()}
    best = max(counts.values(), default=0)
    leaders = [name for name, n in counts.items() if n == best]
    return leaders[0] if best and len(leaders) == 1 else None


_BASES = (
    ("accountability", re.compile("问责条例|问责工作条例|问责实施(?:办法|细则)|问责办法|党内问责|问责暂行规定|问责规定")),
    ("discipline", re.compile("纪律处分条例|党纪处分条例|纪律处分规定|中国共产党纪律处分")),
    ("administrative", re.compile("政务处分|公务员法|公务员处分条例|行政机关公务员|事业单位工作人员处分|处分暂行规定|行政监察法")),
    ("supervision", re.compile("监察法")),
    ("other", re.compile("条例|规定|办法|细则|准则|规则|法》|法$|[\u4e00-\u9fff]法第|意见|制度|方案")),
)


def parse_legal_basis(raw: str | None) -> str | None:
    """Kind of law that a cell cites: accountability, discipline, administrative, supervision or other; None if it names none.

    With several laws the 问责条例 counts first: what matters to the checks is whether it was applied.
    """
    if _empty(raw):
        return None
    flat = tight(raw)
    return next((code for code, pattern in _BASES if pattern.search(flat)), None)


def parse_politics(raw: str | None) -> str | None:
    """party, probationary or non_party; None if the cell doesn't say."""
    if _empty(raw):
        return None
    flat = tight(raw).lower()
    if "预备" in flat:
        return "probationary"
    if re.search(
        "非(?:中共)?党员|无党派|群众|团员|共青团|民革|民盟|民建|民进|农工党|致公党|九三|台盟|民主党派|党外|非党|非中共", flat
    ) or flat in ("否", "无", "不是", "n", "no", "×"):
        return "non_party"
    if re.search("中共|党员|共产党", flat) or flat in ("是", "y", "yes", "√", "✓", "党"):
        return "party"
    return None


def parse_admin_level(raw: str | None) -> str | None:
    """Level that handled the case: province, city, county or township; None if the cell doesn't say (or offers both)."""
    if _empty(raw):
        return None
    flat = tight(raw)
    levels = set()
    rest = re.sub(r"县[(]?市[、,]?区[)]?|县市区|县\(区\)|县区|区县|市县区", "县", flat)
    for level, pattern in (
        ("province", "省管|省级|省纪委|省委|自治区|省本级|^省$|中管|省直"),
        ("city", r"市管|市级|市纪委|市委|市本级|^市$|市\(州\)|州管|州级|州纪委|盟|地级|市直|地市"),
        ("county", "县管|县级|县纪委|县委|县本级|^县$|区管|区级|区纪委|区委|^区$|旗管|旗级|旗纪委|县直|区直|区本级|县$"),
        ("township", "乡管|镇管|乡镇|街道|乡级|镇级|镇纪委|乡纪委|乡科级以下"),
    ):
        if re.search(pattern, rest):
            levels.add(level)
    if "县级市" in flat:
        return "county"
    return levels.pop() if len(levels) == 1 else None


_MASK = re.compile(r"某|[×xX*＊○〇□●■△▲#?_]|化名|[\u4e00-\u9fff](?:先生|女士|同志)$|^[A-Za-z甲乙丙丁]\d?$|^[\u4e00-\u9fff]$")


def is_masked_name(name: str | None) -> bool:
    """True for an anonymised name (李某, 张××, 王*, 赵○○): no ground for taking two rows for one person."""
    return bool(name) and bool(_MASK.search(tight(name)))


_NAME = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}|[\u3400-\u9fff]{1,2}(?:[某×xX*○□]{1,3})[\u3400-\u9fff]?|[\u3400-\u9fff]{1,8}(?:[·•.][\u3400-\u9fff]{1,8}){1,3}"
)
_NOT_NAME = re.compile(
    r"(?:委|党组|党委|支部|政府|局|厅|部|办|院|会|公司|中心|所|站|队|科|股|室|村|社区|镇|乡|街道|班子|单位|学校|集团|县|市|区|旗|组|人员|干部|领导|负责人|书记|主任|[局镇乡县科所站院校区]长|成员|委员|等人|检查|批评|警告|诫勉|免职|记过|通报|约谈)$"
)


def is_person_name(text: str | None) -> bool:
    """True when a text looks like the name of one person (masked names too), not like a unit, a post or a measure."""
    flat = tight(text)
    flat = re.sub(r"[(](?:男|女|化名|已退休|退休|已调离|原任|时任)[)]$|同志$", "", flat)
    return bool(_NAME.fullmatch(flat)) and not _NOT_NAME.search(flat) and flat not in form_labels()


_REMARK = re.compile(
    r"[(](?:男|女|已?退休|退居二线|离休|已?(?:病)?故|已去世|死亡|已?调离|已?离职|在逃|另案处理|已?另案处理|身份证号?码?略|略|本人)[)]$"
)
_NO_NAME = frozenset(("略", "待定", "待查", "待核", "待核实", "不详", "未知", "不明", "空缺", "暂缺", "暂无", "无", "没有", "姓名略"))


def without_remark(name: str) -> str:
    """A name without what an office notes behind it in brackets: 张三（已故）, 李四（女）; other texts stay as they are."""
    flat = tight(name)
    bare = _REMARK.sub("", flat)
    return bare if bare != flat and is_person_name(bare) else name


def is_no_name(text: str | None) -> bool:
    """True for words that stand in a name cell because no name is given: 略, 待定, 不详."""
    return text is not None and len(text) <= 8 and tight(text).strip("()[]") in _NO_NAME


def has_surname(name: str) -> bool:
    """True when a name begins with a Chinese family name, or is masked or of the form 名·父名: safe even where nothing else
    says that the word is a person."""
    single, double = surnames()
    return name[:1] in single or name[:2] in double or is_masked_name(name) or "·" in name


def begins_with_surname(name: str) -> bool:
    """True when a word begins with a Chinese family name, also where the rest is masked."""
    single, double = surnames()
    return name[:1] in single or name[:2] in double


def split_names(raw: str | None) -> tuple[str, ...]:
    """Names of a name cell. Several only when every piece looks like a person's name; anything else stays whole."""
    if _empty(raw):
        return ()
    text = plain(raw)
    cleaned = re.sub(r"(?:^|(?<=[\s、,;]))\d{1,2}[.、)]\s*", "", text)
    pieces = [
        p
        for p in re.split(
            r"[、,;/\n]|\s*(?<=[\u4e00-\u9fff某×*])[和与及](?=[\u4e00-\u9fff]{1,2}[某\u4e00-\u9fff×*])"
            if re.search("[、,;]", cleaned)
            else r"[、,;/\n]",
            cleaned,
        )
        if p.strip()
    ]
    if len(pieces) == 1 and " " in cleaned:
        words = cleaned.split(" ")
        pieces = words if all(len(w) >= 2 and is_person_name(w) for w in words) else [tight(cleaned)]
    names = [tight(p) for p in pieces]
    if len(names) > 1 and all(is_person_name(n) for n in names):
        return tuple(names)
    return (tight(cleaned) if is_person_name(cleaned) else text,)
