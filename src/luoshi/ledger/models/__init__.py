"""The tables of the ledger: rows as adopted, and what becomes of them in the year (milestones, amendments)."""

from luoshi.ledger.models.life import Amendment, Milestone
from luoshi.ledger.models.rows import (
    LIST_KINDS,
    Action,
    Assignment,
    Indicator,
    Mechanism,
    Plan,
    PlanQuerySet,
    Quota,
    Row,
    RowQuerySet,
    Seat,
    SourceFile,
    SourceText,
    Task,
    TaskForce,
    TaskLeader,
    originals,
)
from luoshi.ledger.models.search import SearchText

__all__ = [
    "LIST_KINDS",
    "Action",
    "Amendment",
    "Assignment",
    "Indicator",
    "Mechanism",
    "Milestone",
    "Plan",
    "PlanQuerySet",
    "Quota",
    "Row",
    "RowQuerySet",
    "SearchText",
    "Seat",
    "SourceFile",
    "SourceText",
    "Task",
    "TaskForce",
    "TaskLeader",
    "originals",
]
