"""Every measurable commitment, once per place it is stated."""

from luoshi.core.plan.model import Indicator
from luoshi.core.plan.paper import Paper


def find_indicators(paper: Paper) -> tuple[Indicator, ...]:
    """Every measurable commitment, once per place it is stated."""
    return ()
