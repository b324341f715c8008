"""Corrections of a reading. Each is one step: checked against the version seen, recorded, and can be taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.intake.doubts import OPEN_ENDED, kind_of
from luoshi.intake.drafting import drafted, path_at, quote_of
from luoshi.intake.models import DraftItem, Edit
from luoshi.intake.queries import items_of
from luoshi.intake.services.receiving import plan_fields
from luoshi.journal.moves import Refused, Stale, record
from luoshi.ledger.models import Plan

SNAPSHOT = ("kind", "data", "start", "end", "order", "status", "doubts")
ANSWERS = {"settled": "已核实", "left": "留待认领时确认"}


class Conflict(Stale):
    """Somebody changed `item` after it was shown; `yours` is what was not saved."""

    def __init__(self, item: DraftItem, yours: Mapping[str, Any] | None = None) -> None:
        when = timezone.localtime(item.edited_at).strftime("%H:%M") if item.edited_at else "刚才"
        who = item.edited_by or "别人"
        super().__init__(
            f"{who} {when} 改过“{item.name[:20]}”，您这一次的操作没有保存。请看过现在的内容后再办。"
        )
        self.item = item
        self.yours = yours


@dataclass
class Step:
    """One step in the making: what each touched item was before."""

    plan: Plan
    actor: Actor
    about: str
    changes: list[dict[str, Any]] = field(default_factory=list)

    def save(self, item: DraftItem, seen: int, yours: Mapping[str, Any] | None = None) -> None:
        """Write a changed item if it still has the version `seen`."""
        old = DraftItem.objects.get(pk=item.pk)
        if old.version != seen:
            raise Conflict(old, yours)
        values = {name: getattr(item, name) for name in SNAPSHOT}
        item.edited_by, item.edited_at, item.version = self.actor.name, timezone.now(), seen + 1
        rows = DraftItem.objects.filter(pk=item.pk, version=seen).update(
            **values, edited_by=item.edited_by, edited_at=item.edited_at, version=item.version
        )
        if not rows:
            raise Conflict(DraftItem.objects.get(pk=item.pk), yours)
        self.changes.append({"item": item.pk, "before": snapshot(old), "after": values})
        if item.kind == "document":
            Plan.objects.filter(pk=self.plan.pk).update(**plan_fields(item.data, self.plan.title))

    def add(self, item: DraftItem) -> None:
        item.edited_by, item.edited_at = self.actor.name, timezone.now()
        item.save(force_insert=True)
        self.changes.append({"item": item.pk, "before": None, "after": snapshot(item)})

    def finish(self) -> None:
        """Keep the step for undo, and tell the journal; the door refuses who may not correct, or a plan not in review."""
        record(self.plan, "correct", self.actor, {"count": len(self.changes)}, note=self.about)
        Edit.objects.create(
            plan=self.plan,
            person_id=self.actor.person_id,
            person_name=self.actor.name,
            at=timezone.now(),
            about=self.about[:200],
            changes=self.changes,
        )


def snapshot(item: DraftItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in SNAPSHOT}


def _about(verb: str, item: DraftItem) -> str:
    return f"{verb}{item.get_kind_display()}“{item.name[:30]}”"


@transaction.atomic
def edit_item(item: DraftItem, data: Mapping[str, Any], version: int, actor: Actor) -> DraftItem:
    """Replace the named fields; an edited item counts as looked at, so its open questions are settled."""
    step = Step(item.plan, actor, _about("修改", item))
    item.data = {**item.data, **data}
    _settle(item, "settled", actor)
    step.save(item, version, yours=data)
    step.finish()
    return item


def _settle(item: DraftItem, answer: str, actor: Actor, kind: str = "") -> None:
    """Answer the open questions, or those of one kind (doubts.py); an item without any left is confirmed."""
    item.doubts = [
        d
        if d.get("answer") or (kind and kind_of(d["code"]) != kind)
        else {**d, "answer": answer, "by": actor.name}
        for d in item.doubts
    ]
    if item.status == "open" and not item.open_doubts:
        item.status = "confirmed"


@transaction.atomic
def answer_doubt(item: DraftItem, number: int, answer: str, version: int, actor: Actor) -> DraftItem:
    """Settle one question (by its place in the list), or leave it expressly (`left`)."""
    if answer not in ANSWERS or not 0 <= number < len(item.doubts):
        raise Refused("请选择“已核实”或“留待认领时确认”。")
    step = Step(item.plan, actor, _about(f"{ANSWERS[answer]}：", item))
    doubts = [dict(d) for d in item.doubts]
    doubts[number].update(answer=answer, by=actor.name)
    item.doubts = doubts
    if not item.open_doubts and item.status == "open":
        item.status = "confirmed"
    step.save(item, version)
    step.finish()
    return item


@transaction.atomic
def confirm(items: Sequence[tuple[DraftItem, int]], actor: Actor, kind: str = "") -> None:
    """(item, version seen)…: right as read; settles their open questions, or only those of one kind."""
    _mark_all(items, actor, "确认", kind=kind)


@transaction.atomic
def leave(items: Sequence[tuple[DraftItem, int]], actor: Actor, kind: str = "") -> None:
    """Expressly leave these questions to whoever takes the task (留待认领时确认)."""
    _mark_all(items, actor, "留待认领时确认：", answer="left", kind=kind)


@transaction.atomic
def leave_open_lists(plan: Plan, actor: Actor) -> None:
    """Leave every question of the kind “who else stands behind 等” at once, whatever the versions."""
    items = [(item, item.version) for item in items_of(plan) if item.asks_for_more]
    _mark_all(items, actor, "留待认领时确认：", answer="left", kind=kind_of(OPEN_ENDED))


@transaction.atomic
def delete(items: Sequence[tuple[DraftItem, int]], actor: Actor) -> None:
    """Set items aside; they can be restored until adoption."""
    _mark_all(items, actor, "删除", status="deleted")


@transaction.atomic
def restore(items: Sequence[tuple[DraftItem, int]], actor: Actor) -> None:
    _mark_all(items, actor, "恢复", status="open")


def _mark_all(
    items: Sequence[tuple[DraftItem, int]],
    actor: Actor,
    verb: str,
    status: str = "",
    answer: str = "settled",
    kind: str = "",
) -> None:
    if not items:
        raise Refused("没有选中任何条目，请先勾选。")
    first = items[0][0]
    more = f"等{len(items)}条" if len(items) > 1 else ""
    step = Step(first.plan, actor, _about(verb, first) + more)
    for item, seen in items:
        if item.kind == "document" and status == "deleted":
            raise Refused("方案信息不能删除，如有不对请直接修改。")
        if status:
            item.status = status
        else:
            _settle(item, answer, actor, kind)
        step.save(item, seen)
    step.finish()


@transaction.atomic
def add_item(plan: Plan, kind: str, start: int, end: int, actor: Actor) -> DraftItem:
    """A new item from the selected text [start, end)."""
    source = plan.source
    if not 0 <= start < end <= len(source.text) or not source.text[start:end].strip():
        raise Refused("没有选中原文，请在左侧选中一段文字后再添加。")
    data = drafted(source.text, start, end, kind, path_at(source.outline, start))
    item = DraftItem(plan=plan, kind=kind, data=data, start=start, end=end)
    step = Step(plan, actor, _about("添加", item))
    step.add(item)
    step.finish()
    return item


@transaction.atomic
def split_item(item: DraftItem, at: int, version: int, actor: Actor) -> tuple[DraftItem, DraftItem]:
    """Cut in two at source offset `at`; each half takes its own words, and what the machine reads in them."""
    if not item.start < at < item.end:
        raise Refused("拆分的位置不在这一条的原文之内，请重新选择。")
    text = item.plan.source.text
    step = Step(item.plan, actor, _about("拆分", item))
    path = str(item.data.get("path") or "")
    new = DraftItem(
        plan=item.plan, kind=item.kind, start=at, end=item.end, order=item.order,
        data={**item.data, **drafted(text, at, item.end, item.kind, path)},
    )  # fmt: skip
    first = drafted(text, item.start, at, item.kind, path)
    if item.kind == "task" and not first["owners"]:
        first["owners"] = new.data["owners"] or item.data["owners"]
    for half in (first, new.data):
        half.update({key: item.data[key] for key in ("action", "form") if key in item.data})
    item.data, item.end = {**item.data, **first}, at
    step.save(item, version)
    step.add(new)
    step.finish()
    return item, new


@transaction.atomic
def merge_items(items: Sequence[tuple[DraftItem, int]], actor: Actor) -> DraftItem:
    """Several items of one kind become the first of them, over the whole stretch; units and leaders are united."""
    items = sorted(items, key=lambda pair: (pair[0].start, pair[0].pk))
    if len(items) < 2 or len({item.kind for item, _ in items}) > 1 or items[0][0].kind == "document":
        raise Refused("请勾选两条以上同一类的条目再合并。")
    (first, seen), rest = items[0], items[1:]
    step = Step(first.plan, actor, _about("合并", first) + f"等{len(items)}条")
    first.end = max(item.end for item, _ in items)
    first.doubts = [d for item, _ in items for d in item.doubts]
    for key in ("owners", "leaders", "conveners", "first_deputies", "deputies", "members"):
        if key in first.data:
            first.data = {**first.data, key: _united([item.data[key] for item, _ in items])}
    first.data = {**first.data, "quote": quote_of(first.plan.source.text, first.start, first.end, first.kind)}
    step.save(first, seen)
    for item, version in rest:
        item.status = "deleted"
        step.save(item, version)
    step.finish()
    return first


def _united(lists: Sequence[Sequence[Any]]) -> list[Any]:
    """All entries once, in order; owners are the same when their names are."""
    found: dict[str, Any] = {}
    for entry in (e for entries in lists for e in entries):
        found.setdefault(entry["name"] if isinstance(entry, dict) else entry, entry)
    return list(found.values())


@transaction.atomic
def undo(plan: Plan, actor: Actor) -> str:
    """Take back the actor's own last step on this plan; says which. Refused when others changed its items since."""
    edit = plan.edits.filter(person_id=actor.person_id, undone=False).first()
    if edit is None:
        raise Refused("没有可以撤销的修改。")
    for change in edit.changes:
        item = DraftItem.objects.get(pk=change["item"])
        if snapshot(item) != change["after"]:
            raise Refused(
                f"“{item.name[:20]}”此后又被{item.edited_by}改过，不能直接撤销“{edit.about}”。请打开这一条核对后修改。"
            )
        _put_back(item, change["before"], actor)
    Edit.objects.filter(pk=edit.pk).update(undone=True)
    record(plan, "correct", actor, {"count": len(edit.changes)}, note=f"撤销：{edit.about}")
    return edit.about


def _put_back(item: DraftItem, before: dict[str, Any] | None, actor: Actor) -> None:
    if before is None:
        item.delete()
        return
    rows = DraftItem.objects.filter(pk=item.pk, version=item.version).update(
        **before, edited_by=actor.name, edited_at=timezone.now(), version=item.version + 1
    )
    if not rows:
        raise Conflict(DraftItem.objects.get(pk=item.pk))
    if item.kind == "document":
        Plan.objects.filter(pk=item.plan_id).update(**plan_fields(before["data"], item.plan.title))
