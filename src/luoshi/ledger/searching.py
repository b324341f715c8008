"""查找: over everything that registered as a source. Portable: folded text and LIKE, the same on SQLite and PostgreSQL.

A room above adds what it has with `register(Source(...))` in a module that its AppConfig.ready imports (as ledger/apps.py
does with found.py), and calls `index` where it writes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When

from luoshi.core.flow.actor import Actor
from luoshi.core.searching import NEAR, Piece, excerpt, fold, pairs, terms
from luoshi.ledger.models import SearchText

MOST, MOST_ALIKE = 300, 40
"""Hits that can be paged through; who gets more should ask more narrowly. Of what is only alike, fewer are worth a look."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing as search shows it: its name, its words, where it is, and where its page is. `more` is found but not shown."""

    government_id: int
    title: str
    text: str
    place: str
    address: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of thing that can be found: `visible` gives the rows a person may see, with all that `entry` needs.

    `alike` tells whether likeness means anything: a long paper is like every question.
    """

    kind: str
    label: str
    visible: Callable[[Actor], "models.QuerySet[Any]"]
    entry: Callable[[Any], Entry]
    alike: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found, its name and an excerpt of its words with what was asked marked."""

    label: str
    title: list[Piece]
    words: list[Piece]
    place: str
    address: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: keys in order of fitness, how many of each kind; `near` when nothing has all words."""

    words: list[str]
    keys: list[tuple[str, int]]
    counts: dict[str, int]
    near: bool = False

    @property
    def cut(self) -> bool:
        """Whether there may be more."""
        return len(self.keys) >= MOST


_SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let search find this kind of thing."""
    _SOURCES[source.kind] = source


def sources() -> dict[str, str]:
    """Kind → what it is called."""
    return {kind: source.label for kind, source in _SOURCES.items()}


def index(kind: str, rows: Iterable[Any]) -> None:
    """Write down the words of these rows anew, in two statements. Call it in the transaction that wrote them."""
    texts = []
    for row in rows:
        entry = _SOURCES[kind].entry(row)
        head = fold(entry.title)
        body = "\n".join([head, fold(entry.text), fold(entry.more)])
        texts.append(
            SearchText(government_id=entry.government_id, kind=kind, object_id=row.pk, head=head, body=body)
        )
    SearchText.objects.bulk_create(
        texts,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["government", "head", "body"],
    )


def find(actor: Actor, question: str, kind: str = "") -> Found:
    """What this person may see that has all the words; else what is like them. One query, a second one for likeness."""
    words = terms(question)
    if not words:
        return Found([], [], {})
    seen = _visible(actor)
    whole = seen.filter(reduce(and_, (Q(body__contains=word) for word in words)))
    in_head = reduce(and_, (Q(head__contains=word) for word in words))
    some = reduce(or_, (Q(head__contains=word) for word in words))
    rank = Case(When(in_head, Value(2)), When(some, Value(1)), default=Value(0), output_field=IntegerField())
    keys = _keys(whole.annotate(rank=rank))
    if keys:
        return _found(words, keys, kind)
    near = pairs(words)
    if len(near) < 2:
        return Found(words, [], {})
    score = reduce(
        lambda sum_, pair: (
            sum_
            + Case(When(body__contains=pair, then=Value(1)), default=Value(0), output_field=IntegerField())
        ),
        near[1:],
        Case(When(body__contains=near[0], then=Value(1)), default=Value(0), output_field=IntegerField()),
    )
    short = [kind for kind, source in _SOURCES.items() if source.alike]
    alike = seen.filter(kind__in=short).annotate(rank=score).filter(rank__gte=max(2, round(NEAR * len(near))))
    return _found(near, _keys(alike)[:MOST_ALIKE], kind, near=True)


def _visible(actor: Actor) -> "models.QuerySet[SearchText]":
    """The texts of what this person may see, asked of each source."""
    mine = Q(pk__in=[])
    for kind, source in _SOURCES.items():
        mine |= Q(kind=kind, object_id__in=source.visible(actor).order_by().values("pk"))
    return SearchText.objects.filter(mine, government_id=actor.government_id)


def _keys(found: "models.QuerySet[SearchText]") -> list[tuple[str, int]]:
    """The fittest first, plans before what hangs on them, newer rows before older."""
    return list(found.order_by("-rank", "kind", "-object_id").values_list("kind", "object_id")[:MOST])


def _found(words: list[str], keys: list[tuple[str, int]], kind: str, near: bool = False) -> Found:
    counts: dict[str, int] = {}
    for name, _ in keys:
        counts[name] = counts.get(name, 0) + 1
    return Found(words, [key for key in keys if kind in ("", key[0])], counts, near)


def hits(actor: Actor, found: Found, keys: Iterable[tuple[str, int]]) -> list[Hit]:
    """The things behind some of the keys, in their order; one query for each kind among them."""
    wanted: dict[str, list[int]] = {}
    for kind, pk in keys:
        wanted.setdefault(kind, []).append(pk)
    rows = {
        (kind, row.pk): row
        for kind, pks in wanted.items()
        for row in _SOURCES[kind].visible(actor).filter(pk__in=pks)
    }
    return [_hit(_SOURCES[key[0]], rows[key], found.words) for key in keys if key in rows]


def _hit(source: Source, row: Any, words: list[str]) -> Hit:
    entry = source.entry(row)
    title = excerpt(entry.title, words, 80)
    return Hit(source.label, title, excerpt(entry.text, words), entry.place, entry.address)
