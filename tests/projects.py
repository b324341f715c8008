"""Projects for tests of this and other rooms: one at work, one signed, one in reserve; books of a fortnight."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils import timezone

from luoshi.projects.models import Board, Entry, Group, ListRules, Measure, Project, Reconciliation
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


def staged(liu: Member, wang: Member, li: Member) -> Callable[[str, str], object]:
    """What stands at every address of projects: a project of 王科长's unit, an open fortnight with a difference (财政's book is kept
    by 小李's unit), a board in draft and one that is open."""
    rules_of(liu, finance=li.actor.unit_name)
    project = project_of(wang, "新开工项目甲", "signed")
    books = fortnight(liu, 2)
    says(wang, "owner", project, books, arrived=Decimal(9), paid=Decimal(5))
    says(li, "finance", project, books, granted=Decimal(9), arrived=Decimal(9), paid=Decimal(3))
    boards = {}
    for state in ("draft", "open"):
        board = Board.objects.create(
            government_id=liu.actor.government_id, title=f"大比拼{state}", since=TODAY() - dt.timedelta(days=60), until=TODAY(), state=state
        )  # fmt: skip
        measure = Measure.objects.create(
            board=board, formula="entered", name="销售额", words="合计", unit="万元", basis="会议纪要"
        )
        Group.objects.create(board=board, name="县直组").units.add(wang.actor.unit_id)
        boards[state] = board.pk

    def known(address: str, name: str) -> object:
        if name == "verb":
            return "close" if "/boards/" in address else "begin"
        if name == "slug":
            return "paid" if "/rates/" in address else "owner"
        if name == "measure":
            return measure.pk if "/boards/" in address else "paid"
        if name in ("project", "unit"):
            return {"project": project.pk, "unit": wang.actor.unit_id}[name]
        if "/boards/" in address:
            return boards["draft" if address.endswith("/edit/") else "open"]
        return books.pk if "/books/" in address else project.pk

    return known
