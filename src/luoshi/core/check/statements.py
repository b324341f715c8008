"""The indicators of a plan as promises: which statements mean one promise, where each stands, who answers for it there."""

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from luoshi.core.indicators.names import bare, canonical, likely_pairs
from luoshi.core.pattern import pattern
from luoshi.core.plan.model import Indicator, Plan, Task
from luoshi.core.plan.paper import Paper
from luoshi.core.quantity import dimension_of
from luoshi.core.source.markers import ANNEX
from luoshi.core.source.text import Span

SAME = 0.96  # likeness from which on two names are one (core/indicators/names.py)
_LEAST_NAME = 4  # signs: 投资, 企业 are too common to be told from others of the name
_STATEMENTS = 24
_BODIES = frozenset(("家", "户", "个", "所", "家次", "户次"))
_YEAR = pattern(r"20\d\d(?=年|[-—~至])")
_SIZED = pattern(
    r"(?:年?产值|营收|税收|投资|总投资)*[过超][\d一二三四五十百千万亿]+元?.{0,3}(?:企业|项目|楼宇)?$"
)
_GOALS = pattern(r"(?:目标|预期)")


class Statement(NamedTuple):
    """One statement of a promise. `task` is the task it stands in, `goal` whether it stands in a section of goals, `annex`
    the top of its outline path, `year` the year the words before it speak of; `name` without the words its kind says already."""

    indicator: Indicator
    name: str
    start: int
    end: int
    annex: str
    goal: bool
    task: Task | None
    year: str

    @property
    def measure(self) -> str:
        """The dimension of its unit; bodies are counted by several words."""
        return "家" if (self.indicator.unit or "") in _BODIES else dimension_of(self.indicator.unit or "")

    @property
    def amount(self) -> tuple[float | None, float | None, str]:
        """Value, upper value, and the unit when it is not merely another word for a body."""
        i = self.indicator
        return i.value, i.value_high, "家" if (i.unit or "") in _BODIES else i.unit or ""


def statements_of(paper: Paper, plan: Plan, clean: Callable[[Span], tuple[int, int]]) -> list[Statement]:
    """Every indicator of the plan as a promise, in the order of the text; `clean` turns source spans into clean ranges."""
    placed = sorted((task.span.start, task.span.end, k) for k, task in enumerate(plan.tasks))
    starts = [start for start, _, _ in placed]
    found = []
    for indicator in plan.indicators:
        at = bisect_right(starts, indicator.span.start) - 1
        inside = at >= 0 and indicator.span.start < placed[at][1]
        start, end = clean(indicator.span)
        annex, goal = _place(paper, start)
        year = _year_before(paper, start)
        task = plan.tasks[placed[at][2]] if inside else None
        name = bare(indicator.name, indicator.kind)
        found.append(Statement(indicator, name, start, end, annex, goal and task is None, task, year))
    return found


def _place(paper: Paper, at: int) -> tuple[str, bool]:
    """(the annex that holds the place, "" for the paper itself; whether a heading above it speaks of goals)."""
    outline = paper.outline
    above = outline.ancestors(outline.index_at(at))
    annex = above[-1].path if above and above[-1].rank == ANNEX else ""
    return annex, any(_GOALS.search(node.heading[:12]) for node in above)


def _year_before(paper: Paper, at: int) -> str:
    """The year last named before a place in its paragraph, else in a heading above it: 到2027年, …; "" when none is."""
    line = paper.clean.text.rfind("\n", 0, at) + 1
    said = _YEAR.findall(paper.clean.text, line, at)
    if not said:
        outline = paper.outline
        headings = (node.heading for node in outline.ancestors(outline.index_at(at)))
        said = next((found for heading in headings if (found := _YEAR.findall(heading))), [])
    return said[-1] if said else ""


def same_statements(found: list[Statement], least: float = SAME) -> list[tuple[Statement, Statement, str]]:
    """Pairs (earlier, later, evidence) whose names are one and telling enough. Of a name that a text says over and over
    the first statements are paired: a plan says a promise in overview, goals, task and row, not a hundred times."""
    times: dict[str, int] = {}
    kept: list[Statement] = []
    for promise in found:
        times[promise.name] = times.get(promise.name, 0) + 1
        if times[promise.name] <= _STATEMENTS and telling(promise.name):
            kept.append(promise)
    names = [promise.name for promise in kept]
    return [
        (kept[i], kept[j], likeness.evidence) for i, j, likeness in likely_pairs(names, names, least) if i < j
    ]


@lru_cache(maxsize=4096)
def telling(name: str) -> bool:
    """Whether a name says enough to be told from others: long enough and more than a size (过亿元企业), or known."""
    return (len(name) >= _LEAST_NAME and not _SIZED.match(name)) or canonical(name) is not None
