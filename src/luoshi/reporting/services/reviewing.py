"""What happens to a report after it was sent: collated by the lead unit, accepted by the office, or returned with a reason."""

from collections.abc import Sequence

from django.db import transaction

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Refused, move_all
from luoshi.reporting.models import Report

LONGEST = 500


def collate(reports: Sequence[Report], *, by: Actor) -> int:
    """The lead unit has read what supporting units sent. Raises Denied, Stale."""
    return len(move_all(reports, "collate", by))


def accept(reports: Sequence[Report], *, by: Actor) -> int:
    """The office takes them. Raises Denied, Stale."""
    return len(move_all(reports, "accept", by))


@transaction.atomic
def give_back(reports: Sequence[Report], verb: str, reason: str, *, by: Actor) -> int:
    """`return` (the office) or `send_back` (the lead unit), with a reason that the unit reads at the top of the row.

    Raises Refused for a reason too long, Denied, Stale.
    """
    if len(reason) > LONGEST:
        raise Refused(f"理由请写在{LONGEST}个字以内。")
    events = move_all(reports, verb, by, note=reason)
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(answer=reason.strip())
    return len(events)
