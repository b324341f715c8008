"""会议: the list, making one, one meeting's page, its pack."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.core.flow.actor import BUSINESS_POSTS, Actor
from luoshi.core.flow.meeting import MEETING, OFFICES
from luoshi.core.workdays import national
from luoshi.core.writing.pdf import NoPdf
from luoshi.journal.moves import Denied, Refused, demand, move
from luoshi.journal.queries import histories
from luoshi.meetings import excel, paper
from luoshi.meetings.forms import FreezeForm, MarkForm, MeetingForm, initial_of, next_day
from luoshi.meetings.gathering import previous
from luoshi.meetings.models import KINDS, Decision, Meeting, Pack
from luoshi.meetings.queries import lists
from luoshi.meetings.queries.one import decisions_of, meeting_for, parts_of, sees_whole, whole_meeting
from luoshi.meetings.services import preparing
from luoshi.meetings.services.keeping import duties_of
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request
from luoshi.org.views.answers import attempt, form_page, page_of, posted, told
from luoshi.supervision.forms import NoForm, NoteForm
from luoshi.ui.downloads import download

PER_PAGE = 30
UNSAID = "（待填）"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def may_prepare(actor: Actor) -> bool:
    """Whether this person prepares meetings."""
    return actor.holds(*OFFICES)


@require_safe
def index(request: Request) -> HttpResponse:
    """Meetings ahead, over and cancelled."""
    actor = _let_in(request)
    counts = lists.counts(actor)
    group, kind = _asked(request, counts)
    page = page_of(request, lists.find_meetings(actor, group, kind), PER_PAGE)
    context = {
        "page": page,
        "group": group,
        "kind": kind if kind in KINDS else "",
        "kinds": KINDS,
        "tabs": [(slug, word, counts[slug]) for slug, word in lists.GROUPS.items()],
        "tally": lists.decision_counts(actor),
        "may_prepare": may_prepare(actor),
    }
    return render(request, "meetings/index.html", context)


def _let_in(request: Request) -> Actor:
    """Who asks for the list; raises Denied for those who keep the system."""
    actor = actor_of(request.user)
    if not actor.holds(*BUSINESS_POSTS):
        raise Denied("not_you", "会议由业务岗位的人员查看，您目前的岗位不能查看，如有需要请联系政府办。")
    return actor


def _asked(request: Request, counts: dict[str, int]) -> tuple[str, str]:
    """The tab and the kind of meetings that the address asks for."""
    asked = request.GET.get("group", "")
    first = "ahead" if counts["ahead"] or not counts["over"] else "over"
    return asked if asked in lists.GROUPS else first, request.GET.get("kind", "")


@require_safe
def export(request: Request) -> HttpResponse:
    """The meetings of a tab as a workbook."""
    actor = _let_in(request)
    group, kind = _asked(request, lists.counts(actor))
    word = lists.GROUPS[group]
    return download(excel.meetings(lists.find_meetings(actor, group, kind), word), f"会议{word}")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """筹备会议, filled in from the last of its kind."""
    actor = actor_of(request.user)
    if not may_prepare(actor):
        demand(MEETING, Meeting(government_id=actor.government_id), "create", actor)
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else "dispatch"
    form = MeetingForm(posted(request), actor=actor, initial=_from_last(actor, kind))

    def act() -> Meeting:
        return preparing.create(form.draft(), by=actor)

    if request.method == "POST" and (made := attempt(form, act)):
        messages.success(request, "已筹备，定材料后可以下载会议材料。")
        return redirect("meetings:meeting", made.pk)
    context = {"title": "筹备会议", "kinds": KINDS, "kind": kind, "back": reverse("meetings:index")}
    return form_page(request, form, context, "meetings/edit.html")


def _from_last(actor: Actor, kind: str) -> dict[str, Any]:
    """What the form shows at first: the last meeting of the kind, on the day that comes next."""
    today = timezone.localdate()
    rows = Meeting.objects.whole_to(actor).filter(kind=kind).exclude(state="cancelled")
    last, before = [*rows.order_by("-day", "-pk")[:2], None, None][:2]
    day = national().on_or_after(next_day(last, before, today))
    initial = initial_of(last) if last else {"plans": []}
    title = f"{day.year}年{day.month}月重点任务{KINDS[kind]}"
    return {**initial, "kind": kind, "day": day, "title": title, "topics": ""}


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a meeting before it begins."""
    actor = actor_of(request.user)
    meeting = whole_meeting(actor, pk)
    demand(MEETING, meeting, "edit", actor)
    form = MeetingForm(posted(request), actor=actor, initial=initial_of(meeting))

    def act() -> bool:
        preparing.edit(meeting, form.draft(), by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        if meeting.state == "packed":
            messages.warning(request, "会议安排已改，材料还是原来的。需要时请重新定材料。")
        return redirect("meetings:meeting", pk)
    context = {"title": "修改会议安排", "meeting": meeting, "back": reverse("meetings:meeting", args=[pk])}
    return form_page(request, form, context, "meetings/edit.html")


@require_safe
def meeting(request: Request, pk: int) -> HttpResponse:
    """One meeting: what it is, its agenda, what it decided, what may be done."""
    actor = actor_of(request.user)
    found = meeting_for(actor, pk)
    whole = sees_whole(actor, found)
    pack = found.packs.last() if found.is_packed else None
    units = None if whole else [unit for unit in (actor.unit_id, *actor.below) if unit is not None]
    decisions = list(decisions_of(actor, found))
    found.loose = sum(one.state == "noted" and one.is_loose and bool(one.text.strip()) for one in decisions)
    offers = {offer.move.verb: offer for offer in MEETING.offers(found, actor)}
    attended = list(found.units.order_by("rank", "pk"))
    events = histories([found], 40)
    context = {
        "meeting": found,
        "whole": whole,
        "pack": pack,
        "parts": parts_of(pack, actor, units) if pack else [],
        "notes": [m for m in found.marks.all() if not m.key] if whole else [],
        "decisions": decisions,
        "tally": _tally(decisions),
        "offers": offers,
        "steps": [offers[verb] for verb in ("freeze", "hold", "close") if verb in offers],
        "side": [offers[verb] for verb in ("refreeze", "resume", "cancel") if verb in offers],
        "units": attended,
        "plans": list(found.plans.order_by("pk")),
        "packs": list(found.packs.defer("text").order_by("-number")) if whole else [],
        "previous": previous(found) if whole else None,
        "duties": duties_of(found).visible_to(actor).filter(kept_on=found.held_on, state="kept")
        if found.held_on
        else (),
        "papers": found.papers.visible_to(actor)
        .exclude(state="withdrawn")
        .only("pk", "title", "state", "number"),
        "may_draft": found.state in ("held", "closed") and actor.holds("office", "force_office"),
        "events": events if whole else [],
        "reason": events[0].note if found.state == "cancelled" and events else "",
    }
    return render(request, "meetings/meeting.html", context)


def _tally(decisions: list[Decision]) -> str:
    """How the decisions stand, in words."""
    words: dict[str, int] = {}
    for one in decisions:
        words[one.word] = words.get(one.word, 0) + 1
    return "，".join(f"{word}{n}条" for word, n in words.items())


# Steps


@dataclass(frozen=True, slots=True)
class Step:
    """A verb of a meeting: `act(meeting, note, actor)`; what its page says, what is told when it is done."""

    act: Callable[[Meeting, str, Actor], object]
    lead: str
    told: str
    note: str = ""


STEPS: dict[str, Step] = {
    "hold": Step(
        lambda m, note, by: preparing.hold(m, by=by),
        "开会后进入记录页，边开边记议定事项。",
        "会议已开始，请边开边记。",
    ),
    "close": Step(
        lambda m, note, by: preparing.close(m, by=by),
        "结束后，写明责任单位和期限的议定事项开始跟踪，责任单位在“待我办”里看到。",
        "会议已结束，议定事项已发给责任单位。",
    ),
    "resume": Step(
        lambda m, note, by: move(m, "resume", by, note),
        "补记漏记的议定事项，已经在办的不受影响。补完再结束一次。",
        "可以补记了，补完请再结束会议。",
        "请写明为什么补记。",
    ),
    "cancel": Step(
        lambda m, note, by: move(m, "cancel", by, note),
        "取消后参会单位会看到理由。",
        "会议已取消。",
        "请写明为什么取消。",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, pk: int, verb: str) -> HttpResponse:
    """A step of a meeting's life."""
    actor = actor_of(request.user)
    found = meeting_for(actor, pk)
    if verb not in STEPS:
        raise Http404
    does = STEPS[verb]
    if verb == "close":
        noted = Decision.objects.filter(meeting=found, state="noted").exclude(text="")
        found.loose = sum(one.is_loose for one in noted if one.text.strip())
    row = demand(MEETING, found, verb, actor, UNSAID)
    data = posted(request)
    form: django_forms.Form = NoteForm(data, label="理由", required=does.note) if does.note else NoForm(data)

    def act() -> bool:
        does.act(found, form.cleaned_data.get("note", ""), actor)
        return True

    if request.method == "POST" and attempt(form, act):
        messages.success(request, does.told)
        return redirect("meetings:live" if verb in ("hold", "resume") else "meetings:meeting", pk)
    return form_page(request, form, _page(found, row.label, does.lead))


def _page(found: Meeting, title: str, lead: str) -> dict[str, Any]:
    return {
        "title": f"{title}：{found.title}",
        "lead": lead,
        "button": title,
        "back": reverse("meetings:meeting", args=[found.pk]),
        "crumb": found.title,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: Request, pk: int) -> HttpResponse:
    """定材料, or once more with a reason."""
    actor = actor_of(request.user)
    found = meeting_for(actor, pk)
    verb = "freeze" if found.state == "planned" else "refreeze"
    row = demand(MEETING, found, verb, actor, UNSAID)
    form = FreezeForm(posted(request), again=verb == "refreeze", initial={"as_of": _as_of(found)})

    def act() -> Pack:
        said = form.cleaned_data
        return preparing.freeze(found, said["as_of"], said.get("note", ""), by=actor)

    if request.method == "POST" and (pack := attempt(form, act)):
        messages.success(request, f"材料已定（{pack}），内容从此不变，可以下载。")
        return redirect("meetings:meeting", pk)
    lead = "按这一天的台账、填报和督办情况汇总材料，定下后内容不再变；开会前还可以重新定，原稿保留。"
    return form_page(request, form, _page(found, row.label, lead))


def _as_of(found: Meeting) -> dt.date:
    """The day proposed for the data: today, or the day of a meeting that is over."""
    return min(timezone.localdate(), found.day)


@require_POST
def mark(request: Request, pk: int) -> HttpResponse:
    """A leader notes something on the pack."""
    actor = actor_of(request.user)
    found = meeting_for(actor, pk)
    demand(MEETING, found, "mark", actor)
    form = MarkForm(request.POST)

    def act() -> object:
        return preparing.mark(found, form.cleaned_data["key"], form.cleaned_data["text"], by=actor)

    if attempt(form, act) is None:
        return told(request, form, "meetings:meeting", pk)
    messages.success(request, "已批注，筹备人员看得到。")
    return redirect("meetings:meeting", pk)


# The pack's files


def _pack(request: Request, pk: int) -> Pack:
    """The pack in force, or the one the address asks for."""
    found = whole_meeting(actor_of(request.user), pk)
    number = request.GET.get("number", "")
    packs = found.packs.filter(number=int(number)) if number.isdecimal() and len(number) < 5 else found.packs
    pack = packs.order_by("number").last()
    if pack is None:
        raise Refused("会议材料还没有定，请先定材料再下载。")
    return pack


@require_safe
def pack_pdf(request: Request, pk: int) -> HttpResponse:
    """The pack as one PDF."""
    pack = _pack(request, pk)
    try:
        content = paper.printed(pack)
    except NoPdf as reason:
        raise Refused(reason.sentence) from reason
    return _file(content, "application/pdf", pack, "pdf")


@require_safe
def pack_docx(request: Request, pk: int) -> HttpResponse:
    """The pack for Word and WPS."""
    pack = _pack(request, pk)
    return _file(paper.word(pack), WORD, pack, "docx")


@require_safe
def pack_json(request: Request, pk: int) -> HttpResponse:
    """The pack as it was frozen, byte by byte."""
    pack = _pack(request, pk)
    return _file(pack.text.encode(), "application/json", pack, "json")


def _file(content: bytes, kind: str, pack: Pack, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    name = f"{pack.held['title']}会议材料（{pack}）.{ending}"
    answer["Content-Disposition"] = content_disposition_header(ending != "pdf", name) or ""
    return answer
