"""Offsets of a text as lines and columns, as people and editors count them: both from 1."""

from bisect import bisect_right


class Places:
    """`of(offset)` -> (line, column); `line(n)` -> the words of line n."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines[:-1]:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def of(self, at: int) -> tuple[int, int]:
        """Line and column of an offset.

        >>> Places("甲乙\\n丙").of(3)
        (2, 1)
        """
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The words of a line, without its end."""
        return self.lines[number - 1].rstrip("\r")
