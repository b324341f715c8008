"""Facts of 青禾县 for drafting: as many tasks as wanted, in every standing."""

from datetime import date
from decimal import Decimal

from luoshi.core.writing.facts import (
    Blocker,
    Decision,
    Facts,
    IndicatorFact,
    Meeting,
    Order,
    Score,
    State,
    TaskFact,
)

STANDINGS: tuple[State, ...] = ("done", "on_time", "on_time", "lagging", "not_started", "not_due", "unknown")
ACTIONS = ("工业攻坚行动", "乡村振兴行动", "营商环境行动", "民生改善行动")
LEADS = ("县发展改革局", "县工业和信息化局", "县农业农村局", "县住房城乡建设局", "县统计局")


def task(at: int) -> TaskFact:
    state = STANDINGS[at % 7] if LEADS[at % 5] != "县统计局" else "on_time"
    return TaskFact(
        f"task:{at}",
        str(at),
        ACTIONS[at % 4],
        f"推进第{at}项重点工程",
        state,
        LEADS[at % 5],
        ("县财政局",),
        "李明远",
        "2026年12月底",
        f"完成投资{at}亿元" if at % 3 else "",
        "低于序时3.2个百分点" if state == "lagging" else "",
        "用地未批" if state == "lagging" else "",
        sentence=f"第{at}项原文",
    )


def facts(tasks: int = 28) -> Facts:
    return Facts(
        "青禾县",
        "青禾县实施“八大行动”总体方案",
        "2026年7月上旬",
        date(2026, 7, 10),
        2026,
        tuple(sorted(map(task, range(1, tasks + 1)), key=lambda row: ACTIONS.index(row.action))),
        (
            IndicatorFact("indicator:1", "工业增加值增速", "%", ">=", Decimal("8"), Decimal("8.6"), None, "on_time", "县统计局"),
            IndicatorFact("indicator:2", "固定资产投资增速", "%", ">=", Decimal("10"), Decimal("6.2"), None, "lagging", "县发展改革局"),
            IndicatorFact("indicator:3", "居民收入增速", "%", ">=", Decimal("6.5"), None, None, "unknown", "县统计局"),
        ),
        (Blocker("blocker:1", "用地指标不足", "县工业和信息化局", "县自然资源局"),),
        (Decision("decision:1", "加快用地报批", "县自然资源局", ("县发展改革局",), "8月15日"),),
        (Score("score:1", "县发展改革局", "部门组", Decimal("95.5"), 1), Score("score:2", "县统计局", "部门组", Decimal("93"), 2)),
        ("抓紧补上差距", "开好下旬调度会"),
        Meeting("研究“八大行动”推进工作", date(2026, 7, 9), "县政府一会议室", "李明远", "周立新、赵怀远"),
        Order("县住房城乡建设局", "县政府第5次常务会议", "查明原因并补上差距", "2026年7月20日", "书面反馈", "政府督查室"),
    )  # fmt: skip
