"""The timed duties of every room, in one line: what falls due, the chain of the journal, what is to be cleared away.

Each room says itself what is due and does it as often as it is asked, with the same result; one that fails does not stop
the others. `run` is called by `luoshi keep-watch`, and by the server itself.
"""

import datetime as dt
import logging
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from luoshi.dispatch import watch as dispatch
from luoshi.dispatch.watch import Done
from luoshi.intake import borrowed
from luoshi.intake.services import receiving
from luoshi.journal.sealing import seal
from luoshi.org.models import Government
from luoshi.reminders import watch as reminders

log = logging.getLogger(__name__)


def _sealed(now: dt.datetime) -> Done:
    """Events that were written while somebody else was sealing get their place in the chain."""
    places = Government.objects.values_list("pk", "name").order_by("pk")
    sealed = [(name, seal(pk)) for pk, name in places]
    return Done([f"{name}有{n}条办理记录补上了校验值。" for name, n in sealed if n], [])


def _cleared(now: dt.datetime) -> Done:
    """Uploads of a server that died, papers lent for one comparison, log-ins that have run out."""
    gone = receiving.sweep() + borrowed.sweep()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return Done([f"清理了{gone}个过时的临时文件。"] if gone else [], [])


def _reminded(now: dt.datetime) -> Done:
    """Whoever is to be reminded now is; what did not go out is among the lines, and tried again."""
    return Done(reminders.tick(now), [])


CHORES: tuple[tuple[str, Callable[[dt.datetime], Done]], ...] = (
    ("日程", dispatch.tick),
    ("提醒", _reminded),
    ("办理记录", _sealed),
    ("清理", _cleared),
)
"""Room → its tick, in this order: reminders come after what they tell of."""


def run(now: dt.datetime | None = None) -> Done:
    """All timed duties as of `now` (an aware moment, this one by default): what was done, and what could not be."""
    close_old_connections()  # one that lay idle for long may be dead
    moment, done = now or timezone.now(), Done([], [])
    for name, chore in CHORES:
        try:
            lines, faults = chore(moment)
        except Exception:
            log.exception("%s", name)
            lines, faults = [], ["系统出错，详情见日志，下次会再试。"]
        done.lines.extend(f"{name}：{line}" for line in lines)
        done.faults.extend(f"{name}：{fault}" for fault in faults)
    close_old_connections()
    return done
