"""工作专班, 领导小组, 联席会议 and who sits in them."""

from luoshi.core.plan.model import TaskForce
from luoshi.core.plan.paper import Paper


def find_task_forces(paper: Paper) -> tuple[TaskForce, ...]:
    """工作专班, 领导小组, 联席会议 and who sits in them."""
    return ()
