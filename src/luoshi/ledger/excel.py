"""Workbooks that open cleanly in Excel, WPS and LibreOffice. Words are always written as words (`write_string`)."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from luoshi.ledger.deadlines import printed
from luoshi.ledger.models import Indicator, Mechanism, Plan, Quota, Task, TaskForce
from luoshi.ledger.queries.lists import Sight
from luoshi.ledger.queries.rows import Group

A4 = 9
FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_name": "黑体", "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"},
    "head": {**FONT, "bold": True, "align": "center", "bg_color": "#EAEFF5", "text_wrap": True},
    "group": {**FONT, "bold": True, "bg_color": "#F6F8FB", "text_wrap": True},
    "cell": {**FONT, "text_wrap": True},
    "middle": {**FONT, "align": "center", "text_wrap": True},
    "number": {**FONT, "num_format": "0.######"},
    "day": {**FONT, "num_format": "yyyy-mm-dd", "align": "center"},
}


class Sheet:
    """One sheet: a merged title, a frozen head, rows and group rows; set to print on A4 landscape."""

    def __init__(
        self, book: xlsxwriter.Workbook, name: str, title: str, head: Sequence[tuple[str, int]]
    ) -> None:
        self.sheet = book.add_worksheet(name)
        self.looks = {look: book.add_format(form) for look, form in LOOKS.items()}
        self.widths = [width for _, width in head]
        self.sheet.merge_range(0, 0, 0, len(head) - 1, "", self.looks["title"])
        self.sheet.write_string(0, 0, title, self.looks["title"])
        self.sheet.set_row(0, 36)
        for column, (label, width) in enumerate(head):
            self.sheet.write_string(1, column, label, self.looks["head"])
            self.sheet.set_column(column, column, width)
        self.sheet.set_row(1, 24)
        self.sheet.freeze_panes(2, 0)
        self.sheet.repeat_rows(1)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        self.sheet.set_footer("&C第&P页 共&N页")
        self.at = 2

    def group(self, title: str) -> None:
        """A heading over the whole width."""
        self.sheet.merge_range(self.at, 0, self.at, len(self.widths) - 1, "", self.looks["group"])
        self.sheet.write_string(self.at, 0, title, self.looks["group"])
        self.sheet.set_row(self.at, 22)
        self.at += 1

    def row(self, values: Sequence[Any]) -> None:
        """Numbers as numbers, days as days, all else as words; the row is as high as its longest cell needs."""
        for column, value in enumerate(values):
            if isinstance(value, int | float):
                self.sheet.write_number(
                    self.at, column, value, self.looks["middle" if column == 0 else "number"]
                )
            elif isinstance(value, dt.date):
                self.sheet.write_datetime(self.at, column, value, self.looks["day"])
            else:
                self.sheet.write_string(self.at, column, str(value or ""), self.looks["cell"])
        self.sheet.set_row(self.at, 16 * max(map(self._lines, values, self.widths)) + 6)
        self.at += 1

    @staticmethod
    def _lines(value: Any, width: int) -> int:
        """Lines a cell takes; a Chinese character is two of a column's width units."""
        room = max(width - 2, 2)
        return min(24, sum(-(-2 * max(len(line), 1) // room) for line in str(value or "").split("\n")))


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    """The bytes of a workbook that `fill` puts sheets into."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    fill(book)
    book.close()
    return stream.getvalue()


Head = Sequence[tuple[str, int]]
"""Columns: label and width in characters."""


def single(name: str, title: str, head: Head, rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one table; None is an empty cell."""

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = Sheet(book, name, title, head)
        for row in rows:
            sheet.row(["" if cell is None else cell for cell in row])

    return workbook(fill)


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
