"""检查: the findings of a plan are stored, renewed, and waived with a reason, through the one door."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from luoshi.core.check.findings import SEVERITIES
from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Denial
from luoshi.intake.models import PlanCheck, PlanFinding
from luoshi.intake.reader import UnreadableFile, check_again
from luoshi.journal.moves import Denied, Refused, Stale, record
from luoshi.ledger.models import Plan
from luoshi.org.queries import register
from luoshi.ui.templatetags.ui import moment

CHECKED = ("complete", "knows_units", "left_out", "body", "whole")
FOUND = ("code", "severity", "start", "end", "quote", "message", "path", "others", "mend", "order")
REASON = PlanFinding._meta.get_field("waive_reason").max_length
NOT_FINISHED = "检查没有做完，页面上仍是上一次检查的结果。请稍后再按“重新检查”，仍不行请联系系统管理员。"


def store_check(plan: Plan, check: Mapping[str, Any], actor: Actor) -> None:
    """Write the first check of a plan: the worker's `check`, with its findings."""
    told = {name: check[name] for name in (*CHECKED, "shape")}
    PlanCheck.objects.create(plan=plan, at=timezone.now(), by=actor.name, **told)
    PlanFinding.objects.bulk_create(PlanFinding(plan=plan, **row) for row in _rows(check["findings"]))


def _rows(findings: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Columns of PlanFinding out of core.check.export.as_defects."""
    for order, finding in enumerate(findings, 1):
        yield {
            "code": finding["code"],
            "severity": finding["severity"],
            "start": finding["start"],
            "end": finding["end"],
            "quote": finding["quote"][:200],
            "message": finding["note"],
            "path": finding["path"][:200],
            "others": finding["others"],
            "mend": finding["mend"],
            "order": order,
        }


def recheck(plan: Plan, actor: Actor) -> dict[str, int]:
    """Run the checks again on the stored text, with the register as it now is; returns how many of each severity.

    A finding that is still there keeps its waiver. Raises Denied, Stale (another check came between), Refused.
    """
    verdict = plan.life.judge(plan, "recheck", actor)
    if isinstance(verdict, Denial):
        raise Denied(verdict.kind, verdict.sentence)
    before = PlanCheck.objects.filter(plan=plan).first()
    try:
        check = check_again(_stored(plan, before), register(plan.government_id))
    except UnreadableFile as error:
        raise Refused(NOT_FINISHED) from error
    if not check["complete"]:
        raise Refused(NOT_FINISHED)
    rows = list(_rows(check["findings"]))
    counts = {word: sum(row["severity"] == slug for row in rows) for slug, word in SEVERITIES.items()}
    with transaction.atomic():
        _renew_check(plan, before, check, actor)
        _renew_findings(plan, rows)
        note = "、".join(f"{word}{n}处" for word, n in counts.items())
        record(plan, "recheck", actor, {"count": len(rows)}, note=f"查出{note}")
    return counts


def _stored(plan: Plan, before: PlanCheck | None) -> dict[str, Any]:
    """The text for the worker; one read before there were checks has lost its real tables and is taken as plain text."""
    source = plan.source
    plain = {"name": plan.title, "format": "txt", "tables": [], "parts": []}
    shape = before.shape if before and before.shape else plain
    return {"text": source.text, "furniture": source.furniture, "pages": source.pages, **shape}


def _renew_check(plan: Plan, before: PlanCheck | None, check: Mapping[str, Any], actor: Actor) -> None:
    told = {name: check[name] for name in CHECKED} | {"at": timezone.now(), "by": actor.name}
    if before is None:
        PlanCheck.objects.create(plan=plan, **told)
        return
    seen = PlanCheck.objects.filter(pk=before.pk, version=before.version)
    if not seen.update(version=before.version + 1, **told):
        now = PlanCheck.objects.get(pk=before.pk)
        raise Stale(
            f"{now.by} {moment(now.at)} 刚刚重新检查过，您这一次的结果没有保存。请刷新页面看现在的结果。"
        )


def _renew_findings(plan: Plan, rows: Sequence[dict[str, Any]]) -> None:
    """Rows that are found again stay the rows they were (with their waiver), new ones are added, the rest goes."""
    old = list(PlanFinding.objects.filter(plan=plan))
    pairs = _same(old, rows)
    for i, finding in pairs.items():
        for name in FOUND:
            setattr(finding, name, rows[i][name])
    PlanFinding.objects.bulk_update(pairs.values(), FOUND, batch_size=200)
    PlanFinding.objects.filter(plan=plan).exclude(pk__in=[f.pk for f in pairs.values()]).delete()
    PlanFinding.objects.bulk_create(
        PlanFinding(plan=plan, **row) for i, row in enumerate(rows) if i not in pairs
    )


def _same(old: Sequence[PlanFinding], rows: Sequence[dict[str, Any]]) -> dict[int, PlanFinding]:
    """Row number → the finding it was: the same rule at the same place (message first, where a rule says several things
    of one place), else the same rule on the same words, in order."""
    pairs: dict[int, PlanFinding] = {}
    for names in (("code", "start", "end", "message"), ("code", "start", "end"), ("code", "quote")):
        taken = {finding.pk for finding in pairs.values()}
        waiting: dict[tuple[Any, ...], list[PlanFinding]] = {}
        for finding in old:
            if finding.pk not in taken:
                waiting.setdefault(tuple(getattr(finding, n) for n in names), []).append(finding)
        for i, row in enumerate(rows):
            if i not in pairs and (queue := waiting.get(tuple(row[n] for n in names))):
                pairs[i] = queue.pop(0)
    return pairs


@transaction.atomic
def waive(plan: Plan, numbers: Sequence[int], reason: str, actor: Actor) -> None:
    """These findings stay as they are, for one reason. All or none. Raises Denied (no reason, no post), Stale."""
    reason = reason.strip()
    if len(reason) > REASON:
        raise Refused(f"理由最多{REASON}字，现在有{len(reason)}字。请写短一些。")
    found = _asked(plan, numbers, "waive", actor, reason)
    if done := next((finding for finding in found if finding.waived_at), None):
        raise Stale(
            f"{done.waived_by} {moment(done.waived_at)} 已把“{done.title}”标为不改（{done.waive_reason}），您这一次没有保存。请看过后再办。"
        )
    rows = PlanFinding.objects.filter(pk__in=[f.pk for f in found], waived_at__isnull=True)
    changed = rows.update(waived_by=actor.name, waived_at=timezone.now(), waive_reason=reason)
    _tell(plan, "waive", found, changed, actor, f"：{reason}")


@transaction.atomic
def unwaive(plan: Plan, numbers: Sequence[int], actor: Actor) -> None:
    """These findings count again. All or none. Raises Denied, Stale."""
    found = _asked(plan, numbers, "unwaive", actor)
    if open_ := next((finding for finding in found if not finding.waived_at), None):
        raise Stale(f"“{open_.title}”现在没有标为不改，不必取消。请刷新页面看现在的情况。")
    rows = PlanFinding.objects.filter(pk__in=[f.pk for f in found], waived_at__isnull=False)
    changed = rows.update(waived_by="", waived_at=None, waive_reason="")
    _tell(plan, "unwaive", found, changed, actor)


def _asked(plan: Plan, numbers: Sequence[int], verb: str, actor: Actor, note: str = "") -> list[PlanFinding]:
    """The findings asked for, of this plan, when the table lets this person do it."""
    verdict = plan.life.judge(plan, verb, actor, note)
    if isinstance(verdict, Denial):
        raise Denied(verdict.kind, verdict.sentence)
    if not numbers:
        raise Refused("没有选中任何一处，请先勾选。")
    asked = set(numbers)
    found = [finding for finding in PlanFinding.objects.filter(plan=plan) if finding.pk in asked]
    if len(found) < len(asked):
        raise _gone(plan)
    return found


def _gone(plan: Plan) -> Stale:
    check = PlanCheck.objects.filter(plan=plan).first()
    who = f"{check.by} {moment(check.at)} 检查过，" if check else ""
    return Stale(f"{who}您选的已不在现在的结果里，这一次没有保存。请刷新页面看现在的结果。")


def _tell(
    plan: Plan, verb: str, found: Sequence[PlanFinding], changed: int, actor: Actor, why: str = ""
) -> None:
    """One event for all of them."""
    if changed < len(found):
        raise Stale
    first = found[0]
    more = f"等{len(found)}处" if len(found) > 1 else ""
    note = f"{first.title}“{first.quote[:30]}”{more}{why}"
    record(plan, verb, actor, {"count": len(found)}, note=note)
