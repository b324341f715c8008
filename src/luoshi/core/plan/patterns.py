"""The word lists of word_lists.py, and the one way to look for them: the longest word at an end of a text."""

from collections.abc import Iterable
from functools import cache, cached_property

from luoshi.core.plan.word_lists import LISTS


class Words(frozenset[str]):
    """A set of words; `head` and `tail` find the longest one a text begins or ends with ("" when none)."""

    @cached_property
    def _by_first(self) -> dict[str, list[str]]:
        return _grouped(self, 0)

    @cached_property
    def _by_last(self) -> dict[str, list[str]]:
        return _grouped(self, -1)

    def head(self, text: str, at: int = 0) -> str:
        """The longest word that begins at `at`."""
        for word in self._by_first.get(text[at : at + 1], ()):
            if text.startswith(word, at):
                return word
        return ""

    def tail(self, text: str) -> str:
        """The longest word at the end."""
        for word in self._by_last.get(text[-1:], ()):
            if text.endswith(word):
                return word
        return ""

    def held_by(self, text: str) -> bool:
        """Does any word of the list stand in `text`?"""
        for word in self:  # noqa: SIM110 -- a generator would cost more than the search
            if word in text:
                return True
        return False

    def without(self, other: "Words") -> "Words":
        return Words(self - other)

    def joined(self, *others: "Words") -> "Words":
        return Words(self.union(*others))


def _grouped(words: Iterable[str], sign: int) -> dict[str, list[str]]:
    """The words by their first or last sign, the longest first."""
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        groups.setdefault(word[sign], []).append(word)
    return groups


@cache
def words(key: str) -> Words:
    """The list "group.name" of word_lists.py; KeyError when there is none."""
    return Words(LISTS[key].split())
