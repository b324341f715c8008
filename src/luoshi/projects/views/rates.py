"""四率 and 四比四提高: eight cards on any day, and the projects behind each."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Denied
from luoshi.org.actors import actor_of
from luoshi.org.forms.units import DayQuery
from luoshi.org.requests import Request
from luoshi.org.views.answers import attempt, form_page, posted
from luoshi.projects.forms import BidForm
from luoshi.projects.models import Bid
from luoshi.projects.queries import Rates, behind, lists, rates
from luoshi.projects.queries.books import rules_of
from luoshi.projects.queries.rates import NAMES
from luoshi.projects.services import listing
from luoshi.projects.sheets import lists as workbooks
from luoshi.ui.downloads import download

MEANT = {
    "registered": "签约后完成工商注册登记的项目占比。",
    "begun": "签约后已开工的项目占比。",
    "producing": "签约后已投产的项目占比。",
    "arrived": "到位资金占合同引资额的比例。",
    "won": "争取到的资金占上级下达总额的比例。",
    "due": "到期应开工的项目中已开工的占比。",
    "paid": "已支付资金占下达资金的比例。",
    "done": "累计完成投资占年度计划投资的比例。",
}


def _asked(request: HttpRequest, actor: Actor) -> Rates:
    today = timezone.localdate()
    day = min(DayQuery.said(request.GET.get("day", "")) or today, today)
    return rates(actor.government_id, day, request.GET.getlist("batch"), lists.visible(actor))


def _context(found: Rates) -> dict[str, Any]:
    past = found.day < timezone.localdate()
    query = [f"day={found.day.isoformat()}"] * past + [f"batch={batch}" for batch in found.chosen]
    return {"found": found, "past": past, "query": "&".join(query)}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The eight cards of a day and of some batches."""
    actor = lists.let_in(actor_of(request.user))
    found = _asked(request, actor)
    context = _context(found) | {
        "groups": [("项目四率", [(c, MEANT[c.slug]) for c in found.four_rates]), ("四比四提高", [(c, MEANT[c.slug]) for c in found.four_ratios])],
        "may_bid": listing.may_bid(actor, rules_of(actor.government_id)),
    }  # fmt: skip
    return render(request, "projects/rates.html", context)


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """The projects behind one rate: what each adds, what is left out and why."""
    actor = lists.let_in(actor_of(request.user))
    if slug not in NAMES:
        raise Http404
    found = _asked(request, actor)
    rows = behind(found, slug)
    context = _context(found) | {
        "card": next(card for card in found.cards if card.slug == slug),
        "meant": MEANT[slug],
        "counted": [row for row in rows if not row.why],
        "left_out": [row for row in rows if row.why],
        "bids": _bids(actor) if slug == "won" else (),
        "may_bid": slug == "won" and listing.may_bid(actor, rules_of(actor.government_id)),
    }
    return render(request, "projects/rate.html", context)


def _bids(actor: Actor) -> QuerySet[Bid]:
    return Bid.objects.filter(government=actor.government_id).order_by("-on", "-pk")


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """The projects behind one rate as a workbook; of 争资占比, what was won."""
    actor = lists.let_in(actor_of(request.user))
    if slug not in NAMES:
        raise Http404
    if slug == "won":
        return download(workbooks.bids(_bids(actor)), "争资情况")
    found = _asked(request, actor)
    card = next(card for card in found.cards if card.slug == slug)
    day = f"{found.day.year}年{found.day.month}月{found.day.day}日"
    return download(workbooks.rate(card, day, behind(found, slug)), card.rate.name)


@require_http_methods(["GET", "POST"])
def bid(request: Request) -> HttpResponse:
    """Write down what was won of what was handed out."""
    actor = lists.let_in(actor_of(request.user))
    if not listing.may_bid(actor, rules_of(actor.government_id)):
        raise Denied(
            "not_you",
            "争资情况由综合协调组（政府办）和填发改、财政账的单位登记，您目前的岗位不能办理，如有需要请与其联系。",
        )
    last = Bid.objects.filter(government=actor.government_id).order_by("on", "pk").last()
    initial = {"on": timezone.localdate()} | ({"won": last.won, "available": last.available} if last else {})
    form = BidForm(posted(request), initial=initial)

    def act() -> bool:
        said = form.cleaned_data
        listing.put_bid(said["on"], said["won"], said["available"], said["ground"], by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        messages.success(request, "已登记，争资占比率按新的数计算。")
        return redirect("projects:rate", "won")
    context = {
        "title": "登记争资情况", "lead": "上级同期下达的资金总额里，本地争取到多少。以后更正另登一笔，旧的留着。", "button": "登记",
        "back": reverse("projects:rates"), "crumb": "四率",
    }  # fmt: skip
    return form_page(request, form, context)
