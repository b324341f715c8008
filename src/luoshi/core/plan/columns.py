"""Which columns of a table say what, and whether its rows are tasks at all.

Titles decide first (`table_columns.ROLES`); a column whose title says nothing is judged by what stands in it. A table of
scores, contacts, statistics or money holds no tasks: nobody is asked to deliver on its rows.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from luoshi.core.pattern import pattern
from luoshi.core.plan.owners import Role
from luoshi.core.source.grid import GridTable
from luoshi.core.source.table_cells import kind_of
from luoshi.core.source.table_columns import OWNERS, TEXTS, is_stage, roles_of
from luoshi.core.source.table_texts import STATEMENT, Column, only_names, only_sorts, survey

SAMPLE = 24  # rows that are looked at to judge a column
_BY_KIND = {"units": "owner", "unitish": "owner", "date": "deadline"}
_BLIND = _BY_KIND | {"int": "number", "text": "content", "person": "leader"}  # where no column has a title
_WITH_PEOPLE = pattern(r"责任人|负责人|领导")
_BEGINS = pattern(
    r"(?:开工|开始|启动|起始|开建|立项)(?:时间|日期|时限|节点)?$"
)  # when a task begins, beside when it ends
_NEVER = frozenset(("score", "contact", "account"))


class Layout(NamedTuple):
    """Column indexes by meaning. `text` holds the task; `headings` name it, outermost first; `more` are its other texts.
    `mixed`: owner columns that name people beside the units (责任单位及责任人)."""

    text: int
    number: int | None
    headings: tuple[int, ...]
    more: tuple[int, ...]
    owners: tuple[tuple[int, Role], ...]
    leaders: tuple[int, ...]
    deadline: int | None
    mixed: frozenset[int] = frozenset()


def layout_of(table: GridTable, text: str) -> Layout | None:
    """The layout of a table of tasks; None for any other table. `text` is what the cells are ranges of."""
    roles = list(roles_of(table.header))
    if _NEVER & set(roles) or not table.rows:
        return None
    columns, kinds = _survey(table, text)
    told = any(table.header)
    for c, title in enumerate(table.header):
        if not title:
            roles[c] = (_BY_KIND if told else _BLIND).get(kinds[c], "")
        elif roles[c] in ("", "unit") and kinds[c] == "units":
            roles[c] = "owner"
    at = {role: tuple(c for c, r in enumerate(roles) if r == role) for role in set(roles)}
    owned: list[tuple[int, Role]] = [
        (c, "lead" if r == "lead" else "units") for c, r in enumerate(roles) if r in OWNERS
    ]
    leaders = at.get("leader") or at.get("person") or ()
    terms = at.get("deadline", ())
    deadline = next((c for c in terms if not _BEGINS.search(table.header[c])), next(iter(terms), None))
    named = told and bool(at.get("content") or at.get("measure"))
    texts = _texts(table, at, columns, kinds)
    if not texts or not (owned or ((leaders or deadline is not None) and named)):
        return None
    main = _main(texts, table, columns)
    before = [
        c for c in sorted({*at.get("heading", ()), *texts}) if c < main and columns[c].size < STATEMENT * 2
    ]
    naming = [c for c in before if columns[c].sentences < 0.5]
    headings = tuple(naming or before)
    more = tuple(c for c, r in enumerate(roles) if r in TEXTS and c != main and c not in headings)
    number = next(iter(at.get("number", ())), None)
    mixed = frozenset(c for c, _ in owned if _WITH_PEOPLE.search(table.header[c]))
    return Layout(main, number, headings, more, tuple(owned), leaders, deadline, mixed)


def _texts(
    table: GridTable, at: Mapping[str, tuple[int, ...]], columns: list[Column], kinds: list[str]
) -> list[int]:
    """The columns a task may be told in, by title and by what stands there: a target that is told in sentences beside
    mere names counts (but not where 具体任务 or 建设内容 has a column of its own), one in mere figures never does; without any title that fits, a category or a text without title."""
    texts = sorted(at.get("content", ()) + at.get("measure", ()))
    targets = [c for c in at.get("target", ()) if columns[c].figures < 0.5]
    unknown = [c for c in at.get("", ()) if kinds[c] == "text"]
    if not texts:
        return (targets or unknown or sorted(at.get("heading", ())))[:1]
    if at.get("measure"):
        return texts
    stated = [c for c in (*targets, *unknown) if not is_stage(table.header[c])]
    return sorted([*texts, *(c for c in stated if all(only_names(columns[t], columns[c]) for t in texts))])


def _main(texts: list[int], table: GridTable, columns: list[Column]) -> int:
    """The first text column that makes statements, else the one that says most; the last of several under one title.
    Neither is one that only sorts what another one tells."""
    telling = [c for c in texts if not any(only_sorts(columns[c], columns[k]) for k in texts)]
    for c in telling:
        last = c + 1 >= len(table.header) or table.header[c + 1] != table.header[c]
        if columns[c].size >= STATEMENT and last:
            return c
    return max(telling, key=lambda c: (round(columns[c].size), c))


def _survey(table: GridTable, text: str) -> tuple[list[Column], list[str]]:
    """What the cells of each column are like, and the kind most of the filled ones are ("" when no kind is)."""
    columns: list[Column] = []
    kinds: list[str] = []
    for c in range(len(table.header)):
        cells = [
            text[x.start : x.end].replace("\n", "").strip()
            for x in [r.cells[c] for r in table.rows[:SAMPLE]]
            if x.start < x.end
        ]
        columns.append(survey(cells))
        seen = Counter(map(kind_of, cells))
        kind, count = seen.most_common(1)[0] if seen else ("blank", 0)
        kinds.append(kind if cells and count * 2 > len(cells) else "")
    return columns, kinds
