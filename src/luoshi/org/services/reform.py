"""Reforms of units: merged, split, abolished. Nothing is lost: papers keep the old unit, names and posts go on with
the unit that carries on, and both say where they went and came from."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q

from luoshi.core.flow.actor import SYSTEM_POSTS, Actor
from luoshi.journal.moves import Refused, Stale, record
from luoshi.org.models import Post, Succession, Unit
from luoshi.org.services.posts import close_post
from luoshi.org.services.units import create_unit, past_day, set_members


class BadReform(Refused):
    """The units asked for cannot be merged or split so."""


@transaction.atomic
def merge_units(
    before: Sequence[Unit], into: Unit | str, *, by: Actor, note: str, day: dt.date | None = None
) -> Unit:
    """On `day` several units become one: a new one of the name `into`, or one that exists and takes them over.

    Returns it; it answers to all their names and their posts go on in it. Raises BadReform, BadName, BadDay, Denied.
    """
    if isinstance(into, str) and len(before) < 2:
        raise BadReform("合并成新单位至少要选两个单位。只有一个单位改名的，请用“更改全称”。")
    if not before or (isinstance(into, Unit) and into in before):
        raise BadReform("请选择要并入的单位，承接单位不能同时是被并入的单位。")
    _refuse_odd(before, [into])
    day = _settled(day, before)
    names = [unit.full_name for unit in before]
    whither = into if isinstance(into, str) else into.full_name
    for unit in before:
        record(
            unit,
            "merge",
            by,
            {"valid_to": [None, day.isoformat()], "successors": [None, "".join(whither.split())]},
            note,
        )
        _end(unit, day)
    heir = create_unit(into, before[0].kind, by=by, day=day) if isinstance(into, str) else into
    record(heir, "take_over", by, {"predecessors": [None, names]}, note)
    for unit in before:
        _carry_on(unit, [heir], heir, by=by, note=note, day=day)
    return heir


@transaction.atomic
def split_unit(
    unit: Unit,
    into: Sequence[Unit | str],
    keeper: str | None = None,
    *,
    by: Actor,
    note: str,
    day: dt.date | None = None,
    stays: bool = False,
) -> list[Unit]:
    """On `day` one unit becomes several (new ones by name, or existing ones); with `stays` it gives a part away and
    remains.

    `keeper` is the name of the one that answers to the old names and carries the posts on; without one, the old
    names answer for nobody and the business posts end. Raises BadReform, BadName, BadDay, Denied.
    """
    if len(into) < (1 if stays else 2) or unit in into:
        raise BadReform("请写明分设成哪几个单位：原单位撤销的至少两个，原单位保留的至少一个。")
    _refuse_odd([unit], into)
    day = _settled(day, [unit])
    names = ["".join(str(one).split()) for one in into]
    changes: dict[str, list[object]] = {"successors": [None, names]}
    if not stays:
        changes["valid_to"] = [None, day.isoformat()]
    record(unit, "split", by, changes, note)
    if not stays:
        _end(unit, day)
    heirs = [one if isinstance(one, Unit) else create_unit(one, unit.kind, by=by, day=day) for one in into]
    for heir in heirs:
        record(heir, "take_over", by, {"predecessors": [None, [unit.full_name]]}, note)
    if stays:
        _remember(unit, heirs, day)
    else:
        kept = next((heir for heir in heirs if heir.full_name == "".join((keeper or "").split())), None)
        _carry_on(unit, heirs, kept, by=by, note=note, day=day)
    return heirs


@transaction.atomic
def abolish_unit(
    unit: Unit, successor: Unit | None, *, by: Actor, note: str, day: dt.date | None = None
) -> None:
    """End a unit on `day` (today); its duties, names and posts go to `successor`. Raises BadReform, BadDay, Denied."""
    _refuse_odd([unit], [successor] if successor else [], collective=True)
    day = _settled(day, [unit])
    whither = {"successors": [None, successor.full_name]} if successor else {}
    record(unit, "abolish", by, {"valid_to": [None, day.isoformat()], **whither}, note)
    _end(unit, day)
    _carry_on(unit, [successor] if successor else [], successor, by=by, note=note, day=day)


def _end(unit: Unit, day: dt.date) -> None:
    """Let a unit end on a day, if it has not ended meanwhile. Raises Stale."""
    if not Unit.objects.filter(pk=unit.pk, valid_to=None).update(valid_to=day):
        raise Stale
    unit.valid_to = day


def _settled(day: dt.date | None, units: Iterable[Unit]) -> dt.date:
    """The day, if it is past or today and no unit is younger. Raises BadDay."""
    for unit in units:
        day = past_day(day, unit.valid_from)
    return past_day(day)


def _refuse_odd(before: Sequence[Unit], heirs: Iterable[Unit | str], collective: bool = False) -> None:
    """Units twice, of another place, collective (only an end suits them), or heirs that have ended. Raises BadReform."""
    existing = [heir for heir in heirs if isinstance(heir, Unit)]
    units = [*before, *existing]
    if len({unit.pk for unit in units}) < len(units):
        raise BadReform("同一个单位选了两次，请核对。")
    if len({unit.government_id for unit in units}) > 1:
        raise BadReform("只能在本地区的单位之间调整，请重新选择。")
    for unit in existing if collective else units:
        if unit.is_collective:
            raise BadReform(f"“{unit.full_name}”是统称，不能合并、分设或承接，请选择具体单位。")
    for unit in existing:
        if unit.valid_to:
            raise BadReform(f"{unit.full_name}已经撤销，不能承接，请重新选择。")


def _remember(unit: Unit, heirs: Iterable[Unit], day: dt.date) -> None:
    for heir in heirs:
        Succession.objects.get_or_create(before=unit, after=heir, day=day)


def _carry_on(
    unit: Unit, heirs: Sequence[Unit], keeper: Unit | None, *, by: Actor, note: str, day: dt.date
) -> None:
    """What hangs on a unit that has ended: names and posts go to `keeper`, its place in collective names to all heirs."""
    _remember(unit, heirs, day)
    if keeper:
        _take_names(unit, keeper, day)
    Unit.objects.filter(parent=unit).update(parent=keeper)
    for collective in unit.collectives.filter(valid_to=None).prefetch_related("members"):
        rest = [member for member in collective.members.all() if member.pk != unit.pk]
        set_members(collective, [*rest, *heirs], by=by)
    lasting = unit.posts.filter(Q(valid_to=None) | Q(valid_to__gt=day))
    for post in lasting.select_related("person", "unit"):
        _move_along(post, keeper, by=by, note=note, day=day)


def _take_names(unit: Unit, keeper: Unit, day: dt.date) -> None:
    """Old names go on to be understood; those that the keeper has already are left out."""
    old = [unit.full_name, *unit.names.filter(valid_to=None).values_list("name", flat=True)]
    known = {keeper.full_name, *keeper.names.filter(valid_to=None).values_list("name", flat=True)}
    for name in dict.fromkeys(old):
        if name not in known:
            keeper.names.create(name=name, kind="taken", valid_from=day)


def _move_along(post: Post, keeper: Unit | None, *, by: Actor, note: str, day: dt.date) -> None:
    """A post of an ended unit: goes on in `keeper` from that day, or ends. 三员 serve the government, not the unit."""
    places = {"unit": [str(post.unit or ""), keeper.full_name if keeper else None]}
    same = Post.objects.filter(person=post.person_id, slug=post.slug, unit=keeper)
    held_there = keeper is not None and same.filter(Q(valid_to=None) | Q(valid_to__gt=day)).exists()
    if held_there or (keeper is None and post.slug not in SYSTEM_POSTS):
        record(post, "follow", by, {**places, "valid_to": [None, day.isoformat()]}, note)
        close_post(post, max(day, post.valid_from or day))
        return
    record(post, "follow", by, places, note)
    if post.valid_from and post.valid_from >= day:
        post.unit = keeper
        post.save()
        return
    went_on = Post(
        person_id=post.person_id,
        slug=post.slug,
        title=post.title,
        unit=keeper,
        scope=post.scope,
        covers=post.covers,
        valid_from=day,
        valid_to=post.valid_to,
        follows=post,
    )
    went_on.save()
    close_post(post, day)
    post.delegations.filter(valid_to__gt=day).update(post=went_on)
