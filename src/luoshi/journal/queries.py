"""What pages and upper rooms read from the journal."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from luoshi.core.flow.machine import Machine
from luoshi.journal.models import Event


@dataclass(frozen=True, slots=True)
class Deed:
    """One event in words: `deed` is the verb as on its button, `changes` full sentences of what became what."""

    at: dt.datetime
    person_name: str
    unit_name: str
    deed: str
    changes: tuple[str, ...]
    note: str


def history(instance: models.Model, limit: int = 50) -> list[Deed]:
    """The latest events about one thing, newest first, in one query."""
    events = Event.objects.filter(subject_type=instance._meta.label_lower, subject_id=instance.pk)
    return [in_words(event) for event in events.order_by("-pk")[:limit]]


def in_words(event: Event) -> Deed:
    """An event as a person reads it; a verb or field that no longer exists is shown as it was written."""
    model = apps.get_model(event.subject_type)
    life: Machine | None = getattr(model, "life", None)
    row = life.moves.get(event.verb) if life else None
    changes = tuple(
        f"{_label(model, field)}：{_change(*pair)}"
        for field, pair in sorted(event.data.items())
        if isinstance(pair, list) and len(pair) == 2
    )
    deed = row.label if row else event.verb
    return Deed(event.at, event.person_name, event.unit_name, deed, changes, event.note)


def _label(model: type[models.Model], field: str) -> str:
    try:
        return str(getattr(model._meta.get_field(field), "verbose_name", field))
    except FieldDoesNotExist:
        return field


def _change(old: Any, new: Any) -> str:
    return f"{_shown(old)} → {_shown(new)}" if old not in (None, "", []) else _shown(new)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(str(item) for item in value) or "（空）"
    return "（空）" if value in (None, "") else str(value)
