"""Writing the ledger, one module a matter: adopting, assigning, amending, milestones, the close of a year."""

from luoshi.ledger.services.adopting import Entry, adopt_plan, content

__all__ = ["Entry", "adopt_plan", "content"]
