"""The word lists of words.toml, and the one way to look for them: the longest word at an end of a text."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Words:
    """A list of words; `head` and `tail` find the longest one a text begins or ends with ("" when none)."""

    words: frozenset[str]
    longest: int

    def head(self, text: str, at: int = 0) -> str:
        for size in range(min(self.longest, len(text) - at), 0, -1):
            if text[at : at + size] in self.words:
                return text[at : at + size]
        return ""

    def tail(self, text: str) -> str:
        for size in range(min(self.longest, len(text)), 0, -1):
            if text[-size:] in self.words:
                return text[-size:]
        return ""

    def held_by(self, text: str) -> str:
        """The word of the list that stands first in `text`, "" when none does."""
        at = [(i, w) for w in self.words if (i := text.find(w)) >= 0]
        return min(at)[1] if at else ""

    def __contains__(self, text: str) -> bool:
        return text in self.words

    def __sub__(self, other: "Words") -> "Words":
        return Words(self.words - other.words, self.longest)

    def __or__(self, other: "Words") -> "Words":
        return Words(self.words | other.words, max(self.longest, other.longest))


def _load() -> dict[str, Words]:
    groups = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    lists = {f"{group}.{key}": text.split() for group, entries in groups.items() for key, text in entries.items()}
    return {key: Words(frozenset(words), max(map(len, words))) for key, words in lists.items()}


_LISTS = _load()


def words(key: str) -> Words:
    """The list `[group] name` of words.toml by "group.name"; KeyError when there is none."""
    return _LISTS[key]
