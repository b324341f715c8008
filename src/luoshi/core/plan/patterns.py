"""The word lists of word_lists.py, and the one way to look for them: the longest word at an end of a text."""

from collections.abc import Iterable
from functools import cache

from luoshi.core.plan.word_lists import LISTS


class Words:
    """A list of words; `head` and `tail` find the longest one a text begins or ends with ("" when none)."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._by_first: dict[str, list[str]] = {}
        self._by_last: dict[str, list[str]] = {}
        for word in sorted(self.words, key=len, reverse=True):
            self._by_first.setdefault(word[0], []).append(word)
            self._by_last.setdefault(word[-1], []).append(word)

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
        return any(word in text for word in self.words)

    def __contains__(self, text: str) -> bool:
        return text in self.words

    def __sub__(self, other: "Words") -> "Words":
        return Words(self.words - other.words)

    def __or__(self, other: "Words") -> "Words":
        return Words(self.words | other.words)


@cache
def words(key: str) -> Words:
    """The list "group.name" of word_lists.py; KeyError when there is none."""
    return Words(LISTS[key].split())
