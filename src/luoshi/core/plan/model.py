"""What a plan says, as frozen objects. The JSON form (export.py) is ../shared/gold/SCHEMA.md plus start/end.

Every item has `span` (place in SourceText.text), `quote` (that place's words, without line breaks that were
only wrapping) and `doubts` (questions to a person; empty when the reader is sure). Names of units are as
printed in the document.
"""

from typing import Literal, NamedTuple

from luoshi.core.source.text import SourceText, Span

Kind = Literal["growth", "level", "new", "share", "decrease", "rank", "zero", "relative"]
Op = Literal["=", ">=", ">", "<=", "<", "~"]


class Doubt(NamedTuple):
    """Why a person should look. `code` is a stable slug (open-ended, collective, split-guessed, damaged-number,
    name-guessed, lead-guessed, …), `question` one full Chinese sentence."""

    code: str
    question: str


class Document(NamedTuple):
    """The paper itself. `date` is the 成文日期 as ISO text, `year` the year the plan is for."""

    title: str | None = None
    number: str | None = None
    issuer: str | None = None
    date: str | None = None
    year: int | None = None
    doubts: tuple[Doubt, ...] = ()


class Action(NamedTuple):
    """A programme line of the plan: one of the 八大行动 / 七大攻坚, or a chapter of a work report."""

    name: str
    quote: str
    span: Span
    path: str = ""
    doubts: tuple[Doubt, ...] = ()


class Owner(NamedTuple):
    """A unit named for a task. role: "lead" 牵头 | "units" 责任/配合."""

    name: str
    role: Literal["lead", "units"]
    span: Span | None = None


class Task(NamedTuple):
    """A leaf item somebody must deliver on. `span` covers the whole item, `quote` is its beginning (<= 30 characters).

    deadline: "2024" | "2024-Q3" | "2024-08-31" | None. `owners` keeps the printed order.
    """

    path: str
    action: str | None
    form: Literal["prose", "table"]
    heading: str | None
    quote: str
    span: Span
    owners: tuple[Owner, ...] = ()
    open_ended: bool = False
    leaders: tuple[str, ...] = ()
    deadline: str | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def lead(self) -> tuple[str, ...]:
        return tuple([o.name for o in self.owners if o.role == "lead"])

    @property
    def units(self) -> tuple[str, ...]:
        return tuple([o.name for o in self.owners if o.role == "units"])


class Indicator(NamedTuple):
    """A measurable commitment. `value` is in `unit` as printed (5.5万人 -> 5.5, 万人)."""

    quote: str
    span: Span
    name: str
    kind: Kind
    op: Op
    value: float | None
    unit: str | None
    value_high: float | None = None
    base: float | None = None
    reference: str | None = None
    path: str = ""
    doubts: tuple[Doubt, ...] = ()


class TaskForce(NamedTuple):
    """工作专班 / 领导小组 / 联席会议: who sits where, and where its office is."""

    name: str
    quote: str
    span: Span
    conveners: tuple[str, ...] = ()
    first_deputies: tuple[str, ...] = ()
    deputies: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    office: str | None = None
    doubts: tuple[Doubt, ...] = ()


class Mechanism(NamedTuple):
    """Who must do what how often: “市长至少半年调度一次”."""

    actor: str | None
    activity: str
    every: str | None
    at_least: bool
    quote: str
    span: Span
    doubts: tuple[Doubt, ...] = ()


class Quota(NamedTuple):
    """A per-group duty in numbers: papers to place in the press, one 联络员 a unit."""

    who: str | None
    what: str
    at_least: float
    per: str | None
    quote: str
    span: Span
    doubts: tuple[Doubt, ...] = ()


class Section(NamedTuple):
    """One node of the outline: path as printed (附件1/二/(一)/1), its heading, its place."""

    path: str
    heading: str
    span: Span
    level: int


class Plan(NamedTuple):
    """The whole reading of one plan."""

    source: SourceText
    document: Document
    actions: tuple[Action, ...] = ()
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    task_forces: tuple[TaskForce, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    quotas: tuple[Quota, ...] = ()
    outline: tuple[Section, ...] = ()
