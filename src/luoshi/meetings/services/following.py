"""After the meeting: the unit answers in a sentence, the office confirms, puts off, hands over to supervision."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.decision import DECISION
from luoshi.journal.moves import Refused, demand, move, record
from luoshi.meetings.models import Answer, Decision
from luoshi.supervision.models import Order
from luoshi.supervision.services import opening


def _say(one: Decision, kind: str, text: str, by: Actor) -> Answer:
    return Answer.objects.create(
        decision=one, kind=kind, text=text[:1000], person_id=by.person_id, person_name=by.name, unit_name=by.unit_name
    )  # fmt: skip


@transaction.atomic
def report(one: Decision, text: str, *, by: Actor) -> Answer:
    """How far it is."""
    record(one, "report", by, {}, text[:200])
    return _say(one, Answer.REPORT, text, by)


@transaction.atomic
def answer(one: Decision, text: str, *, by: Actor) -> Answer:
    """It is done, in a sentence; the office confirms."""
    move(one, "answer", by, text[:200])
    return _say(one, Answer.DONE, text, by)


def take_back(one: Decision, *, by: Actor) -> None:
    """The unit takes its answer back."""
    move(one, "take_back", by)


@transaction.atomic
def accept(one: Decision, *, by: Actor) -> None:
    """确认办结."""
    move(one, "accept", by)
    one.done_on = timezone.localdate()
    one.save(update_fields=["done_on"])


@transaction.atomic
def send_back(one: Decision, note: str, *, by: Actor) -> None:
    """Not done yet: what is missing."""
    move(one, "send_back", by, note)
    _say(one, Answer.BACK, note, by)


@transaction.atomic
def put_off(one: Decision, due: dt.date, note: str, *, by: Actor) -> None:
    """延期 with a reason; how often is counted. Raises Denied, Refused for a day that is not later."""
    demand(DECISION, one, "put_off", by, note)
    if one.due and due <= one.due:
        raise Refused(f"现在的期限是{one.due}，延期后的日期要晚于这一天。")
    if due < timezone.localdate():
        raise Refused("延期后的日期已经过去，请改为今天或以后的日期。")
    record(one, "put_off", by, {"due": [one.due.isoformat() if one.due else "", due.isoformat()]}, note)
    one.due, one.moved = due, one.moved + 1
    one.save(update_fields=["due", "moved"])
    _say(one, Answer.LATER, f"延期到{due.month}月{due.day}日：{note}", by)


@transaction.atomic
def drop(one: Decision, note: str, *, by: Actor) -> None:
    """不再办理."""
    move(one, "drop", by, note)
    _say(one, Answer.OTHER, note, by)


@transaction.atomic
def supervise(one: Decision, *, by: Actor, sure: bool = False) -> Order:
    """转督办: draws up an order whose origin is the meeting. Raises Denied; what supervision refuses (Overlap unless `sure`)."""
    demand(DECISION, one, "supervise", by)
    held = one.meeting.spoken_on
    draft = opening.Draft(
        title=one.text.strip()[:120],
        matter=one.text.strip(),
        unit=one.unit,
        origin="meeting",
        ground=f"{one.meeting.title}（{held.year}年{held.month}月{held.day}日）"[:200],
        task=one.task,
        leader=one.meeting.chair_name,
        clock="minutes",
        deadline=one.due if one.due and one.due >= timezone.localdate() else None,
        co_units=[unit for unit in one.helpers.all() if not unit.is_collective and unit.valid_to is None],
    )
    order = opening.draw_up(draft, by=by, sure=sure)
    move(one, "supervise", by, order=[None, order.title])
    one.order = order
    one.save(update_fields=["order"])
    return order
