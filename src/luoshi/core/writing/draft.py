"""A draft: paragraphs whose numbers still know the row they came from, until the paper is signed.

A number changed by hand keeps what was drafted and carries a reason. Nothing here is Django's; `as_json` is what is kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from luoshi.core.writing.paper import Annex, Block, Group, Heading, Table, Text

_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Ref:
    """Where a number came from. `rule` says how: "count lagging", "share done", "cell actual"; `rows` are the rows' keys."""

    name: str
    rule: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; with a `ref` it is a living number. `drafted` is what the machine wrote, `reason` why it was changed."""

    text: str
    ref: Ref | None = None
    drafted: str = ""
    reason: str = ""

    @property
    def changed(self) -> bool:
        """Whether a person wrote another number here."""
        return self.ref is not None and self.text != self.drafted


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph: a heading of level 1–4, or text (level 0). Pieces from `run_on` on follow the heading in the same line."""

    level: int
    pieces: tuple[Piece, ...]
    run_on: int = -1

    @property
    def text(self) -> str:
        """The words."""
        return "".join(piece.text for piece in self.pieces)

    def block(self) -> Block:
        """As the layout takes it."""
        if not self.level:
            return Text(self.text)
        at = len(self.pieces) if self.run_on < 0 else self.run_on
        return Heading(
            self.level,
            "".join(piece.text for piece in self.pieces[:at]),
            "".join(piece.text for piece in self.pieces[at:]),
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of the draft: the row of the ledger behind each line (`keys`; "" for a group) and how it stands (`states`)."""

    name: str
    table: Table
    keys: tuple[str, ...]
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """An annex being drafted."""

    title: str
    parts: tuple["Passage | Listing", ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """The words of one paper before it is laid out."""

    kind: str
    title: str
    parts: tuple[Passage | Listing, ...]
    attachments: tuple[Attachment, ...] = ()

    def passages(self) -> Iterator[Passage]:
        """All paragraphs, those of the annexes last."""
        for part in self.all_parts():
            if isinstance(part, Passage):
                yield part

    def all_parts(self) -> Iterator[Passage | Listing]:
        """Paragraphs and tables, the text first."""
        yield from self.parts
        for attachment in self.attachments:
            yield from attachment.parts

    def listing(self, name: str) -> Listing | None:
        """The table of this name, if the draft has it; one in an annex goes first, for it is the fuller one."""
        found = [part for part in self.all_parts() if isinstance(part, Listing) and part.name == name]
        return found[-1] if found else None

    def numbers(self) -> Iterator[tuple[int, int, Piece]]:
        """Every living number: which passage, which piece, and the piece."""
        for at, passage in enumerate(self.passages()):
            for inside, piece in enumerate(passage.pieces):
                if piece.ref is not None:
                    yield at, inside, piece

    @property
    def changed(self) -> tuple[Piece, ...]:
        """The numbers a person wrote over."""
        return tuple(piece for _, _, piece in self.numbers() if piece.changed)

    def blocks(self) -> tuple[Block, ...]:
        """The text as the layout takes it."""
        return _blocks(self.parts)

    def annexes(self) -> tuple[Annex, ...]:
        """The annexes as the layout takes them."""
        return tuple(Annex(each.title, _blocks(each.parts)) for each in self.attachments)

    def as_json(self) -> dict[str, Any]:
        """Plain values, to be kept."""
        return {
            "kind": self.kind,
            "title": self.title,
            "parts": [_part_json(part) for part in self.parts],
            "attachments": [
                {"title": each.title, "parts": [_part_json(part) for part in each.parts]}
                for each in self.attachments
            ],
        }

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> Self:
        """Back from what `as_json` gave."""
        return cls(
            held["kind"],
            held["title"],
            tuple(_part(part) for part in held["parts"]),
            tuple(
                Attachment(each["title"], tuple(_part(part) for part in each["parts"]))
                for each in held["attachments"]
            ),
        )


def labels(parts: Iterable[Passage | Listing]) -> list[str]:
    """The numbers that Word will put before each paragraph and table: 一、（一）1.（1）; "" before what has none.

    >>> one, two = (Passage(level, (Piece("标题"),)) for level in (1, 2))
    >>> labels((one, two, two, one))
    ['一、', '（一）', '（二）', '二、']
    """
    made, counts = [], [0, 0, 0, 0]
    for part in parts:
        if isinstance(part, Listing) or not part.level:
            made.append("")
            continue
        at = part.level - 1
        counts[at:] = [counts[at] + 1, *[0] * (3 - at)]
        n = counts[at]
        made.append((f"{_han(n)}、", f"（{_han(n)}）", f"{n}.", f"（{n}）")[at])
    return made


def _han(n: int) -> str:
    """A number below 100 in Chinese."""
    tens, ones = divmod(n, 10)
    lead = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones or not tens else "")


def _blocks(parts: Iterable[Passage | Listing]) -> tuple[Block, ...]:
    return tuple(part.block() if isinstance(part, Passage) else part.table for part in parts)


def _part_json(part: Passage | Listing) -> dict[str, Any]:
    if isinstance(part, Passage):
        return asdict(part)
    rows = [row.text if isinstance(row, Group) else list(row) for row in part.table.rows]
    return {**asdict(part), "table": {**asdict(replace(part.table, rows=())), "rows": rows}}


def _part(held: dict[str, Any]) -> Passage | Listing:
    if "pieces" in held:
        pieces = tuple(Piece(p["text"], _ref(p["ref"]), p["drafted"], p["reason"]) for p in held["pieces"])
        return Passage(held["level"], pieces, held["run_on"])
    table = held["table"]
    rows = tuple(Group(row) if isinstance(row, str) else tuple(row) for row in table["rows"])
    made = Table(
        tuple(table["head"]),
        rows,
        tuple(table["widths"]),
        table["caption"],
        tuple(table["left"]),
        table["landscape"],
        table["small"],
    )
    return Listing(held["name"], made, tuple(held["keys"]), tuple(held["states"]))


def _ref(held: dict[str, Any] | None) -> Ref | None:
    return None if held is None else Ref(held["name"], held["rule"], tuple(held["rows"]))
