"""Projects, their books, boards. States change only through `journal.moves`; the tables are core/flow/project.py."""

from luoshi.projects.models.boards import Board, Group, Measure, Showing
from luoshi.projects.models.books import Bid, Entry, ListRules, Reconciliation, Settlement
from luoshi.projects.models.projects import Milestone, Project, ProjectQuerySet

__all__ = [
    "Bid", "Board", "Entry", "Group", "ListRules", "Measure", "Milestone", "Project", "ProjectQuerySet", "Reconciliation",
    "Settlement", "Showing",
]  # fmt: skip
