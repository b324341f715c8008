"""What is compared with other orders: closings, verifiers' words, and whether the same was asked before."""

from luoshi.core.flow.actor import Actor
from luoshi.core.orders.guard import Closing, Flag, flags, likeness
from luoshi.core.orders.words import DAILY
from luoshi.supervision.models import InspectionPlan, Order, Reply, Verification

COMPARED = 300
"""How many closings of other orders are looked at, newest first."""
REMEMBERED = 60
SAME_MATTER = 0.45
"""From this likeness of titles on two orders are about one matter."""


def flags_of(order: Order) -> tuple[Flag, ...]:
    """What the verifier has to answer for, in one query beyond the order's own rows."""
    others = (
        Reply.objects.filter(order__government_id=order.government_id, kind=Reply.FINISH)
        .exclude(order=order)
        .order_by("-pk")
        .values_list("order__number", "text")[:COMPARED]
    )
    evidence = [(piece.name, piece.day) for reply in order.replies.all() for piece in reply.evidence.all()]
    sent = order.sent_on or order.created_at.date()
    return flags(order.closing, sent, evidence, [Closing(number, text) for number, text in others])


def earlier_words(actor: Actor) -> list[str]:
    """What this verifier wrote before."""
    rows = Verification.objects.filter(person_id=actor.person_id).order_by("-pk")
    return list(rows.values_list("words", flat=True)[:REMEMBERED])


def overlaps(actor: Actor, order: Order) -> list[str]:
    """Sentences about what was already asked of the unit this year, and about the year's plan; empty when nothing was."""
    rows = Order.objects.filter(government_id=actor.government_id, year=order.year, unit=order.unit).exclude(
        state__in=("cancelled", "dropped")
    )
    found = [
        other
        for other in rows.exclude(pk=order.pk)
        if (order.task_id and other.task_id == order.task_id)
        or likeness(other.title, order.title) >= SAME_MATTER
        or (order.type != DAILY and other.type != DAILY)
    ]
    said = []
    if found:
        named = "；".join(f"{o.number or '未编号'}“{o.title}”（{o.get_state_display()}）" for o in found[:3])
        said.append(f"本年已对{order.unit}立项督办相近事项{len(found)}件：{named}。")
    if order.type != DAILY and (plan := InspectionPlan.objects.filter(government=actor.government_id, year=order.year).first()):  # fmt: skip
        begun = inspections(actor.government_id, order.year)
        if begun >= plan.planned:
            said.append(f"本年督查计划{plan.planned}次，已立项{begun}次，再立就超出计划。")
    return said


def inspections(government_id: int, year: int) -> int:
    """How many inspections other than daily supervision were drawn up this year."""
    rows = Order.objects.filter(government_id=government_id, year=year).exclude(type=DAILY)
    return rows.exclude(state__in=("draft", "cancelled")).count()
