"""Reminders of the demo county: the watch kept over the last two weeks, so that inboxes and the leader's page have something in
them. Each day is told from what the county knows today."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from luoshi.core.workdays import national
from luoshi.org.models import Government
from luoshi.reminders import watch
from luoshi.reminders.models import Digest

DAYS = 10
AT = dt.time(9)


def load(county: str) -> Iterator[str]:
    """Once; yields a line to print."""
    place = Government.objects.get(name=county)
    if Digest.objects.filter(government=place).exists():
        return
    today = timezone.localdate()
    day = national().add(today, -DAYS)
    while day <= today:
        watch.tick(timezone.make_aware(dt.datetime.combine(day, AT)))
        day += dt.timedelta(days=1)
    Digest.objects.filter(government=place, day__lt=national().add(today, -1)).update(unread=False)
    made = Digest.objects.filter(government=place)
    people = made.values("person").distinct().count()
    yield f"{county}的提醒：近{DAYS}个工作日{made.count()}条，{people}人，每人每天最多一条。"
