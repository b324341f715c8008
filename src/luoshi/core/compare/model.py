"""What comparing two plans finds, as frozen objects. `a` is the first plan (上级, 上年, 前稿), `b` the second.

Everything stands on the items of the two readings, which carry span, quote and path; nothing is told without them.
"""

from typing import Literal, NamedTuple

from luoshi.core.plan.model import Action, Indicator, Owner, Plan, Task
from luoshi.core.source.text import Span

Relation = Literal["levels", "years", "versions", "papers", "peers"]
RELATION_LABELS: dict[Relation, str] = {
    "levels": "上下级", "years": "两年", "versions": "两稿", "papers": "两件", "peers": "两地",
}  # fmt: skip
SIDES: dict[Relation, tuple[str, str]] = {
    "levels": ("上级", "下级"), "years": ("上年", "本年"), "versions": ("前稿", "后稿"),
    "papers": ("前一件", "后一件"), "peers": ("前者", "后者"),
}  # fmt: skip
Status = Literal[
    "same", "raised", "lowered", "firmer", "softer", "portion", "rebased", "unclear", "new", "dropped"
]


FAR: frozenset[Relation] = frozenset(
    {"levels", "peers"}
)  # other places' papers: what differs there has not changed


class Promise(NamedTuple):
    """One promise of a plan with all places that state it, in the order of the text.

    `torn`: the places do not state the same value."""

    statements: tuple[Indicator, ...]
    torn: bool = False

    @property
    def first(self) -> Indicator:
        return self.statements[0]


class Verdict(NamedTuple):
    """How two targets stand to each other, and why in one Chinese clause."""

    status: Status
    reason: str


class Near(NamedTuple):
    """The nearest statement of the other plan. `sure`: the same indicator on another basis, or already matched;
    else only like it, to be settled by a reader."""

    said: Indicator
    sure: bool


class IndicatorPair(NamedTuple):
    """Two promises found to be one, or a promise alone (`new`: only b has it, `dropped`: only a).

    said_a, said_b  the two statements that were compared: those whose names are most alike
    score, evidence how surely the two names mean one thing (core/indicators/names.py)
    renamed         the names differ by more than words that carry nothing
    near            for a promise alone: what the other plan says of the same indicator, or of one like it
    mention         for a promise alone: where the other plan's text names it without a target that was read
    """

    status: Status
    reason: str
    a: Promise | None
    b: Promise | None
    said_a: Indicator | None = None
    said_b: Indicator | None = None
    score: float = 0.0
    evidence: str = ""
    renamed: bool = False
    near: Near | None = None
    mention: Span | None = None

    @property
    def name(self) -> str:
        said = self.said_b or self.said_a
        return said.name if said else ""


class Duty(NamedTuple):
    """One task of a plan with all places that state it: the prose and the row of the table that repeats it."""

    statements: tuple[Task, ...]

    @property
    def first(self) -> Task:
        return self.statements[0]

    @property
    def owners(self) -> tuple[Owner, ...]:
        """The owners of all places; a unit that leads anywhere leads."""
        lead = {o.name: o for t in self.statements for o in t.owners if o.role == "lead"}
        units = {
            o.name: o for t in self.statements for o in t.owners if o.role == "units" and o.name not in lead
        }
        return (*lead.values(), *units.values())

    @property
    def deadline(self) -> str | None:
        return next((t.deadline for t in self.statements if t.deadline), None)


TaskStatus = Literal["same", "changed", "split", "merged", "new", "dropped"]
ChangeKind = Literal["lead", "added", "removed", "earlier", "later", "dated", "undated", "reworded"]


class Change(NamedTuple):
    """One difference between two duties: what kind, the words for a reader, and the names or dates meant."""

    kind: ChangeKind
    words: str
    items: tuple[str, ...] = ()


class TaskPair(NamedTuple):
    """Duties found to be one. Usually one and one; several in `b` when split, several in `a` when merged."""

    status: TaskStatus
    a: tuple[Duty, ...]
    b: tuple[Duty, ...]
    score: float = 0.0
    evidence: str = ""
    changes: tuple[Change, ...] = ()


Excess = Literal["target", "deadline", "promise", "task"]


class Surplus(NamedTuple):
    """加码: what the lower plan asks beyond the upper one."""

    kind: Excess
    words: str
    indicator: IndicatorPair | None = None
    task: TaskPair | None = None


class ActionPair(NamedTuple):
    """Two lines of the programme found to be one, or one alone."""

    a: Action | None
    b: Action | None
    score: float = 0.0


class Comparison(NamedTuple):
    """Two plans side by side. `guessed`: the relation was read off the documents, `basis` says from what.

    surpluses and unanswered are filled for levels only: 加码 and 未承接.
    """

    a: Plan
    b: Plan
    relation: Relation
    guessed: bool
    basis: str
    actions: tuple[ActionPair, ...]
    indicators: tuple[IndicatorPair, ...]
    tasks: tuple[TaskPair, ...]
    surpluses: tuple[Surplus, ...] = ()
    unanswered: tuple[IndicatorPair | TaskPair, ...] = ()
    notes: tuple[str, ...] = ()
