"""Rounds, the units' sheets in them, reports and figures, what was frozen, and what it all costs the units."""

from luoshi.reporting.models.burden import Burden, Complaint
from luoshi.reporting.models.reports import BASES, CAUSES, Counting, Evidence, Figure, Report, Revision
from luoshi.reporting.models.rounds import RHYTHMS, ReportingRules, Round, Sheet, Snapshot

__all__ = [
    "BASES",
    "CAUSES",
    "RHYTHMS",
    "Burden",
    "Complaint",
    "Counting",
    "Evidence",
    "Figure",
    "Report",
    "ReportingRules",
    "Revision",
    "Round",
    "Sheet",
    "Snapshot",
]
