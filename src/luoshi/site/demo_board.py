"""Milestones on the demo county's wall chart (invented): two tasks an action, split by the units that answer for them."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from luoshi.core.flow.actor import Actor
from luoshi.ledger.models import Milestone, Plan, Task
from luoshi.ledger.services.milestones import Step, add_milestone, step_on
from luoshi.org.actors import actor_of
from luoshi.org.models import Account

EACH = 2
"""Tasks of an action."""
LEFT = ("sujian", "guoxiaosuan")
"""Accounts to try: their units split their tasks themselves."""
STEPS = (("完成摸底和方案", 3, 31, 6), ("建成首批示范点", 8, 31, 18), ("年度验收", 12, 15, None))
"""Title, month, day, days after which it was done (None: it is not)."""
LATE_IN = 3
"""Every so many tasks the second step was not done."""


def load(county: str) -> Iterator[str]:
    """Once; yields a line to print."""
    plan = Plan.objects.filter(government__name=county, state="adopted").first()
    if plan is None or Milestone.objects.filter(task__plan=plan, title=STEPS[0][0]).exists():
        return
    people = _people(county)
    tasks = Task._base_manager.filter(plan=plan, milestones=None, state="running", action__isnull=False)
    taken: dict[int | None, int] = {}
    with transaction.atomic():
        for task in tasks.prefetch_related("assignments").select_related("plan", "action").order_by("order"):
            actor = people.get(task.lead_unit_id)
            if actor is not None and taken.get(task.action_id, 0) < EACH:
                taken[task.action_id] = taken.get(task.action_id, 0) + 1
                _split(task, actor, plan.year or 2026, late=sum(taken.values()) % LATE_IN == 0)
    if taken:
        yield f"《{plan.title}》：{sum(taken.values())}项任务拆成了节点，画在挂图上。"


def _people(county: str) -> dict[int | None, Actor]:
    """Somebody who speaks for each unit, but for the units to try."""
    accounts = Account.objects.filter(
        person__government__name=county, person__posts__slug__in=("clerk", "head"), state="active"
    ).distinct()
    actors = {account.username: actor_of(account) for account in accounts.order_by("pk")}
    tried = {actor.unit_id for name, actor in actors.items() if name in LEFT}
    found: dict[int | None, Actor] = {}
    for actor in actors.values():
        if actor.holds("clerk", "head") and actor.unit_id not in tried:
            found.setdefault(actor.unit_id, actor)
    return found


def _split(task: Task, actor: Actor, year: int, late: bool) -> None:
    for n, (title, month, day, after) in enumerate(STEPS):
        due = dt.date(year, month, day)
        step = add_milestone(task, Step(title, due, 1, None), actor)
        if after is not None and not (late and n == 1):
            step_on(step, "finish", actor)
            Milestone.objects.filter(pk=step.pk).update(done_on=due + dt.timedelta(days=after - 10))
