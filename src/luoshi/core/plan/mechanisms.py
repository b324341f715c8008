"""Who must do what how often."""

from luoshi.core.plan.model import Mechanism
from luoshi.core.plan.paper import Paper


def find_mechanisms(paper: Paper) -> tuple[Mechanism, ...]:
    """Who must do what how often."""
    return ()
