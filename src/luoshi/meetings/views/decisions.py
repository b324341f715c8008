"""议定事项: the list, one decision with what was said, and every verb of its life."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.core.flow.actor import BUSINESS_POSTS, Actor
from luoshi.core.flow.decision import DECISION
from luoshi.journal.moves import Denied, demand
from luoshi.journal.queries import history
from luoshi.meetings import excel
from luoshi.meetings.forms import AnswerForm, PutOffForm, SuperviseForm
from luoshi.meetings.models import Answer, Decision
from luoshi.meetings.queries import lists
from luoshi.meetings.queries.one import decision_for, sees_whole
from luoshi.meetings.services import following
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request
from luoshi.org.views.answers import attempt, form_page, page_of, posted
from luoshi.supervision.deeds import Deed, with_note
from luoshi.supervision.models import Order
from luoshi.ui.downloads import download

PER_PAGE = 50
UNSAID = "（待填）"
APART = ("note", "strike", "track", "state", "report")
"""Verbs without a button of their own: those of the record, and progress, which shares its page with 报办结."""


def _answer(one: Decision, form: Any, by: Actor) -> object:
    said = form.cleaned_data
    act = following.answer if said["how"] == AnswerForm.DONE else following.report
    return act(one, said["text"], by=by)


DEEDS: dict[str, Deed] = {
    "answer": Deed(_answer, "一句话写清楚就行，办成的由政府办或专班办公室确认。", "已反馈。", AnswerForm),
    "take_back": Deed(lambda d, f, by: following.take_back(d, by=by), "撤回后可以改好再报。", "已撤回反馈。"),
    "accept": Deed(lambda d, f, by: following.accept(d, by=by), "确认后不再跟踪。", "已确认办结。"),
    "send_back": Deed(
        lambda d, f, by: following.send_back(d, f.cleaned_data["note"], by=by),
        "退回后责任单位继续办理，期限不变。",
        "已退回继续办。",
        **with_note("还差什么", "请写明还差什么、要补什么。"),
    ),
    "put_off": Deed(
        lambda d, f, by: following.put_off(d, f.cleaned_data["due"], f.cleaned_data["note"], by=by),
        "延期次数记在这一条上，下次会议会读到。",
        "已延期。",
        PutOffForm,
    ),
    "supervise": Deed(
        lambda d, f, by: following.supervise(d, by=by, sure=f.cleaned_data["sure"]),
        "转为督办后在督办事项里立项、交办、核验，这里不再跟踪。",
        "已转督办，请补充立项内容并报审。",
        SuperviseForm,
    ),
    "drop": Deed(
        lambda d, f, by: following.drop(d, f.cleaned_data["note"], by=by),
        "不再办理的写明为什么，下次会议会读到。",
        "已标为不再办理。",
        **with_note("理由", "请写明为什么不再办理。"),
    ),
}


def _last_said(one: Decision) -> dict[str, str]:
    """What the unit said last, to be changed rather than typed anew."""
    said = [answer.text for answer in one.answers.all() if answer.kind in (Answer.REPORT, Answer.DONE)]
    return {"text": said[0]} if said else {}


@require_safe
def index(request: Request) -> HttpResponse:
    """Decisions by tab and filter; what is late first."""
    actor, counts, filters = _asked(request)
    page = page_of(request, lists.find_decisions(actor, filters), PER_PAGE)
    context: dict[str, Any] = {"filters": filters, "page": page}
    if request.htmx:
        return render(request, "meetings/_decisions.html", context)
    context |= {
        "tabs": [(slug, word, counts[slug]) for slug, word in lists.TABS.items()],
        "counts": counts,
        "units": lists.units_asked(actor),
    }
    return render(request, "meetings/decisions.html", context)


def _asked(request: Request) -> tuple[Actor, dict[str, int], lists.Filters]:
    """Who asks, how many decisions stand on each tab, and which are asked for; raises Denied for those who keep the system."""
    actor = actor_of(request.user)
    if not actor.holds(*BUSINESS_POSTS):
        raise Denied("not_you", "议定事项由业务岗位的人员查看，您目前的岗位不能查看，如有需要请联系政府办。")
    counts = lists.decision_counts(actor)
    first = next((tab for tab in lists.TABS if counts[tab]), "all")
    return actor, counts, lists.Filters.of(request.GET.dict(), first)


@require_safe
def export(request: Request) -> HttpResponse:
    """The decisions as filtered, as a workbook."""
    actor, _, filters = _asked(request)
    word = lists.TABS[filters.tab]
    return download(excel.decisions(lists.find_decisions(actor, filters), word), f"议定事项{word}")


@require_safe
def decision(request: Request, pk: int) -> HttpResponse:
    """One decision: what, who, until when, what was said, what may be done."""
    actor = actor_of(request.user)
    one = decision_for(actor, pk)
    offers = [offer for offer in DECISION.offers(one, actor) if offer.move.verb not in APART]
    context = {
        "decision": one,
        "offers": offers,
        "order": _order(actor, one),
        "may_open": sees_whole(actor, one.meeting)
        or one.meeting.units.filter(pk=actor.unit_id or 0).exists(),
        "events": history(one, 40),
    }
    return render(request, "meetings/decision.html", context)


def _order(actor: Actor, one: Decision) -> Order | None:
    """The order it became, where the actor may see that."""
    if one.order_id is None:
        return None
    found: Order | None = Order.objects.visible_to(actor).filter(decisions=one).first()
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """A verb of a decision: its page, and doing it."""
    actor = actor_of(request.user)
    one = decision_for(actor, pk)
    deed = DEEDS.get(verb)
    if deed is None:
        raise Http404
    row = demand(DECISION, one, verb, actor, UNSAID)
    initial = _last_said(one) if verb == "answer" else {}
    form = deed.form(posted(request), initial=initial, **(deed.arguments or {}))

    def do() -> bool:
        deed.act(one, form, actor)
        return True

    if request.method == "POST" and attempt(form, do):
        messages.success(request, deed.told)
        if verb == "supervise" and one.order_id:
            return redirect("supervision:order", one.order_id)
        return redirect("meetings:decision", pk)
    label = "反馈" if verb == "answer" else row.label
    context = {
        "title": f"{label}：{one}",
        "lead": deed.lead,
        "button": label,
        "back": reverse("meetings:decision", args=[pk]),
        "crumb": "议定事项",
    }
    return form_page(request, form, context)
