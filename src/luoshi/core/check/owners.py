"""Who answers: tasks nobody answers for, leads that cannot be told, names that stand for many, empty columns of leaders."""

from collections.abc import Iterator

from luoshi.core.check.findings import Finding
from luoshi.core.check.proof import Proof
from luoshi.core.pattern import pattern
from luoshi.core.plan.columns import layout_of
from luoshi.core.plan.model import Task
from luoshi.core.plan.table_people import is_damaged, read_people
from luoshi.core.source.grid import GridTable
from luoshi.core.units.names import is_collective

_PENDING = pattern(
    r"[以按对具任目指](?:(?:(?<=以)|(?<=按)照?|(?<=对)标)[^。;,\n]{0,8}?(?P<level>省|市|上级)(?:定|级|里|委|政府)?[^。;,\n]{0,12}?(?:为准|下达[^。;,\n]{0,4}(?:目标|任务|指标)[^。;,\n]{0,2}|任务数|目标数)"
    r"|(?:(?<=具)体(?:任务|目标|指标)|(?<=任)务|(?<=[目指])标)数?(?:以|待)[^。;,\n]{0,14}(?:为准|下达|确定))"
)
_FEW = 8


def tasks_without_owner(proof: Proof) -> Iterator[Finding]:
    """Tasks nobody is named for, beside others that have their owners; many of them are one finding."""
    empty = [t for t in proof.plan.tasks if not t.owners and not t.leaders]
    if empty and len(empty) * 2 > len(proof.plan.tasks):
        message = f"全文{len(proof.plan.tasks)}项任务中有{len(empty)}项没有写明责任单位，印发后无人认领，请逐项补上。"
        yield _gathered(proof, "no-owner", empty, message)
        return
    for task in empty:
        start, end = proof.ranges[task.span]
        message = "这一项没有写明由哪个单位负责，请补上牵头单位和责任单位。"
        yield proof.finding("no-owner", start, min(end, start + len(task.quote)), message)


def tasks_without_lead(proof: Proof) -> Iterator[Finding]:
    """Tasks with several owners of whom none is said to lead, or more than one: gathered for each part of the paper."""
    nobody: dict[str, list[Task]] = {}
    several: dict[str, list[Task]] = {}
    for task in proof.plan.tasks:
        if len(task.lead) > 1:
            several.setdefault(_part(task), []).append(task)
        elif not task.lead and len(task.owners) > 1:
            nobody.setdefault(_part(task), []).append(task)
    for part, tasks in several.items():
        yield from _leads(proof, part, tasks)
    for part, tasks in nobody.items():
        message = f"“{part}”有{len(tasks)}项任务列了几个责任单位，都没有写明谁牵头；如以排在首位的为牵头，请在文中写明。"
        yield _gathered(proof, "no-lead", tasks, message)


def _leads(proof: Proof, part: str, tasks: list[Task]) -> Iterator[Finding]:
    """Several leads for one task, each reported; where a part of the paper does so throughout, that is one finding."""
    first, *rest = tasks
    if len(tasks) > _FEW // 2:
        message = f"“{part}”有{len(tasks)}项任务写了几个牵头单位，请逐项明确由哪一个负总责、负责汇总。"
        start, end = proof.clean(first.owners[0].span or first.span)
        yield proof.finding("many-leads", start, end, message, tuple(proof.task(task) for task in rest))
        return
    for task in tasks:
        start, end = proof.clean(task.owners[0].span or task.span)
        message = f"这一项写了{len(task.lead)}个牵头单位（{'、'.join(task.lead)}），请明确由哪一个负总责、负责汇总。"
        yield proof.finding("many-leads", start, end, message)


def names_for_many(proof: Proof) -> Iterator[Finding]:
    """Tasks left to 各有关单位 alone, and lists that end with 等: nobody can be held to them."""
    alone = [t for t in proof.plan.tasks if t.owners and all(is_collective(o.name) for o in t.owners)]
    if alone:
        names = "、".join(dict.fromkeys(o.name for t in alone for o in t.owners))
        message = (
            f"有{len(alone)}项任务的责任单位只写了统称（{names}），没有一个具体单位负总责，请明确牵头单位。"
        )
        yield _gathered(proof, "collective-owner", alone, message)
    ended = [t for t in proof.plan.tasks if t.open_ended]
    if ended:
        message = (
            f"有{len(ended)}项任务的责任单位名单以“等”结尾，没有列全的单位无法交办和考核，请列全或删去“等”。"
        )
        yield _gathered(proof, "open-ended", ended, message)


def empty_leaders(proof: Proof) -> Iterator[Finding]:
    """A column of leaders in which some rows are empty: one finding a table, at the first of them."""
    for table in proof.paper.tables:
        layout = layout_of(table, proof.text)
        if layout is None or not layout.leaders:
            continue
        tasks = _rows_of(proof, table)
        led = sum(1 for t in tasks if t.leaders)
        empty = [t for t in tasks if not t.leaders and not any(d.code == "damaged-name" for d in t.doubts)]
        if not empty or led * 5 < len(tasks):
            continue
        title = table.header[layout.leaders[0]].replace("\n", "")
        rows = "、".join(t.path.rpartition("表/")[2] for t in empty[:_FEW]) + (
            "等" if len(empty) > _FEW else ""
        )
        place = proof.clean(empty[0].owners[0].span) if empty[0].owners and empty[0].owners[0].span else None
        start, end = place or proof.ranges[empty[0].span]
        if place:
            end = proof.clean(max(o.span for o in empty[0].owners if o.span))[1]
        message = f"本表“{title}”一栏有{len(empty)}行空缺（{rows}），请补填，或说明由谁分管。"
        others = tuple(proof.task(t, "这一行也空缺") for t in empty[1:])
        yield proof.finding("no-leader", start, end, message, others)


def _rows_of(proof: Proof, table: GridTable) -> list[Task]:
    span = proof.paper.clean.span(table.start, table.end)
    return [t for t in proof.plan.tasks if t.form == "table" and span.start <= t.span.start < span.end]


def damaged_leaders(proof: Proof) -> Iterator[Finding]:
    """A cell of a leader's column that holds only a part of a name."""
    for table in proof.paper.tables:
        layout = layout_of(table, proof.text)
        for row in table.rows if layout else ():
            for column in layout.leaders if layout else ():
                cell = row.cells[column]
                for name in filter(is_damaged, read_people(proof.text[cell.start : cell.end])):
                    at = proof.text.index(name, cell.start, cell.end)
                    message = f"领导姓名只剩“{name}”一个字，请补全姓名。"
                    yield proof.finding("leader-damaged", at, at + 1, message)


def pending_targets(proof: Proof) -> Iterator[Finding]:
    """Targets left to the level above: they cannot be measured before they are set. One finding for all of them."""
    places = [m.span() for m in _PENDING.finditer(proof.text)]
    if places:
        count = f"有{len(places)}处" if len(places) > 1 else "这里的"
        message = f"{count}目标待上级下达（“{proof.text[slice(*places[0])]}”），下达之前无法考核，请明确由谁在何时补填。"
        others = tuple(proof.other(*place) for place in places[1:])
        yield proof.finding("target-pending", *places[0], message, others)


def _gathered(proof: Proof, code: str, tasks: list[Task], message: str) -> Finding:
    """One finding for many tasks: at the first, the others listed."""
    start, end = proof.ranges[tasks[0].span]
    return proof.finding(
        code, start, min(end, start + len(tasks[0].quote)), message, tuple(proof.task(t) for t in tasks[1:])
    )


def _part(task: Task) -> str:
    head = task.path.split("/")
    if head[0].startswith("附") and len(head) > 1:
        return "/".join(head[:2]) if head[1].startswith("表") else head[0]
    return head[0] if len(head) > 1 else "全文"
