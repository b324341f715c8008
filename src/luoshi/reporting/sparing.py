"""A unit that contests its share owes no report on it until the office has decided; one whose share was given away owes none any more."""

from django.db.models import QuerySet

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.report import FILLABLE, SPARED
from luoshi.journal.moves import move_all
from luoshi.ledger.turns import Turn, register
from luoshi.reporting.models import Report

UNDECIDED = "职责待定：本单位提出了异议，政府办答复之前不用填报。"
GIVEN_AWAY = "这一项已改派给{heir}，本单位不用再报。"


def follow(turn: Turn, by: Actor) -> None:
    """Spare the unit its reports on the task in open rounds, or ask for them again. What was sent stays as it was sent."""
    running = Report.objects.filter(task=turn.task, round__state="open")
    own = running.filter(unit=turn.unit)
    if turn.verb in ("contest", "reassign"):
        _spare(own, UNDECIDED if turn.heir is None else GIVEN_AWAY.format(heir=turn.heir.full_name), by)
    else:
        _settle(own, by)
    if turn.heir is not None:
        _settle(running.filter(unit=turn.heir), by)
        running.filter(lead_unit=turn.unit).exclude(unit=turn.unit).update(lead_unit=turn.heir)


def _spare(reports: QuerySet[Report], why: str, by: Actor) -> None:
    move_all(list(_judged(reports.filter(state__in=FILLABLE))), "spare", by, why)
    reports.filter(state=SPARED).update(answer=why)


def _settle(reports: QuerySet[Report], by: Actor) -> None:
    spared = list(_judged(reports.filter(state=SPARED)))
    move_all(spared, "settle", by)
    Report.objects.filter(pk__in=[one.pk for one in spared]).update(answer="")


def _judged(reports: QuerySet[Report]) -> QuerySet[Report]:
    return reports.select_related("round", "sheet", "task__action")


register(follow)
