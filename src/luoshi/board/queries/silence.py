"""The silence map: units against rounds, in the order of the register. Who is silent is asked, not ranked; people are not in it."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Count, Q

from luoshi.board.wall import Lamp
from luoshi.core.flow.actor import Actor
from luoshi.core.flow.report import SENT, SPARED
from luoshi.ledger.models import Plan
from luoshi.org.models import Unit
from luoshi.reporting.models import Report, Round

MOST = 12
"""Rounds shown, the latest."""
STATES: dict[str, Lamp] = {
    "silent": Lamp("silent", "red", "未报", "■"),
    "part": Lamp("part", "yellow", "未报全", "▲"),
    "late": Lamp("late", "yellow", "迟报", "△"),
    "unchanged": Lamp("unchanged", "blue", "无变化", "＝"),
    "given": Lamp("given", "green", "已报", "●"),
    "waiting": Lamp("waiting", "grey", "未到期", "○"),
}


class Silence(NamedTuple):
    """Rounds, the earliest first; a state of STATES (or "" where nothing was asked) for each unit and round."""

    rounds: tuple[Round, ...]
    units: tuple[tuple[Unit, tuple[str, ...]], ...]

    @property
    def last(self) -> Counter[str]:
        """How many units stand how in the last round that was due."""
        for at in range(len(self.rounds) - 1, -1, -1):
            states = Counter(row[at] for _, row in self.units if row[at])
            if states and not states["waiting"]:
                return states
        return Counter()


def silence(actor: Actor, plan: Plan, day: dt.date, unit: int | None = None) -> Silence:
    """What this person may see of it, in three queries."""
    found = list(
        Round.objects.visible_to(actor)
        .filter(plan=plan, opens__lte=day)
        .select_related("programme")
        .order_by("-until", "-pk")[:MOST]
    )
    rounds = tuple(reversed(found))
    reports = Report.objects.visible_to(actor).filter(round__in=[one.pk for one in rounds])
    if unit is not None:
        reports = reports.filter(unit=unit)
    rows = list(
        reports.order_by()
        .values("round", "unit")
        .annotate(
            total=Count("pk", ~Q(state=SPARED)),
            given=Count("pk", Q(state__in=SENT)),
            late=Count("pk", Q(state__in=SENT, late=True)),
            same=Count("pk", Q(state__in=SENT, unchanged=True)),
        )
    )
    over = {one.pk: one.due < day for one in rounds}
    states = {(row["unit"], row["round"]): _state(row, over[row["round"]]) for row in rows}
    units = Unit.objects.filter(pk__in={row["unit"] for row in rows}).order_by("rank", "pk")
    return Silence(
        rounds, tuple((one, tuple(states.get((one.pk, r.pk), "") for r in rounds)) for one in units)
    )


def _state(row: Mapping[str, Any], over: bool) -> str:
    if not row["total"]:
        return ""
    if row["given"] < row["total"]:
        if not over:
            return "waiting"
        return "part" if row["given"] else "silent"
    if row["late"]:
        return "late"
    return "unchanged" if row["same"] == row["total"] else "given"
