"""Breaking a title into lines that keep words whole and form a trapezium or a lozenge (GB/T 9704-2012 §7.3.1)."""

import re
from itertools import combinations, pairwise

from luoshi.core.writing.sheet import cells

LONGEST = 20.0  # cells of 22 pt in a line of 156 mm
_WORDS = [
    "关于",
    "印发",
    "转发",
    "批转",
    "全县",
    "重点",
    "任务",
    "工作",
    "落实",
    "情况",
    "通报",
    "通知",
    "通告",
    "督查",
    "督办",
    "督促",
    "推进",
    "进展",
    "进度",
    "行动",
    "方案",
    "实施",
    "总体",
    "会议",
    "纪要",
    "季度",
    "年度",
    "上半年",
    "下半年",
    "上旬",
    "中旬",
    "下旬",
    "人民政府",
    "办公室",
    "领导小组",
    "责任",
    "分解",
    "考核",
    "结果",
    "提醒",
    "交办",
    "事项",
    "议定",
    "攻坚",
    "建设",
    "高质量",
    "发展",
    "经济",
    "项目",
    "营商环境",
    "指标",
    "完成",
    "贯彻",
    "加强",
    "做好",
    "有关",
    "问题",
    "整改",
    "安全生产",
    "招商引资",
    "乡村振兴",
    "专项",
    "调度",
    "滞后",
    "清单",
    "八大",
    "七大",
    "县委",
    "县政府",
    "委员会",
    "管理局",
]
_WORD = re.compile(
    "|".join([*sorted(_WORDS, key=len, reverse=True), r"\d+[年月日%个项]?", "第[一二三四五六七八九十]+"])
)
_NOT_FIRST, _NOT_LAST = "的了与和及、，》”）〉年月日号", "《“（〈"
_STAYS_BEFORE = ("关于", "印发", "转发", "和", "与", "及", "对", "将")


def title_lines(title: str) -> tuple[str, ...]:
    """The lines of a title; a break set by hand (a newline) is kept.

    >>> title_lines("关于2026年上半年重点任务落实情况的通报")
    ('关于2026年上半年重点任务落实情况的通报',)
    """
    if "\n" in title:
        return tuple(line.strip() for line in title.split("\n") if line.strip())
    title = title.strip()
    width = cells(title)
    if width <= LONGEST:
        return (title,)
    count = int(-(-width // LONGEST))
    for lines in range(count, min(count + 2, 6)):
        best = _best(title, lines)
        if best:
            return best
    return (title,)


def _best(title: str, count: int) -> tuple[str, ...]:
    costs = _break_costs(title)
    ideal = len(title) / count
    places = [at for at in range(2, len(title) - 1) if costs[at] < 9]
    if count > 3:  # few candidates near each even break, or the search would explode
        places = [p for p in places if min(abs(p - ideal * k) for k in range(1, count)) <= 4]
    best: tuple[str, ...] = ()
    least = float("inf")
    for breaks in combinations(places, count - 1):
        edges = (0, *breaks, len(title))
        lines = tuple(title[a:b] for a, b in pairwise(edges))
        widths = [cells(line) for line in lines]
        if max(widths) > LONGEST:
            continue
        cost = sum(costs[at] for at in breaks) * 2 + _shape_cost(widths)
        if cost < least:
            best, least = lines, cost
    return best


def _shape_cost(widths: list[float]) -> float:
    """0 for a trapezium or lozenge with gentle steps; more for a rectangle, an hourglass, a stub."""
    steps = [b - a for a, b in pairwise(widths)]
    rising, falling = all(s > 0 for s in steps), all(s < 0 for s in steps)
    turns = [a > 0 > b for a, b in pairwise(steps)]
    lozenge = len(widths) >= 3 and sum(turns) == 1 and not any(a < 0 < b for a, b in pairwise(steps))
    shape = 0.0 if rising or falling or lozenge else 6.0
    return shape + sum(max(0.0, abs(step) - 4) for step in steps) * 0.6 + 0.2 * (not lozenge)


def _break_costs(title: str) -> list[float]:
    """What it costs to break before each character: 0 after a word or sign, 9 where a word would be torn."""
    costs = [1.0] * (len(title) + 1)
    for word in _WORD.finditer(title):
        for inside in range(word.start() + 1, word.end()):
            costs[inside] = 9.0
        for edge in (word.start(), word.end()):
            costs[edge] = min(costs[edge], 0.4)
    for at in range(1, len(title)):
        before, after = title[:at], title[at]
        if after in _NOT_FIRST or before[-1] in _NOT_LAST or (before[-1].isdigit() and after.isdigit()):
            costs[at] = 9.0
        elif before.endswith(_STAYS_BEFORE):
            costs[at] = max(costs[at], 4.0)
        elif before[-1] in "、》" or after == "《":
            costs[at] = 0.0
        if before.count("“") > before.count("”"):
            costs[at] = 9.0
        elif before.count("《") > before.count("》"):
            costs[at] += 1.0
    return costs
