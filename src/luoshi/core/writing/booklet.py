"""A booklet for a meeting: a cover with what the meeting is, a table of contents, chapters. No layout, no library.

Unlike an official paper it has no red head, no number and no signature; pages, types and tables are those of GB/T 9704-2012.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from luoshi.core.writing.draft import Passage, Piece, labels
from luoshi.core.writing.paper import Block

MARK = "chapter"
"""What the bookmarks of chapters are called, with a number after it."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the first level and what follows it; `annex` ones have no number."""

    title: str
    blocks: tuple[Block, ...]
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Booklet:
    """`facts` are the lines of the cover (时间, 2026年11月30日), `lead` its paragraphs. `pages` holds the page of every chapter
    once it was measured."""

    mark: str
    title: str
    facts: tuple[tuple[str, str], ...]
    lead: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    creator: str = ""

    @property
    def entries(self) -> tuple[str, ...]:
        """The lines of the contents: chapters with the number that their headings get.

        >>> Booklet("", "", (), (), (Chapter("红灯", ()), Chapter("静默", ()), Chapter("凭据", (), annex=True))).entries
        ('一、红灯', '二、静默', '附件：凭据')
        """
        plain = [chapter for chapter in self.chapters if not chapter.annex]
        numbers = iter(labels(Passage(1, (Piece(chapter.title),)) for chapter in plain))
        return tuple(
            f"附件：{chapter.title}" if chapter.annex else f"{next(numbers)}{chapter.title}"
            for chapter in self.chapters
        )


def bookmark(at: int) -> str:
    """The name of the `at`-th chapter's bookmark, from 1."""
    return f"{MARK}{at}"


def settled(measure: Callable[[Mapping[str, int]], Mapping[str, int]], tries: int = 3) -> Mapping[str, int]:
    """The pages of the chapters: `measure(pages written into the contents)` gives where they really stand. Asked again
    until what is written is what is; a contents that grows by a line moves what it names.

    >>> settled(lambda written: {"chapter1": 2}), settled(lambda written: {})
    ({'chapter1': 2}, {})
    """
    written: Mapping[str, int] = {}
    for _ in range(tries):
        found = measure(written)
        if found == written:
            return found
        written = found
    return written
