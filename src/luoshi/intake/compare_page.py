"""What a page of 对照 shows: the tab, result and words that the address asks for, each row with the way to its places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from luoshi.core.compare.model import RELATION_LABELS
from luoshi.intake.compare_rows import MOST_PLACES
from luoshi.org.requests import whole


@dataclass(frozen=True, slots=True)
class Ask:
    """What the address asks for: the two papers, the relation ("" to guess), a tab, one result, words to find."""

    a: str
    b: str
    relation: str = ""
    tab: str = ""
    result: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Ask":
        values = {name: query.get(name, "").strip() for name in ("a", "b", "relation", "tab", "result")}
        relation = values.pop("relation")
        return cls(
            relation=relation if relation in RELATION_LABELS else "",
            words=query.get("q", "").strip(),
            **values,
        )

    @property
    def whole(self) -> bool:
        """Whether both papers are named."""
        return bool(self.a and self.b)

    @property
    def pair(self) -> str:
        """The address of the comparison itself."""
        return urlencode({"a": self.a, "b": self.b, "relation": self.relation})

    @property
    def turned(self) -> str:
        """The same two the other way round."""
        return urlencode({"a": self.b, "b": self.a, "relation": self.relation})


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the tab that is shown, and the address of its places in both texts."""

    row: Mapping[str, Any]
    places: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The tab that is shown, sifted."""

    slug: str
    label: str
    results: Sequence[tuple[str, str, int]]
    result: str
    total: int
    lines: tuple[Line, ...]


def shown(found: Mapping[str, Any], ask: Ask) -> Shown:
    """The rows of the asked tab that have the asked result and all the words."""
    tab = next((t for t in found["tabs"] if t["slug"] == ask.tab), found["tabs"][0])
    results = [(slug, label, n) for slug, label, n in tab["results"]]
    result = ask.result if any(ask.result == slug for slug, _, _ in results) else ""
    rows = [row for row in tab["rows"] if result in ("", row["result"]) and _says(row, ask.words.split())]
    lines = tuple(Line(row, f"{ask.pair}&as={found['relation']}&{_places(row)}") for row in rows)
    return Shown(tab["slug"], tab["label"], results, result, len(tab["rows"]), lines)


def _says(row: Mapping[str, Any], words: Sequence[str]) -> bool:
    """Whether a row has all the words somewhere."""
    if not words:
        return True
    said = [
        said[key]
        for side in ("a", "b")
        for said in row[side]
        for key in ("title", "detail", "quote", "where")
    ]
    text = "\n".join((row["label"], row["name"], row["words"], *said))
    return all(word in text for word in words)


def _places(row: Mapping[str, Any]) -> str:
    """pa=10-20.300-320&pb=…: where both papers say so."""
    sides = {
        f"p{side}": ".".join(f"{start}-{end}" for said in row[side] for start, end in said["places"])
        for side in ("a", "b")
    }
    return urlencode({name: value for name, value in sides.items() if value})


def asked_places(query: QueryDict, name: str) -> list[tuple[int, int]]:
    """The places of `_places` again; what is none is left out."""
    pairs = (part.partition("-")[::2] for part in query.get(name, "").split(".")[:MOST_PLACES])
    numbers = ((whole(start), whole(end)) for start, end in pairs)
    return [(start, end) for start, end in numbers if start is not None and end is not None]
