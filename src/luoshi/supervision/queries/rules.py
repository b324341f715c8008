"""What a set of rules of lights would change before it is laid down."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from luoshi.core.flow.actor import Actor
from luoshi.core.progress.rules import Rules
from luoshi.ledger.models import Plan
from luoshi.ledger.queries import plans_in_ledger
from luoshi.supervision.queries.lights import TABS, Line, lines_of

PLANS = 6
"""Plans a preview looks at, the newest first."""


@dataclass(frozen=True)
class Changed:
    """A light that would be another."""

    plan: Plan
    before: Line
    after: Line


@dataclass(frozen=True)
class Preview:
    """What a set would do to today's lights: how many there are, how many would change, from which tab to which."""

    plans: list[Plan]
    total: int
    changed: list[Changed]

    @property
    def moves(self) -> list[tuple[str, str, int]]:
        """(from, to, how many) among the tabs, the most first; same tab: only word, shape or colour."""
        counted = Counter((c.before.tab, c.after.tab) for c in self.changed)
        return [
            (TABS[a], TABS[b] if a != b else "只改名称、颜色或形状", n) for (a, b), n in counted.most_common()
        ]

    @property
    def judged(self) -> int:
        """How many would stand in another tab."""
        return sum(c.before.tab != c.after.tab for c in self.changed)


def preview(actor: Actor, trial: Rules, day: dt.date) -> Preview:
    """Today's lights of the newest plans by the rules in force and by these; nothing is kept."""
    plans = list(plans_in_ledger(actor).filter(state="adopted")[:PLANS])
    total, changed = 0, []
    for plan in plans:
        before, after = lines_of(actor, plan, day), lines_of(actor, plan, day, trial)
        total += len(before)
        pairs = zip(before, after, strict=True)
        changed += [
            Changed(plan, a, b)
            for a, b in pairs
            if (a.light.level, a.light.look) != (b.light.level, b.light.look)
        ]
    return Preview(plans, total, changed)
