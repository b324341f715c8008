"""How many lines 待我办 has, without reading them: the number in the rail of every page. Always `len(lines(actor))`."""

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Value
from django.db.models.expressions import Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from luoshi.bulletins.queries.lists import waiting as papers_waiting
from luoshi.core.flow.actor import BUSINESS_POSTS, Actor
from luoshi.dispatch.queries.rhythms import keeping
from luoshi.ledger.models import Plan
from luoshi.ledger.queries.waiting import claims, confirming, objections, steps_due
from luoshi.meetings.queries.waiting import decisions, meetings
from luoshi.org.models import Government
from luoshi.projects.models import Reconciliation
from luoshi.projects.queries.books import waiting as books_waiting
from luoshi.reminders.waiting import (
    ANSWERED_BY,
    CHECKED_BY,
    CONFIRMED_BY,
    DONE_BY,
    MOST_DUTIES,
    MOST_STEPS,
    TAKEN_BY,
)
from luoshi.reporting.queries.waiting import complaints, waiting_sheets
from luoshi.supervision.queries.waiting import waiting_orders


def count(actor: Actor) -> int:
    """Everything that waits for this person, as a number: one query for all rooms, and for rounds and books of projects, which are folded
    as they are read, those of their own."""
    if not actor.holds(*BUSINESS_POSTS):
        return 0
    rooms = {
        f"in_{name}": Coalesce(Subquery(_number(*one)), 0, output_field=IntegerField())
        for name, one in _rooms(actor).items()
    }
    row: Any = Government.objects.filter(pk=actor.government_id).values(**rooms).get()
    found: dict[str, int] = {name.removeprefix("in_"): n for name, n in row.items()}
    books = books_waiting(actor, timezone.localdate()) if found.pop("books") else ()
    duties = found.pop("duties")
    return (
        len(waiting_sheets(actor))
        + len(books)
        + min(found.pop("steps"), MOST_STEPS)
        + min(duties, MOST_DUTIES + 1)
        + min(found.pop("complaints"), 1)
        + sum(found.values())
    )


def _rooms(actor: Actor) -> dict[str, tuple[QuerySet[Any, Any], str]]:
    """Room → what waits there, and of which column the different values are counted."""
    found: dict[str, tuple[QuerySet[Any, Any], str]] = {
        "orders": (waiting_orders(actor), "pk"),
        "decisions": (decisions(actor), "pk"),
        "meetings": (meetings(actor), "pk"),
        "papers": (papers_waiting(actor), "pk"),
        "duties": (keeping(actor), "pk"),
        "complaints": (complaints(actor), "pk"),
        "books": (Reconciliation.objects.filter(government=actor.government_id, state="open"), "pk"),
        "steps": (steps_due(actor), "pk"),
    }
    if not actor.holds(*DONE_BY):
        found["steps"] = (steps_due(actor).none(), "pk")
    if actor.holds(*CHECKED_BY):
        found["plans"] = (Plan.objects.visible_to(actor).filter(state="review"), "pk")
    if actor.holds(*TAKEN_BY):
        found["claims"] = (claims(actor), "task__plan")
    if actor.holds(*ANSWERED_BY):
        found["objections"] = (objections(actor), "task__plan")
    if actor.holds(*CONFIRMED_BY):
        found["confirming"] = (confirming(actor), "task__plan")
    return found


def _number(rows: QuerySet[Any, Any], what: str) -> QuerySet[Any, Any]:
    """The number of different values of a column, as a query of one row."""
    alone: Any = rows.order_by().annotate(all_of_it=Value(1)).values("all_of_it")
    numbered: QuerySet[Any, Any] = alone.annotate(number=Count(what, distinct=True)).values("number")
    return numbered
