"""What the pages of the intake read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from luoshi.core.check.findings import SEVERITIES
from luoshi.core.flow.actor import Actor
from luoshi.core.units.names import is_collective
from luoshi.intake.findings import Counts, Flag, count, flags
from luoshi.intake.models import DraftItem, Edit, PlanCheck, PlanFinding, UnitChoice
from luoshi.intake.names import Match, Matcher
from luoshi.ledger.models import Plan
from luoshi.ledger.paper import Mark
from luoshi.org.models import Unit
from luoshi.org.queries import register

Kind = DraftItem.Kind
TABS = (
    Kind.TASK, Kind.INDICATOR, Kind.TASK_FORCE, Kind.MECHANISM, Kind.QUOTA, Kind.ACTION, Kind.DOCUMENT,
)  # fmt: skip


IN_SIGHT = ("reading", "review", "adopted", "closed")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan on the list: how much was read, how many questions are left, what the last check found (None: never
    checked)."""

    plan: Plan
    counts: dict[str, int]
    doubts: int
    check: Counts | None


@dataclass(frozen=True, slots=True)
class NameLine:
    """A printed name, how often it is named, what it means, and what else it may mean (unit, evidence)."""

    name: str
    times: int
    match: Match
    unit: Unit | None
    others: tuple[tuple[Unit, str], ...]

    @property
    def collective(self) -> bool:
        """Whether an unknown name looks like one for several units (各乡镇)."""
        return self.match.state == "unknown" and is_collective(self.name)


def plan_lines(actor: Actor, states: Sequence[str] = IN_SIGHT) -> list[PlanLine]:
    """The plans in these states, newest first, in a constant number of queries; doubts are counted while they can
    be answered, in review."""
    plans = list(Plan.objects.visible_to(actor).filter(state__in=states))
    items = DraftItem.objects.filter(plan__in=plans).exclude(status="deleted")
    counts: dict[int, dict[str, int]] = {plan.pk: {} for plan in plans}
    for plan_id, kind, n in items.order_by().values_list("plan_id", "kind").annotate(Count("pk")):
        counts[plan_id][kind] = n
    doubts: Counter[int] = Counter()
    asking = items.filter(plan__state="review").exclude(doubts=[]).only("plan_id", "status", "doubts")
    for item in asking.iterator():
        doubts[item.plan_id] += len(item.open_doubts)
    checks = found_in(plans)
    return [PlanLine(plan, counts[plan.pk], doubts[plan.pk], checks.get(plan.pk)) for plan in plans]


def found_in(plans: Sequence[Plan]) -> dict[int, Counts]:
    """Plan → what its last check found, for those that were checked, in one query."""
    open_ = Q(plan__findings__waived_at=None)
    states = {slug: Count("plan__findings", open_ & Q(plan__findings__severity=slug)) for slug in SEVERITIES}
    waived = Count("plan__findings", Q(plan__findings__waived_at__isnull=False))
    checks = PlanCheck.objects.filter(plan__in=plans).values("plan_id").annotate(**states, waived=waived)
    return {row.pop("plan_id"): Counts(**row) for row in checks}


def items_of(plan: Plan) -> list[DraftItem]:
    """Every item of a plan in the order of its text, deleted ones too."""
    items = list(DraftItem.objects.filter(plan=plan))
    for item in items:
        item.plan = plan
    return items


def live(items: list[DraftItem]) -> list[DraftItem]:
    return [item for item in items if item.status != "deleted"]


def printed_names(items: list[DraftItem]) -> Counter[str]:
    """Names that must mean a unit before adoption: those of owners, with how often they are named."""
    owners = (owner["name"] for item in live(items) for owner in item.data.get("owners", []))
    return Counter(owners)


def matcher(plan: Plan) -> Matcher:
    chosen = UnitChoice.objects.filter(plan=plan).values_list("printed", "unit_id")
    return Matcher(register(plan.government_id), dict(chosen))


def name_lines(plan: Plan, items: list[DraftItem]) -> list[NameLine]:
    """All printed names, what needs a person first."""
    found = matcher(plan)
    names = printed_names(items)
    matches = {name: found.look_up(name) for name in names}
    meant = {m.unit_id for m in matches.values()} | {c.key for m in matches.values() for c in m.others}
    units = Unit.objects.in_bulk([pk for pk in meant if pk])
    lines = [
        NameLine(n, times, m, units.get(m.unit_id), tuple((units[c.key], c.evidence) for c in m.others))
        for (n, times), m in ((pair, matches[pair[0]]) for pair in names.items())
    ]
    rank = {"unknown": 0, "guess": 1, "sure": 2, "chosen": 2}
    return sorted(lines, key=lambda line: (rank[line.match.state], -line.times, line.name))


def count_what_is_left(plan: Plan, items: list[DraftItem]) -> Plan:
    """Put the two counts on the plan by which adoption is judged."""
    found = matcher(plan)
    plan.open_questions = sum(len(item.open_doubts) for item in live(items))
    plan.unmatched_units = sum(not found.match(name).settled for name in printed_names(items))
    return plan


@dataclass(frozen=True, slots=True)
class Chip:
    """An owner on an item: printed name, role, what the register makes of it."""

    name: str
    lead: bool
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """An item on the list; `flag` when something was found in it."""

    item: DraftItem
    chips: tuple[Chip, ...]
    flag: Flag | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    slug: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The running counts over the list; `open_lists` are lists of units that close with 等, nobody having said more."""

    tabs: tuple[Tab, ...]
    asked: int
    answered: int
    open_lists: int
    unmatched: int
    last: Edit | None


def lines(items: list[DraftItem], found: Matcher, findings: Sequence[PlanFinding]) -> list[Line]:
    flagged = flags(findings, items)
    return [Line(item, chips(item, found), flagged.get(item.pk)) for item in items]


def chips(item: DraftItem, found: Matcher) -> tuple[Chip, ...]:
    owners = item.data.get("owners", [])
    return tuple(Chip(o["name"], o["role"] == "lead", found.match(o["name"]).state) for o in owners)


def tally(
    plan: Plan, items: list[DraftItem], found: Matcher, findings: Sequence[PlanFinding], person_id: int
) -> Tally:
    """Counts per tab; `last` is the step that this person's undo would take back."""
    alive = live(items)
    kinds = Counter(item.kind for item in alive)
    asked = sum(len(item.doubts) for item in alive)
    open_ = sum(len(item.open_doubts) for item in alive)
    rows = [
        ("doubt", "疑问", sum(bool(item.open_doubts) for item in alive)),
        ("check", "检查", count(findings).open),
        *((kind, Kind(kind).label, kinds[kind]) for kind in TABS),
        ("all", "全部", len(alive)),
        ("gone", "已删", len(items) - len(alive)),
    ]
    return Tally(
        tabs=tuple(Tab(*row) for row in rows),
        asked=asked,
        answered=asked - open_,
        open_lists=sum(item.asks_for_more for item in alive),
        unmatched=sum(not found.match(name).settled for name in printed_names(items)),
        last=plan.edits.filter(person_id=person_id, undone=False).first(),
    )


def marks(items: list[DraftItem]) -> list[Mark]:
    """The places of all items that are not deleted."""
    return [Mark(i.start, i.end, i.kind, str(i.pk)) for i in live(items)]
