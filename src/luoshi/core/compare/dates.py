"""Terms of duties: pulled forward or put off."""

from collections.abc import Sequence

from luoshi.core.compare.model import SIDES, Change, Duty, Relation
from luoshi.core.pattern import pattern

_YEAR = pattern(r"20\d\d")


def last_day(deadline: str) -> str:
    """The last day that a deadline allows, as ISO text.

    >>> last_day("2026"), last_day("2026-Q2"), last_day("2026-06-10")
    ('2026-12-31', '2026-06-30', '2026-06-10')
    """
    if len(deadline) == 4:
        return f"{deadline}-12-31"
    if "Q" in deadline:
        quarter = int(deadline[-1])
        return f"{deadline[:4]}-{('03-31', '06-30', '09-30', '12-31')[quarter - 1]}"
    return deadline


def deadline_change(a: Sequence[Duty], b: Sequence[Duty], relation: Relation, years: int) -> Change | None:
    """How the term moved; between years `years` apart a term that only moved along with the year has not."""
    old, new = (max((last_day(d.deadline) for d in side if d.deadline), default=None) for side in (a, b))
    if old == new:
        return None
    one, other = SIDES[relation]
    if old is None:
        return Change("dated", f"{other}写了时限{new}，{one}没有写", (new or "",))
    if new is None:
        return Change("undated", f"{one}时限{old}，{other}没有写", (old,))
    moved = _YEAR.sub(lambda m: str(int(m[0]) + years), old, 1)
    if moved == new:
        return None
    if new < moved:
        return Change("earlier", f"时限提前：{old} → {new}", (old, new))
    return Change("later", f"时限推后：{old} → {new}", (old, new))
