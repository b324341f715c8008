"""Per-group duties in numbers."""

from luoshi.core.plan.model import Quota
from luoshi.core.plan.paper import Paper


def find_quotas(paper: Paper) -> tuple[Quota, ...]:
    """Per-group duties in numbers."""
    return ()
