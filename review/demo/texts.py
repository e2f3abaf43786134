"""Long texts of the demo cases: reasons and rectification, so diverse that no two are near-identical by accident.

Each text is put together from slots with 13 phrases each. Which phrase a slot takes follows from the number of the text as in an
error-correcting code (a polynomial over 13 elements), so two texts share at most ``DIGITS`` - 1 slots, whatever their numbers.
"""

BASE, DIGITS = 13, 4
TEXTS = BASE**DIGITS

REASON = tuple(
    tuple(slot.split())
    for slot in (
        # How it began. No phrase may hold a word by which a domain or a licensed power is told; a test compares.
        """年初任务分解之后没有再过问 接到交办单后搁置三个多月 两次专题会议部署均未跟进 上半年对账时才发现缺口
        台账登记与实地核对相差较大 群众来电反映七次未予回应 新旧班子交接期间无人接手 季度调度时以口头汇报代替实地查看
        收到整改清单后照抄上年材料 部门之间来回转办长达半年 对下级报送的数字照单全收 现场踏勘记录全部由一人代填
        交办事项在登记簿上长期挂账""",
        """方案定了却没有拆分到人 责任清单漏列关键岗位 预案停留在文件柜里 目标任务逐级打折 会议纪要写明的五项措施只落实一项
        时间表一再顺延 牵头科室与配合科室各等各的 该上门的没有上门 应复核的样本一份未核 督办函发出后不问下文
        经费安排与任务脱节 把临时抽调人员当作主力 对关键环节没有留痕""",
        """对明显异常没有追问 对重复出现的苗头视而不见 对举手之劳的事项一拖再拖 把例行提示当成已经解决 凭经验判断代替逐户走访
        仅凭照片就认定达标 对第三方出具的结论不加甄别 遇到难点便绕着走 习惯于等上级来电再行动 对基层请示迟迟不作答复
        对限期事项没有倒排日程 发现偏差后未及时纠正 对承诺事项缺少回头看""",
        """致使同类情形先后出现四起 造成后续补救费用明显增加 错过了最佳处置时间 使三十余户群众受到影响 导致项目迟滞近一年
        引起周边居民强烈不满 造成账实不符 使补救工作陷于被动 让个别人员钻了空子 导致资料大面积缺失 造成重复投入
        使原有成果出现反弹 导致多项指标排名垫底""",
        """直至市里通报才着手处理 至检查时仍有九处没有销号 直到年底才补签手续 约谈之后仍未见明显起色
        复查时现状与首次查看几乎相同 相关材料系事后补做 先后更换三名联络人仍无改观 整改报告与实际不符 仅以一纸说明结案
        到核查组进驻时仍在观望 其间没有召开过一次调度会 后续措施至今没有评估 有关记录前后矛盾""",
        """调查中本人对上述事实没有异议 有会议记录和往来函件佐证 经走访二十余人得到印证 与现场勘查情况一致 有影像资料为证
        相关单位出具了书面说明 经比对原始凭证属实 多名同事的陈述相互吻合 经调阅办公系统记录确认 有签收单据可查
        有往年考核结果印证 有台账原件佐证 经实地丈量核实""",
    )
)
RECTIFICATION = tuple(
    tuple(slot.split())
    for slot in (
        """召开专题会议逐条认领问题 主要负责同志带队到现场办公 成立由分管同志牵头的工作专班 列出清单逐项明确到人
        组织相关科室自查自纠 与配合单位签订责任书 邀请行业专家会诊把脉 对照反馈意见逐字逐句检视 以支部为单位开展大讨论
        把整改纳入年度重点任务 安排专人驻点跟进 走访服务对象听取意见 对近三年同类事项全面起底""",
        """重新修订岗位职责一览表 废止两项过时办法 印发新的操作手册 建立双人复核机制 把抽查比例提高到四成 推行首问负责
        开通线上报送通道 制定负面情形清单 细化交接流程 推行工作日志制度 建立月通报季评比做法 完善档案管理规则
        设立举报信箱并专人查收""",
        """集中轮训一百二十人次 邀请外地同行授课 开办夜校补课 组织闭卷测试并公布成绩 采取师徒结对方式带教 编印案例读本人手一册
        选派骨干到市里跟班 开展岗位练兵比武 拍摄短片循环播放 以会代训逐镇讲解 举办青年干部沙龙 观看警示专题片并撰写心得
        设置模拟现场反复演练""",
        """对遗留的十一处点位逐一销号 追回多付款项 补齐缺失资料六十余份 更换不合格设备 对受影响群众上门致歉 完成历史数据清洗
        拆除存在风险的临时设施 恢复原貌并通过验收 清退不符合条件的对象 重新公示名单 补办相关手续 完成全部点位复测
        将闲置物资调剂使用""",
        """每周五下午碰头会商 由监督科室每月暗访一次 设置红黄绿三色进度牌 聘请十名义务监督员 委托第三方半年评估
        引入随机抽样回访 利用无人机定期巡查 实行销号人签字负责 把完成情况与绩效挂钩 建立微信群随时晒进度 每季度向常委会汇报
        在公示栏张榜公布 对进度滞后的单位发提醒函""",
        """首批任务已于五月底前完成 剩余两项预计年底见效 全部事项提前半个月收尾 目前完成率达九成以上 经复核全部达到要求
        群众满意度较整改前明显上升 有关指标由末位升至中游 同类情形未再出现 相关费用同比下降 处置时长缩短一半
        现场面貌焕然一新 台账与实地实现一致 验收组给出合格结论""",
        """下一步将扩大到其他股室 拟在全县推广这一做法 计划明年开展回头看 将适时修订实施细则 准备建立常态化抽检名录
        继续跟踪两个季度 适时邀请代表委员视察 将形成专题调研报告 拟增设一个专职岗位 计划与邻县建立协作 将把经验写入操作指南
        准备申请专项经费支持 继续关注重点人群反馈""",
        """责任领导已在民主生活会上作出说明 有关情况已书面报送 佐证材料装订成册备查 整改报告经集体研究通过 相关影像存入档案室
        复核意见由两人共同签字 完成情况在内网公开 阶段总结已上报主管部门 结果已抄送有关单位 会议记录完整可查
        存档目录一并更新 全部凭证由财务复核 后续动态按月更新""",
    )
)


def _slots(number: int, slots: tuple[tuple[str, ...], ...], digits: int) -> list[str]:
    """The phrase of each slot for a text number: values of one polynomial, its coefficients the digits of the number."""
    coefficients = [number // BASE**power % BASE for power in range(digits)]
    return [slot[sum(c * x**power for power, c in enumerate(coefficients)) % BASE] for x, slot in enumerate(slots)]


def reason_text(number: int, digits: int = DIGITS) -> str:
    """The part of a reason that tells what went wrong; two numbers below BASE**digits share less than ``digits`` of its six phrases."""
    first, second, third, fourth, fifth, sixth = _slots(number, REASON, digits)
    return f"{first}，{second}，{third}，{fourth}。{fifth}；{sixth}。"


def rectification_text(number: int) -> str:
    """What was done to put things right; two numbers below TEXTS share at most three of its eight phrases."""
    return "，".join(_slots(number, RECTIFICATION, DIGITS)[:4]) + "；" + "，".join(_slots(number, RECTIFICATION, DIGITS)[4:]) + "。"
