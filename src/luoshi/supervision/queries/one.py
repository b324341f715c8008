"""One order with everything that belongs to it, its line of time, and whose turn it is."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.orders.clocks import Term, terms
from luoshi.core.workdays import national
from luoshi.supervision.models import Conclusion, Extension, Order, OrderQuerySet, Reply, Review, Share

TURN = {
    "draft": "等立项人补充并报审",
    "pending": "等审批",
    "approved": "等交办",
    "sent": "等{unit}签收",
    "refused": "等交办方改派或重新交办",
    "working": "等{unit}办理并报结",
    "blocked": "等政府办或领导研究",
    "replied": "等督查人员核验",
    "verified": "等政府办或领导销号",
    "closed": "已销号，可以回头看",
    "dropped": "已终止",
    "cancelled": "已撤销",
}


def whole_orders(actor: Actor) -> OrderQuerySet:
    """Visible orders with all their rows at hand."""
    return (
        Order.objects.visible_to(actor)
        .select_related("government", "unit", "task__action", "task__plan", "drafter")
        .prefetch_related(
            Prefetch("shares", Share.objects.select_related("unit")),
            Prefetch("replies", Reply.objects.prefetch_related("evidence")),
            "verifications",
            "rechecks",
            Prefetch("extensions", Extension.objects.select_related("unit")),
            Prefetch("conclusions", Conclusion.objects.prefetch_related("reviews")),
        )
    )


def order_for(actor: Actor, pk: int) -> Order:
    """One order as this person may see it; 404 else."""
    return get_object_or_404(whole_orders(actor), pk=pk)


def share_for(actor: Actor, pk: int) -> Share:
    """A co-unit's part, with its order."""
    orders = Order.objects.visible_to(actor).values("pk")
    rows = Share.objects.select_related("unit", "order__unit", "order__task__action")
    return get_object_or_404(rows.filter(order__in=orders), pk=pk)


OF_ORDER = ("order__unit", "order__task__action")
WORKERS = ("order__shares", "order__replies")


def extension_for(actor: Actor, pk: int) -> Extension:
    """A request for time, with its order and who works on that."""
    rows = Extension.objects.filter(order__in=Order.objects.visible_to(actor).values("pk"))
    return get_object_or_404(rows.select_related(*OF_ORDER).prefetch_related(*WORKERS), pk=pk)


def conclusion_for(actor: Actor, pk: int) -> Conclusion:
    """A conclusion, with its order."""
    rows = Conclusion.objects.filter(order__in=Order.objects.visible_to(actor).values("pk"))
    return get_object_or_404(rows.select_related(*OF_ORDER), pk=pk)


def review_for(actor: Actor, pk: int) -> Review:
    """A request for review, with its order and who concluded."""
    rows = Review.objects.filter(order__in=Order.objects.visible_to(actor).values("pk"))
    rows = rows.select_related("conclusion", *OF_ORDER)
    return get_object_or_404(
        rows.prefetch_related("order__verifications", "order__conclusions", *WORKERS), pk=pk
    )


def turn_of(order: Order) -> str:
    """Whose turn it is, in words."""
    return TURN[order.state].format(unit=order.unit or "承办单位")


class Mark(NamedTuple):
    """A step of the order's clock: when it is due, whether it was kept."""

    term: Term
    word: str
    slug: str


def marks(order: Order) -> list[Mark]:
    """The steps between handing over and the end, against what the unit said and when."""
    if not (order.sent_on and order.template):
        return []
    today = timezone.localdate()
    said = [timezone.localtime(reply.at).date() for reply in order.replies.all()]
    found = []
    for term in terms(order.template, order.sent_on, national())[:-1]:
        answered = min((day for day in said if day >= order.sent_on), default=None)
        found.append(_mark(term, answered, today))
    return found


def _mark(term: Term, answered: dt.date | None, today: dt.date) -> Mark:
    if answered is not None and answered <= term.due:
        return Mark(term, "已反馈", "good")
    if answered is not None:
        return Mark(term, f"晚{(answered - term.due).days}天反馈", "waiting")
    if today > term.due:
        return Mark(term, f"超{(today - term.due).days}天未反馈", "bad")
    return Mark(term, "未到期" if today < term.due else "今天到期", "")
