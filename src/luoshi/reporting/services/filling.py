"""Filling in a row. Who writes over words that they have not seen is told, with both versions; nothing is lost."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.report import FILLABLE, REPORT
from luoshi.journal.moves import Refused, Stale, demand
from luoshi.reporting.content import (
    LABELS,
    Content,
    columns_of_number,
    columns_of_words,
    in_words,
)
from luoshi.reporting.models import Figure, Report
from luoshi.reporting.queries.sheets import Line, fresh_content


class Conflict(Stale):
    """Somebody wrote the row after it was shown: `theirs` is what stands there, `yours` what was not saved."""

    def __init__(self, report: Report, yours: Content, theirs: Content) -> None:
        when = timezone.localtime(report.filled_at).strftime("%H:%M") if report.filled_at else "刚才"
        super().__init__(
            f"{report.filled_by or '他人'}{when}改过这一行，您的改动没有覆盖上去。请看两处不同，改好后再保存一次。"
        )
        self.report = report
        self.yours = yours
        self.theirs = theirs

    def differences(self, names: dict[int, str]) -> list[tuple[str, str, str]]:
        """(field, yours, theirs) where the two differ; figures by the name of their indicator."""
        return differences(self.yours, self.theirs, names)


def differences(yours: Content, theirs: Content, names: dict[int, str]) -> list[tuple[str, str, str]]:
    """(field, yours, theirs) where two versions of a row differ."""
    found = [
        (LABELS[name], in_words(name, text), in_words(name, theirs.words[name]))
        for name, text in yours.words.items()
        if text != theirs.words[name]
    ]
    for pk, said in yours.numbers.items():
        other = theirs.numbers.get(pk, said)
        label = names.get(pk, "指标")
        found += [
            (f"{label}：{LABELS[name]}", in_words(name, text), in_words(name, other[name]))
            for name, text in said.items()
            if text != other[name]
        ]
    return found


@transaction.atomic
def fill(report: Report, said: Content, version: int, *, by: Actor) -> bool:
    """Write a row as its fields say, if it still has the version that was seen. Returns whether anything was written.

    Raises Conflict, Denied. A figure confirmed as odd is asked about again when its number changes.
    """
    demand(REPORT, report, "fill", by)
    now = Report.objects.select_for_update().get(pk=report.pk)
    content, figures = fresh_content(now)
    for figure in figures:
        mine, theirs = said.numbers.get(figure.pk), content.numbers[figure.pk]
        if mine and mine["value"] != theirs["value"]:
            mine["sure"] = ""
    if now.filled_at is not None and said.digest == content.digest:
        return False
    if now.version != version:
        raise Conflict(now, said, content)
    write(now, said, figures, by)
    report.version, report.filled_at, report.filled_by = now.version, now.filled_at, now.filled_by
    return True


def write(
    report: Report, said: Content, figures: Sequence[Figure], by: Actor, unchanged: bool = False
) -> None:
    """Store the fields of a row whose version has just been looked at. Raises Stale when it moved meanwhile."""
    now = timezone.now()
    rows = Report.objects.filter(pk=report.pk, version=report.version, state__in=FILLABLE).update(
        **columns_of_words(said.words),
        unchanged=unchanged,
        filled_by=by.name,
        filled_at=now,
        version=report.version + 1,
    )
    if not rows:
        raise Stale
    for figure in figures:
        mine = said.numbers.get(figure.pk)
        if mine:
            Figure.objects.filter(pk=figure.pk).update(**columns_of_number(mine))
    report.version, report.filled_by, report.filled_at = report.version + 1, by.name, now


@transaction.atomic
def confirm_unchanged(lines: Sequence[Line], *, by: Actor) -> int:
    """无变化: take the last words and figures over as they were, for many rows at once. Returns how many.

    Raises Refused where there is nothing to take over, Denied.
    """
    for line in lines:
        demand(REPORT, line.report, "fill", by)
        if not line.may_repeat:
            raise Refused(f"“{str(line.report)[:20]}”没有上期可以沿用，请填写后保存。")
    for line in lines:
        content = Content(dict(line.shown.words), {pk: dict(said) for pk, said in line.shown.numbers.items()})
        if line.last is not None:
            content.words |= {
                "percent": "" if line.last.percent is None else str(line.last.percent),
                "done": "",
            }
        for cell in line.cells:
            content.numbers[cell.figure.pk]["sure"] = "1"
        write(line.report, content, [cell.figure for cell in line.cells], by, unchanged=True)
    return len(lines)
