"""What others than the doers do: verify, send back, strike off, look back, answer requests, warn, conclude, review."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.order import ORDER
from luoshi.core.orders.guard import own_words
from luoshi.core.orders.words import COLOURS, NEXT_COLOUR
from luoshi.journal.moves import Refused, demand, move, record
from luoshi.supervision.models import Conclusion, Extension, Order, Recheck, Review, Verification
from luoshi.supervision.queries.likeness import earlier_words, flags_of


class TooAlike(Refused):
    """A verifier's words are too short, or copied."""


def _by(actor: Actor) -> dict[str, Any]:
    return {"person_id": actor.person_id, "person_name": actor.name, "unit_name": actor.unit_name}


@transaction.atomic
def verify(order: Order, words: str, answers: Mapping[str, str], *, by: Actor) -> Verification:
    """核验通过, in the verifier's own words and with an answer to every flag. Raises Denied, TooAlike."""
    demand(ORDER, order, "verify", by, words)  # before the closing is looked at
    flags = flags_of(order)
    said = {flag.code: answers.get(flag.code, "").strip() for flag in flags}
    if reason := own_words(words, order.closing, earlier_words(by)):
        raise TooAlike(reason)
    order.open_flags = sum(not answer for answer in said.values())
    move(order, "verify", by, words)
    told = {flag.sentence: said[flag.code] for flag in flags}
    return Verification.objects.create(order=order, passed=True, words=words, answers=told, **_by(by))


@transaction.atomic
def send_back(order: Order, words: str, *, by: Actor) -> Verification:
    """退回重办, with what is missing."""
    move(order, "send_back", by, words)
    return Verification.objects.create(order=order, passed=False, words=words, **_by(by))


@transaction.atomic
def close(order: Order, *, by: Actor) -> None:
    """销号."""
    move(order, "close", by)
    order.ended_on = timezone.localdate()
    order.save(update_fields=["ended_on"])


@transaction.atomic
def look_back(order: Order, words: str, *, by: Actor) -> Recheck:
    """回头看: it holds."""
    record(order, "look_back", by, {}, words)
    return Recheck.objects.create(order=order, holds=True, words=words, **_by(by))


@transaction.atomic
def reopen(order: Order, words: str, deadline: dt.date, *, by: Actor) -> Recheck:
    """恢复挂号: it has come back, and is due anew. Raises Denied, Refused."""
    _refuse_past(deadline)
    move(order, "reopen", by, words, deadline=[_iso(order.deadline), deadline.isoformat()])
    order.deadline, order.ended_on = deadline, None
    order.save(update_fields=["deadline", "ended_on"])
    return Recheck.objects.create(order=order, holds=False, words=words, **_by(by))


def _refuse_past(deadline: dt.date) -> None:
    if deadline < timezone.localdate():
        raise Refused("新的时限已经过去，请改为今天或以后的日期。")


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


@transaction.atomic
def carry_on(order: Order, note: str, deadline: dt.date | None, *, by: Actor) -> None:
    """After 做不到: help is given, or the term is changed, and the unit goes on. The cause stays on the order."""
    changes: dict[str, Any] = {}
    if deadline:
        _refuse_past(deadline)
        changes["deadline"] = [_iso(order.deadline), deadline.isoformat()]
    move(order, "carry_on", by, note, **changes)
    if deadline:
        order.deadline, order.moved = deadline, order.moved + 1
        order.save(update_fields=["deadline", "moved"])


@transaction.atomic
def drop(order: Order, note: str, *, by: Actor) -> None:
    """同意终止."""
    move(order, "drop", by, note)
    order.ended_on = timezone.localdate()
    order.save(update_fields=["ended_on"])


@transaction.atomic
def grant(extension: Extension, answer: str = "", *, by: Actor) -> None:
    """同意延期: the new day is the order's deadline; how often it moved is counted."""
    move(extension, "grant", by, answer)
    order = extension.order
    order.deadline, order.moved = extension.wanted, order.moved + 1
    order.save(update_fields=["deadline", "moved"])
    _answered(extension, answer, by)


@transaction.atomic
def deny(extension: Extension, answer: str, *, by: Actor) -> None:
    """不同意延期."""
    move(extension, "deny", by, answer)
    _answered(extension, answer, by)


def _answered(extension: Extension, answer: str, by: Actor) -> None:
    extension.decided_by, extension.decided_at, extension.answer = by.name, timezone.now(), answer[:200]
    extension.save(update_fields=["decided_by", "decided_at", "answer"])


@transaction.atomic
def escalate(order: Order, note: str, colour: str = "", *, by: Actor) -> None:
    """三色督查单: the next colour, or the one named (重大、紧急的可以直接发橙单、红单). Raises Denied, Refused."""
    wanted = colour or NEXT_COLOUR.get(order.colour, "")
    ranks = list(COLOURS)
    if not wanted or (order.colour and ranks.index(wanted) <= ranks.index(order.colour)):
        raise Refused("已经发过同级或更高的督查单，不能再发这一级。")
    before = COLOURS[order.colour][0] if order.colour else ""
    record(order, "escalate", by, {"colour": [before, COLOURS[wanted][0]]}, note)
    order.colour = wanted
    order.save(update_fields=["colour"])


@transaction.atomic
def hang(order: Order, on: bool, note: str, *, by: Actor) -> None:
    """挂牌督办, or 摘牌."""
    if order.hung == on:
        raise Refused("已经挂牌督办，不必重复挂牌。" if on else "没有挂牌督办，不需要摘牌。")
    record(order, "hang" if on else "unhang", by, {}, note)
    order.hung = on
    order.save(update_fields=["hung"])


@transaction.atomic
def conclude(order: Order, words: str, *, by: Actor) -> Conclusion:
    """督查结论, given to the unit today. Raises Denied."""
    record(order, "conclude", by, {}, words[:200])
    return Conclusion.objects.create(order=order, words=words, given_on=timezone.localdate(), **_by(by))


@transaction.atomic
def decide_review(review: Review, verb: str, decision: str, *, by: Actor) -> None:
    """Uphold or change a conclusion; whoever made it keeps out (回避)."""
    move(review, verb, by, decision)
    review.decided_by, review.decided_at, review.decision = by.name, timezone.now(), decision
    review.save(update_fields=["decided_by", "decided_at", "decision"])
