"""What the pages of the ledger read, one module a matter. Upper rooms ask here."""

from luoshi.ledger.queries.rows import (
    IN_LEDGER,
    VIEWS,
    Choices,
    Filters,
    Group,
    choices,
    forces_of,
    grouped,
    indicators_of,
    plans_in_ledger,
    tasks_of,
    with_owners,
)
from luoshi.ledger.queries.waiting import (
    assignments_waiting,
    claims_by_plan,
    contested_by_plan,
    steps_due,
    steps_to_confirm,
    within,
)

__all__ = [
    "IN_LEDGER",
    "VIEWS",
    "Choices",
    "Filters",
    "Group",
    "assignments_waiting",
    "choices",
    "claims_by_plan",
    "contested_by_plan",
    "forces_of",
    "grouped",
    "indicators_of",
    "plans_in_ledger",
    "steps_due",
    "steps_to_confirm",
    "tasks_of",
    "with_owners",
    "within",
]
