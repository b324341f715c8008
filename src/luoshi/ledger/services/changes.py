"""What all changes of the ledger do alike: the row as it is now, and the amendment that is written with the change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Refused
from luoshi.ledger.models import Amendment, Indicator, Milestone, Plan, Task

LONGEST = {"reason": 500, "document": 100}


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why something is changed, and by which document (文号) or meeting."""

    reason: str
    document: str = ""

    def __post_init__(self) -> None:
        if len(self.reason) > LONGEST["reason"] or len(self.document) > LONGEST["document"]:
            raise Refused("理由不能超过500个字，依据不能超过100个字，请写得短一些。")

    @property
    def note(self) -> str:
        """Both, as the journal keeps them."""
        reason, document = self.reason.strip(), self.document.strip()
        return f"{reason}（依据：{document}）" if reason and document else reason or document


@dataclass(frozen=True, slots=True)
class Change:
    """What became what: in words for people, as values for the replay."""

    what: str
    old: str
    new: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def write_down(
    plan: Plan,
    change: Change,
    grounds: Grounds,
    by: Actor,
    task: Task | None = None,
    indicator: Indicator | None = None,
    milestone: Milestone | None = None,
) -> Amendment:
    """The amendment beside the event of the journal. Call it in the transaction of the change."""
    return Amendment.objects.create(
        plan=plan,
        task=task,
        indicator=indicator,
        milestone=milestone,
        what=change.what,
        old=change.old[:300],
        new=change.new[:300],
        before=dict(change.before),
        after=dict(change.after),
        reason=grounds.reason.strip(),
        document=grounds.document.strip(),
        person_id=by.person_id,
        person_name=by.name,
        unit_name=by.unit_name,
        at=timezone.now(),
    )
