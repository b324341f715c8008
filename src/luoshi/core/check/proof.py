"""What every check sees: the paper, the plan read from it, and the way from the plan's places to the clean text."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from luoshi.core.check.findings import Finding, Other, rules
from luoshi.core.check.statements import Statement, same_statements, statements_of
from luoshi.core.indicators.folding import fold
from luoshi.core.pattern import pattern
from luoshi.core.plan.model import Plan, Task
from luoshi.core.plan.paper import Paper
from luoshi.core.source.text import Span
from luoshi.core.units.matching import Entry

QUOTE = 60
_DIGITS = pattern(r"\d+")


class Proof:
    """One plan being proof-read. Places given to `finding` are clean offsets, those of findings are source spans."""

    def __init__(self, paper: Paper, plan: Plan, register: Sequence[Entry] = ()) -> None:
        self.paper = paper
        self.plan = plan
        self.register = register
        self.text = paper.clean.text

    @cached_property
    def ranges(self) -> dict[Span, tuple[int, int]]:
        """Clean range of every task's span."""
        return {task.span: self.clean(task.span) for task in self.plan.tasks}

    @cached_property
    def starts(self) -> list[int]:
        """Where each task's span begins; tasks are in the order of the text."""
        return [task.span.start for task in self.plan.tasks]

    @cached_property
    def statements(self) -> list[Statement]:
        """Every indicator with its task, its annex and its year."""
        return statements_of(self.paper, self.plan, self.clean)

    @cached_property
    def same_statements(self) -> list[tuple[Statement, Statement, str]]:
        """Pairs (earlier, later, evidence) of statements of one promise."""
        return same_statements(self.statements)

    @cached_property
    def words_by_annex(self) -> dict[str, set[str]]:
        """The different words of tasks, folded as names are and without digits, by annex; all of them under ""."""
        found: dict[str, set[str]] = {}
        for task in self.plan.tasks:
            words = fold(_DIGITS.sub("", self.words(task)))
            found.setdefault("", set()).add(words)
            found.setdefault(task.path.partition("/")[0], set()).add(words)
        return found

    def in_table(self, at: int) -> bool:
        """Whether a clean offset lies in a table."""
        t = bisect_right(self._tables, at) - 1
        return t >= 0 and at < self.paper.tables[t].end

    @cached_property
    def _tables(self) -> list[int]:
        return [table.start for table in self.paper.tables]

    def clean(self, span: Span) -> tuple[int, int]:
        """The clean range of a source span (what was set aside inside it is left out)."""
        return self._at(span.start), self._at(span.end)

    def _at(self, origin: int) -> int:
        clean = self.paper.clean
        piece = bisect_right(clean.origins, origin) - 1
        if piece < 0:
            return 0
        stop = clean.starts[piece + 1] if piece + 1 < len(clean.starts) else len(clean.text)
        return min(clean.starts[piece] + origin - clean.origins[piece], stop)

    def words(self, task: Task) -> str:
        """The task's whole text, folded."""
        start, end = self.ranges[task.span]
        return self.text[start:end]

    def printed(self, start: int, end: int) -> str:
        """The words at a clean range as printed, line ends taken out, cut to a readable length."""
        words = "".join(self.paper.clean.printed[start:end].split("\n"))
        return words if len(words) <= QUOTE else words[: QUOTE - 1] + "…"

    def other(self, start: int, end: int, note: str = "") -> Other:
        """Another place that a finding points at."""
        return Other(self.paper.clean.span(start, end), self.printed(start, end), note)

    def task(self, task: Task, note: str = "") -> Other:
        """A task as the other place."""
        return Other(task.span, task.quote, note)

    def finding(
        self,
        code: str,
        start: int,
        end: int,
        message: str,
        others: tuple[Other, ...] = (),
        mend: str | None = None,
    ) -> Finding:
        """A finding at a clean range."""
        path = self.paper.outline.path_at(start)
        return self.placed(
            code, self.paper.clean.span(start, end), self.printed(start, end), message, others, mend, path
        )

    def placed(
        self,
        code: str,
        span: Span,
        quote: str,
        message: str,
        others: tuple[Other, ...] = (),
        mend: str | None = None,
        path: str = "",
    ) -> Finding:
        """A finding at a place of the source; its severity is the catalogue's."""
        return Finding(code, rules()[code].severity, span, quote, message, path, others, mend)
