"""A bar on a terminal while many or long files are read; silent where nobody watches and when it is quick."""

import sys
from time import monotonic

PATIENCE = 0.5  # seconds before the bar shows
LONG = 1 << 20  # a file of that many bytes is announced at once
CELLS = 20


class Progress:
    """`begin(name, size)` before each file, `end()` after the last."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.shown, self.since = max(total, 1), 0, False, monotonic()
        self.watched = sys.stderr.isatty()

    def begin(self, name: str, size: int) -> None:
        if self.watched and (self.shown or size >= LONG or monotonic() - self.since > PATIENCE):
            full = min(CELLS, CELLS * self.done // self.total)
            bar = "█" * full + "░" * (CELLS - full)
            sys.stderr.write(f"\r\x1b[K{bar} {100 * self.done // self.total}% 正在读 {name}")
            sys.stderr.flush()
            self.shown = True
        self.done += size

    def end(self) -> None:
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self.shown = False
