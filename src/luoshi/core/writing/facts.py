"""What a paper is written from: one plan's tasks, indicators, blockers and decisions as they stood on one day. Frozen.

A row is named by a key such as "task:12", by which the ledger finds it again; words and lights are what the ledger shows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Self

State = Literal["done", "on_time", "lagging", "not_started", "not_due", "unknown", "pending"]
WORDS: dict[str, str] = {
    "done": "已完成",
    "on_time": "达序时",
    "lagging": "滞后",
    "not_started": "未启动",
    "not_due": "未到期",
    "unknown": "待报数",
    "pending": "目标待定",
}
"""What each standing is called in papers. Together they cover every row, so that parts add up to the whole."""


@dataclass(frozen=True, slots=True)
class IndicatorFact:
    """One indicator. Figures are in `unit`; None where none is known (grey, never red, never nought). `wanted` and `reached` are
    target and actual in words (增长6%以上), "" where only the bare figures are known."""

    key: str
    name: str
    unit: str = ""
    op: str = ""
    target: Decimal | None = None
    actual: Decimal | None = None
    expected: Decimal | None = None
    state: State = "unknown"
    owner: str = ""
    wanted: str = ""
    reached: str = ""
    place: str = ""  # 位次, as reported
    source: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class TaskFact:
    """One task and how it stands; `gap` says how far behind, `short` by how much (percentage points, for sorting: days
    past the day count as 100 and more); `reason` and `remedy` as the unit said; `content` all that the plan says of it, in the paper
    that is about that (任务责任分解表)."""

    key: str
    number: str
    action: str
    text: str
    state: State = "unknown"
    lead: str = ""
    units: tuple[str, ...] = ()
    leader: str = ""
    deadline: str = ""
    progress: str = ""
    gap: str = ""
    reason: str = ""
    remedy: str = ""
    sentence: str = ""
    short: float = 0
    content: str = ""


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something a unit cannot settle alone."""

    key: str
    text: str
    raised_by: str = ""
    asked_of: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing a meeting decided (议定事项)."""

    key: str
    text: str
    lead: str = ""
    units: tuple[str, ...] = ()
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """The result of one body in an assessment; `place` among its comparable group, `row` the line of the sheet it stands in."""

    key: str
    unit: str
    group: str
    points: Decimal
    place: int
    note: str = ""
    grade: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The county's workbook that scores were read from (得分表): `letters` says in which column each head stands, `notes` what
    whoever reviews the paper should know of it."""

    name: str = ""
    sha256: str = ""
    tab: str = ""
    letters: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that minutes are of."""

    name: str = ""
    held: date | None = None
    place: str = ""
    chair: str = ""
    present: str = ""
    absent: str = ""
    attending: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What one body is asked to do (交办、督办、提醒)."""

    to: str = ""
    basis: str = ""
    asked: str = ""
    deadline: str = ""
    answer: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one paper is drafted from. `period` as papers say it ("2026年7月上旬"), `as_of` the last day counted."""

    government: str
    plan: str
    period: str
    as_of: date
    year: int
    tasks: tuple[TaskFact, ...] = ()
    indicators: tuple[IndicatorFact, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    decisions: tuple[Decision, ...] = ()
    scores: tuple[Score, ...] = ()
    next_steps: tuple[str, ...] = ()
    meeting: Meeting = Meeting()
    order: Order = Order()
    sheet: ScoreSheet = ScoreSheet()

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions in the order of their tasks."""
        return tuple(dict.fromkeys(task.action for task in self.tasks))

    def standing(self, *states: str, action: str | None = None) -> tuple[TaskFact, ...]:
        """The tasks that stand so (within one action)."""
        return tuple(
            task for task in self.tasks if task.state in states and (action is None or task.action == action)
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be kept with the paper."""
        held: dict[str, Any] = _plain(asdict(self))
        return held

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> Self:
        """Back from what `as_json` gave."""
        rows: dict[str, Any] = {
            name: tuple(_made(kind, row) for row in held[name])
            for name, kind in (
                ("tasks", TaskFact),
                ("indicators", IndicatorFact),
                ("blockers", Blocker),
                ("decisions", Decision),
                ("scores", Score),
            )
        }
        sheet = held.get("sheet", {})
        meeting = dict(held["meeting"])
        meeting["held"] = date.fromisoformat(meeting["held"]) if meeting["held"] else None
        return cls(
            **{name: held[name] for name in ("government", "plan", "period", "year")},
            as_of=date.fromisoformat(held["as_of"]),
            next_steps=tuple(held["next_steps"]),
            meeting=Meeting(**meeting),
            order=Order(**held["order"]),
            sheet=ScoreSheet(**{**sheet, "notes": tuple(sheet.get("notes", ()))}),
            **rows,
        )


_DECIMALS = {"target", "actual", "expected", "points"}


def _made(kind: Any, row: dict[str, Any]) -> Any:
    values = {each.name: row[each.name] for each in fields(kind) if each.name in row}
    for name, value in values.items():
        if name in _DECIMALS and value is not None:
            values[name] = Decimal(value)
        elif isinstance(value, list):
            values[name] = tuple(value)
    return kind(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, Decimal | date) else value


def shares(counts: Iterable[int]) -> tuple[Decimal, ...]:
    """Percentages of a whole to one decimal that add up to exactly 100 (largest remainders).

    >>> [str(share) for share in shares((1, 1, 1))]
    ['33.4', '33.3', '33.3']
    """
    numbers = tuple(counts)
    total = sum(numbers)
    if not total:
        return tuple(Decimal("0.0") for _ in numbers)
    floors = [number * 1000 // total for number in numbers]
    rest = sorted(range(len(numbers)), key=lambda at: (-(numbers[at] * 1000 % total), at))
    for at in rest[: 1000 - sum(floors)]:
        floors[at] += 1
    return tuple(Decimal(floor) / 10 for floor in floors)
