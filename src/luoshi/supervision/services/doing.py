"""What the unit does: sign or refuse, reply, gather, ask for time, say that it is done or cannot be done."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.order import EXTENSION, REVIEW
from luoshi.core.orders.words import CAUSES
from luoshi.journal.moves import Refused, demand, move, record
from luoshi.supervision.models import Conclusion, Evidence, Extension, Order, Reply, Review, Share


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence as named by the unit."""

    name: str
    day: dt.date
    place: str = ""


@transaction.atomic
def sign(order: Order, *, by: Actor) -> None:
    """签收."""
    move(order, "sign", by)
    order.signed_on = timezone.localdate()
    order.save(update_fields=["signed_on"])


@transaction.atomic
def report(order: Order, text: str, proofs: Sequence[Proof] = (), *, by: Actor) -> Reply:
    """Progress, with evidence where there is some."""
    record(order, "report", by, {}, text[:200])
    return _reply(order, Reply.PROGRESS, text, by, proofs)


@transaction.atomic
def finish(order: Order, text: str, proofs: Sequence[Proof] = (), *, by: Actor) -> Reply:
    """报结: the head says that it is done, and how. Somebody else verifies."""
    move(order, "finish", by, text[:200])
    return _reply(order, Reply.FINISH, text, by, proofs)


@transaction.atomic
def cannot(order: Order, cause: str, text: str, help_needed: str, *, by: Actor) -> Reply:
    """做不到: why, and what would help."""
    move(order, "cannot", by, text, cause=[None, CAUSES[cause]], help_needed=[None, help_needed])
    order.cause, order.help_needed = cause, help_needed
    order.save(update_fields=["cause", "help_needed"])
    return _reply(order, Reply.CANNOT, text, by)


def _reply(order: Order, kind: str, text: str, by: Actor, proofs: Sequence[Proof] = ()) -> Reply:
    reply = Reply.objects.create(
        order=order, kind=kind, text=text, person_id=by.person_id, person_name=by.name, unit_name=by.unit_name
    )
    Evidence.objects.bulk_create(
        Evidence(reply=reply, name=proof.name, day=proof.day, place=proof.place) for proof in proofs
    )
    return reply


@transaction.atomic
def give(share: Share, text: str, *, by: Actor) -> None:
    """A co-unit says what it did."""
    move(share, "give", by, text)
    share.text, share.given_by, share.given_at, share.note = text, by.name, timezone.now(), ""
    share.save(update_fields=["text", "given_by", "given_at", "note"])


def take(share: Share, *, by: Actor) -> None:
    """The lead unit gathers what a co-unit said."""
    move(share, "take", by)


@transaction.atomic
def give_back(share: Share, note: str, *, by: Actor) -> None:
    """The lead unit wants more from a co-unit."""
    move(share, "give_back", by, note)
    share.note = note[:200]
    share.save(update_fields=["note"])


@transaction.atomic
def ask_for_time(order: Order, wanted: dt.date, reason: str, *, by: Actor) -> Extension:
    """延期申请, before the deadline. Raises Denied, Refused."""
    if order.state != "working":
        raise Refused(f"督办事项现在是“{order.get_state_display()}”，办理中的事项才能申请延期。")
    if any(extension.state == "asked" for extension in order.extensions.all()):
        raise Refused("已有一份延期申请在等答复，不必重复申请。")
    if order.deadline and wanted <= order.deadline:
        raise Refused(f"现在的时限是{order.deadline}，申请延到的日期要晚于这一天。")
    assert order.unit_id is not None  # somebody works on it
    extension = Extension(
        order=order,
        unit_id=order.unit_id,
        old_deadline=order.deadline,
        wanted=wanted,
        reason=reason,
        person_id=by.person_id,
        person_name=by.name,
        unit_name=by.unit_name,
    )
    demand(EXTENSION, extension, "ask", by, reason)
    extension.save()
    record(extension, "ask", by, {"wanted": [None, wanted.isoformat()]}, reason)
    return extension


@transaction.atomic
def ask_for_review(conclusion: Conclusion, reason: str, *, by: Actor) -> Review:
    """申请复核 within thirty days of the conclusion (条例 art. 17), once. Raises Denied, Refused."""
    order = conclusion.order
    if conclusion.reviews.exists():
        raise Refused("这份结论已经申请过复核，不能重复申请。")
    assert order.unit_id is not None  # somebody worked on it
    review = Review(
        order=order,
        conclusion=conclusion,
        unit_id=order.unit_id,
        reason=reason,
        person_id=by.person_id,
        person_name=by.name,
        unit_name=by.unit_name,
    )
    demand(REVIEW, review, "apply", by, reason)
    review.save()
    record(review, "apply", by, {}, reason)
    return review
