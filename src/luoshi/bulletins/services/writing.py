"""Drafting a paper and working on its words. Every save names the version it saw; an older one is refused."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from luoshi.bulletins.gathering import gather
from luoshi.bulletins.models import Bulletin, Wording
from luoshi.bulletins.scores import Scored
from luoshi.core.flow.actor import Actor
from luoshi.core.flow.bulletin import BULLETIN, WORDING
from luoshi.core.writing.draft import Draft, Passage, Piece
from luoshi.core.writing.drafting import Particulars, check_template, draft
from luoshi.core.writing.editing import retyped, with_passages
from luoshi.core.writing.facts import Decision, Facts, Meeting, Order
from luoshi.core.writing.kinds import KINDS
from luoshi.core.writing.template import TemplateError
from luoshi.journal.moves import Refused, Stale, demand, record
from luoshi.ledger.models import Plan
from luoshi.meetings.models import KINDS as KIND_NAMES
from luoshi.meetings.models import Meeting as Held

WHOLE = ("breakdown",)  # papers about the tasks themselves: they say all that the plan says of each


@dataclass(frozen=True, slots=True)
class Asked:
    """What a paper is to be about. `unit_id` narrows the facts to one unit (letters), `of_meeting` is what minutes are of,
    `scored` the score sheet of a 考核结果通报."""

    plan: Plan
    kind: str
    period: str
    as_of: dt.date
    unit_id: int | None = None
    unit_name: str = ""
    issuer: str = "office"
    to_governments: bool = True
    approval: str = ""
    authority: str = ""
    meeting: Meeting = field(default_factory=Meeting)
    order: Order = field(default_factory=Order)
    decisions: tuple[Decision, ...] = ()
    next_steps: tuple[str, ...] = ()
    corrects: Bulletin | None = None
    of_meeting: Held | None = None
    scored: Scored | None = None


def template_of(government_id: int, kind: str) -> str:
    """The county's wording of a kind, else the one that comes with luoshi."""
    own = Wording.objects.filter(government_id=government_id, kind=kind).first()
    return own.text if own else KINDS[kind].template


def proposed(asked: Asked) -> Particulars:
    """Head, receivers and signature as they are usual; all may be changed."""
    county = asked.plan.government.name
    office = f"{county}人民政府办公室"
    layout = KINDS[asked.kind].layout
    marks = {"file": f"{office}文件", "letter": office, "minutes": f"{county}人民政府专题会议纪要"}
    if asked.of_meeting:
        marks["minutes"] = f"{county}人民政府{KIND_NAMES[asked.of_meeting.kind].removesuffix('议')}议纪要"
    brief = "专报" if asked.kind == "special" else "工作简报"
    return Particulars(
        mark=marks.get(layout, f"{county}重点任务{brief}"),
        to=asked.unit_name if layout == "letter" else "各乡镇人民政府，县直各单位",
        signature=office,
        compiler=office,
        printer=office if layout != "letter" else "",
        copies=("报：县委、县政府领导", "发：各乡镇人民政府，县直各单位") if layout == "brief" else (),
    )


@transaction.atomic
def start(asked: Asked, by: Actor) -> Bulletin:
    """Draft a paper from the ledger as it stands. Raises Denied, or Refused when there is nothing to write about."""
    government = asked.plan.government_id
    demand(BULLETIN, Bulletin(government_id=government), "draft", by)
    if asked.corrects:
        demand(BULLETIN, asked.corrects, "correct", by, "更正")
    facts, words = _drafted(asked, government)
    bulletin = Bulletin.objects.create(
        government_id=government,
        plan=asked.plan,
        kind=asked.kind,
        title=words.title[:300],
        period=asked.period,
        as_of=asked.as_of,
        issuer=asked.issuer,
        to_governments=asked.to_governments,
        approval=asked.approval,
        authority=asked.authority,
        facts=facts.as_json(),
        draft=words.as_json(),
        particulars=proposed(asked).as_json(),
        editors=[by.person_id],
        created_by=by.name,
        corrects=asked.corrects,
        meeting=asked.of_meeting,
    )
    kept = {}
    if asked.scored:
        sheet = facts.sheet
        name = f"bulletins/{sheet.sha256}.{'xls' if sheet.name.lower().endswith('.xls') else 'xlsx'}"
        bulletin.score_file.save(name, ContentFile(asked.scored.data), save=False)
        Bulletin.objects.filter(pk=bulletin.pk).update(score_file=bulletin.score_file.name)
        kept = {"得分表": ["", f"{sheet.name}（校验值{sheet.sha256[:12]}）"]}
    record(bulletin, "draft", by, kept)
    return bulletin


def _drafted(asked: Asked, government: int) -> tuple[Facts, Draft]:
    found = gather(asked.plan, asked.period, asked.as_of, asked.unit_id, whole=asked.kind in WHOLE)
    facts = replace(
        found,
        meeting=asked.meeting,
        order=asked.order,
        decisions=asked.decisions,
        next_steps=asked.next_steps,
    )
    if asked.kind == "assessment":
        if asked.scored is None:
            raise Refused("还没有考核结果，不能起草考核结果通报。请上传得分表。")
        if asked.scored.faults:
            raise Refused(f"得分表有{len(asked.scored.faults)}处要改正，改正后才能起草。")
        facts = replace(facts, scores=asked.scored.scores, sheet=asked.scored.sheet)
    return facts, _worded(asked.kind, facts, template_of(government, asked.kind))


def _worded(kind: str, facts: Facts, template: str) -> Draft:
    try:
        return draft(kind, facts, template)
    except TemplateError as wrong:
        raise Refused(wrong.sentence) from wrong


def _save(bulletin: Bulletin, version: int, by: Actor, **columns: Any) -> None:
    """Write columns of a draft that nobody has touched since `version`. Raises Stale."""
    editors = list(dict.fromkeys((*bulletin.editors, by.person_id)))
    values = {**columns, "editors": editors, "version": version + 1}
    rows = Bulletin.objects.filter(pk=bulletin.pk, version=version, state="draft")
    if not rows.update(**values):
        raise Stale("这件公文刚刚已被他人修改，请刷新页面后再改，您输入的内容可以先复制下来。")
    for name, value in values.items():
        setattr(bulletin, name, value)
    bulletin.__dict__.pop("words", None)
    bulletin.__dict__.pop("known", None)
    bulletin.__dict__.pop("flaws", None)


@transaction.atomic
def refresh(bulletin: Bulletin, version: int, note: str, by: Actor) -> None:
    """Draft anew from the ledger of today, and lose what was typed: hence the reason."""
    record(bulletin, "refresh", by, {}, note)
    old = bulletin.known
    unit_id = _unit_id(bulletin, old.order.to)
    found = gather(bulletin.plan, bulletin.period, bulletin.as_of, unit_id, whole=bulletin.kind in WHOLE)
    facts = replace(
        found,
        meeting=old.meeting,
        order=old.order,
        decisions=old.decisions,
        next_steps=old.next_steps,
        scores=old.scores,
        sheet=old.sheet,
    )
    words = _worded(bulletin.kind, facts, template_of(bulletin.government_id, bulletin.kind))
    _save(bulletin, version, by, facts=facts.as_json(), draft=words.as_json(), title=words.title[:300])


def _unit_id(bulletin: Bulletin, name: str) -> int | None:
    if not name:
        return None
    units = bulletin.plan.government.units.filter(full_name=name).values_list("pk", flat=True)
    return units.first()


@transaction.atomic
def retype(bulletin: Bulletin, at: int, text: str, reason: str, version: int, by: Actor) -> None:
    """Put a paragraph as a person typed it. What became of its numbers goes into the journal."""
    passages = list(bulletin.words.passages())
    if not 0 <= at < len(passages):
        raise Stale("这一段刚刚已被删去，请刷新页面后再看。")
    if len(text) > 10_000:
        raise Refused("这一段超过10000字，请分段或精简。")
    before = passages[at]
    after = retyped(before, text, reason)
    said = "\n".join(part.text for part in after)
    record(bulletin, "edit", by, {f"第{at + 1}段": [before.text[:500], said[:500]]}, reason)
    _save(bulletin, version, by, draft=with_passages(bulletin.words, at, after).as_json())


@transaction.atomic
def add_passage(bulletin: Bulletin, text: str, version: int, by: Actor) -> None:
    """A paragraph at the end of the text."""
    words = bulletin.words
    fresh = retyped(Passage(0, (Piece(""),)), text)
    if not fresh:
        raise Refused("请先写下要添加的文字。")
    record(bulletin, "edit", by, {"添加": ["", text[:500]]})
    _save(bulletin, version, by, draft=replace(words, parts=(*words.parts, *fresh)).as_json())


@transaction.atomic
def set_particulars(
    bulletin: Bulletin, title: str, columns: Mapping[str, Any], given: Particulars, version: int, by: Actor
) -> None:
    """Title, head, receivers, signature, imprint, and what the rules of 行文 ask for."""
    old = {
        **bulletin.particulars,
        "title": bulletin.title,
        **{name: getattr(bulletin, name) for name in columns},
    }
    new = {**given.as_json(), "title": title, **columns}
    changes = {
        LABELS.get(name, name): [_said(old.get(name)), _said(value)]
        for name, value in new.items()
        if name != "number" and old.get(name) != value
    }
    if not changes:
        return
    record(bulletin, "edit", by, changes)
    words = replace(bulletin.words, title=title)
    _save(bulletin, version, by, particulars=given.as_json(), title=title, draft=words.as_json(), **columns)


LABELS = {
    "mark": "发文机关标志",
    "to": "主送机关",
    "signer": "签发人",
    "urgency": "紧急程度",
    "signature": "署名",
    "dated": "成文日期",
    "sealed": "是否盖章",
    "note": "附注",
    "compiler": "编印单位",
    "copies": "抄送",
    "printer": "印发机关",
    "print_run": "印发份数",
    "overleaf": "版记放在偶数页",
    "title": "标题",
    "issuer": "发文主体",
    "to_governments": "发给乡镇政府",
    "approval": "批准依据",
    "authority": "督查授权",
}


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list) else str(value or "")


@transaction.atomic
def save_wording(government_id: int, kind: str, text: str, version: int, by: Actor) -> None:
    """Keep the county's own template. Raises Refused with the line of a mistake, Stale for an older version."""
    held = Wording.objects.filter(government_id=government_id, kind=kind).first()
    demand(WORDING, held or Wording(government_id=government_id, kind=kind), "edit", by)
    try:
        check_template(text)
    except TemplateError as wrong:
        raise Refused(wrong.sentence) from wrong
    if held is None:
        made = Wording(government_id=government_id, kind=kind, text=text, edited_by=by.name)
        made.save()
        record(made, "edit", by, {"版本": [0, 1]})
        return
    if not Wording.objects.filter(pk=held.pk, version=version).update(
        text=text, version=version + 1, edited_by=by.name
    ):
        raise Stale("模板刚刚已被他人修改，请刷新页面后再改。")
    record(held, "edit", by, {"版本": [version, version + 1]})
