"""Which columns of a table say what, and whether its rows are tasks at all.

Titles decide first (`table_columns.ROLES`); a column whose title says nothing is judged by what stands in it. A table of
scores, contacts, statistics or money holds no tasks: nobody is asked to deliver on its rows.
"""

from collections import Counter
from dataclasses import dataclass

from luoshi.core.pattern import pattern
from luoshi.core.plan.owners import Role
from luoshi.core.source.grid import GridTable
from luoshi.core.source.table_cells import kind_of
from luoshi.core.source.table_columns import OWNERS, roles_of

SAMPLE = 24  # rows that are looked at to judge a column
STATEMENT = 25  # characters from which a cell is a statement rather than a heading
_BY_KIND = {"units": "owner", "unitish": "owner", "date": "deadline"}
_BLIND = _BY_KIND | {"int": "number", "text": "content", "person": "leader"}  # where no column has a title
_WITH_PEOPLE = pattern(r"责任人|负责人|领导")
_NEVER = frozenset(("score", "contact", "account"))


@dataclass(frozen=True, slots=True)
class Layout:
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
    sizes, kinds = _survey(table, text)
    told = any(table.header)
    for c, title in enumerate(table.header):
        if not title:
            roles[c] = (_BY_KIND if told else _BLIND).get(kinds[c], "")
        elif not roles[c] and kinds[c] == "units":
            roles[c] = "owner"
    at = {role: tuple(c for c, r in enumerate(roles) if r == role) for role in set(roles)}
    texts = sorted(at.get("content", ()) + at.get("measure", ()))
    if not texts:
        texts = sorted(at.get("target", ()) or at.get("heading", ()))[:1]
    owned: list[tuple[int, Role]] = [
        (c, "lead" if r == "lead" else "units") for c, r in enumerate(roles) if r in OWNERS
    ]
    leaders = at.get("leader") or at.get("person") or ()
    deadline = next(iter(at.get("deadline", ())), None)
    named = told and bool(at.get("content") or at.get("measure"))
    if not texts or not (owned or ((leaders or deadline is not None) and named)):
        return None
    main = _main(texts, table, sizes)
    headings = tuple(
        c
        for c in sorted(at.get("heading", ()) + tuple(texts))
        if c != main and sizes[c] < STATEMENT * 2 and c < main
    )
    more = tuple(
        c
        for c, r in enumerate(roles)
        if r in ("content", "measure", "target") and c != main and c not in headings
    )
    number = next(iter(at.get("number", ())), None)
    mixed = frozenset(c for c, _ in owned if _WITH_PEOPLE.search(table.header[c]))
    return Layout(main, number, headings, more, tuple(owned), leaders, deadline, mixed)


def _main(texts: list[int], table: GridTable, sizes: list[float]) -> int:
    """The first text column that makes statements, else the one that says most; the last of several under one title."""
    for c in texts:
        if sizes[c] >= STATEMENT and (c + 1 >= len(table.header) or table.header[c + 1] != table.header[c]):
            return c
    return max(texts, key=lambda c: (round(sizes[c]), c))


def _survey(table: GridTable, text: str) -> tuple[list[float], list[str]]:
    """Mean size of the filled cells of each column (0.0 when all are empty), and the kind most of them are."""
    sizes: list[float] = []
    kinds: list[str] = []
    for c in range(len(table.header)):
        cells = [r.cells[c] for r in table.rows[:SAMPLE] if r.cells[c]]
        sizes.append(sum(x.end - x.start for x in cells) / len(cells) if cells else 0.0)
        seen = Counter(kind_of(text[x.start : x.end].replace("\n", "").strip()) for x in cells)
        kind, count = seen.most_common(1)[0] if seen else ("blank", 0)
        kinds.append(kind if cells and count * 2 > len(cells) else "")
    return sizes, kinds
