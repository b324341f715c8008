"""The agenda of a meeting, by exception: what the last meeting decided is read again first, then what is red, what turned
amber since, who is silent, what cannot be settled without this leader. What is in order is only counted.

The same rows give the same agenda, whatever order they come in. No clock: a row says itself how it stands.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Literal, Self

Section = Literal["again", "red", "amber", "silent", "blocked", "topics"]
SECTIONS: dict[Section, str] = {
    "again": "上次议定事项落实情况",
    "red": "亮红灯和逾期的事项",
    "amber": "比上次变差的事项",
    "silent": "没有报送的单位",
    "blocked": "需要会议协调的事项",
    "topics": "其他议题",
}
"""In this order they are taken up."""
Standing = Literal["late", "open", "answered", "ordered", "done", "dropped"]
_STANDINGS = ("late", "open", "answered", "ordered", "done", "dropped")
LEVELS = ("off", "waiting", "silent", "done", "ok", "near", "behind", "bad", "late")
"""Lights from the calmest to the worst (core.progress.rules)."""
RED, AMBER = ("bad", "late"), ("near", "behind")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the agenda. `key` leads to where it comes from ("indicator:12", "task:5", "decision:3", "order:7",
    "report:9", "sheet:4-31"); `stand` is the word shown for how it stands and `level` its slug; `weight` sorts within
    the section, heaviest first; `unit_id` is the unit that answers for it."""

    key: str
    title: str
    unit: str = ""
    unit_id: int = 0
    leader: str = ""
    level: str = ""
    stand: str = ""
    due: str = ""
    target: str = ""
    actual: str = ""
    gap: str = ""
    said: str = ""
    needs: str = ""
    receipt: str = ""
    weight: float = 0

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> Self:
        """Back from plain values."""
        return cls(**{field.name: held[field.name] for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class Lit:
    """A row with its light now and the one it had on the day of the last meeting ("" where nothing was lit)."""

    row: Row
    before: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Something its unit cannot settle alone. `leaders` are the leaders in charge of it, `named` whether its words name one."""

    row: Row
    leaders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the meeting might decide on a row, in words to be changed."""

    key: str
    text: str
    unit: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """The sections in their order (only those with rows), what was left out and how much, and what might be decided."""

    sections: tuple[tuple[Section, tuple[Row, ...]], ...]
    counts: tuple[tuple[str, int], ...]
    elsewhere: int
    proposals: tuple[Proposal, ...]

    def rows(self) -> Iterable[Row]:
        """All rows, in the order they are taken up."""
        for _, rows in self.sections:
            yield from rows

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "sections": [[slug, [asdict(row) for row in rows]] for slug, rows in self.sections],
            "counts": [list(count) for count in self.counts],
            "elsewhere": self.elsewhere,
            "proposals": [asdict(one) for one in self.proposals],
        }

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> Self:
        """Back from what `as_json` gave."""
        return cls(
            tuple((slug, tuple(Row.from_json(row) for row in rows)) for slug, rows in held["sections"]),
            tuple((word, n) for word, n in held["counts"]),
            held["elsewhere"],
            tuple(Proposal(**one) for one in held["proposals"]),
        )


def standing(state: str, due: date | None, day: date) -> Standing:
    """How a decision stands on a day: late when its day is over and nothing was answered.

    >>> standing("open", date(2026, 11, 20), date(2026, 11, 21)), standing("open", date(2026, 11, 21), date(2026, 11, 21))
    ('late', 'open')
    """
    if state == "open" and due is not None and due < day:
        return "late"
    return state if state in _STANDINGS else "open"  # type: ignore[return-value]


def worsened(level: str, before: str) -> bool:
    """Whether a light is worse than it was; one that was not lit before has not turned worse.

    >>> worsened("behind", "ok"), worsened("behind", "behind"), worsened("behind", "waiting"), worsened("ok", "bad")
    (True, False, False, False)
    """
    return before in LEVELS[3:] and LEVELS.index(level) > LEVELS.index(before)


def for_leader(leader: str, asked: Asked, everything: bool = False) -> bool:
    """Whether it needs this leader: its leaders in charge or its words name them, or it names nobody; all of it where the
    leader is in charge of `everything` (主要领导).

    >>> row = Row("order:1", "用地手续", needs="请陆县长协调市级部门")
    >>> for_leader("陆怀远", Asked(row, ("冯某",))), for_leader("陆怀远", Asked(row)), for_leader("陆怀远", Asked(row, ("陆怀远",)))
    (False, True, True)
    """
    if everything or (leader and leader in (*asked.leaders, asked.row.leader)):
        return True
    if leader and leader in asked.row.needs:
        return True
    return not asked.leaders and not asked.row.leader


def agenda(
    again: Iterable[Row] = (),
    lit: Iterable[Lit] = (),
    silent: Iterable[Row] = (),
    blocked: Iterable[Asked] = (),
    topics: Iterable[str] = (),
    leader: str = "",
    everything: bool = False,
) -> Agenda:
    """Everything in its place: sections in the order of SECTIONS, in each the heaviest first, then by unit, title and key."""
    lights, asked = list(lit), list(blocked)
    mine = [one.row for one in asked if for_leader(leader, one, everything)]
    held: dict[Section, list[Row]] = {
        "again": sorted(again, key=lambda row: (_STANDINGS.index(row.level), *_heaviest(row))),
        "red": sorted((one.row for one in lights if one.row.level in RED), key=_heaviest),
        "amber": sorted(
            (one.row for one in lights if one.row.level in AMBER and worsened(one.row.level, one.before)),
            key=_heaviest,
        ),
        "silent": sorted(silent, key=_heaviest),
        "blocked": sorted(mine, key=_heaviest),
        "topics": [Row(f"topic:{n}", text) for n, text in enumerate(topics, 1)],
    }
    sections = tuple((slug, tuple(held[slug])) for slug in SECTIONS if held[slug])
    tally = {word: sum(one.row.level in levels for one in lights) for word, levels in _COUNTED.items()}
    found = Agenda(sections, tuple(tally.items()), len(asked) - len(mine), ())
    return Agenda(found.sections, found.counts, found.elsewhere, tuple(_proposals(found)))


_COUNTED: dict[str, tuple[str, ...]] = {
    "红灯和逾期": RED,
    "黄灯和临期": AMBER,
    "达到序时和完成": ("ok", "done"),
    "未报数": ("silent",),
    "未到期和待下达": ("waiting", "off"),
}


def _heaviest(row: Row) -> tuple[float, str, str, str]:
    return -row.weight, row.unit, row.title, row.key


def _proposals(found: Agenda) -> Iterable[Proposal]:
    """One for everything somebody has to act on; what is done or handed over needs none."""
    for slug, rows in found.sections:
        for row in rows:
            words = _proposed(slug, row)
            if words:
                yield Proposal(row.key, words, row.unit, row.unit_id)


def _proposed(slug: Section, row: Row) -> str:
    title = row.title.rstrip("。")
    if slug == "again":
        return f"继续落实“{title}”" if row.level == "late" else ""
    if slug == "red":
        return f"查明“{title}”滞后的原因，提出补救措施"
    if slug == "silent":
        return "补报欠报的进展和数据"
    if slug == "blocked":
        return f"协调解决“{title}”"
    return title if slug == "topics" else ""
