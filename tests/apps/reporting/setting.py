"""Run as a program: the county that test_killed.py kills a server over. Prints what there is to send, as JSON."""

import datetime as dt
import json

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from luoshi.core.periods import parse  # noqa: E402
from luoshi.ledger.models import Assignment, Plan, Task  # noqa: E402
from luoshi.org.actors import actor_of  # noqa: E402
from luoshi.org.models import Account, Government, Person, Post, Unit  # noqa: E402
from luoshi.reporting.models import Report  # noqa: E402
from luoshi.reporting.services.opening import Asked, open_round  # noqa: E402

UNITS, TASKS = 120, 12


def main() -> None:
    call_command("migrate", verbosity=0)
    place = Government.objects.create(name="青禾县", level="county")
    home = Unit.objects.create(government=place, full_name="青禾县人民政府办公室")
    units = [Unit(government=place, full_name=f"青禾县第{n}局", parent=home) for n in range(UNITS)]
    Unit.objects.bulk_create(units)
    person = Person.objects.create(government=place, name="刘主任")
    for slug, scope in (("office", "government"), ("clerk", "subtree")):
        Post.objects.create(person=person, slug=slug, unit=home, scope=scope)
    account = Account.objects.create_user("liu", "qinghe-2026", person=person)
    plan = Plan.objects.create(government=place, title="青禾县行动方案", state="adopted", created_by="刘主任")
    tasks = [
        Task(plan=plan, order=n, form="prose", text="任务", quote="任务", start=0, end=2)
        for n in range(TASKS)
    ]
    Task.objects.bulk_create(tasks)
    Assignment.objects.bulk_create(
        Assignment(task=task, unit=unit, role="support", printed="局", order=n) for task in tasks for n, unit in enumerate(units)
    )  # fmt: skip
    due = timezone.localdate() + dt.timedelta(days=5)
    round = open_round(Asked(plan, parse("2026年3月"), due), by=actor_of(account))
    rows = list(Report.objects.order_by("order", "unit").values_list("pk", "unit"))
    print(json.dumps({"round": round.pk, "rows": rows}))


main()
