"""What of the ledger can be found: plans by all their words, tasks by theirs, their units and leaders."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from luoshi.core.flow.actor import Actor
from luoshi.ledger.models import Assignment, Plan, Task
from luoshi.ledger.queries.rows import IN_LEDGER
from luoshi.ledger.searching import Entry, Source, index, register


def _plans(actor: Actor) -> QuerySet[Plan]:
    return Plan.objects.visible_to(actor).filter(state__in=IN_LEDGER).select_related("source")


def _plan(plan: Plan) -> Entry:
    return Entry(
        plan.government_id,
        plan.title,
        plan.source.text,
        "，".join(filter(None, [plan.number, plan.issuer])),
        f"{reverse('ledger:index')}?plan={plan.pk}",
        f"{plan.number}\n{plan.issuer}",
    )


def _with_words(tasks: QuerySet[Task]) -> QuerySet[Task]:
    shares = Prefetch("assignments", Assignment.objects.select_related("unit"))
    return tasks.select_related("plan", "action").prefetch_related(shares, "leaders", "indicators")


def _tasks(actor: Actor) -> QuerySet[Task]:
    return _with_words(Task.objects.visible_to(actor).filter(plan__state__in=IN_LEDGER))


def _task(task: Task) -> Entry:
    first = task.accountable
    action = task.action.name if task.action else ""
    words = [
        action,
        *(leader.name for leader in task.leaders.all()),
        *(i.name for i in task.indicators.all()),
    ]
    for share in task.assignments.all():
        words += [share.printed, share.unit.full_name]
    place = [f"《{task.plan.title}》第{task.order}项", action, first.unit.full_name if first else ""]
    return Entry(
        task.plan.government_id,
        task.heading or task.quote[:60],
        task.text,
        "，".join(filter(None, place)),
        reverse("ledger:task", args=[task.pk]),
        "\n".join(words),
    )


def index_plan(plan: Plan) -> None:
    """A plan and all its tasks, as they are now."""
    index("plan", [plan])
    index_tasks(plan.tasks.values_list("pk", flat=True))


def index_tasks(pks: Iterable[int]) -> None:
    """Some tasks, as they are now."""
    index("task", _with_words(Task.objects.filter(pk__in=list(pks))))


register(Source("plan", "方案", _plans, _plan, alike=False))
register(Source("task", "任务", _tasks, _task))
