"""Projects for tests of this and other rooms: one at work, one signed, one in reserve; books of a fortnight."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from luoshi.projects.models import Entry, ListRules, Project, Reconciliation
from tests.people import Member, unit

TODAY = timezone.localdate


def project_of(owner: Member, name: str = "青禾粮油加工园", state: str = "begun", **more: Any) -> Project:
    """A project of the owner's county for which the owner's unit answers, in a state with the days that belong to it."""
    today = TODAY()
    came = ("reserve", "signed", "begun", "finished", "producing").index(state) if state != "ended" else 1
    days = {
        name: today - dt.timedelta(days=40 * (came - n) + 5)
        for n, name in enumerate(("signed", "begun", "finished", "producing"), 1)
        if n <= came
    }
    fields = {
        "batch": "一季度",
        "total": Decimal(5000),
        "year_plan": Decimal(2000),
        "contract": Decimal(5000),
        "fiscal": True,
        **days,
        **more,
    }
    last = Project.objects.filter(government_id=owner.actor.government_id).order_by("-number").first()
    return Project.objects.create(
        government_id=owner.actor.government_id, number=(last.number if last else 0) + 1, name=name,
        unit_id=owner.actor.unit_id, state=state, **fields,
    )  # fmt: skip


def rules_of(
    member: Member, planning: str = "青禾县发展和改革局", finance: str = "青禾县财政局", **more: Any
) -> ListRules:
    """Whose the books are."""
    place = ListRules(government_id=member.actor.government_id).government
    return ListRules.objects.create(
        government=place, planning_unit=unit(planning, place), finance_unit=unit(finance, place), **more
    )


def fortnight(member: Member, ago: int = 0, **more: Any) -> Reconciliation:
    """A 对账 that ended some days ago, open."""
    until = TODAY() - dt.timedelta(days=ago)
    rules = ListRules.objects.filter(government_id=member.actor.government_id).first()
    fields = {
        "planning_unit": rules and rules.planning_unit,
        "finance_unit": rules and rules.finance_unit,
        **more,
    }
    return Reconciliation.objects.create(
        government_id=member.actor.government_id, since=until - dt.timedelta(days=13), until=until,
        due=until + dt.timedelta(days=4), opened_by="刘主任", **fields,
    )  # fmt: skip


def says(
    member: Member,
    book: str,
    project: Project,
    on: Reconciliation | None,
    day: dt.date | None = None,
    **values: Any,
) -> Entry:
    """What a book says of a project, on a day (now)."""
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(10))) if day else timezone.now()
    return Entry.objects.create(
        reconciliation=on, project=project, book=book, person_id=member.actor.person_id, person_name=member.actor.name,
        unit_name=member.actor.unit_name, at=at, **values,
    )  # fmt: skip
