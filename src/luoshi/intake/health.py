"""方案健康: how a paper stands, counted by kind and by part, with every finding in its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.core.check.findings import SEVERITIES
from luoshi.intake.findings import Counts, FindingLine, count, finding_lines, findings_of, kinds_in
from luoshi.intake.models import DraftItem, PlanFinding
from luoshi.intake.queries import items_of
from luoshi.ledger.models import Plan, SourceText

OPENING = "标题和前言"
TOO_LONG = "paper-long"


@dataclass(frozen=True, slots=True)
class Share:
    """One kind, or one part of the paper, with its counts."""

    label: str
    slug: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Group:
    """The open findings of one kind, the gravest first."""

    label: str
    slug: str
    lines: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class Health:
    """All that the page shows."""

    counts: Counts
    kinds: tuple[Share, ...]
    parts: tuple[Share, ...]
    groups: tuple[Group, ...]
    waived: tuple[FindingLine, ...]
    too_long: bool

    @property
    def sentence(self) -> str:
        return standing(self.counts)


def standing(counts: Counts) -> str:
    """How a paper stands, in one sentence.

    >>> standing(Counts(warning=2, waived=1))
    '没有错误，有2处警告请逐处看过。另有1处已写明不改。'
    """
    told = [f"{counts.error}处错误要改"] if counts.error else []
    told += [f"{counts.warning}处警告请逐处看过"] if counts.warning else []
    told += [f"{counts.hint}处提示供参考"] if counts.hint else []
    if told:
        sound = "没有错误，" if not counts.error and counts.warning else ""
        sound = "没有错误和警告，" if not counts.error and not counts.warning else sound
        words = f"{sound}有{'，'.join(told)}。"
    else:
        words = "没有查出要改的问题。"
    return words + (f"另有{counts.waived}处已写明不改。" if counts.waived else "")


def health_of(plan: Plan) -> Health:
    """The summary of one plan, in two queries."""
    findings, items = findings_of(plan), items_of(plan)
    lines = finding_lines(plan.source, findings, items)
    order: list[str] = list(SEVERITIES)
    open_ = [line for line in lines if not line.row.waived_at]
    open_.sort(key=lambda line: order.index(line.row.severity))
    groups = tuple(
        Group(label, slug, tuple(line for line in open_ if line.row.kind == slug))
        for slug, label, _ in kinds_in(line.row for line in open_)
    )
    return Health(
        counts=count(findings),
        kinds=tuple(Share(g.label, g.slug, count(line.row for line in g.lines)) for g in groups),
        parts=parts_of(plan.source, findings, items),
        groups=groups,
        waived=tuple(line for line in lines if line.row.waived_at),
        too_long=any(row.code == TOO_LONG for row in findings),
    )


def parts_of(
    source: SourceText, findings: Sequence[PlanFinding], items: list[DraftItem]
) -> tuple[Share, ...]:
    """Counts per chapter and annex, and per action inside a chapter where something was found there, in the order of
    the text."""
    labels = {s["path"]: f"{s['path']}　{s['heading']}" for s in source.outline if "/" not in s["path"]}
    actions = {
        i.data["path"]: i.name for i in items if i.kind == "action" and i.status != "deleted" and i.data.get("path")
    }  # fmt: skip
    labels |= {path: name for path, name in actions.items() if path not in labels}
    inside: dict[str, list[PlanFinding]] = {"": []}
    for section in source.outline:
        if section["path"] in labels:
            inside.setdefault(section["path"], [])
    for row in findings:
        inside.setdefault(_part(row.path, labels), []).append(row)
    return tuple(
        Share(labels.get(path, OPENING), path, count(rows))
        for path, rows in inside.items()
        if rows or (path and "/" not in path)
    )


def _part(path: str, labels: dict[str, str]) -> str:
    """The longest beginning of a path that is a part by itself.

    >>> _part("二/(一)/3", {"二": "", "二/(一)": ""})
    '二/(一)'
    """
    while path and path not in labels:
        path = path.rpartition("/")[0]
    return path
