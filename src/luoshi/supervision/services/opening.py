"""Drawing up, approving, numbering and handing over an order (立项, 审批, 编号, 交办)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.order import ORDER
from luoshi.core.orders.clocks import terms
from luoshi.core.orders.words import AUTHORITIES, DAILY, ORIGINS, TYPES, number_of
from luoshi.core.workdays import national
from luoshi.journal.moves import Refused, demand, move, record
from luoshi.ledger.models import Task
from luoshi.org.models import Unit
from luoshi.supervision.models import Order, Share
from luoshi.supervision.queries.likeness import overlaps

TRIES = 5
WORDS = {"origin": ORIGINS, "type": TYPES, "authority": AUTHORITIES}


class Unsound(Refused):
    """The order cannot stand so: a day that has passed, an authority that is missing, a unit that is no unit."""


class Overlap(Refused):
    """Something like it was already asked of the unit this year; to be looked at and confirmed."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an order says, as filled in."""

    title: str
    matter: str
    unit: Unit | None = None
    origin: str = "inspection"
    ground: str = ""
    type: str = DAILY
    authority: str = ""
    authority_ground: str = ""
    methods: Sequence[str] = ()
    task: Task | None = None
    leader: str = ""
    clock: str = ""
    deadline: dt.date | None = None
    co_units: Sequence[Unit] = field(default=())


COLUMNS = tuple(f.name for f in fields(Draft) if f.name != "co_units")


@transaction.atomic
def draw_up(draft: Draft, *, by: Actor, sure: bool = False) -> Order:
    """A new order in its draft state. Raises Denied, Unsound; Overlap unless the drafter is `sure`."""
    order = Order(government_id=by.government_id, year=timezone.localdate().year, drafter_id=by.person_id)
    _fill(order, draft)
    demand(ORDER, order, "create", by)
    _refuse_unsound(order, draft)
    _refuse_overlap(order, by, sure)
    order.save()
    _set_shares(order, draft.co_units)
    record(order, "create", by, {name: [None, _said(order, name)] for name in COLUMNS if _said(order, name)})
    return order


@transaction.atomic
def edit(order: Order, draft: Draft, *, by: Actor) -> bool:
    """Change what an order says before it is handed over; False when nothing differs. Raises Denied, Unsound."""
    demand(ORDER, order, "edit", by)
    before = {name: _said(order, name) for name in COLUMNS}
    old_units = [share.unit.full_name for share in order.shares.all()]
    _fill(order, draft)
    _refuse_unsound(order, draft)
    changes = {n: [before[n], _said(order, n)] for n in COLUMNS if before[n] != _said(order, n)}
    new_units = [unit.full_name for unit in draft.co_units]
    if sorted(old_units) != sorted(new_units):
        changes["shares"] = ["、".join(old_units), "、".join(new_units)]
    if not changes:
        return False
    record(order, "edit", by, changes)
    order.save(update_fields=list(COLUMNS))
    _set_shares(order, draft.co_units)
    return True


def _fill(order: Order, draft: Draft) -> None:
    for name in COLUMNS:
        value = getattr(draft, name)
        setattr(order, name, list(value) if name == "methods" else value)


def _set_shares(order: Order, units: Sequence[Unit]) -> None:
    wanted = {unit.pk for unit in units}
    order.shares.exclude(unit__in=wanted).delete()
    have = set(order.shares.values_list("unit", flat=True))
    Share.objects.bulk_create(Share(order=order, unit=unit) for unit in units if unit.pk not in have)


def _said(order: Order, name: str) -> Any:
    value = getattr(order, name)
    if name in WORDS:
        return WORDS[name].get(value, value)
    if name == "methods":
        return order.methods_in_words
    if name == "clock":
        return order.template.title if order.template else ""
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if value else ""


def _refuse_unsound(order: Order, draft: Draft) -> None:
    if order.deadline and order.deadline < timezone.localdate():
        raise Unsound("办理时限已经过去，请改为今天或以后的日期。")
    if order.type != DAILY and not (order.authority and order.authority_ground.strip()):
        raise Unsound(
            "这一类督查要写明授权来源和依据（政府督查工作条例第七条、第十一条）：政府决定、行政首长指令，或经批准的建议。"
        )
    for unit in filter(None, (order.unit, *draft.co_units)):
        if unit.government_id != order.government_id or unit.valid_to or unit.is_collective:
            raise Unsound(f"“{unit.full_name}”不是本地区在用的具体单位，请重新选择。")
    if order.unit and any(unit.pk == order.unit.pk for unit in draft.co_units):
        raise Unsound("承办单位不必再列为配合单位，请去掉其中一处。")


def _refuse_overlap(order: Order, by: Actor, sure: bool) -> None:
    if sure or order.unit is None:
        return
    if found := overlaps(by, order):
        raise Overlap("".join(found) + "如确需另立，请勾选“已看过，仍要立项”后再提交。")


def submit(order: Order, *, by: Actor) -> None:
    """报审."""
    move(order, "submit", by)


@transaction.atomic
def approve(order: Order, *, by: Actor, note: str = "") -> None:
    """Let it be handed over, and give it the next number of its year. A leader approves all kinds, the office daily ones."""
    move(order, "approve" if by.holds("leader") else "approve_daily", by, note)
    _number(order)


def _number(order: Order) -> None:
    """The next number of the government and year; of two at once, the second takes the one after. No number is lost."""
    if order.count:
        return
    prefix = f"{order.government.name[:1]}督"
    for _ in range(TRIES):
        rows = Order.objects.filter(government_id=order.government_id, year=order.year)
        count = (rows.aggregate(last=Max("count"))["last"] or 0) + 1
        number = number_of(prefix, order.year, count)
        try:
            with transaction.atomic():
                Order.objects.filter(pk=order.pk).update(count=count, number=number)
        except IntegrityError:
            continue
        order.count, order.number = count, number
        return
    raise Refused("编号时有别的事项同时在编号，请稍后再批一次。")


@transaction.atomic
def send(order: Order, *, by: Actor) -> None:
    """Hand it over today; the deadline is the last step of its clock unless a day was named."""
    today = timezone.localdate()
    if order.deadline and order.deadline < today:
        raise Unsound("办理时限已经过去，请先修改立项中的时限再交办。")
    if order.deadline is None and (clock := order.template):
        order.deadline = terms(clock, today, national())[-1].due
    move(order, "send", by, deadline=[None, order.deadline.isoformat() if order.deadline else ""])
    order.sent_on, order.first_deadline = today, order.deadline
    order.save(update_fields=["sent_on", "deadline", "first_deadline"])


@transaction.atomic
def reassign(order: Order, unit: Unit, *, by: Actor, note: str) -> None:
    """Give it to another unit, which must sign for it anew. Raises Denied, Unsound."""
    if unit.pk == order.unit_id:
        raise Unsound(f"现在就是{unit.full_name}承办，请选择另一个单位，或重新交办。")
    if unit.valid_to or unit.is_collective or unit.government_id != order.government_id:
        raise Unsound(f"“{unit.full_name}”不是本地区在用的具体单位，请重新选择。")
    move(order, "reassign", by, note, unit=[str(order.unit), unit.full_name])
    order.shares.filter(unit=unit).delete()
    order.unit, order.sent_on = unit, timezone.localdate()
    order.save(update_fields=["unit", "sent_on"])
