"""The row an address names, as far as this person may see it, and what its table lets them do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import demand
from luoshi.ledger.models import Assignment, Task
from luoshi.org.requests import Request
from luoshi.org.views.answers import attempt, form_page


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table on a page, with the verbs that this person may press on it."""

    row: Any
    verbs: dict[str, str]


def offers(case: Any, actor: Actor) -> dict[str, str]:
    """Verb → label of what this person may do now; what still lacks something is left to the page it leads to."""
    return {offer.move.verb: offer.move.label for offer in case.life.offers(case, actor) if not offer.denial}


SHOWS = "。"
"""Stands for the reason while a form is only shown: whoever may press is let in before writing it."""


def share_of(actor: Actor, pk: int) -> Assignment:
    """A share with its task, plan and unit at hand; 404 for what is not visible."""
    found = Assignment.objects.visible_to(actor)
    return get_object_or_404(found.select_related("unit", "task__plan", "task__action"), pk=pk)


def task_of(actor: Actor, pk: int) -> Task:
    """A task with its shares, milestones and plan at hand; 404 for what is not visible."""
    shares = Prefetch("assignments", Assignment.objects.select_related("unit"))
    found = Task.objects.visible_to(actor).select_related("plan", "action")
    return get_object_or_404(found.prefetch_related(shares, "milestones"), pk=pk)


def let_in(case: Any, verb: str, actor: Actor) -> None:
    """Whoever may not do this is told so before filling in a form (Denied)."""
    demand(case.life, case, verb, actor, SHOWS)


def ask(request: Request, form: Any, **context: Any) -> HttpResponse:
    """A page of one form: title, lead, button, back, crumb, and what it is about."""
    return form_page(request, form, context, "ledger/form.html")


def ask_of(request: Request, form: Any, task: Task, **context: Any) -> HttpResponse:
    """A page of one form about a task: title, lead, button."""
    back = reverse("ledger:task", args=[task.pk])
    return ask(request, form, back=back, crumb="任务", task=task, **context)


def carried_out(request: Request, form: Any, act: Callable[[], object]) -> bool:
    """Whether the form was sent, is sound, and `act` was done; what refuses is told at the form."""

    def done() -> bool:
        act()
        return True

    return request.method == "POST" and bool(attempt(form, done))
