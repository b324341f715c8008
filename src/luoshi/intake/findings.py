"""What the pages read about the findings of a plan: beside the text, by kind, by part of the paper."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from luoshi.core.check.findings import SEVERITIES
from luoshi.intake.models import FINDING_KINDS, DraftItem, PlanCheck, PlanFinding
from luoshi.ledger.models import Plan, SourceText
from luoshi.ledger.paper import Mark

WAIVED = "waived"
MOST_PLACES = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Another place of a finding; `key` names it among the marks."""

    key: str
    start: int
    quote: str
    note: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding on a list: where it stands, its other places (the first `MOST_PLACES`, `more` beyond them), the item it
    stands in; `shown` is what the filter says."""

    row: PlanFinding
    place: str
    others: tuple[Place, ...]
    item: DraftItem | None
    shown: bool

    @property
    def more(self) -> int:
        return len(self.row.others) - len(self.others)

    @property
    def source(self) -> str:
        """Where its rule comes from, in words for the reader of the page."""
        return self.row.rule.source


@dataclass(frozen=True, slots=True)
class Sift:
    """What the address asks for: a severity (or WAIVED) and a kind; "" asks nothing."""

    severity: str = ""
    kind: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Sift":
        severity, kind = query.get("severity", ""), query.get("kind", "")
        return cls(
            severity if severity in (*SEVERITIES, WAIVED) else "", kind if kind in FINDING_KINDS else ""
        )

    def wants(self, row: PlanFinding) -> bool:
        if self.kind not in ("", row.kind):
            return False
        return bool(row.waived_at) if self.severity == WAIVED else self.severity in ("", row.severity)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each severity are open, and how many are waived."""

    error: int = 0
    warning: int = 0
    hint: int = 0
    waived: int = 0

    @property
    def open(self) -> int:
        return self.error + self.warning + self.hint

    @property
    def shares(self) -> tuple[tuple[str, str, int], ...]:
        """(slug, word, number) of each severity."""
        return tuple((slug, word, getattr(self, slug)) for slug, word in SEVERITIES.items())


@dataclass(frozen=True, slots=True)
class Flag:
    """Open findings in an item: how many, the gravest severity, the key of the first."""

    count: int
    severity: str
    key: str


def check_of(plan: Plan) -> PlanCheck | None:
    """The last check, without the shape that only a further check needs."""
    return PlanCheck.objects.filter(plan=plan).defer("shape").first()


def findings_of(plan: Plan) -> list[PlanFinding]:
    """All findings in the order of the text, waived ones too, in one query."""
    return list(PlanFinding.objects.filter(plan=plan))


def count(findings: Iterable[PlanFinding]) -> Counts:
    found = Counter(WAIVED if row.waived_at else row.severity for row in findings)
    return Counts(**{name: found[name] for name in (*SEVERITIES, WAIVED)})


def reasons(findings: Iterable[PlanFinding]) -> list[str]:
    """Reasons given so far, to choose from."""
    return list(dict.fromkeys(row.waive_reason for row in findings if row.waive_reason))


def kinds_in(findings: Iterable[PlanFinding]) -> list[tuple[str, str, int]]:
    """(slug, words, number) of the kinds that occur, in the order of the catalogue."""
    found = Counter(row.kind for row in findings)
    return [(slug, words, found[slug]) for slug, words in FINDING_KINDS.items() if found[slug]]


def finding_lines(
    source: SourceText, findings: Sequence[PlanFinding], items: list[DraftItem], sift: Sift = Sift()
) -> list[FindingLine]:
    """The findings as lists show them."""
    found = tied(findings, items)
    return [
        FindingLine(row, place_of(source, row), places(row), found.get(row.pk), sift.wants(row))
        for row in findings
    ]


def place_of(source: SourceText, row: PlanFinding) -> str:
    """The outline path, else the line of the text (from 1)."""
    return row.path or f"第{source.text.count(chr(10), 0, row.start) + 1}行"


def places(row: PlanFinding) -> tuple[Place, ...]:
    """The other places that lists show and the source marks."""
    return tuple(
        Place(f"o{row.pk}.{n}", other["start"], other["quote"], other["note"])
        for n, other in enumerate(row.others[:MOST_PLACES])
    )


def tied(findings: Iterable[PlanFinding], items: list[DraftItem]) -> dict[int, DraftItem]:
    """Finding → the shortest live item whose words hold the finding's beginning. One sweep over both."""
    waiting = sorted(
        (item for item in items if item.kind != "document" and item.status != "deleted"),
        key=lambda item: item.start,
        reverse=True,
    )
    around: list[DraftItem] = []
    found = {}
    for row in sorted(findings, key=lambda row: row.start):
        while waiting and waiting[-1].start <= row.start:
            around.append(waiting.pop())
        around = [item for item in around if item.end > row.start]
        if around:
            found[row.pk] = min(around, key=lambda item: item.end - item.start)
    return found


def flags(findings: Sequence[PlanFinding], items: list[DraftItem]) -> dict[int, Flag]:
    """Item → what is open in it."""
    order: list[str] = list(SEVERITIES)
    inside: dict[int, list[PlanFinding]] = {}
    found = tied(findings, items)
    for row in findings:
        if row.pk in found and not row.waived_at:
            inside.setdefault(found[row.pk].pk, []).append(row)
    return {
        pk: Flag(len(rows), min((r.severity for r in rows), key=order.index), rows[0].key)
        for pk, rows in inside.items()
    }


def finding_marks(findings: Iterable[PlanFinding]) -> list[Mark]:
    """The places of all findings and of what they point at. What hints point at, and all about waived ones, is quiet."""
    marks = []
    for row in findings:
        told = f"{row.get_severity_display()}：{row.title}"
        kind = f"finding {WAIVED if row.waived_at else row.severity}"
        other_kind = "other quiet" if row.waived_at or row.severity == "hint" else "other"
        marks.append(Mark(row.start, row.end, kind, row.key, "" if row.waived_at else told))
        for place, other in zip(places(row), row.others, strict=False):
            marks.append(Mark(other["start"], other["end"], other_kind, place.key))
    return marks
