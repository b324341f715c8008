"""The tables papers carry: each line knows its row of the ledger and how it stands, so that totals can be counted again."""

from collections.abc import Mapping

from luoshi.core.plan.wording import number
from luoshi.core.writing.draft import Listing
from luoshi.core.writing.facts import WORDS, Facts, TaskFact
from luoshi.core.writing.names import LAGGING, reached, wanted
from luoshi.core.writing.paper import Group, Table
from luoshi.core.writing.scores import groups

TABLES = ("主要指标", "滞后清单", "任务责任分解表", "需协调事项", "议定事项清单", "考核结果")
_DASH = "—"
SCORE = "得分"
WORST = 20  # lines of 滞后清单: a paper names those furthest behind, all of them stand in the annex


def listings(facts: Facts) -> Mapping[str, Listing]:
    """Every table a template may ask for; those without rows stay out of the paper."""
    made = (
        _indicators(facts),
        _lagging(facts),
        _tasks(facts),
        _blockers(facts),
        _decisions(facts),
        _scores(facts),
    )
    return {listing.name: listing for listing in made}


def _indicators(facts: Facts) -> Listing:
    """位次 only where some indicator has one: most counties are not ranked."""
    placed = any(row.place for row in facts.indicators)
    rows = tuple(
        (
            str(at),
            row.name,
            wanted(row),
            reached(row),
            *(row.place or _DASH,) * placed,
            WORDS[row.state],
            row.owner or "未明确",
        )
        for at, row in enumerate(facts.indicators, 1)
    )
    head = ("序号", "指标", "年度目标", "本期完成", *("位次",) * placed, "评价", "牵头单位")
    widths = (1.2, 4.2, 3.2, 2.8, *(1.3,) * placed, 1.7, 3.0)
    table = Table(head, rows, widths, left=(1, 5 + placed))
    return Listing("主要指标", table, _keys(facts.indicators), tuple(row.state for row in facts.indicators))


def _lagging(facts: Facts) -> Listing:
    tasks = tuple(sorted(facts.standing(*LAGGING), key=lambda task: -task.short)[:WORST])
    rows = tuple(
        (
            str(at),
            task.text,
            task.gap or "未填报",
            task.reason or "责任单位未说明",
            "、".join(dict.fromkeys((task.lead or "（未明确）", *task.units))),
            task.deadline or "未明确",
        )
        for at, task in enumerate(tasks, 1)
    )
    table = Table(
        ("序号", "任务", "差距", "原因", "责任单位", "完成时限"),
        rows,
        (1.2, 4.4, 3.2, 3, 3.6, 2.1),
        left=(1, 2, 3, 4),
    )
    return Listing("滞后清单", table, _keys(tasks), tuple(task.state for task in tasks))


def _tasks(facts: Facts) -> Listing:
    rows: list[tuple[str, ...] | Group] = []
    keys, states, at = [], [], 0
    for action in facts.actions:
        if action:
            rows.append(Group(action))
            keys.append("")
            states.append("")
        for task in (task for task in facts.tasks if task.action == action):
            at += 1
            rows.append(_task_row(at, task))
            keys.append(task.key)
            states.append(task.state)
    table = Table(
        ("序号", "内容", "主要责任单位", "县政府分管领导", "完成时限", "工作进度", "评价"),
        tuple(rows),
        (1.1, 6, 5, 1.8, 2.2, 5, 1.8),
        left=(1, 2, 5),
        landscape=True,
        small=True,
    )
    return Listing("任务责任分解表", table, tuple(keys), tuple(states))


def _task_row(at: int, task: TaskFact) -> tuple[str, ...]:
    units = "、".join(dict.fromkeys(unit for unit in (task.lead, *task.units) if unit))
    return (
        str(at),
        task.content or task.text,
        units,
        task.leader,
        task.deadline,
        task.progress,
        WORDS[task.state],
    )


def _blockers(facts: Facts) -> Listing:
    rows = tuple((str(at), row.text, row.raised_by, row.asked_of) for at, row in enumerate(facts.blockers, 1))
    table = Table(("序号", "事项", "提出单位", "请求协调"), rows, (1.3, 7, 3, 3), left=(1,))
    return Listing("需协调事项", table, _keys(facts.blockers))


def _decisions(facts: Facts) -> Listing:
    rows = tuple(
        (str(at), row.text, row.lead, "、".join(row.units), row.deadline, "")
        for at, row in enumerate(facts.decisions, 1)
    )
    table = Table(
        ("序号", "议定事项", "牵头单位", "责任单位", "完成时限", "落实情况"),
        rows,
        (1.3, 6, 2.4, 3, 2, 2.4),
        left=(1, 3),
    )
    return Listing("议定事项清单", table, _keys(facts.decisions))


def _scores(facts: Facts) -> Listing:
    """Group by group, the highest score first; grade and note only where some unit has one. `states` are the grades."""
    found = groups(facts.scores)
    graded, noted = (any(getattr(row, name) for row in facts.scores) for name in ("grade", "note"))
    lines: list[tuple[str, ...] | Group] = []
    keys, states = [], []
    for name, rows in found:
        if name:
            lines.append(Group(f"{name}（{len(rows)}个）"))
            keys.append("")
            states.append("")
        for row in rows:
            cells = (str(row.place), row.unit, number(row.points))
            lines.append((*cells, *(row.grade or _DASH,) * graded, *(row.note,) * noted))
            keys.append(row.key)
            states.append(row.grade)
    head = ("位次", "单位", SCORE, *("等次",) * graded, *("备注",) * noted)
    widths = (1.2, 5, 1.8, *(1.8,) * graded, *(4.0,) * noted)
    table = Table(head, tuple(lines), widths, left=(1, 4) if graded and noted else (1, 3) if noted else (1,))
    return Listing("考核结果", table, tuple(keys), tuple(states))


def _keys(rows: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(str(getattr(row, "key", "")) for row in rows)
