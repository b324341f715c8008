"""Sending what is queued: now, again after a while when it fails, never after its day, never what is done by then."""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from luoshi.core.reminding.deciding import Item, Line, may_send
from luoshi.core.reminding.robots import MENTIONING, post_for, refusal
from luoshi.core.reminding.rules import Rules
from luoshi.core.reminding.words import for_group, personal
from luoshi.core.workdays import Workdays
from luoshi.dispatch.queries.days import workdays_of
from luoshi.reminders import outgoing
from luoshi.reminders.models import Channel, Delivery, Digest, Wish
from luoshi.reminders.services.digests import still_waiting
from luoshi.reminders.strongbox import Locked, unseal

AGAIN_AFTER = tuple(dt.timedelta(minutes=n) for n in (5, 30, 120, 240))
"""How long to wait after the first, second, … failure; then it is given up."""
SUBJECT = "落实：有事项等您办理"
LATE = "当天没有发出，第二天不再补发。"
DONE = "还没有发出就已办结，不再发送。"
BROKEN_OFF = "发送中断，不知道是否已经发出，不再重发。"


def deliver(now: dt.datetime, rules: dict[int, Rules], default: Rules) -> list[str]:
    """Send what is due; a line a channel that says what went out and what did not. One query when nothing is queued."""
    due = Delivery.objects.filter(next_try__lte=now).select_related("channel__government", "digest__person__reminder_wish")  # fmt: skip
    local = timezone.localtime(now).replace(tzinfo=None)
    waiting: dict[int, set[tuple[int, str]]] = {}
    calendars: dict[int, Workdays] = {}
    counts: dict[Channel, list[str]] = defaultdict(list)
    for delivery in due:
        place = delivery.channel.government_id
        if delivery.day != local.date() or delivery.channel.state != "on":
            _settle(delivery, reason=LATE if delivery.channel.state == "on" else "渠道已停用。")
            continue
        if place not in calendars:
            calendars[place] = workdays_of(place)
        if not may_send(local, rules.get(place, default), calendars[place]):
            continue
        if delivery.tries and place not in waiting:
            waiting[place] = still_waiting(place, local.date())
        if not _claimed(delivery):
            continue
        counts[delivery.channel].append(_attempt(delivery, now, waiting.get(place)))
    return [_said(channel, reasons) for channel, reasons in counts.items()]


def _claimed(delivery: Delivery) -> bool:
    """Take it on before it goes out: of several that read it only one sends, and one that dies on the way leaves it given up, so that
    nobody hears twice. What stands in 我的提醒 is not touched."""
    mine = Delivery.objects.filter(pk=delivery.pk, next_try=delivery.next_try)
    return bool(mine.update(next_try=None, reason=BROKEN_OFF))


def _said(channel: Channel, reasons: Sequence[str]) -> str:
    failed = [reason for reason in reasons if reason]
    text = f"{channel.government}“{channel.name}”：发出{len(reasons) - len(failed)}条"
    return text + (f"，{len(failed)}条没有发出（{failed[-1]}）" if failed else "") + "。"


def lines_of(digest: Digest, waiting: set[tuple[int, str]] | None = None) -> list[Line]:
    """The lines of a digest as core knows them, without those that are done by now where `waiting` says what is not."""
    found = []
    for line in digest.lines:
        if waiting is None or (digest.person_id, line["key"]) in waiting:
            item = Item(line["key"], dt.date.fromisoformat(line["due"]), line["role"])
            found.append(Line(item, line["stage"], line["days"]))
    return found


def _attempt(delivery: Delivery, now: dt.datetime, waiting: set[tuple[int, str]] | None) -> str:
    """Try once; "" when it went out (or there is nothing left to say), else why not."""
    try:
        text, to = _text(delivery, waiting)
        if not text:
            _settle(delivery, reason=DONE)
            return ""
        send(delivery.channel, text, to)
    except (outgoing.CannotSend, Locked) as error:
        _failed(delivery, str(error), now)
        return str(error)
    _settle(delivery, sent_at=now)
    Channel.objects.filter(pk=delivery.channel_id).update(error="", error_at=None, good_at=now)
    return ""


def _text(delivery: Delivery, waiting: set[tuple[int, str]] | None) -> tuple[str, list[str]]:
    """What to say and to whom (an e-mail address, or the numbers to mention); "" when all is done by now."""
    channel = delivery.channel
    if delivery.digest:
        wish: Wish | None = getattr(delivery.digest.person, "reminder_wish", None)
        lines = lines_of(delivery.digest, waiting)
        if wish is None or not wish.mail or not lines:
            return "", []
        return personal(lines, channel.where), [wish.address]
    digests = Digest.objects.filter(government=channel.government_id, day=delivery.day)
    parts = {digest.person_id: found for digest in digests if (found := lines_of(digest, waiting))}
    if not parts:
        return "", []
    mentioned: list[str] = []
    if channel.kind in MENTIONING:
        wishes = Wish.objects.filter(person__in=list(parts), mention=True).exclude(mobile="")
        mentioned = list(wishes.order_by("pk").values_list("mobile", flat=True))
    return for_group(list(parts.values()), channel.where), mentioned


def send(channel: Channel, text: str, to: Sequence[str]) -> None:
    """One message by a channel: `to` is one e-mail address, or the telephone numbers to mention. Raises CannotSend, Locked."""
    if channel.is_mail:
        outgoing.mail(server_of(channel), to[0], SUBJECT, text)
        return
    post = post_for(channel.kind, unseal(channel.hook), unseal(channel.secret), text, to, time.time())
    status, answer = outgoing.post(post.address, post.body)
    if reason := refusal(channel.kind, status, answer):
        raise outgoing.CannotSend(reason)


def server_of(channel: Channel) -> outgoing.Server:
    """The mail server that a channel names. Raises Locked."""
    password = unseal(channel.secret)
    return outgoing.Server(
        channel.host, channel.port or 25, channel.security, channel.username, password, channel.sender
    )


def _failed(delivery: Delivery, reason: str, now: dt.datetime) -> None:
    wait = AGAIN_AFTER[delivery.tries] if delivery.tries < len(AGAIN_AFTER) else None
    changes: dict[str, Any] = {
        "tries": delivery.tries + 1,
        "reason": reason,
        "next_try": now + wait if wait else None,
    }
    Delivery.objects.filter(pk=delivery.pk).update(**changes)
    Channel.objects.filter(pk=delivery.channel_id).update(error=reason[:300], error_at=now)


def _settle(delivery: Delivery, sent_at: dt.datetime | None = None, reason: str = "") -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        next_try=None, sent_at=sent_at, reason=reason, tries=delivery.tries + 1
    )
