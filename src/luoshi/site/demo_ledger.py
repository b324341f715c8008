"""The life of the demo county's ledger: units that have people took on their tasks, one contests, one task is split and changed."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from luoshi.core.flow.actor import Actor
from luoshi.ledger.models import Amendment, Assignment, Plan, Task
from luoshi.ledger.queries.waiting import claims
from luoshi.ledger.services import assigning
from luoshi.ledger.services.amending import Target, move_deadline, set_target
from luoshi.ledger.services.changes import Grounds
from luoshi.ledger.services.milestones import Step, add_milestone, step_on
from luoshi.org.actors import actor_of
from luoshi.org.models import Account

LEFT = 3
"""Shares that the unit of the accounts to try has still to take on."""
TRIED, CONTESTS = "sujian", "guoxiaosuan"


def load(county: str, office: Actor) -> Iterator[str]:
    """Once, for the adopted plan; yields a line to print."""
    plan = Plan.objects.filter(government__name=county, state="adopted").first()
    if plan is None or Amendment.objects.filter(plan=plan).exists():
        return
    clerks = _clerks(county)
    with transaction.atomic():
        for actor in clerks.values():
            left = LEFT if actor == clerks.get(TRIED) else 1 if actor == clerks.get(CONTESTS) else 0
            rows = list(claims(actor).select_related("unit", "task__plan", "task__action").order_by("-pk"))
            assigning.accept(rows[left:], actor)
        if actor := clerks.get(CONTESTS):
            contested = claims(actor).select_related("unit", "task__plan", "task__action").first()
            if contested:
                assigning.contest(contested, "这项工作另有主管部门，我局没有相应职能，建议改派。", actor)
        if actor := clerks.get(TRIED):
            _change_one(plan, actor, office)
    taken = Assignment.objects.filter(task__plan=plan, state="accepted").count()
    yield f"《{plan.title}》：已认领{taken}项责任分工，1项有异议，1项任务拆成了节点。"


def _clerks(county: str) -> dict[str, Actor]:
    """One person for each unit that has any, by account; the one to try speaks for its own."""
    accounts = Account.objects.filter(
        person__government__name=county, person__posts__slug__in=("clerk", "head"), state="active"
    )
    found: dict[int | None, tuple[str, Actor]] = {}
    for account in sorted(
        accounts.distinct(), key=lambda one: (one.username not in (TRIED, CONTESTS), one.pk)
    ):
        actor = actor_of(account)
        if actor.holds("clerk", "head"):
            found.setdefault(actor.unit_id, (account.username, actor))
    return dict(found.values())


def _change_one(plan: Plan, actor: Actor, office: Actor) -> None:
    """A task of the unit to try: three milestones, a deadline moved, a target raised."""
    own = Task.objects.filter(
        plan=plan,
        assignments__unit=actor.unit_id,
        assignments__accountable=True,
        indicators__value__isnull=False,
    )
    task = own.order_by("order").first()
    if task is None:
        return
    year = plan.year or 2026
    helper = task.assignments.exclude(unit=actor.unit_id).select_related("unit").first()
    steps = [
        Step("完成前期论证", dt.date(year, 3, 31), 2, None),
        Step("完成审批和招标", dt.date(year, 6, 30), 1, None),
        Step("落实配套资金", dt.date(year, 12, 10), 1, helper.unit if helper else None),
    ]
    first, *_ = [add_milestone(task, step, actor) for step in steps]
    step_on(first, "finish", actor)
    move_deadline(task, f"{year}-Q4", Grounds("汛期影响施工", "县政府第12次常务会议纪要"), office)
    if indicator := task.indicators.filter(value__isnull=False).first():
        seen = Target.of(indicator)
        raised = Target(seen.op, seen.value * 11 / 10, seen.unit, reference=seen.reference)
        set_target(indicator, raised, Grounds("市里追加任务", f"云政办发〔{year}〕21号"), office)
