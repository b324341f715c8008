"""The programme lines of the plan (八大行动, 七大攻坚, chapters of a work report)."""

from luoshi.core.plan.model import Action
from luoshi.core.plan.paper import Paper


def find_actions(paper: Paper) -> tuple[Action, ...]:
    """The programme lines of the plan (八大行动, 七大攻坚, chapters of a work report)."""
    return ()
