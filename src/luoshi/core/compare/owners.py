"""Who answers for a duty, then and now: units compared by what they are, never by place.

市发改委 and 县发改局 are one office at two levels (core/units/matching.py: level and place set aside, kinds of offices
known by short name).
"""

from collections.abc import Sequence
from functools import lru_cache

from luoshi.core.compare.model import FAR, SIDES, Change, Duty, Relation
from luoshi.core.units.matching import ORDERED, Entry, match


@lru_cache(maxsize=16384)
def same_unit(a: str, b: str) -> bool:
    """Whether two printed names mean the same office, wherever it is.

    >>> same_unit("云岭市发展和改革委员会", "县发改局"), same_unit("县财政局", "县民政局")
    (True, False)
    """
    if a == b:
        return True
    one, other = sorted((a, b))
    return any(c.score >= ORDERED for c in match(one, [Entry(other, (other,))]))


def missing(names: Sequence[str], among: Sequence[str]) -> tuple[str, ...]:
    """The names that mean none of the units in `among`."""
    return tuple(name for name in names if not any(same_unit(name, other) for other in among))


def owner_changes(a: Sequence[Duty], b: Sequence[Duty], relation: Relation) -> list[Change]:
    """What differs between the owners of two duties (or of the pieces of a split one).

    Where one of them names no lead (tables with a single column 责任单位), leads are not compared.
    """
    leads = [[o.name for d in side for o in d.owners if o.role == "lead"] for side in (a, b)]
    everyone = [list(dict.fromkeys(o.name for d in side for o in d.owners)) for side in (a, b)]
    one, other = SIDES[relation]
    far = relation in FAR
    changes: list[Change] = []
    if leads[0] and leads[1] and (missing(leads[1], leads[0]) or missing(leads[0], leads[1])):
        old, new = ("、".join(dict.fromkeys(names)) for names in leads)
        words = f"牵头单位不同：{one}“{old}”，{other}“{new}”" if far else f"牵头单位由“{old}”变为“{new}”"
        changes.append(Change("lead", words, (old, new)))
    if not everyone[0] or not everyone[1]:
        return changes
    added, removed = missing(everyone[1], everyone[0]), missing(everyone[0], everyone[1])
    if added:
        head = f"{other}另有单位" if far else "增加单位"
        changes.append(Change("added", f"{head}{_open(a, one)}：{'、'.join(added)}", added))
    if removed:
        head = f"{other}没有列" if far else "减少单位"
        changes.append(Change("removed", f"{head}{_open(b, other)}：{'、'.join(removed)}", removed))
    return changes


def _open(duties: Sequence[Duty], whose: str) -> str:
    """A list that closes with 等 may hold the unit unnamed."""
    ended = any(t.open_ended for d in duties for t in d.statements)
    return f"（{whose}名单以“等”结尾，可能已含）" if ended else ""
