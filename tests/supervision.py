"""Orders for tests of other rooms: one in draft, one at work with everything that can hang on an order."""

import datetime as dt

from django.utils import timezone

from luoshi.supervision.models import Conclusion, Extension, Order, Reply, Review, Share
from tests.people import Member


def order_of(drafter: Member, doer: Member, state: str = "working", **more: object) -> Order:
    """An order of the drafter's county that the doer's unit answers for."""
    today = timezone.localdate()
    fields = {
        "title": "雨污分流改造",
        "matter": "汛期前完成。",
        "number": f"青督〔{today.year}〕{Order.objects.count() + 1}号",
        "count": Order.objects.count() + 1,
        "deadline": today + dt.timedelta(days=20),
        "sent_on": today,
        **more,
    }
    return Order.objects.create(
        government_id=drafter.actor.government_id, year=today.year, drafter_id=drafter.actor.person_id,
        unit_id=doer.actor.unit_id, state=state, **fields,
    )  # fmt: skip


def written(by: Member) -> dict[str, object]:
    """Who wrote something."""
    return {"person_id": by.actor.person_id, "person_name": by.actor.name, "unit_name": by.actor.unit_name}


def laden(order: Order, doer: Member, helper: Member) -> dict[str, int]:
    """Hang one of everything on an order; their keys."""
    today = timezone.localdate()
    Reply.objects.create(order=order, kind=Reply.PROGRESS, text="已进场。", **written(doer))
    share = Share.objects.create(order=order, unit_id=helper.actor.unit_id)
    extension = Extension.objects.create(
        order=order, unit_id=order.unit_id, old_deadline=order.deadline, wanted=today + dt.timedelta(days=40), reason="雨季", **written(doer)
    )  # fmt: skip
    conclusion = Conclusion.objects.create(order=order, words="总体到位。", given_on=today, **written(helper))
    other = Conclusion.objects.create(order=order, words="一项不够。", given_on=today, **written(helper))
    review = Review.objects.create(order=order, conclusion=other, unit_id=order.unit_id, reason="有异议", **written(doer))  # fmt: skip
    return {"share": share.pk, "extension": extension.pk, "conclusion": conclusion.pk, "review": review.pk}


def supervised(drafter: Member, doer: Member, helper: Member) -> dict[tuple[str, str], object]:
    """(argument, address before it) → what stands there, for every address of orders: each in a state in which it is served."""
    draft = order_of(drafter, doer, "draft", number="", count=None)
    working = order_of(drafter, doer)
    keys = laden(working, doer, helper)

    class Known(dict):
        def __missing__(self, asked: tuple[str, str]) -> object:
            argument, address = asked
            for room, verb in (
                ("shares", "give"),
                ("extensions", "grant"),
                ("reviews", "uphold"),
                ("conclusions", ""),
            ):
                if address.startswith(f"/orders/{room}/"):
                    return verb if argument else keys[room.removesuffix("s")]
            if argument:
                return "report"
            return draft.pk if address.endswith("/edit/") else working.pk

    return Known()
