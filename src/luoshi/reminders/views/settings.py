"""How the county reminds: the office's thresholds, and the channels that the system administrator keeps."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Move
from luoshi.core.flow.reminding import CHANNEL, REMINDER_RULES
from luoshi.journal.moves import demand
from luoshi.journal.queries import histories, history
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request
from luoshi.org.views.answers import attempt, form_page, posted
from luoshi.reminders.forms import MailForm, RobotForm, RulesForm, TryForm, hours, initial_of
from luoshi.reminders.models import Channel, ReminderRules
from luoshi.reminders.queries.rules import rules_of
from luoshi.reminders.services.setting import (
    PLAIN,
    add_channel,
    edit_channel,
    set_rules,
    switch,
    try_out,
)

UNSAID = "（待填）"
SWITCHES = {
    "stop": "停用后不再从这个渠道发，“我的提醒”照常。",
    "start": "启用后从下一次提醒起发。",
    "remove": "删除后存的密码和地址一并清除，要再用须重新添加。",
}
TOLD = {"stop": "已停用。", "start": "已启用。", "remove": "已删除。"}


@require_safe
def rules(request: Request) -> HttpResponse:
    """When people are reminded here, for everybody to read."""
    actor = actor_of(request.user)
    row = ReminderRules.objects.filter(government=actor.government_id).first()
    case = row or ReminderRules(government_id=actor.government_id)
    demand(REMINDER_RULES, case, "see", actor)
    now = rules_of(actor.government_id, timezone.localdate()) if row is None else row.rules
    context = {
        "rules": now,
        "hours": hours(now),
        "own": row,
        "may_set": isinstance(REMINDER_RULES.judge(case, "set", actor, UNSAID), Move),
        "events": history(row, 20) if row else [],
    }
    return render(request, "reminders/rules.html", context)


@require_http_methods(["GET", "POST"])
def set_them(request: Request) -> HttpResponse:
    """The office sets its own thresholds."""
    actor = actor_of(request.user)
    demand(REMINDER_RULES, ReminderRules(government_id=actor.government_id), "set", actor, UNSAID)
    now = rules_of(actor.government_id, timezone.localdate())
    form = RulesForm(posted(request), initial=initial_of(now))

    def act() -> ReminderRules:
        return set_rules(form.rules(), by=actor)

    if request.method == "POST" and attempt(form, act) is not None:
        messages.success(request, "提醒规则已改，从下一次提醒起用。")
        return redirect("reminders:rules")
    context = {
        "title": "修改提醒规则",
        "lead": "天数都按工作日算。提前提醒的天数不能少于静默期，这样静默期内到期的也不会漏。",
        "button": "保存",
        "back": reverse("reminders:rules"),
        "crumb": "提醒规则",
    }
    return form_page(request, form, context)


def _new(actor: Actor, kind: str = Channel.MAIL) -> Channel:
    return Channel(government_id=actor.government_id, kind=kind)


@require_safe
def channels(request: Request) -> HttpResponse:
    """The ways out of the house, each with why it last failed."""
    actor = actor_of(request.user)
    demand(CHANNEL, _new(actor), "see", actor)
    rows = list(Channel.objects.kept().filter(government=actor.government_id))
    context = {
        "rows": [(row, CHANNEL.offers(row, actor)) for row in rows],
        "has_mail": any(row.is_mail for row in rows),
        "events": histories(rows, 20),
    }
    return render(request, "reminders/channels.html", context)


def _form(
    kind: str, request: Request, channel: Channel | None, initial: dict[str, Any]
) -> MailForm | RobotForm:
    made = MailForm if kind == Channel.MAIL else RobotForm
    return made(posted(request), channel=channel, initial=initial)


def _page(request: Request, form: forms.Form, title: str, lead: str, button: str) -> HttpResponse:
    context = {
        "title": title,
        "lead": lead,
        "button": button,
        "back": reverse("reminders:channels"),
        "crumb": "提醒渠道",
    }
    return form_page(request, form, context)


LEAD = "消息里只写有几件、到期情况和网址，不写事项内容。密码和地址加密保存，存后不再显示。"


@require_http_methods(["GET", "POST"])
def add(request: Request, kind: str) -> HttpResponse:
    """A mail server, or a robot."""
    actor = actor_of(request.user)
    demand(CHANNEL, _new(actor, kind), "add", actor)
    form = _form(kind, request, None, {})

    def act() -> Channel:
        said = form.cleaned_data
        return add_channel(said.get("kind", Channel.MAIL), said, by=actor)

    if request.method == "POST" and attempt(form, act) is not None:
        messages.success(request, "渠道已添加，建议先“发一条试试”。")
        return redirect("reminders:channels")
    title = "添加邮件服务器" if kind == Channel.MAIL else "添加群机器人"
    return _page(request, form, title, LEAD, "添加")


def _channel(request: Request, pk: int) -> tuple[Actor, Channel]:
    """A channel of the own county. Others are told that it is not theirs, whether it exists or not."""
    actor = actor_of(request.user)
    demand(CHANNEL, _new(actor), "see", actor)
    return actor, get_object_or_404(Channel.objects.kept(), pk=pk, government=actor.government_id)


@require_http_methods(["GET", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Set a channel right; its secrets stay unless they are typed anew."""
    actor, channel = _channel(request, pk)
    demand(CHANNEL, channel, "edit", actor)
    form = _form(channel.kind, request, channel, {name: getattr(channel, name) for name in PLAIN})

    def act() -> bool:
        edit_channel(channel, form.cleaned_data, by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        messages.success(request, "渠道已修改。")
        return redirect("reminders:channels")
    return _page(request, form, f"修改“{channel.name}”", LEAD, "保存")


@require_http_methods(["GET", "POST"])
def try_it(request: Request, pk: int) -> HttpResponse:
    """发一条试试: the one page that waits for an answer from outside, some seconds at most."""
    actor, channel = _channel(request, pk)
    demand(CHANNEL, channel, "try", actor)
    form: forms.Form = TryForm(posted(request)) if channel.is_mail else forms.Form(posted(request))

    def act() -> bool:
        reason = try_out(channel, form.cleaned_data.get("to", ""), by=actor)
        if reason:
            form.add_error(None, reason)
        return not reason

    if request.method == "POST" and attempt(form, act):
        messages.success(request, "已发出，请看看收到没有。")
        return redirect("reminders:channels")
    lead = "马上发一条测试消息，最多等几秒钟。没有发出的会说明原因。"
    return _page(request, form, f"用“{channel.name}”发一条试试", lead, "发一条试试")


@require_http_methods(["GET", "POST"])
def turn(request: Request, pk: int, verb: str) -> HttpResponse:
    """Stop, start, remove."""
    actor, channel = _channel(request, pk)
    row = demand(CHANNEL, channel, verb, actor)
    form = forms.Form(posted(request))

    def act() -> bool:
        switch(channel, verb, by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        messages.success(request, f"“{channel.name}”{TOLD[verb]}")
        return redirect("reminders:channels")
    return _page(request, form, f"{row.label}“{channel.name}”", SWITCHES[verb], row.label)
