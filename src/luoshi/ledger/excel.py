"""The ledger as workbooks: as filtered and grouped on screen, or as 任务责任分解表."""

from collections.abc import Iterable
from typing import Any

import xlsxwriter

from luoshi.core.flow.assignment import ASSIGNMENT
from luoshi.ledger.deadlines import printed
from luoshi.ledger.models import Assignment, Indicator, Mechanism, Plan, Quota, Task, TaskForce
from luoshi.ledger.queries.lists import Sight
from luoshi.ledger.queries.rows import Group
from luoshi.ui.excel import Sheet, Table, several, workbook


def breakdown(plan: Plan, groups: Iterable[Group]) -> bytes:
    """任务责任分解表: 序号, 内容, 主要责任单位, 分管领导, 工作进度 (left to be filled)."""
    head = [("序号", 6), ("内容", 66), ("主要责任单位", 30), ("分管领导", 12), ("工作进度", 24)]

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = Sheet(book, "任务责任分解表", f"{plan.title}任务责任分解表", head)
        for group in groups:
            sheet.group(group.title)
            for number, task in enumerate(group.rows, 1):
                sheet.row([number, _words(task), units(task), leaders(task), ""])

    return workbook(fill)


def ledger(plan: Plan, view: str, groups: Iterable[Group]) -> bytes:
    """The ledger of tasks as filtered and grouped on screen."""
    head = [
        ("序号", 6), ("任务", 26), ("内容", 60), ("负总责", 16), ("牵头单位", 20), ("责任单位", 30), ("分管领导", 10),
        ("时限", 14), ("时限变更(次)", 8), ("状态", 10), ("待认领或有异议", 20), ("行动", 18), ("位置", 16), ("待确认", 20),
    ]  # fmt: skip

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = Sheet(book, view, f"{plan.title}台账（{view}）", head)
        for group in groups:
            sheet.group(f"{group.title}（{len(group.rows)}项）")
            for task in group.rows:
                first = task.accountable
                sheet.row(
                    [
                        task.order, task.heading, task.text, first.unit.full_name if first else "",
                        units(task, "lead"), units(task, "support"), leaders(task), printed(task.deadline),
                        task.moved or "", task.get_state_display(), unanswered(task),
                        task.action.name if task.action else "", task.path, task.questions,
                    ]
                )  # fmt: skip

    return workbook(fill)


def indicators(plan: Plan, rows: Iterable[Indicator]) -> bytes:
    """All indicators as filtered."""
    head = [
        ("序号", 6), ("指标", 34), ("目标", 22), ("目标值", 12), ("单位", 10), ("类型", 8), ("目标状态", 10), ("行动", 18),
        ("责任单位", 30), ("原文", 50),
    ]  # fmt: skip

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = Sheet(book, "全部指标", f"{plan.title}指标台账", head)
        for i in rows:
            value = float(i.value) if i.value is not None else ""
            owners = units(i.task) if i.task else ""
            action = i.action.name if i.action else ""
            sheet.row(
                [i.order, i.name, i.words, value, i.unit, i.get_kind_display(), i.get_target_display(), action, owners, i.quote]
            )  # fmt: skip

    return workbook(fill)


def forces(
    plan: Plan, forces: Iterable[TaskForce], mechanisms: Iterable[Mechanism], quotas: Iterable[Quota]
) -> bytes:
    """Task forces with their seats; mechanisms; quotas: a sheet each."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = Sheet(book, "专班", f"{plan.title}专班", [("序号", 6), ("角色", 26), ("名称", 40)])
        for force in forces:
            sheet.group(force.name)
            for number, seat in enumerate(force.seats.all(), 1):
                sheet.row([number, seat.get_role_display(), seat.name])
        head = [("序号", 6), ("谁", 30), ("做什么", 24), ("多久一次", 14), ("至少", 8), ("原文", 60)]
        sheet = Sheet(book, "机制", f"{plan.title}工作机制", head)
        for m in mechanisms:
            sheet.row([m.order, m.actor, m.activity, m.every, "是" if m.at_least else "", m.quote])
        head = [("序号", 6), ("谁", 30), ("什么", 30), ("至少", 10), ("每", 12), ("原文", 60)]
        sheet = Sheet(book, "名额", f"{plan.title}名额", head)
        for q in quotas:
            sheet.row([q.order, q.who, q.what, float(q.at_least), q.per, q.quote])

    return workbook(fill)


def listed(plan: Plan, sight: Sight) -> bytes:
    """One list as on screen, cells typed: numbers as numbers, days as days, words as words."""
    head = [(column.label, column.width) for column in sight.columns]

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = Sheet(book, sight.label, f"{plan.title}{sight.label}", head)
        for title, lines in sight.groups:
            if title:
                sheet.group(f"{title}（{len(lines)}项）")
            for line in lines:
                sheet.row(["" if cell is None else cell for cell in line.cells])

    return workbook(fill)


CLAIMS = (
    ("方案", 40), ("序号", 8), ("任务", 30), ("内容", 60), ("单位", 28), ("角色", 10), ("负总责", 9), ("其他单位", 40), ("时限", 14), ("答复或理由", 40),
)  # fmt: skip
STANDING = (("单位", 32), ("待认领(项)", 12), ("有异议(项)", 12), ("已认领(项)", 12))


def claims(
    own: Iterable[Assignment], contested: Iterable[Assignment], standing: Iterable[dict[str, Any]]
) -> bytes:
    """Shares to take on, objections to answer, how the units stand: a sheet each, those without rows left out."""
    counted = ([line["unit__full_name"], *(line[state] for state in ASSIGNMENT.states)] for line in standing)
    tables = [
        Table("待认领", "等本单位认领的任务", CLAIMS, [_share(share) for share in own]),
        Table("有异议", "等答复的异议", CLAIMS, [_share(share) for share in contested]),
        Table("各单位", "各单位认领情况", STANDING, list(counted)),
    ]
    return several([table for table in tables if table.rows] or tables[:1])


def _share(share: Assignment) -> list[Any]:
    task = share.task
    others = (one.printed for one in task.assignments.all() if one.pk != share.pk)
    return [
        task.plan.title, task.order, task.heading, task.text, share.unit.full_name, share.get_role_display(),
        "是" if share.accountable else "", "、".join(others), printed(task.deadline), share.note,
    ]  # fmt: skip


TARGETS = (("指标", 34), ("目标", 22), ("目标状态", 10), ("类型", 10), ("原文", 60))
STEPS = (("节点", 40), ("承担单位", 28), ("完成日期", 13), ("报完成", 13), ("权重", 8), ("状态", 12))
CHANGES = (("内容", 14), ("原为", 30), ("改为", 30), ("理由", 40), ("依据", 30), ("办理", 12), ("时间", 18))


def task(found: Task) -> bytes:
    """What hangs on a task: its indicators, its milestones, what was changed of it, a sheet each."""
    indicators = (
        [i.name, i.words, i.get_target_display(), i.get_kind_display(), i.quote]
        for i in found.indicators.all()
    )
    steps = (
        [m.title, m.unit.full_name if m.unit else "", m.due, m.done_on, m.weight, m.get_state_display()]
        for m in found.milestones.all()
    )
    changes = (
        [a.get_what_display(), a.old, a.new, a.reason, a.document, a.person_name, a.at]
        for a in reversed(found.amendments.all())
    )
    return several(
        [
            Table("指标", f"{found}的指标", TARGETS, indicators),
            Table("节点", f"{found}的节点", STEPS, steps),
            Table("变更", f"{found}的变更", CHANGES, changes),
        ]
    )  # fmt: skip


def _words(task: Task) -> str:
    heading = task.heading if task.heading and not task.text.startswith(task.heading) else ""
    return f"{heading}：{task.text}" if heading and task.form == "table" else task.text


def units(task: Task, role: str = "") -> str:
    """Names as printed, lead units first; 等 closes a list that the plan left open."""
    names = "、".join(s.printed for s in task.assignments.all() if role in ("", s.role))
    return f"{names}等" if names and task.open_ended and role != "lead" else names


def unanswered(task: Task) -> str:
    """The units that have not taken the task on, with how they stand."""
    rows = (a for a in task.assignments.all() if a.state != "accepted")
    return "、".join(f"{a.printed}（{a.get_state_display()}）" for a in rows)


def leaders(task: Task) -> str:
    return "、".join(leader.name for leader in task.leaders.all())
