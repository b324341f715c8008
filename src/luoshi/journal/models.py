"""The journal: one row per thing done, appended, sealed into a chain of hashes, never changed.

No foreign keys: an event says who and what in its own words, and outlives both.
"""

from typing import Any, NoReturn

from django.db import models


class Frozen(Exception):
    """Somebody tried to change or remove what was recorded."""


class EventQuerySet(models.QuerySet["Event"]):
    """Events can be read and appended; anything else is refused (sealing goes past this class knowingly)."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise Frozen("办理记录只能追加，不能修改。")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen("办理记录只能追加，不能修改。")

    def delete(self) -> NoReturn:
        raise Frozen("办理记录只能追加，不能删除。")


class Event(models.Model):
    """Who (with post and unit at that time) did what to which thing, when, and what it changed.

    `data` holds {field: [old, new]} for corrections, or facts of a move. `position`, `prev_hash` and `hash` are
    empty until the event is sealed into the chain of its government.
    """

    government_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    person_name = models.CharField(max_length=50)
    post = models.CharField(max_length=20, blank=True)
    unit_id = models.BigIntegerField(null=True)
    unit_name = models.CharField(max_length=100, blank=True)
    verb = models.CharField(max_length=30)
    subject_type = models.CharField(max_length=50)
    subject_id = models.BigIntegerField()
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    data = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    position = models.BigIntegerField(null=True)
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="event_subject")]
        constraints = [
            models.UniqueConstraint(fields=["government_id", "position"], name="event_position"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Frozen("办理记录只能追加，不能修改。")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen("办理记录只能追加，不能删除。")


class ChainHead(models.Model):
    """Where the chain of one government ends: how many events are sealed, and the last hash."""

    government_id = models.BigIntegerField(primary_key=True)
    position = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
