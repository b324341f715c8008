"""What a column is for, by its title.

`ROLES` is data: the first rule that fits a title (blanks and brackets taken out) names the role. The words are those of
task sheets, breakdowns of work reports, lists of public-service promises (民生实事), project lists and scoring sheets.
"""

from functools import lru_cache

from luoshi.core.pattern import HAN, pattern

_UNIT = "(?:单位|部门|地区|乡镇|镇街|专班)"
_END = "(?=$|[及和或与、/])"
ROLES: tuple[tuple[str, str], ...] = (
    ("score", r"分值$|得分|评分|计分|扣分|加分|权重$|赋分|自评|考评分|^分数$|考核(?:标准|办法|方式)$"),
    ("account", r"[预决]算|执行数|债券|限额|余额|科目|债务|拨付|结转|收入|支出"),
    ("contact", r"^姓名$|职务$|电话|手机|联络员$|联系人$|联系方式|^性别$"),
    (
        "past",
        r"^(?:上一?年|去年|20\d\d年)度?(?:实际)?(?:完成|实绩|实际|达到|情况|基数|水平)|^(?:上一?年|去年)度?$|^(?:现状|基期|基数)"
        r"|实际(?:完成)?[值数量]?$",
    ),
    ("unit", r"^(?:计量|计算|数量)?单位$"),  # 家, 亩, %; a bare 单位 may also be who answers
    ("number", r"^序号?$|^编号$|(?:任务|项目|事项|问题)(?:编|序)号$|^N[Oo]\.?$"),
    ("desk", r"(?:股室|科室|处室)$"),
    ("lead", rf"牵头(?:责任|负责)?{_UNIT}{_END}|^总?牵头$|(?:主办|主责){_UNIT}{_END}|^主办$"),
    ("support", rf"(?:配合|协办|协助|协同|参与|参加|支持)(?:责任)?{_UNIT}{_END}|^(?:配合|协办|参与)$"),
    (
        "owner",
        rf"(?:责任|承办|落实|实施|负责|完成|建设|业主|承担|执行|主管|分管|整改|包保)(?:主体)?{_UNIT}{_END}"
        r"|责任(?:主体|分工)$|^业主$|^分工$",
    ),
    ("leader", rf"领导(?:姓名)?{_END}|[县市区州旗镇乡]长$"),
    ("person", rf"(?:责任|负责)人{_END}|责任同志$"),
    (
        "deadline",
        r"(?:时限|期限|时间|日期|年限)$|^月份?$|(?:时间|时限|完成|进度)?节点$|(?:时间|进度)(?:安排|要求)$|^序时进度$",
    ),
    (
        "progress",
        r"备注$|进展(?:情况)?$|(?:完成|落实|推进|执行|进度)情况$|(?:工作|形象)进度$|^进度$|^存在问题$|下步打算$|^下一步|^说明$|^状态$",
    ),
    ("amount", r"投资|资金|金额|数量$|增速$|增长率?$|比重$|总额$|[完目]成率$"),
    (
        "measure",
        r"(?:举措|措施)$|^(?:工作|建设|具体|主要|实施|项目|整改)(?:内容|要求|事项)(?:及规模|及目标)?$|建设规模(?:及内容)?$"
        r"|具体(?:工作)?任务$|工作标准$|实施路径$",
    ),
    (
        "heading",
        r"(?:类别|分类|类型|大项|领域|板块|维度|章节|篇章|行动|工程|方面|模块|一级任务|(?:^|工作|攻坚|产业)专班)$|^类$",
    ),
    (
        "target",
        r"目标(?:值|要求)|(?:年度|工作|量化|预期|绩效|总体|阶段|具体|\d年)(?:性)?目标$|^目标$|成效$|成果(?:形式)?$|指标(?!名称)|季度(?:目标|计划)?$"
        r"|计划$|标志$|^第?[1-4一二三四]季度|^[上下]半年$",
    ),
    (
        "content",
        r"(?:目标|指标)名称$|内容$|任务(?:事项|名称|要求)?$|事项(?:名称)?$|实事(?:项目|名称)?$|^(?:年度|全年)?工作$|(?:重点|主要)工作$|工作(?:要点|名称)$"
        r"|项目(?:名称)?$|^要点$|^名称$|^问题$|(?:具体|主要)问题$|举措名称$",
    ),
)
OWNERS = frozenset(("lead", "owner", "support"))
TEXTS = frozenset(("content", "measure", "target"))
_RULES = tuple((role, pattern(rule)) for role, rule in ROLES)
_BRACKETS = pattern(r"[(〔\[](?:[^()〔〕\[\]]*)[)〕\]]|\s+|[*※]")
_NO_TITLE = pattern(r"[。;!?、“”《》,]|^\d(?!\d*年)")
_JOINT = pattern(rf"{HAN}{{2,}}?(?=[及和与、/])")
_STAGE = pattern(r"季度|[上下]半年|\d月|节点|阶段")
LONGEST_TITLE = 16


# Titles of four characters, of which a scan may have spoiled one (贵任单位).
_FREQUENT = (
    "责任单位",
    "牵头单位",
    "配合单位",
    "责任部门",
    "完成时限",
    "完成时间",
    "工作任务",
    "重点任务",
    "主要任务",
    "任务内容",
    "责任领导",
    "分管领导",
)


@lru_cache(maxsize=4096)
def role_of(title: str) -> str:
    """The role a title names, "" when it names none: role_of("县政府分管领导") == "leader"."""
    bare = _BRACKETS.sub("", title)
    if not bare or len(bare) > LONGEST_TITLE or _NO_TITLE.search(bare):
        return ""
    for role, rule in _RULES:
        if rule.search(bare):
            return role
    if joint := _JOINT.match(bare):  # 任务内容及目标
        return role_of(joint.group())
    if len(bare) != 4:
        return ""
    meant = {role_of(f) for f in _FREQUENT if sum(a == b for a, b in zip(f, bare, strict=True)) == 3}
    return meant.pop() if len(meant) == 1 else ""


def roles_of(header: tuple[str, ...]) -> tuple[str, ...]:
    """Roles of a header; of a title “责任单位/牵头单位” (two rows deep) the lower word decides, then the upper one."""
    return tuple(next(filter(None, map(role_of, reversed(title.split("/")))), "") for title in header)


def is_stage(title: str) -> bool:
    """Whether a column says how far things are at some time of the year (第一季度, 6月底目标) rather than what is to be done."""
    return _STAGE.search(title) is not None
