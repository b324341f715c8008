"""Changes of what was promised: targets handed down or changed, deadlines moved. Each with reason, document, old and new.

The row changes only if it is still what the person saw (Stale); the amendment and the event are written with it.
"""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from luoshi.core.flow.actor import Actor
from luoshi.core.plan.wording import target_words
from luoshi.journal.moves import Refused, Stale, demand, record
from luoshi.ledger.deadlines import last_day, printed
from luoshi.ledger.models import Amendment, Indicator, Task
from luoshi.ledger.services.changes import Change, Grounds, write_down

NO_DOCUMENT = "目标和时限的变更要有依据，请写明文号或会议。"


@dataclass(frozen=True, slots=True)
class Target:
    """What an indicator promises, in its own unit. `value` None where the kind needs no number (清零、高于平均)."""

    op: str
    value: Decimal | None
    unit: str
    value_high: Decimal | None = None
    base: Decimal | None = None
    reference: str = ""

    @classmethod
    def of(cls, indicator: Indicator) -> "Target":
        """What it promises now."""
        return cls(
            indicator.op,
            indicator.value,
            indicator.unit,
            indicator.value_high,
            indicator.base,
            indicator.reference,
        )

    @property
    def as_values(self) -> dict[str, Any]:
        """For the replay: numbers as text, so that none is rounded on its way through JSON."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    def words(self, kind: str) -> str:
        """As it reads on a page."""
        return target_words(kind, self.op, self.value, self.unit, self.value_high, self.base, self.reference)


def _plain(value: Any) -> Any:
    """A number as text without trailing zeros; anything else as it is."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


@transaction.atomic
def set_target(indicator: Indicator, target: Target, grounds: Grounds, by: Actor) -> Amendment:
    """Fill in a target that was pending (下达), or change one. Raises Denied, Stale, Refused (no document, no change)."""
    verb = "issue" if indicator.target == Indicator.Target.PENDING else "change"
    demand(indicator.life, indicator, verb, by, grounds.note)
    if not grounds.document.strip():
        raise Refused(NO_DOCUMENT)
    seen, was = Target.of(indicator), indicator.target
    if verb == "change" and seen.as_values == target.as_values:
        raise Refused("目标没有变化，不用办理变更。")
    old = "待下达" if verb == "issue" else seen.words(indicator.kind)
    new = target.words(indicator.kind)
    named = asdict(target) | {"target": Indicator.Target.SET}
    if not Indicator.objects.filter(pk=indicator.pk, target=was, **asdict(seen)).update(**named):
        raise Stale
    record(indicator, verb, by, {"value": [old, new]}, note=grounds.note)
    for field, value in named.items():
        setattr(indicator, field, value)
    change = Change(
        Amendment.What.TARGET,
        f"{indicator.name}：{old}",
        f"{indicator.name}：{new}",
        {"target": was, **seen.as_values},
        {"target": indicator.target, **target.as_values},
    )
    return write_down(indicator.plan, change, grounds, by, task=indicator.task, indicator=indicator)


@transaction.atomic
def move_deadline(task: Task, deadline: str, grounds: Grounds, by: Actor) -> Amendment:
    """Move the deadline of a task; `deadline` as stored ("2026-Q3"). Raises Denied, Stale, Refused."""
    demand(task.life, task, "defer", by, grounds.note)
    if not grounds.document.strip():
        raise Refused(NO_DOCUMENT)
    seen = task.deadline
    if seen == deadline:
        raise Refused("时限没有变化，不用办理变更。")
    day = last_day(deadline)
    if day is None:
        raise Refused("没有读懂新的时限，请写成2026年9月30日、2026年9月、2026年三季度或2026年。")
    rows = Task.objects.filter(pk=task.pk, deadline=seen)
    if not rows.update(deadline=deadline, deadline_day=day):
        raise Stale
    old, new = printed(seen) or "未写明", printed(deadline)
    record(task, "defer", by, {"deadline": [old, new]}, note=grounds.note)
    task.deadline, task.deadline_day = deadline, day
    change = Change(Amendment.What.DEADLINE, old, new, {"deadline": seen}, {"deadline": deadline})
    return write_down(task.plan, change, grounds, by, task=task)
