"""A plan as sheets of rows, for people: Excel, CSV and the terminal show the same columns."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from luoshi.core.plan.model import Action, Doubt, Indicator, Mechanism, Plan, Quota, Task, TaskForce
from luoshi.core.plan.wording import KIND_LABELS, target_words
from luoshi.core.source.text import Span

Value = str | int | float | None


class Column(NamedTuple):
    """A column: its head, its width in Chinese characters, and whether a terminal shows it."""

    head: str
    width: int
    on_screen: bool = True


class Sheet(NamedTuple):
    """One kind of item; every row has one value for each column."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


PLACE = (Column("原文", 40, False), Column("起", 7, False), Column("止", 7, False), Column("疑问", 24, False))
COLUMNS: dict[str, tuple[Column, ...]] = {
    "任务": (
        Column("位置", 14), Column("行动", 14, False), Column("内容", 26), Column("牵头单位", 18), Column("责任单位", 30),
        Column("分管领导", 9), Column("完成时限", 10), *PLACE,
    ),
    "指标": (
        Column("位置", 12), Column("名称", 26), Column("类别", 6), Column("要求", 12), Column("目标值", 9, False),
        Column("上限", 9, False), Column("单位", 8, False), Column("基数", 9), Column("参照", 10), *PLACE,
    ),
    "专班": (
        Column("名称", 22), Column("召集人", 12), Column("第一副召集人", 12), Column("副召集人", 16), Column("成员单位", 40),
        Column("办公室", 12), *PLACE,
    ),
    "机制": (Column("主体", 20), Column("事项", 30), Column("周期", 10), Column("下限", 6), *PLACE),
    "名额": (Column("主体", 20), Column("内容", 30), Column("不少于", 8), Column("每", 8), *PLACE),
    "行动": (Column("位置", 12), Column("名称", 30), *PLACE),
    "疑问": (Column("类别", 6), Column("位置", 12), Column("对象", 24), Column("问题", 44), Column("起", 7, False), Column("止", 7, False)),
    "方案": (
        Column("标题", 36), Column("文号", 18), Column("发文机关", 22), Column("成文日期", 11), Column("年度", 6),
        Column("提示", 40),
    ),
}  # fmt: skip
FILE = Column("文件", 20)


def sheets(plans: Sequence[Plan]) -> tuple[Sheet, ...]:
    """All sheets of one or several plans; with several, the first column says which file a row is from."""
    several = len(plans) > 1
    found = []
    for title, columns in COLUMNS.items():
        rows = [((plan.source.name, *row) if several else row) for plan in plans for row in ROWS[title](plan)]
        found.append(Sheet(title, (FILE, *columns) if several else columns, tuple(rows)))
    return tuple(found)


def _place(plan: Plan, span: Span, doubts: tuple[Doubt, ...]) -> tuple[Value, ...]:
    words = " ".join(plan.source.text[span.start : span.end].split())
    return words, span.start, span.end, "\n".join(d.question for d in doubts)


def _tasks(plan: Plan) -> Iterable[tuple[Value, ...]]:
    for t in plan.tasks:
        units = "、".join(t.units) + ("等" if t.open_ended else "")
        yield (
            t.path, t.action, t.heading or t.quote, "、".join(t.lead), units, "、".join(t.leaders), t.deadline,
            *_place(plan, t.span, t.doubts),
        )  # fmt: skip


def _demand(i: Indicator) -> str:
    return target_words(i.kind, i.op, i.value, i.unit, i.value_high, i.base, i.reference, i.name)


def _indicators(plan: Plan) -> Iterable[tuple[Value, ...]]:
    for i in plan.indicators:
        yield (
            i.path, i.name, KIND_LABELS[i.kind], _demand(i), i.value, i.value_high, i.unit, i.base, i.reference,
            *_place(plan, i.span, i.doubts),
        )  # fmt: skip


def _task_forces(plan: Plan) -> Iterable[tuple[Value, ...]]:
    for f in plan.task_forces:
        seats = (f.conveners, f.first_deputies, f.deputies, f.members)
        yield (f.name, *("、".join(names) for names in seats), f.office, *_place(plan, f.span, f.doubts))


def _mechanisms(plan: Plan) -> Iterable[tuple[Value, ...]]:
    for m in plan.mechanisms:
        yield m.actor, m.activity, m.every, "至少" if m.at_least else "", *_place(plan, m.span, m.doubts)


def _quotas(plan: Plan) -> Iterable[tuple[Value, ...]]:
    for q in plan.quotas:
        yield q.who, q.what, q.at_least, q.per, *_place(plan, q.span, q.doubts)


def _actions(plan: Plan) -> Iterable[tuple[Value, ...]]:
    for a in plan.actions:
        yield a.path, a.name, *_place(plan, a.span, a.doubts)


def _doubts(plan: Plan) -> Iterable[tuple[Value, ...]]:
    """Every question, in the order of the text."""
    for question in plan.document.doubts:
        yield "方案", "", plan.document.title, question.question, None, None
    found: list[tuple[int, tuple[Value, ...]]] = []
    for title, items in _items(plan):
        for item in items:
            for d in item.doubts:
                named = getattr(item, "name", None) or item.quote
                row = (title, getattr(item, "path", ""), named, d.question, item.span.start, item.span.end)
                found.append((item.span.start, row))
    yield from (row for _, row in sorted(found, key=lambda f: f[0]))


def _items(
    plan: Plan,
) -> Iterable[tuple[str, Sequence[Action | Task | Indicator | TaskForce | Mechanism | Quota]]]:
    yield "行动", plan.actions
    yield "任务", plan.tasks
    yield "指标", plan.indicators
    yield "专班", plan.task_forces
    yield "机制", plan.mechanisms
    yield "名额", plan.quotas


def _document(plan: Plan) -> Iterable[tuple[Value, ...]]:
    d = plan.document
    yield d.title, d.number, d.issuer, d.date, d.year, "\n".join(n.message for n in plan.source.notes)


ROWS: dict[str, Callable[[Plan], Iterable[tuple[Value, ...]]]] = {
    "任务": _tasks, "指标": _indicators, "专班": _task_forces, "机制": _mechanisms, "名额": _quotas, "行动": _actions,
    "疑问": _doubts, "方案": _document,
}  # fmt: skip
