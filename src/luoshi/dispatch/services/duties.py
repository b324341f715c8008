"""Duties kept: by who bears them, by their unit, or by the office, which a meeting held also does for them."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.dispatch.models import Duty
from luoshi.journal.moves import Refused, move


@transaction.atomic
def keep(duty: Duty, on: dt.date, note: str = "", *, by: Actor) -> None:
    """登记完成: it was done on a day of its period, or later (逾期完成). Raises Refused for another day, Denied."""
    _refuse_wrong_day(duty, on)
    move(duty, "keep", by, note, kept_on=[None, on.isoformat()])
    _said(duty, on, by, note)


@transaction.atomic
def keep_all(duties: Sequence[Duty], on: dt.date, note: str = "", *, by: Actor) -> int:
    """The same for several at once, as far as the day lies in or after the period of each; returns how many were kept."""
    kept = [duty for duty in duties if duty.since <= on]
    for duty in kept:
        keep(duty, on, note, by=by)
    return len(kept)


@transaction.atomic
def undo(duty: Duty, reason: str, *, by: Actor) -> None:
    """撤销登记: it was not done after all. Raises Denied."""
    move(duty, "undo", by, reason, kept_on=[duty.kept_on and duty.kept_on.isoformat(), None])
    _said(duty, None, by, reason)


def _refuse_wrong_day(duty: Duty, on: dt.date) -> None:
    if on > timezone.localdate():
        raise Refused("完成日期还没有到，请填今天或以前的日期。")
    if on < duty.since:
        raise Refused(f"这一项是{duty.label}的，完成日期不能早于{duty.since.month}月{duty.since.day}日。")


def _said(duty: Duty, on: dt.date | None, by: Actor, note: str) -> None:
    duty.kept_on, duty.kept_by, duty.note = on, by.name if on else "", note.strip()[:500]
    duty.changed_at = timezone.now()
    duty.save(update_fields=["kept_on", "kept_by", "note", "changed_at"])
