"""Words beside a known measure that nothing explains: an item of the list that may be a measure no vocabulary knows.

A measure cell also says who decided, why, on which article, until when and what became of it. Such words explain the
measure; what is left of an item when they are taken away was not read, and the cell must not pass for understood.
"""

import re

from .casewords import has_surname, is_person_name

# Stands in a text for each sign of a measure that was read.
READ = "\0"

# Longer items are told stories, not measures.
_LONGEST = 20
_BRACKETS = re.compile(r"\([^()]*(?:\)|$)|《[^》]*(?:》|$)|“[^”]*(?:”|$)")
_DOCUMENT = re.compile(r"[^、,;。:\n\0]*(?:〔|\[|【|〈|\()?(?:19|20)\d\d(?:〕|\]|】|〉|\))?第?\d+号")
_LABEL = re.compile(r"(?:(?<=[、,;。\n])|^)[^、,;。:\n\0]{1,16}:")
_SENTENCES = re.compile(r"[;。\n]")
_ITEMS = re.compile(r"[、,+]")
# From here on, up to the next measure, the sentence gives a reason.
_REASON = re.compile(r"因(?!此)|由于|鉴于|针对|(?:^|鉴|就)对(?!其)|存在|在[^、,]{2,}(?:中|上|时|期间|方面)")
_EXPLAINS = re.compile(
    # Why.
    r"责任|职责|履职|履责|失职|渎职|失察|失责|失管|失误|失信|疏于|不[力到实严足够当作及细清高强明深准良佳]|未(?:能|按|及时|认真|严格|有效)|不作为|违规|违反|违纪|违法|造成|导致|影响|损失"
    r"|情节|后果|性质|态度|主动|配合|认错|悔|滞后|缺位|缺失|松懈|薄弱|漏洞|弄虚作假|形式主义|官僚主义|问题|事件|事故|案件?$|整改"
    # Who decided, on which ground, in which form.
    r"|研究|会议|决定|决议|批准|同意|审批|审议|讨论|呈报|上报|报送|报告|备案|送达|宣布|宣读|公布|下发|印发|文件|文书|根据|依据|按照|依照|参照|条例|办法|规定|规则|法律|第[^、,]{1,8}[条款项]"
    r"|纪委|监委|纪检|监察|党委|党组|常委|党工委|党支部|县委|市委|区委|省委|州委|旗委|政府|组织部|人社|人大|政协|法院|检察院|公安|机关|单位|部门|班子|派驻|上级|组织程序"
    # Until when, and what became of it.
    r"|期限|期间|期满|届满|时间|日期|当[年月日天]|生效|起算|执行|落实|到位|办结|结案|完成|归档|存档|档案|手续|范围|大会|会上|另有任用|另行安排|退休|去世|病故|离职|离任|卸任|在职|现任|原任|时任|免任"
    r"|形态|第[一二三四]种|考核|不得|不变|不再|原职|提拔|晋升|调任|公示|公告|曝光|入档|终结|申诉|复议|复查|回访|备注|详见|附后|同上|见附件|案号|编号"
    # Whom it meets: posts, ranks and places at the end of the item.
    r"|(?:长|书记|主任|委员|干部|人员|同志|经理|员|领导|负责人|责任人|党员|所在地|分管|主管|职务|岗位|职级|级别|级|待遇|[县市区省州旗镇乡村局委办院所站组部科股室]|领域|系统|战线|方面)$"
)
_FILLERS = re.compile(
    r"给予|予以|受到|处以|采取|实施|作出|做出|进行|运用|一并|同时|并且|其中|另外|此外|最终|最后|现已|均已|本人|对其|当事人|该同志|同志|上述|以上|相关|有关|指出错误|评优|评先|资格|依法|依规|依纪|按规定|从[轻重]|加重|减轻"
    r"|影响期|处分期|考察期|半年|人次|处分|处理|处罚|措施|方式|结果|种类|类型|名称|党纪政务|党政纪|党纪|政务|政纪|党内|行政|组织|纪律|问责|追责|没有|不涉及|不适用|暂无"
    r"|全[县市区省乡镇系统]+|公开|内部|书面|口头|集体|当面|现场|正式|责令|责成|要求"
    r"|[被给予由向对将把经已均并同及和与且后再又另其该各等共为的了是有无否未在自从起至到止满一二两三四五六七八九十百半零〇年月日天周次个项名人期约计即]"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_JOINED = re.compile(r"^(?:并且?|同时|以及|及|和|与|且|后|再|又)+")


def unread_items(text: str) -> list[str]:
    """Items of a measure cell that nothing explains, in order. text: simplified, half-width punctuation, every sign of a read
    measure replaced by ``READ``; a text without any is not looked at."""
    if READ not in text:
        return []
    rest = _LABEL.sub("", _DOCUMENT.sub("", _BRACKETS.sub("", text)))
    found, measured = [], False
    for sentence in _SENTENCES.split(rest):
        reason = False
        for item in _ITEMS.split(sentence):
            before, *behind = re.split(f"{READ}+", item)
            if behind:
                reason, measured = False, True
                found += [_JOINED.sub("", b) for b in behind if _is_unread(b)]
            elif _REASON.search(before):
                reason = True
            elif not reason and _is_unread(before) and (measured or not _is_name(before)):
                found.append(before)
    return found


def _is_unread(item: str) -> bool:
    if not 2 <= len(item) <= _LONGEST or _EXPLAINS.search(item) or re.search("[某×*○]", item):
        return False
    return len(_HAN.findall(_FILLERS.sub("", item))) >= 2


def _is_name(item: str) -> bool:
    """A bare name before the first measure: 张三，诫勉."""
    return is_person_name(item) and has_surname(item)
