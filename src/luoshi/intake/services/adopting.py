"""建账: the confirmed reading becomes the ledger, through the one door."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.intake.doubts import OPEN_ENDED
from luoshi.intake.models import DraftItem
from luoshi.intake.queries import count_what_is_left, items_of, live, matcher, printed_names
from luoshi.journal.moves import Refused, move
from luoshi.ledger.models import Plan
from luoshi.ledger.services import Entry, adopt_plan


@transaction.atomic
def adopt(plan: Plan, actor: Actor) -> None:
    """Write the ledger of a plan and close its review. Raises Denied while questions or names are open, Stale."""
    items = items_of(plan)
    count_what_is_left(plan, items)
    kinds = Counter(item.kind for item in live(items) if item.kind != "document")
    if not kinds:
        raise Refused("这份方案里还没有条目，不能建账。请先在原文中选中文字添加。")
    found = matcher(plan)
    move(plan, "adopt", actor, items=kinds.total(), tasks=kinds["task"])
    forces = [item.data for item in live(items) if item.kind == "task_force"]
    seats = [name for force in forces for name in [*force["members"], force["office"]] if name]
    matches = {name: found.match(name) for name in [*printed_names(items), *seats]}
    units = {name: match.unit_id for name, match in matches.items() if match.settled and match.unit_id}
    adopt_plan(plan, [_entry(item) for item in live(items) if item.kind != "document"], units)
    Plan.objects.filter(pk=plan.pk).update(adopted_by=actor.name, adopted_at=timezone.now())


def _entry(item: DraftItem) -> Entry:
    """What goes into the ledger; that a task's list of units is open is told by its column, not by a question too."""
    told = (OPEN_ENDED,) if item.data.get("open_ended") else ()
    left = tuple(d["question"] for d in item.doubts if d.get("answer") == "left" and d["code"] not in told)
    return Entry(item.kind, item.data, item.start, item.end, left)


@transaction.atomic
def withdraw(plan: Plan, note: str, actor: Actor) -> None:
    """Take a plan back, with a reason; its file may then be uploaded again. Raises Denied."""
    move(plan, "withdraw", actor, note=note)
