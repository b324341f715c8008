"""Whose a thing is, who heads them, which office stands behind: what core/reminding decides from."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from luoshi.core.flow.actor import Actor
from luoshi.core.reminding.deciding import Duty
from luoshi.org.actors import Desk
from luoshi.reminders.gathering import dated_lines
from luoshi.reminders.waiting import Line


@dataclass
class Thing:
    """One thing that waits: its line as anybody of its unit sees it, and the people about it."""

    line: Line
    unit_name: str
    doers: set[int] = field(default_factory=set)
    heads: set[int] = field(default_factory=set)
    above: set[int] = field(default_factory=set)


class Offices:
    """Whom silence is told to in the end: the office of the task force whose action it is, else the county office — of
    its people those who answer for the action, else those for all."""

    def __init__(self, desks: Iterable[Desk]) -> None:
        self._desks = [desk.actor for desk in desks if not desk.away]
        self._known: dict[str, frozenset[int]] = {}

    def of(self, action: str) -> frozenset[int]:
        """The people to tell."""
        if action not in self._known:
            ranks = (self._reaching("force_office", action), self._reaching("office", action), self._wide())
            self._known[action] = next((found for found in ranks if found), frozenset())
        return self._known[action]

    def _reaching(self, slug: str, action: str) -> frozenset[int]:
        held = (actor for actor in self._desks if action and scope_of(actor, slug) == "actions")
        return frozenset(actor.person_id for actor in held if action in actor.covers)

    def _wide(self) -> frozenset[int]:
        offices = [actor for actor in self._desks if actor.holds("office")]
        wide = [actor for actor in offices if scope_of(actor, "office") == "government"]
        return frozenset(actor.person_id for actor in wide or offices)


def scope_of(actor: Actor, slug: str) -> str:
    """How far a post reaches; "" for one that is not held."""
    if slug not in actor.posts:
        return ""
    return actor.scopes[actor.posts.index(slug)] if actor.scopes else actor.scope


NAMED = 3
"""So many units of a group are named; the others are counted."""


@dataclass
class Book:
    """Everything dated that waits in a government on a day, as duties and as lines.

    own     (person, key) → the line as that person sees it, and at which of their desks ("" at the only one)
    groups  what is told to offices as one → the keys of what it is made of
    """

    things: dict[str, Thing]
    duties: list[Duty]
    own: dict[tuple[int, str], tuple[Line, str]]
    groups: dict[str, list[str]]

    def shown(self, person: int, key: str, role: str) -> tuple[Line, str]:
        """A line for a person, and whose it is: the desk for the own, the units' names for heads and offices."""
        if key in self.groups and role == "office":
            return self._together(self.groups[key])
        thing = self.things[key]
        if role == "own":
            return self.own.get((person, key), (thing.line, ""))
        return thing.line, thing.unit_name

    def _together(self, keys: list[str]) -> tuple[Line, str]:
        """What several units have left undone alike; of one unit alone, its own line."""
        things = [self.things[key] for key in keys]
        line, names = things[0].line, [thing.unit_name for thing in things]
        if len(things) == 1:
            return line, names[0]
        more = f"等{len(names)}个单位" if len(names) > NAMED else ""
        what, whose = f"{line.together}，{len(names)}个单位", "、".join(names[:NAMED]) + more
        return replace(line, what=what, address=line.gathered, note=""), whose


def book_of(government_id: int, day: dt.date) -> Book:
    """Ask the tables once, and say of everything whose it is."""
    desks = dated_lines(government_id, day)
    offices = Offices(desk for desk, _ in desks)
    many = _several(desk for desk, _ in desks)
    things: dict[str, Thing] = {}
    own: dict[tuple[int, str], tuple[Line, str]] = {}
    for desk, found in desks:
        if desk.away:
            continue
        actor = desk.actor
        for line in found:
            thing = things.setdefault(line.key, Thing(line, actor.unit_name))
            _place(thing, line, actor)
            place = _desk_name(desk) if actor.person_id in many else ""
            own.setdefault((actor.person_id, line.key), (line, place))
    duties = list(_duties(things, offices))
    groups: dict[str, list[str]] = {}
    for duty in duties:
        if duty.group:
            groups.setdefault(duty.group, []).append(duty.key)
    return Book(things, duties, own, groups)


def _several(desks: Iterable[Desk]) -> set[int]:
    """People with more than one desk."""
    seen: set[int] = set()
    return {p for desk in desks if (p := desk.actor.person_id) in seen or seen.add(p)}  # type: ignore[func-returns-value]


def _desk_name(desk: Desk) -> str:
    if desk.seat.principal:
        return f"代{desk.seat.principal.name}"
    return desk.actor.unit_name


def _place(thing: Thing, line: Line, actor: Actor) -> None:
    """A unit's thing is its clerk's, then its head's; whoever sits above the unit answers for it only when nobody is there."""
    if line.unit is None or (line.unit == actor.unit_id and actor.holds("clerk")):
        thing.doers.add(actor.person_id)
    elif line.unit == actor.unit_id:
        thing.heads.add(actor.person_id)
    else:
        thing.above.add(actor.person_id)
    if line.unit is not None and line.unit == actor.unit_id:
        thing.line, thing.unit_name = line, actor.unit_name


def _duties(things: dict[str, Thing], offices: Offices) -> Iterator[Duty]:
    for key, thing in things.items():
        line = thing.line
        if line.due is None:
            continue
        heads = thing.heads or (set() if thing.doers else thing.above)
        told = offices.of(line.action) if line.unit is not None else frozenset()
        group = line.group if line.unit is not None else ""
        yield Duty(key, line.due, frozenset(thing.doers), frozenset(heads), told, group)
