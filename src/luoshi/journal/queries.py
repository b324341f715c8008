"""What pages and upper rooms read from the journal."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q

from luoshi.core.flow.machine import Machine
from luoshi.journal.models import Event
from luoshi.journal.moves import BEHALF


@dataclass(frozen=True, slots=True)
class Deed:
    """One event in words: `deed` is the verb as on its button, `changes` full sentences of what became what,
    `behalf` for whom it was done."""

    at: dt.datetime
    person_name: str
    unit_name: str
    deed: str
    changes: tuple[str, ...]
    note: str
    behalf: str = ""


def history(instance: models.Model, limit: int = 50) -> list[Deed]:
    """The latest events about one thing, newest first, in one query."""
    return histories([instance], limit)


def histories(instances: Iterable[models.Model], limit: int = 50) -> list[Deed]:
    """The latest events about several things that belong together, newest first, in one query."""
    keys: dict[str, list[int]] = {}
    for instance in instances:
        keys.setdefault(instance._meta.label_lower, []).append(instance.pk)
    about = Q(pk__in=[])
    for label, pks in keys.items():
        about |= Q(subject_type=label, subject_id__in=pks)
    return [in_words(event) for event in Event.objects.filter(about).order_by("-pk")[:limit]]


def revised(
    model: type[models.Model], verbs: Iterable[str], pks: Iterable[int]
) -> dict[int, tuple[int, dt.datetime]]:
    """Of things of one kind: how often they were changed by one of these verbs, and when last, in one query. Those that never were are not
    in it."""
    about = Event.objects.filter(
        subject_type=model._meta.label_lower, subject_id__in=list(pks), verb__in=list(verbs)
    )
    rows = about.order_by().values_list("subject_id").annotate(n=models.Count("pk"), last=models.Max("at"))
    return {pk: (n, last) for pk, n, last in rows}


def in_words(event: Event) -> Deed:
    """An event as a person reads it; a verb or field that no longer exists is shown as it was written."""
    model = apps.get_model(event.subject_type)
    life: Machine | None = getattr(model, "life", None)
    row = life.moves.get(event.verb) if life else None
    changes = tuple(
        _change(model, field, *pair)
        for field, pair in sorted(event.data.items())
        if isinstance(pair, list) and len(pair) == 2
    )
    deed = row.label if row else event.verb
    behalf = event.data.get(BEHALF, {}).get("name", "")
    return Deed(event.at, event.person_name, event.unit_name, deed, changes, event.note, behalf)


def _change(model: type[models.Model], name: str, old: Any, new: Any) -> str:
    """One changed field as a sentence: 标题：旧题 → 新题."""
    label, words = _called(model, name)
    before, after = (
        _shown(words.get(value, value) if isinstance(value, str) else value) for value in (old, new)
    )
    return f"{label}：{before} → {after}" if old not in (None, "", []) else f"{label}：{after}"


def _called(model: type[models.Model], name: str) -> tuple[str, dict[str, str]]:
    """What a field is called on screen, and the words for its slugs; a field that is gone keeps its name."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name, {}
    if field.auto_created and isinstance(field.related_model, type):
        return str(field.related_model._meta.verbose_name), {}
    return str(getattr(field, "verbose_name", name)), dict(getattr(field, "flatchoices", ()))


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(str(item) for item in value) or "（空）"
    return "（空）" if value in (None, "") else str(value)
