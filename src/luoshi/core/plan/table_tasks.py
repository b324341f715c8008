"""The rows of 任务清单, 责任分解表, 民生实事 lists and breakdowns of work reports as tasks.

One row, one task. Rows that share a number are its parts (附件9/表/一/1/2); rows that share the text itself are one task
with several owners; what a row lacks it has from the merged cell above, and where that was a guess the clerk is asked.
"""

from collections.abc import Iterator

from luoshi.core.pattern import pattern
from luoshi.core.plan.columns import Layout, layout_of
from luoshi.core.plan.deadlines import find_deadline, read_due
from luoshi.core.plan.matrix_tables import matrix_of
from luoshi.core.plan.model import Action, Doubt, Task
from luoshi.core.plan.owners import Role
from luoshi.core.plan.paper import Paper
from luoshi.core.plan.table_owners import Answer, apart, read_owner_cells
from luoshi.core.plan.table_people import is_damaged, parted, read_people, restored
from luoshi.core.source.grid import GridCell, GridRow, GridTable
from luoshi.core.source.table_cells import guessed_number, kind_of, with_figures
from luoshi.core.source.table_columns import roles_of

QUOTE = 30
_MARK = pattern(
    r"(第[一二三四五六七八九十]+[章节部分]|[一二三四五六七八九十]+(?=、)|\([一二三四五六七八九十\d]+\)|\d+(?=[.、])|[①-⑳])"
)
_SUM = pattern(r"(?:合|小|总)\s*计|总\s*分$")
_RUN_IN = pattern(r"([^。;\n]{4,24})。(?=\S)")
_TITLE_REACH = 200  # characters above the header in which the table's title stands


class _Item:
    """A task's rows: the first one and, below it, those that share its text or continue it; `text` tells the task."""

    def __init__(self, row: GridRow, text: GridCell, key: tuple[tuple[str, ...], str]) -> None:
        self.rows = [row]
        self.text = text
        self.key = key
        self.part = 0
        self.parts = 1


def find_table_tasks(paper: Paper, actions: tuple[Action, ...], year: int | None) -> tuple[Task, ...]:
    """The tasks of every table of the paper whose rows are tasks, in order; `year` is the year a bare 6月底前 means."""
    tasks: list[Task] = []
    seen: dict[str, int] = {}
    for table in paper.tables:
        layout = layout_of(table, paper.clean.text) or _shared_out(paper, table)
        if layout is None:
            continue
        annex = _annex(paper, table)
        seen[annex] = seen.get(annex, 0) + 1
        name = "表" if seen[annex] == 1 else f"表{seen[annex]}"
        reader = _Reader(
            paper,
            table,
            layout,
            f"{annex}/{name}" if annex else name,
            _action_of(paper, table, annex, actions),
            year,
        )
        tasks.extend(reader.tasks(actions))
    return tuple(tasks)


def _shared_out(paper: Paper, table: GridTable) -> Layout | None:
    """A table of towns and their targets: every town answers for its row."""
    matrix = matrix_of(paper, table)
    if matrix is None or matrix.across:
        return None
    number = next((c for c, role in enumerate(roles_of(table.header)) if role == "number"), None)
    return Layout(matrix.names, number, (), (), ((matrix.names, "units"),), (), None)


def _annex(paper: Paper, table: GridTable) -> str:
    first, _, _ = paper.outline.path_at(table.start).partition("/")
    return first if first.startswith(("附件", "附表")) else ""


def _action_of(paper: Paper, table: GridTable, annex: str, actions: tuple[Action, ...]) -> str | None:
    """The action that the table's title names, else its annex's heading."""
    before = max((t.end for t in paper.tables if t.end <= table.start), default=0)
    title = paper.clean.text[max(before, table.start - _TITLE_REACH) : table.start]
    heading = next((n.heading for n in paper.outline.nodes if annex and n.path == annex), "")
    return _named(title, actions) or _named(heading, actions)


def _named(text: str, actions: tuple[Action, ...]) -> str | None:
    """The action named last in text."""
    found = [(text.rfind(a.name), len(a.name), a.name) for a in actions if a.name and a.name in text]
    return max(found)[2] if found else None


class _Reader:
    """Reads the rows of one table."""

    def __init__(
        self, paper: Paper, table: GridTable, layout: Layout, path: str, action: str | None, year: int | None
    ) -> None:
        self.paper = paper
        self.table = table
        self.layout = layout
        self.path = path
        self.action = action
        self.year = year
        columns, rows = layout.leaders, table.rows
        self.people = frozenset(p for r in rows for c in columns for p in read_people(self._says(r.cells[c])))
        groups = {r.group for r in rows}
        self.lists = len({g for group in groups for g in group if not _MARK.match(g)}) > 1
        self.marks = {group: list(self._marks(group)) for group in groups}

    def tasks(self, actions: tuple[Action, ...]) -> Iterator[Task]:
        items = self._items()
        habit = sum(1 for i in items if self._run_in(i)) * 2 > len(items)
        for item in items:
            yield self._task(item, actions, habit)

    def _items(self) -> list[_Item]:
        items: list[_Item] = []
        for row in self.table.rows:
            text = self._text_cell(row)
            if row.continues and items:
                items[-1].rows.append(row)
                continue
            if not text or _SUM.match(self._says(text)):
                continue
            if items and items[-1].text == text:
                items[-1].rows.append(row)
                continue
            items.append(_Item(row, text, (row.group, self._number(row))))
        self._count(items)
        return items

    def _count(self, items: list[_Item]) -> None:
        """Number what has no number, and the parts of what shares one."""
        for k, item in enumerate(items):
            group, number = item.key
            above = items[k - 1] if k else None
            if not number:
                last = int(above.key[1]) if above and above.key[0] == group and above.key[1].isdigit() else 0
                item.key = (group, str(last + 1))
            elif above and above.key == item.key:
                item.part = above.part + 1
        below = None
        for item in reversed(items):
            item.parts = below.parts if below and below.key == item.key and below.part else item.part + 1
            below = item

    def _task(self, item: _Item, actions: tuple[Action, ...], habit: bool) -> Task:
        row, text, clean = item.rows[0], item.text, self.paper.clean
        stop = max([text.end, *[c.end for r in item.rows for c in r.cells if text.start <= c.start < c.end]])
        answer = self._answer(item)
        leaders, doubts = self._leaders(item)
        return Task(
            path=self._path(item),
            action=_named("".join(row.group), actions) or self.action,
            form="table",
            heading=self._heading(item) or (self._run_in(item) if habit else None),
            quote=clean.printed[text.start : text.end].split("\n")[0][:QUOTE].strip(),
            span=clean.span(text.start, stop),
            owners=tuple(answer.owners),
            open_ended=answer.open_ended,
            leaders=tuple(dict.fromkeys((*leaders, *answer.leaders))),
            deadline=answer.due or self._deadline(item),
            doubts=(*self._damage(row), *answer.doubts, *doubts),
        )

    # --- single cells -----------------------------------------------------------------------------------

    def _says(self, cell: GridCell) -> str:
        return self.paper.clean.text[cell.start : cell.end].strip()

    def _text_cell(self, row: GridRow) -> GridCell:
        """The cell the task is told in: that of the text column, or the nearest other one that says something."""
        for c in (self.layout.text, *self.layout.more, *reversed(self.layout.headings)):
            if row.cells[c]:
                return row.cells[c]
        return row.cells[self.layout.text]

    def _number(self, row: GridRow) -> str:
        number = self.layout.number
        if number is None:
            return ""
        said = self._says(row.cells[number])
        return str(guessed_number(said) or "") if kind_of(said) == "bad" else said.strip("().、 ")

    def _heading(self, item: _Item) -> str | None:
        if not self.layout.headings:
            return None
        row = item.rows[0]
        cells = [row.cells[h] for h in reversed(self.layout.headings) if row.cells[h] != item.text]
        words = ("".join(self.paper.clean.printed[c.start : c.end].split()) for c in cells)
        return next(filter(None, words), None)

    def _run_in(self, item: _Item) -> str | None:
        """The first sentence of a text of several, when it is short enough to be its heading."""
        m = _RUN_IN.match(self.paper.clean.text, item.text.start, item.text.end)
        return self.paper.clean.printed[m.start(1) : m.end(1)] if m else None

    def _path(self, item: _Item) -> str:
        group, number = item.key
        parts = [self.path, *self.marks[group], number, *([str(item.part + 1)] if item.parts > 1 else [])]
        return "/".join(parts)

    def _marks(self, group: tuple[str, ...]) -> Iterator[str]:
        """What group headings add to the path: their marks; where there are several lists, the names of these."""
        for heading in group:
            if mark := _MARK.match(heading):
                yield mark[1]
            elif self.lists:
                yield heading

    # --- who --------------------------------------------------------------------------------------------

    def _answer(self, item: _Item) -> Answer:
        columns: list[tuple[list[GridCell], Role]] = []
        people: list[str] = []
        for c, role in self.layout.owners:
            cells = list(dict.fromkeys([r.cells[c] for r in item.rows]))
            if c in self.layout.mixed:
                halves = [apart(self.paper.clean, cell) for cell in cells]
                people += [name for _, names in halves for name in names]
                columns += [([unit], role) for units, _ in halves for unit in units]
            else:
                columns.append((cells, role))
        answer = read_owner_cells(self.paper.clean, columns, self.year)
        answer.leaders += people
        if (
            self.table.rebuilt
            and answer.owners
            and not any(c.start >= item.text.start for cells, _ in columns for c in cells if c)
        ):
            name = answer.owners[0].name
            asked = f"这一行没有单独写责任单位，按合并单元格沿用上面的“{name}”，对吗？"
            answer.doubts.append(Doubt("inherited-owner", asked))
        return answer

    def _deadline(self, item: _Item) -> str | None:
        """What the deadline column says, else (the caller asks the owner cells first) what the text itself says."""
        text, column = self.paper.clean.text, self.layout.deadline
        if column is not None:
            cells = [r.cells[column] for r in item.rows if r.cells[column]]
            said = [with_figures(self._says(c)) for c in cells]
            found = [due.value for words in said if (due := read_due(words, 0, len(words), self.year))]
            if found:
                return max(found)
        for c in (self.layout.text, *self.layout.more):
            cell = item.rows[0].cells[c]
            if cell and (due := find_deadline(text, cell.start, cell.end, self.year)):
                return due.value
        return None

    def _leaders(self, item: _Item) -> tuple[tuple[str, ...], list[Doubt]]:
        if not self.layout.leaders:
            return (), []
        names: list[str] = []
        doubts: list[Doubt] = []
        cells = dict.fromkeys([r.cells[c] for c in self.layout.leaders for r in item.rows])
        printed = [person for cell in cells for person in read_people(self._says(cell))]
        for name in [name for person in printed for name in parted(person, self.people)]:
            if is_damaged(name):
                whole = restored(name, self.people)
                asked = f"是否为“{whole}”" if whole else "应是谁"
                doubts.append(Doubt("damaged-name", f"领导姓名只剩“{name}”一个字，{asked}？"))
                if whole is None:
                    continue
                name = whole
            if name not in names:
                names.append(name)
        return tuple(names), doubts

    def _damage(self, row: GridRow) -> Iterator[Doubt]:
        number = self.layout.number
        if number is not None and row.cells[number] and kind_of(self._says(row.cells[number])) == "bad":
            yield Doubt("damaged-number", f"序号“{self._says(row.cells[number])}”似有残缺，应是几？")
