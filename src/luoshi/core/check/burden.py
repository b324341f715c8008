"""What the rules on lightening the load of the grass roots forbid or discourage.

The rules were read in published reprints; each code names its source in the catalogue.
"""

from collections.abc import Iterator

from luoshi.core.check.findings import Finding
from luoshi.core.check.proof import Proof
from luoshi.core.pattern import pattern
from luoshi.core.source.markers import ANNEX

PAPER_LIMIT = 5000
_REPORT = pattern(r"报告|规划|纲要|会议资料|预算|决算")
_LIMITED_SINCE = 2019  # 《关于解决形式主义突出问题为基层减负的通知》; older papers knew no limit
_TO = r"(?:[县市区省旗州]|领导小组|指挥部|专班|办公室)"
_BACK = pattern(
    rf"(?:贯彻|落实|执行)(?:落实|执行)?情况[^。;\n]{{0,24}}?(?:报送|上报|书面报告|报告|报至|报)(?:{_TO}|[^。;\n]{{0,6}}{_TO})"
)
_FOLLOW_UP = pattern(
    r"(?:各乡镇|各镇街?|各街道|各地|各县区?|各县市区|各单位|各部门|各成员单位|各责任单位|各牵头单位)[^。;\n]{0,24}?(?:研究|抓紧|尽快)?(?:制定|出台)[^。;\n]{0,14}?(?:实施方案|实施细则|工作方案|配套文件|配套方案|工作措施|具体措施)"
)
_NOTE_SCORED = pattern(
    r"(?:肯定性?)?批示[^。;\n]{0,24}?(?:加分|计分|得分|加\d|奖励\d)|(?:加分|计分)[^。;\n]{0,20}?批示"
)
_PRESS_SCORED = pattern(
    r"(?:内宣|外宣|宣传稿|稿件|典型经验稿|刊发|刊播|媒体|报道|信息采用|简报采用)[^。;\n]{0,40}?(?:加分|扣分|计分|得分|纳入考核|考核)|(?:考核|计分|加分)[^。;\n]{0,24}?(?:刊发|刊播|媒体报道|宣传稿)"
)
_PRESS_COUNTED = pattern(
    r"(?:每个?|各)[^。;\n]{0,10}?(?:全年|每年|每月|年度)?[^。;\n]{0,6}?(?:至少|不少于|完成)?\d+篇[^。;\n]{0,12}?(?:稿|报道|信息|简讯)|至少\d+篇[^。;\n]{0,12}?(?:稿|报道|信息|简讯)"
)
_TRACES = pattern(
    r"(?:拍照|照片|截图|视频|定位|轨迹)[^。;\n]{0,14}?(?:上传|留痕|打卡|佐证)|(?:打卡|签到)(?:制度|考勤|记录|情况|率)|(?:积分|在线时长|登录率|使用率|活跃度|点赞|转发)[^。;\n]{0,8}?(?:排名|排行|通报|考核)"
)
_OF_TRACES = (
    "拍照", "照片", "截图", "视频", "定位", "轨迹", "打卡", "签到", "积分", "在线时长", "登录率", "使用率", "活跃度", "点赞", "转发",
)  # fmt: skip
_APPS = ("APP", "App", "小程序", "客户端")
_APP = pattern(
    r"(?:下载|安装|推广)[^。;\n]{0,12}?(?:APP|App|小程序|客户端)[^。;\n]{0,16}?(?:率|考核|通报|排名)|(?:开发|建设|上线)[^。;\n]{0,14}?(?:专用|填报|打卡)(?:APP|App|小程序)"
)
_VETO = pattern(r"一票否决|签订[^。;\n]{0,8}?责任(?:状|书)")
_EACH_YEAR = {"周": 52, "旬": 36, "双周": 26, "半月": 24, "月": 12, "两月": 6, "季": 4, "半年": 2, "年": 1}
_WRITTEN = pattern(r"简报|小结|总结|报送|上报|专报|报告|通报|信息|对账")
_MANY = 60


def long_papers(proof: Proof) -> Iterator[Finding]:
    """A paper whose body, without its annexes, is longer than the limit."""
    title = proof.plan.document.title or ""
    if _REPORT.search(title) or (proof.plan.document.year or _LIMITED_SINCE) < _LIMITED_SINCE:
        return
    annexes = [n.start for n in proof.paper.outline.nodes if n.rank == ANNEX]
    body = proof.text[: min(annexes, default=len(proof.text))]
    signs = len("".join(body.split()))
    if signs > PAPER_LIMIT:
        start = max(proof.text.find(title.translate(_FOLD)), 0) if title else 0
        message = (
            f"正文（不含附件）约{signs}字，超过一般文件{PAPER_LIMIT}字、专项工作文件4000字的限制，请压缩。"
        )
        yield proof.finding("paper-long", start, start + max(len(title), 10), message)


_FOLD = str.maketrans("（），：；", "(),:;")


def reports_back(proof: Proof) -> Iterator[Finding]:
    """Clauses that ask for reports on the carrying out, or for papers of one's own to carry out the paper."""
    for m in _BACK.finditer(proof.text):
        message = (
            "这里要求报送贯彻落实情况；一般文件不应提出这类要求，如确有必要请写明依据，并与已有报送合并。"
        )
        yield proof.finding("report-back", m.start(), m.end(), message)
    for m in _FOLLOW_UP.finditer(proof.text):
        message = "这里要求下级再制定配套文件；能够直接执行的，不应要求层层制定方案。"
        yield proof.finding("follow-up-paper", m.start(), m.end(), message)


def scored_papers(proof: Proof) -> Iterator[Finding]:
    """Scores for leaders' notes and for pieces in the press; numbers of pieces to be placed."""
    for m in _NOTE_SCORED.finditer(proof.text) if "批示" in proof.text else ():
        message = "这里把领导批示计入考核得分；考核应看结果，请删去，或只作事迹记录不计分。"
        yield proof.finding("note-scored", m.start(), m.end(), message)
    scored = [m.span() for m in _PRESS_SCORED.finditer(proof.text)]
    for start, end in scored:
        message = "这里把宣传报道的篇数计入考核；考核应看结果，请删去，或与考核得分分开。"
        yield proof.finding("press-scored", start, end, message)
    counted = [
        m
        for m in (_PRESS_COUNTED.finditer(proof.text) if "篇" in proof.text else ())
        if not any(a < m.end() and m.start() < b for a, b in scored)
    ]
    if counted:
        message = f"这里按篇数下达宣传任务（{len(counted)}处），容易变成基层负担，请改为鼓励，不作硬性要求，也不计入得分。"
        others = tuple(proof.other(*m.span()) for m in counted[1:])
        yield proof.finding("press-quota", *counted[0].span(), message, others)


def traces(proof: Proof) -> Iterator[Finding]:
    """Photographs and tracks as proof, clocking in, rankings of activity, applications to be installed; vetoes."""
    for m in _TRACES.finditer(proof.text) if any(word in proof.text for word in _OF_TRACES) else ():
        message = "这里要求拍照留痕、打卡或按活跃程度排名，属于明令禁止的做法，请删去。"
        yield proof.finding("trace-required", m.start(), m.end(), message)
    for m in _APP.finditer(proof.text) if any(word in proof.text for word in _APPS) else ():
        message = "这里考核应用程序的下载、使用情况，或另建填报程序，不符合政务移动应用管理规定，请删去。"
        yield proof.finding("app-required", m.start(), m.end(), message)
    for m in _VETO.finditer(proof.text):
        message = f"“{m.group()}”须有上级明文依据并实行清单管理，请注明依据，没有依据的删去。"
        yield proof.finding("veto", m.start(), m.end(), message)


def many_reports(proof: Proof) -> Iterator[Finding]:
    """Rhythms of reports that add up to more than five a month."""
    asked = [m for m in proof.plan.mechanisms if m.every in _EACH_YEAR and _WRITTEN.search(m.activity)]
    total = sum(_EACH_YEAR[m.every or "年"] for m in asked)
    if total > _MANY:
        start, end = proof.clean(asked[0].span)
        listed = "、".join(dict.fromkeys(f"{m.every}{m.activity}" for m in asked))
        message = (
            f"方案要求的定期报送和通报（{listed}）合计一年约{total}次，请合并同类报送，同一数据只要一次。"
        )
        others = tuple(proof.other(*proof.clean(m.span)) for m in asked[1:])
        yield proof.finding("reports-many", start, end, message, others)
