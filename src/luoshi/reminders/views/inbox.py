"""我的提醒: what was told to this person, and how they want it told; and the office's press (催报)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.core.flow.actor import BUSINESS_POSTS
from luoshi.core.flow.reminding import WISH
from luoshi.journal.moves import demand
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request, whole
from luoshi.org.views.answers import attempt, form_page, page_of, posted
from luoshi.reminders import excel
from luoshi.reminders.forms import WishForm, wish_initial
from luoshi.reminders.models import Channel, Digest, Wish, in_sections
from luoshi.reminders.services.setting import set_wish
from luoshi.reminders.services.urging import urge
from luoshi.reminders.waiting import lines, waiting, with_told
from luoshi.reporting.views.rounds import round_of
from luoshi.ui.downloads import download

PER_PAGE, PER_DIGEST = 10, 50


@require_safe
def inbox(request: Request) -> HttpResponse:
    """The digests of this person, the newest first; what still waits has its button, the rest is done."""
    actor = actor_of(request.user)
    request.waiting_lines = lines(actor)
    own = Digest.objects.filter(person=actor.person_id)
    context = {
        "page": page_of(request, own, PER_PAGE),
        "unread": own.filter(unread=True).exists(),
        "open": {line.key for line in request.waiting_lines},
        "business": actor.holds(*BUSINESS_POSTS),
    }
    return render(request, "reminders/inbox.html", context)


@require_safe
def digest(request: Request, pk: int) -> HttpResponse:
    """All of one digest, for those too long to stand whole among the others."""
    actor = actor_of(request.user)
    found = get_object_or_404(Digest, pk=pk, person=actor.person_id)
    request.waiting_lines = lines(actor)
    page = page_of(request, found.lines, PER_DIGEST)
    context = {
        "digest": found,
        "page": page,
        "sections": in_sections(list(page)),
        "open": {line.key for line in request.waiting_lines},
    }
    return render(request, "reminders/digest.html", context)


@require_POST
def read(request: Request) -> HttpResponse:
    """All read; for the reader alone."""
    Digest.objects.filter(person=actor_of(request.user).person_id, unread=True).update(unread=False)
    return redirect("reminders:inbox")


@require_http_methods(["GET", "POST"])
def wish(request: Request) -> HttpResponse:
    """How I want to be reminded beside the inbox."""
    actor = actor_of(request.user)
    mine = Wish.objects.filter(person=actor.person_id).first()
    demand(WISH, mine or Wish(person_id=actor.person_id), "set", actor)
    form = WishForm(posted(request), initial=wish_initial(mine))

    def act() -> bool:
        set_wish(form.cleaned_data, by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        messages.success(request, "接收方式已保存。")
        return redirect("reminders:inbox")
    ways = Channel.objects.filter(government=actor.government_id, state="on").values_list("kind", flat=True)
    context = {
        "title": "接收方式",
        "lead": _lead(set(ways)),
        "button": "保存",
        "back": reverse("reminders:inbox"),
        "crumb": "我的提醒",
    }
    return form_page(request, form, context)


def _lead(kinds: set[str]) -> str:
    said = "“我的提醒”总是收得到，下面的可选可不选，只有您自己看得到。"
    if not kinds:
        return said + "本地区还没有设邮件和群机器人，选了也要等系统管理员设好才会发。"
    mail = "能发邮件" if Channel.MAIL in kinds else "还不能发邮件"
    group = "，有工作群机器人" if kinds - {Channel.MAIL} else "，没有设工作群机器人"
    return f"{said}本地区{mail}{group}。"


@require_safe
def everything(request: Request) -> HttpResponse:
    """待我办 as a list, for those whose home shows less of it."""
    context = waiting(actor_of(request.user))
    request.waiting_lines = context["lines"]
    return render(request, "site/home.html", context)


@require_safe
def export(request: Request) -> HttpResponse:
    """待我办 as a workbook."""
    actor = actor_of(request.user)
    request.waiting_lines = lines(actor)
    return download(excel.waiting(with_told(actor, request.waiting_lines)), "待我办")


@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    """Press the ticked units for their sheets."""
    round = round_of(request, pk)
    units = [unit for text in request.POST.getlist("units") if (unit := whole(text)) is not None]
    done = urge(round, units, by=actor_of(request.user))
    said = f"已催报{done.units}个单位。"
    if done.left and done.until:
        said += f"{done.left}个单位在静默期内已经提醒过，{done.until.month}月{done.until.day}日起可以再催。"
    messages.success(request, said)
    return redirect("reporting:round", pk)
