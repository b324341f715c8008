"""Drawing the planned curve of an indicator (计划进度): recorded with its reason, in force from the day it is drawn."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.pace import PACE
from luoshi.core.progress.pace import CURVES
from luoshi.journal.moves import Refused, demand, record
from luoshi.ledger.models import Indicator
from luoshi.supervision.models import Pace
from luoshi.supervision.queries.lights import Reckoning


def case_of(indicator: Indicator) -> Pace:
    """An undrawn curve as a case: a rate is never prorated, a pending target has none."""
    goal = Reckoning(indicator.plan, timezone.localdate()).goal(indicator)
    case = Pace(indicator=indicator)
    case.never_prorated = int(
        goal.is_rate or not goal.flow or goal.kind not in ("new", "level", "growth", "decrease")
    )
    case.not_issued = int(goal.status != "set" or goal.value is None)
    return case


@transaction.atomic
def draw(indicator: Indicator, kind: str, points: Sequence[int], why: str, *, by: Actor) -> Pace:
    """Draw it anew. Raises Denied, or Refused when it falls or does not arrive at 100."""
    pace = case_of(indicator)
    demand(PACE, pace, "draw", by, why)
    pace.kind, pace.points, pace.why = kind, list(points), why
    pace.person_id, pace.person_name, pace.unit_name = by.person_id, by.name, by.unit_name
    try:
        assert pace.curve
    except ValueError as error:
        raise Refused(str(error)) from error
    pace.save()
    said = "、".join(f"{point}%" for point in points)
    record(pace, "draw", by, {"kind": [None, CURVES[kind]], "points": [None, said]}, why)  # type: ignore[index]
    return pace
