"""The one door through which any state changes, and any change of record is written down.

`move` judges by the table of the thing's life, changes the state only if it is still what the judge saw,
and appends one event, all in one transaction. No lock, no broker; the same on SQLite and PostgreSQL.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor, Case
from luoshi.core.flow.machine import Denial, DenialKind, Machine, Move
from luoshi.journal.models import Event
from luoshi.journal.sealing import seal

CHUNK = 400
"""Rows written at once: SQLite takes so many parameters."""
BEHALF = "on_behalf_of"
"""Where an event keeps for whom it was done: {"person_id", "name"}, sealed with the rest."""


class Refused(Exception):
    """A person asked for something that cannot be done; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Denied(Refused):
    """The table says no: `kind` is not_you, not_now or not_ready."""

    def __init__(self, kind: DenialKind, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


class Stale(Refused):
    """Somebody else was faster: what the actor saw is no longer so."""

    def __init__(self, sentence: str = "这件事刚刚已被他人处理，请刷新页面后再看。") -> None:
        super().__init__(sentence)


def demand(life: Machine, case: Case, verb: str, actor: Actor, note: str = "") -> Move:
    """The row that lets this person do this now, before anything is asked of them. Raises Denied."""
    verdict = life.judge(case, verb, actor, note)
    if isinstance(verdict, Denial):
        raise Denied(verdict.kind, verdict.sentence)
    return verdict


def move(instance: models.Model, verb: str, actor: Actor, note: str = "", **data: Any) -> Event:
    """Change the state of `instance` by one verb of its life (`instance.life`, a Machine) and record it.

    `data` goes into the event as it is (JSON). Raises Denied when the table says no, Stale when the state in the
    database is no longer the one that was judged.
    """
    row = _judged(instance, verb, actor, note)
    before = _state(instance)
    after = row.target or before
    with transaction.atomic():
        _hold(instance, before, after)
        event = _append(instance, verb, actor, note, (before, after), data, row)
    instance.state = after  # type: ignore[attr-defined]
    return event


def move_all(
    instances: Sequence[models.Model],
    verb: str,
    actor: Actor,
    note: str = "",
    data: Mapping[int, Mapping[str, Any]] | None = None,
) -> list[Event]:
    """`move` for many things of one kind at once: each is judged and gets its event, in a handful of queries.

    `data` holds what goes into the event of each, by primary key. All or nothing: raises Denied for the first that the
    table refuses, Stale when one of them is no longer in the state that was judged.
    """
    rows = [_judged(instance, verb, actor, note) for instance in instances]
    if not rows:
        return []
    befores = [_state(instance) for instance in instances]
    row = rows[0]
    with transaction.atomic():
        for before in sorted(set(befores)):
            keys = [one.pk for one, state in zip(instances, befores, strict=True) if state == before]
            _hold_all(type(instances[0]), keys, before, row.target or before)
        events = [
            _event(one, verb, actor, note, (before, row.target or before), (data or {}).get(one.pk, {}), row)
            for one, before in zip(instances, befores, strict=True)
        ]
        Event.objects.bulk_create(events, batch_size=CHUNK)
        transaction.on_commit(partial(seal, actor.government_id))
    for one, before in zip(instances, befores, strict=True):
        one.state = row.target or before  # type: ignore[attr-defined]
    return events


def _hold_all(model: type[models.Model], keys: Sequence[int], before: str, after: str) -> None:
    """Write the state of all of them, on condition that it is still `before`."""
    for at in range(0, len(keys), CHUNK):
        part = keys[at : at + CHUNK]
        if model._base_manager.filter(pk__in=part, state=before).update(state=after) != len(part):
            raise Stale("其中有些刚刚已被他人处理，这一次都没有办。请刷新页面后再看。")


def record(
    instance: models.Model, verb: str, actor: Actor, changes: Mapping[str, Any], note: str = ""
) -> Event:
    """Write down a change of data: `changes` is {field: [old, new]}. Call it in the transaction of the change.

    Where the life of `instance` has the verb, it is judged first (Denied), and the state must still hold (Stale).
    """
    state, row = "", None
    if machine := getattr(instance, "life", None):
        row = _judged(instance, verb, actor, note) if verb in machine.moves else None
        if row and row.target is not None:
            raise ValueError(f"{verb} changes the state: use move")
        state = _state(instance)
    with transaction.atomic():
        if state:
            _hold(instance, state, state)
        return _append(instance, verb, actor, note, (state, state), dict(changes), row)


def _judged(instance: models.Model, verb: str, actor: Actor, note: str) -> Move:
    machine: Machine = instance.life  # type: ignore[attr-defined]
    return demand(machine, instance, verb, actor, note)  # type: ignore[arg-type]


def _state(instance: models.Model) -> str:
    return str(instance.state)  # type: ignore[attr-defined]


def _hold(instance: models.Model, before: str, after: str) -> None:
    """Write the state, on condition that it is still `before`; things without a state column hold by themselves."""
    if all(field.name != "state" for field in instance._meta.concrete_fields):
        return
    rows = instance._meta.model._base_manager.filter(pk=instance.pk, state=before)
    if not rows.update(state=after):
        raise Stale


def _append(
    instance: models.Model,
    verb: str,
    actor: Actor,
    note: str,
    states: tuple[str, str],
    data: Mapping[str, Any],
    row: Move | None,
) -> Event:
    """One event, stored; sealed after the commit."""
    event = _event(instance, verb, actor, note, states, data, row)
    event.save()
    transaction.on_commit(partial(seal, actor.government_id))
    return event


def _event(
    instance: models.Model,
    verb: str,
    actor: Actor,
    note: str,
    states: tuple[str, str],
    data: Mapping[str, Any],
    row: Move | None,
) -> Event:
    """It names the post in which the table allowed it, and the principal when done on behalf of one."""
    if actor.principal:
        data = {**data, BEHALF: {"person_id": actor.principal.person_id, "name": actor.principal.name}}
    return Event(
        government_id=actor.government_id,
        person_id=actor.person_id,
        person_name=actor.name,
        post=actor.post_among(row.posts) if row else actor.post,
        unit_id=actor.unit_id,
        unit_name=actor.unit_name,
        verb=verb,
        subject_type=instance._meta.label_lower,
        subject_id=instance.pk,
        from_state=states[0],
        to_state=states[1],
        data=data,
        note=note.strip(),
        at=timezone.now(),
    )
