"""From files to a plan in review: read apart, then everything is stored in one transaction or nothing is."""

import os
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from shutil import rmtree
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.db import transaction

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Denial
from luoshi.core.flow.plan import PLAN
from luoshi.intake.models import DraftItem
from luoshi.intake.reader import Received, UnreadableFile, read_files
from luoshi.intake.services.checking import store_check
from luoshi.journal.moves import Denied, Refused, move
from luoshi.ledger.models import Plan, SourceFile, SourceText, originals
from luoshi.org.queries import register

KINDS = {
    "actions": "action",
    "tasks": "task",
    "indicators": "indicator",
    "task_forces": "task_force",
    "mechanisms": "mechanism",
    "quotas": "quota",
}
LEFT_LYING = 300
MOST_CHARACTERS, MOST_ITEMS = 400_000, 6_000
"""What one page of review can hold: some seven times the longest known plan."""
NO_OWNER = {
    "code": "no-owner",
    "question": "这一项没有写明责任单位。请补上单位，或留待认领时确认。",
}


class AlreadyReceived(Refused):
    """The same file is already here, in `plan`."""

    def __init__(self, name: str, plan: Plan) -> None:
        super().__init__(f"“{name}”与《{plan.title}》的原文件完全相同，不必重复上传。请直接打开原来的方案。")
        self.plan = plan


def receive(files: Sequence[Received], actor: Actor) -> Plan:
    """Read the files of one plan and put it up for review.

    Raises UnreadableFile, AlreadyReceived, Denied (no post for it). On any failure nothing is kept.
    """
    if denial := may_receive(actor):
        raise Denied(denial.kind, denial.sentence)
    for file in files:
        _refuse_known(file, actor)
    bundle = read_files(files, register(actor.government_id))
    refuse_endless(bundle)
    kept: list[str] = []
    try:
        with transaction.atomic():
            for file in files:  # again: somebody may have stored it while this one was read
                _refuse_known(file, actor)
            plan = _store(files, bundle, actor, kept)
            move(plan, "read", actor, files=[file.name for file in files])
    except BaseException:
        for path in kept:
            originals().delete(path)
        raise
    return plan


def may_receive(actor: Actor) -> Denial | None:
    """Why this person may not put a plan up for review; None when they may."""
    verdict = PLAN.judge(Plan(government_id=actor.government_id, state="reading"), "read", actor)
    return verdict if isinstance(verdict, Denial) else None


def _refuse_known(file: Received, actor: Actor) -> None:
    known = (
        SourceFile.objects.filter(plan__government_id=actor.government_id, sha256=file.sha256)
        .exclude(plan__state="withdrawn")
        .select_related("plan")
        .first()
    )
    if known:
        raise AlreadyReceived(file.name, known.plan)


def refuse_endless(bundle: dict[str, Any]) -> None:
    """Raises UnreadableFile for a reading that no page could hold."""
    characters = len(bundle["source"]["text"])
    items = sum(len(bundle["plan"][key]) for key in KINDS)
    if characters > MOST_CHARACTERS or items > MOST_ITEMS:
        raise UnreadableFile(
            "too-long",
            f"这份材料有{characters}字、读出{items}条，一次最多核对{MOST_CHARACTERS}字、{MOST_ITEMS}条。请按章节拆成几份后分别上传。",
        )


def _store(files: Sequence[Received], bundle: dict[str, Any], actor: Actor, kept: list[str]) -> Plan:
    """Write all rows; `kept` collects the paths of the originals written to disk."""
    source, read = bundle["source"], bundle["plan"]
    plan = Plan.objects.create(
        government_id=actor.government_id,
        created_by=actor.name,
        **plan_fields(read["document"], files[0].name),
    )
    for order, file in enumerate(files):
        _keep_original(plan, order, file, source["format"], kept)
    SourceText.objects.create(
        plan=plan,
        outline=read["outline"],
        **{k: source[k] for k in ("text", "furniture", "grids", "pages", "notes")},
    )
    DraftItem.objects.bulk_create(_items(plan, read, source["text"]))
    store_check(plan, bundle["check"], actor)
    return plan


def plan_fields(document: dict[str, Any], name: str = "") -> dict[str, Any]:
    """The columns of Plan out of a document item; the file's name stands in for a missing title."""
    return {
        "title": (document.get("title") or name.rsplit(".", 1)[0])[:300],
        "number": (document.get("number") or "")[:100],
        "issuer": (document.get("issuer") or "")[:200],
        "date": date.fromisoformat(document["date"]) if document.get("date") else None,
        "year": document.get("year"),
    }


def _keep_original(plan: Plan, order: int, file: Received, format_: str, kept: list[str]) -> None:
    path = f"originals/{file.sha256[:2]}/{file.sha256}"
    if not originals().exists(path):
        _write(Path(originals().path(path)), file.data)
        kept.append(path)
    suffix = file.name.rsplit(".", 1)[-1].lower()[:10] if "." in file.name else format_
    SourceFile.objects.create(
        plan=plan, order=order, name=file.name[-255:], format=suffix, sha256=file.sha256, size=len(file.data), original=path
    )  # fmt: skip


def _write(place: Path, data: bytes) -> None:
    """The whole file or none: a server that dies half-way leaves no half under the name of the whole."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR, delete=False) as half:
        half.write(data)
    os.replace(half.name, place)


def sweep() -> int:
    """Remove what a server that died left lying: uploads half received, files whose plan was never stored. Asked at
    start; what is younger than `LEFT_LYING` seconds may belong to another server at work. Returns how many went."""
    incoming, kept = Path(settings.FILE_UPLOAD_TEMP_DIR), Path(originals().path("originals"))
    known = set(SourceFile.objects.values_list("sha256", flat=True))
    left = [*incoming.glob("*"), *(file for file in kept.glob("*/*") if file.name not in known)]
    gone = [path for path in left if path.stat().st_mtime < time.time() - LEFT_LYING]
    for path in gone:
        rmtree(path) if path.is_dir() else path.unlink()
    return len(gone)


def _items(plan: Plan, read: dict[str, Any], text: str) -> Iterator[DraftItem]:
    document = dict(read["document"])
    title = document.get("title") or ""
    at = max(text.find(title), 0)
    end = at + len(title) if text.startswith(title, at) else at
    doubts = document.pop("doubts", [])
    yield _item(plan, "document", document, (at, end), 0, doubts)
    for key, kind in KINDS.items():
        for order, entry in enumerate(read[key], 1):
            data = dict(entry)
            doubts = data.pop("doubts", [])
            if kind == "task":
                data.pop("lead"), data.pop("units")
                if not data["owners"] and all(d["code"] != NO_OWNER["code"] for d in doubts):
                    doubts = [*doubts, NO_OWNER]
            yield _item(plan, kind, data, (data.pop("start"), data.pop("end")), order, doubts)


def _item(
    plan: Plan,
    kind: str,
    data: dict[str, Any],
    place: tuple[int, int],
    order: int,
    doubts: list[dict[str, Any]],
) -> DraftItem:
    asked = [{"code": d["code"], "question": d["question"], "answer": None, "by": ""} for d in doubts]
    return DraftItem(plan=plan, kind=kind, data=data, start=place[0], end=place[1], order=order, doubts=asked)
