"""对账: opened for a fortnight, each book filled in by its own, differences settled by a person with words, closed and frozen."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.project import RECONCILIATION
from luoshi.core.periods import Length, period_on
from luoshi.core.workdays import national
from luoshi.journal.moves import Refused, demand, move, move_all, record
from luoshi.projects.amounts import BadAmount, amount_of
from luoshi.projects.models import Entry, Reconciliation, Settlement
from luoshi.projects.models.books import BOOKS, MEASURES
from luoshi.projects.queries.books import Gap, Line, Matching, matching, rules_of

LONGEST = {"stage": 200, "note": 200}
DUE_IN = 3
"""Working days after the end of a fortnight in which the books are filled in."""


def period_for(rhythm: str, day: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the fortnight (旬, 月) in which a day lies."""
    length: Length = "旬" if rhythm == "旬" else "月" if rhythm == "月" else "双周"
    period = period_on(length, day)
    return period.start, period.end


@transaction.atomic
def open_books(day: dt.date, due: dt.date, *, by: Actor) -> Reconciliation:
    """Ask all three books for the fortnight in which `day` lies. Raises Denied, Refused."""
    rules = rules_of(by.government_id)
    since, until = period_for(rules.rhythm, day)
    made = Reconciliation(
        government_id=by.government_id, rhythm=rules.rhythm, since=since, until=until, due=due,
        planning_unit=rules.planning_unit, finance_unit=rules.finance_unit, tolerance=rules.tolerance, opened_by=by.name,
    )  # fmt: skip
    demand(RECONCILIATION, made, "open", by)
    if not (rules.planning_unit_id and rules.finance_unit_id):
        raise Refused("还没有定发改、财政的账由哪个单位填，请先到“设置”中选定。")
    if since > timezone.localdate():
        raise Refused("这一期还没有开始，请选择已经开始的一期。")
    if due < since:
        raise Refused("截止日期早于这一期的第一天，请重新选择。")
    rows = Reconciliation.objects.filter(government_id=by.government_id)
    if waiting := rows.filter(state="open").first():
        raise Refused(f"{waiting.label}还没有关账，请先关账再发起下一期。")
    if later := rows.filter(until__gte=since).first():
        raise Refused(f"这一期与{later.label}重叠，请选择以后的一期。")
    if before := rows.first():
        made.carried = before.left
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Refused("这一期刚刚已由他人发起，请刷新页面后再看。") from error
    record(made, "open", by, {"until": [None, until.isoformat()], "due": [None, due.isoformat()]})
    return made


def proposed_due(until: dt.date) -> dt.date:
    """The day the books are due, working days counted."""
    return national().add(until, DUE_IN)


@dataclass(frozen=True, slots=True)
class Typed:
    """What one row of a sheet says."""

    values: Mapping[str, Decimal | None]
    stage: str
    note: str
    unchanged: bool = False


def read_line(line: Line, data: Mapping[str, str]) -> Typed | None:
    """What was typed into a row; None when nothing differs from what it showed. What is wrong is put into line.errors."""
    line.typed = {name: data.get(name, line.shown[name]).strip() for name in (*line.fields, "note")}
    if line.typed == line.shown:
        return None
    values: dict[str, Decimal | None] = {}
    for name in line.project.asks(line.book):
        try:
            values[name] = amount_of(line.typed[name])
        except BadAmount as reason:
            line.errors[name] = reason.sentence
    for name, most in LONGEST.items():
        if len(line.typed.get(name, "")) > most or "\0" in line.typed.get(name, ""):
            line.errors[name] = f"请写在{most}个字以内。"
    if not line.errors:
        _doubt(line, values)
    return Typed(values, line.typed.get("stage", ""), line.typed["note"])


def _doubt(line: Line, values: Mapping[str, Decimal | None]) -> None:
    """A running total that falls, or a number that is taken away, wants a word; so does more paid than arrived."""
    if line.typed["note"]:
        return
    for name, value in values.items():
        before = getattr(line.last, name) if line.last else None
        if before is not None and (value is None or value < before):
            line.errors[name] = (
                f"{MEASURES[name]}是累计数，比上期（{before:f}万元）少，请核对；确实如此的请在说明中写明原因。"
            )
    paid, arrived = values.get("paid"), values.get("arrived")
    if paid is not None and arrived is not None and paid > arrived and "paid" not in line.errors:
        line.errors["paid"] = "已支付比到位资金多，请核对；确实如此的请在说明中写明原因。"


@transaction.atomic
def fill(reconciliation: Reconciliation, book: str, rows: Sequence[tuple[Line, Typed]], *, by: Actor) -> int:
    """Write rows into a book: each a new entry, the old ones kept. Raises Denied, Stale."""
    demand(RECONCILIATION, reconciliation, f"fill_{book}", by)
    if not rows:
        return 0
    changes = {line.project.pk: _changes(line, typed) for line, typed in rows}
    if book == "owner":
        move_all([line.project for line, _ in rows], "report", by, data=changes)
    record(reconciliation, f"fill_{book}", by, {"entries": [None, f"{len(rows)}个项目"]})
    Entry.objects.bulk_create(
        Entry(
            reconciliation=reconciliation, project=line.project, book=book, stage=typed.stage, note=typed.note, unchanged=typed.unchanged,
            person_id=by.person_id, person_name=by.name, unit_name=by.unit_name, **typed.values,
        )
        for line, typed in rows
    )  # fmt: skip
    return len(rows)


def _changes(line: Line, typed: Typed) -> dict[str, Any]:
    """An event of what became what; 无变化 says only that."""
    if typed.unchanged:
        return {"unchanged": True}
    before = line.now or line.last
    said = {name: (getattr(before, name) if before else None, value) for name, value in typed.values.items()}
    found: dict[str, Any] = {
        MEASURES[name]: [None if old is None else f"{old:f}", "" if new is None else f"{new:f}"]
        for name, (old, new) in said.items()
        if old != new
    }
    if typed.stage != (before.stage if before else ""):
        found["形象进度"] = [before.stage if before else "", typed.stage]
    return found


def confirm_unchanged(reconciliation: Reconciliation, book: str, lines: Sequence[Line], *, by: Actor) -> int:
    """无变化: last fortnight's numbers stand, for many projects in one press. Raises Denied, Refused."""
    fresh = [line for line in lines if line.now is None]
    bare = [line.project.name for line in fresh if line.last is None]
    if bare:
        raise Refused(f"“{bare[0]}”上期没有数，不能确认无变化，请填写。")
    rows = []
    for line in fresh:
        assert line.last is not None
        values = {name: getattr(line.last, name) for name in line.project.asks(book)}
        rows.append((line, Typed(values, line.last.stage, "", True)))
    return fill(reconciliation, book, rows, by=by)


@transaction.atomic
def settle(reconciliation: Reconciliation, gap: Gap, stands: str, words: str, *, by: Actor) -> Settlement:
    """A person's word on a difference, and whose number stands ("" for neither). Raises Denied, Refused."""
    if stands and not gap.said.get(stands):
        raise Refused(f"{BOOKS.get(stands, '这一方')}没有报这个数，不能以它为准。")
    record(reconciliation, "settle", by, {"settlements": [gap.sentence, words]}, words)
    return Settlement.objects.create(
        reconciliation=reconciliation, project=gap.project, measure=gap.measure, said=gap.said, stands=stands,
        value=Decimal(gap.said[stands]) if stands else None, words=words,
        person_id=by.person_id, person_name=by.name, unit_name=by.unit_name,
    )  # fmt: skip


@transaction.atomic
def close(reconciliation: Reconciliation, *, by: Actor) -> Matching:
    """Nobody changes it any more; what is not settled is carried to the next. Raises Denied while nobody has reported anything."""
    found = matching(reconciliation)
    reconciliation.empty = int(not any(found.reported.values()))
    left = [
        {
            "project": gap.project.pk,
            "measure": gap.measure,
            "said": gap.said,
            "since": gap.since,
            "sentence": gap.sentence,
        }
        for gap in found.open
    ]
    text = frozen(found)
    move(reconciliation, "close", by, left=[None, f"{len(left)}处"])
    reconciliation.left, reconciliation.text = left, text
    reconciliation.sha256 = hashlib.sha256(text.encode()).hexdigest()
    reconciliation.closed_at = timezone.now()
    reconciliation.save(update_fields=["left", "text", "sha256", "closed_at"])
    return found


def frozen(found: Matching) -> str:
    """All that a fortnight says, as canonical JSON: keys sorted, no spaces, numbers as text."""
    row = found.reconciliation
    entries: dict[tuple[int, str], dict[str, Any]] = {}
    for entry in row.entries.select_related("project").order_by("pk"):
        values = {name: None if value is None else f"{value:.2f}" for name, value in entry.values.items()}
        entries[entry.project_id, entry.book] = {
            "number": entry.project.number, "project": entry.project.name, "book": entry.book, "stage": entry.stage, "note": entry.note,
            "by": entry.person_name, **values,
        }  # fmt: skip
    said = {
        "since": row.since.isoformat(),
        "until": row.until.isoformat(),
        "tolerance": f"{row.tolerance:.2f}",
        "entries": [entries[key] for key in sorted(entries)],
        "differences": [_kept(gap) for gap in found.gaps],
        "lacking": [gap.sentence for gap in found.lacking],
        "unreported": {book: [p.name for p in rows] for book, rows in found.unreported.items()},
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _kept(gap: Gap) -> dict[str, Any]:
    one = gap.settlement
    settled = {"words": one.words, "stands": one.stands, "by": one.person_name} if one else None
    return {"sentence": gap.sentence, "since": gap.since, "said": gap.said, "settled": settled}
