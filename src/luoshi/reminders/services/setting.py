"""Setting how a county reminds and by which channels, and how a person wants it. Secrets go into the strongbox, never into the
journal: it says only that they were changed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.reminding import CHANNEL, REMINDER_RULES, WISH
from luoshi.core.reminding.rules import Rules
from luoshi.journal.moves import Refused, demand, move, record
from luoshi.reminders import outgoing
from luoshi.reminders.models import Channel, ReminderRules, Wish
from luoshi.reminders.services.delivering import send
from luoshi.reminders.strongbox import Locked, seal

RULE_COLUMNS = (
    "ahead",
    "gap",
    "again",
    "head_after",
    "office_after",
    "on_day",
    "days_off",
    "opens",
    "closes",
)
PLAIN = ("name", "host", "port", "security", "sender", "username", "where")
SECRETS = {"secret": "密码或密钥", "hook": "机器人地址"}
TRIAL = "【落实】这是一条测试消息，收到说明渠道已经设好。"
CHANGED = "（已更换）"


@transaction.atomic
def set_rules(rules: Rules, *, by: Actor) -> ReminderRules:
    """The county's own thresholds, with their ground. Raises Denied."""
    old = ReminderRules.objects.filter(government=by.government_id).first()
    row = old or ReminderRules(government_id=by.government_id)
    demand(REMINDER_RULES, row, "set", by, rules.basis)
    changes = {}
    for name in RULE_COLUMNS:
        before, after = (getattr(old, name) if old else None), getattr(rules, name)
        if before != after:
            changes[name] = [_plain(before), _plain(after)]
        setattr(row, name, after)
    row.ground = rules.basis
    row.save()
    record(row, "set", by, changes, rules.basis)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:%H:%M}" if isinstance(value, dt.time) else value


@transaction.atomic
def add_channel(kind: str, said: Mapping[str, Any], *, by: Actor) -> Channel:
    """A new channel. Raises Denied, or Refused where the county has a mail server already."""
    channel = Channel(government_id=by.government_id, kind=kind)
    demand(CHANNEL, channel, "add", by)
    changes = _fill(channel, said)
    try:
        with transaction.atomic():
            channel.save()
    except IntegrityError as error:
        raise Refused("已经有一个邮件服务器了，请修改原来的，或先删除。") from error
    record(channel, "add", by, {"kind": [None, channel.get_kind_display()], **changes})
    return channel


@transaction.atomic
def edit_channel(channel: Channel, said: Mapping[str, Any], *, by: Actor) -> bool:
    """Set a channel right; False when nothing differs. An empty secret leaves what is there."""
    demand(CHANNEL, channel, "edit", by)
    if not (changes := _fill(channel, said)):
        return False
    record(channel, "edit", by, changes)
    channel.error, channel.error_at = "", None
    channel.save(update_fields=[*PLAIN, *SECRETS, "shown", "error", "error_at"])
    return True


def _fill(channel: Channel, said: Mapping[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    words = dict(Channel.SECURITIES)
    for name in PLAIN:
        if name in said and getattr(channel, name) != said[name]:
            old, new = getattr(channel, name), said[name]
            changes[name] = [words.get(old, old), words.get(new, new)]
            setattr(channel, name, new)
    for name, label in SECRETS.items():
        if value := said.get(name):
            changes[label] = ["", CHANGED]
            setattr(channel, name, seal(value))
    if hook := said.get("hook"):
        channel.shown = (urlsplit(hook).hostname or "")[:60]
    return changes


def switch(channel: Channel, verb: str, *, by: Actor) -> None:
    """Stop, start or remove a channel; what was removed keeps no secret. Raises Denied."""
    with transaction.atomic():
        move(channel, verb, by)
        if verb == "remove":
            Channel.objects.filter(pk=channel.pk).update(secret="", hook="")


def try_out(channel: Channel, to: str = "", *, by: Actor) -> str:
    """Send one message now, waiting a few seconds at most; "" when it went out, else why not. Raises Denied."""
    record(channel, "try", by, {})
    now = timezone.now()
    try:
        send(channel, TRIAL, [to] if to else [])
    except (outgoing.CannotSend, Locked) as error:
        Channel.objects.filter(pk=channel.pk).update(error=str(error)[:300], error_at=now)
        return str(error)
    Channel.objects.filter(pk=channel.pk).update(error="", error_at=None, good_at=now)
    return ""


@transaction.atomic
def set_wish(said: Mapping[str, Any], *, by: Actor) -> bool:
    """How this person wants to be reminded; False when nothing differs. The journal does not keep addresses and numbers."""
    wish = Wish.objects.filter(person=by.person_id).first() or Wish(person_id=by.person_id)
    demand(WISH, wish, "set", by)
    changes: dict[str, Any] = {}
    for name in ("mail", "mention"):
        if getattr(wish, name) != said[name]:
            changes[name] = [_plain(getattr(wish, name)), _plain(said[name])]
            setattr(wish, name, said[name])
    for name in ("address", "mobile"):
        if getattr(wish, name) != said[name]:
            changes[name] = ["", "（已填写）" if said[name] else "（已清空）"]
            setattr(wish, name, said[name])
    if not changes:
        return False
    wish.save()
    record(wish, "set", by, changes)
    return True
