"""The outline of a paper: 附件n, 一、, (一), 1., (1), ——, as a tree with paths like 附件1/二/(一)/1."""

from bisect import bisect_right
from dataclasses import dataclass

from luoshi.core.source.clean import CleanText


@dataclass(frozen=True, slots=True)
class Node:
    """One heading and what stands under it; offsets are into the clean text. [start, end) covers the subtree."""

    path: str
    level: int
    marker: str
    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """Nodes in order of `start`; a node's subtree is nested in it."""

    nodes: tuple[Node, ...]
    starts: tuple[int, ...]

    def path_at(self, at: int) -> str:
        """Path of the innermost node that holds clean offset `at`; "" before the first heading."""
        i = bisect_right(self.starts, at) - 1
        while i >= 0 and self.nodes[i].end <= at:
            i -= 1
        return self.nodes[i].path if i >= 0 else ""


def build_outline(clean: CleanText) -> Outline:
    """Read the headings of the clean text."""
    return Outline((), ())
