"""灯规则: the rules in force, those of before and after, a new set tried out before it is laid down."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.core.flow.actor import BUSINESS_POSTS, Actor
from luoshi.core.flow.light_rule import LIGHT_RULE
from luoshi.core.flow.machine import Move
from luoshi.core.progress.pace import METHODS
from luoshi.core.progress.rounding import shown
from luoshi.core.progress.rules import LEVELS, Rules, shipped
from luoshi.journal.moves import demand
from luoshi.org.actors import actor_of
from luoshi.org.forms.units import DayQuery
from luoshi.org.models import Government
from luoshi.org.requests import Request
from luoshi.org.views.answers import attempt, form_page, posted
from luoshi.supervision.forms import NoteForm
from luoshi.supervision.models import LightRule
from luoshi.supervision.queries.lights import rules_for
from luoshi.supervision.queries.rules import preview
from luoshi.supervision.rule_form import BANDS, MEANT, RuleForm, initial_rule, thresholds
from luoshi.supervision.services import ruling

UNSAID = "（待填）"
SHOWN = 60
"""Changed lights listed on the page; all are counted."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The rules in force on a day, all of the county's own, those that come with the system."""
    actor = actor_of(request.user)
    _let_in(actor)
    today = timezone.localdate()
    day = DayQuery.said(request.GET.get("day", "")) or today
    rules = rules_for(actor.government_id, day)
    rows = LightRule.objects.filter(government=actor.government_id).order_by("-valid_from", "-number")
    context = {
        "rules": rules,
        "day": day,
        "today": today,
        "bands": _bands(rules),
        "looks": [(MEANT[level], rules.looks[level]) for level in LEVELS],
        "time": METHODS[rules.time],
        "rows": [(row, isinstance(LIGHT_RULE.judge(row, "withdraw", actor, UNSAID), Move)) for row in rows],
        "shipped": shipped(),
        "may_draw": isinstance(
            LIGHT_RULE.judge(LightRule(government_id=actor.government_id), "draw", actor), Move
        ),
    }
    return render(request, "supervision/rules.html", context)


def _let_in(actor: Actor) -> None:
    """Rules of lights are for everybody who sees lights, and for nobody else."""
    if not actor.holds(*BUSINESS_POSTS):
        raise Http404


def _bands(rules: Rules) -> list[tuple[str, str]]:
    exact = thresholds(rules)
    return [(label, shown(exact[name])) for name, label in BANDS.items()]


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Lay down a set from a day to come; first see what it would change."""
    actor = actor_of(request.user)
    ruling.ask_to_rule(actor)
    today = timezone.localdate()
    title = f"{Government.objects.get(pk=actor.government_id).name}灯规则"
    initial = initial_rule(_pattern(actor, request.GET.get("like", ""))) | {"title": title}
    form = RuleForm(posted(request), initial=initial)
    context: dict[str, Any] = {"shipped": shipped()}
    if request.method == "POST" and request.POST.get("do") == "preview":
        if (rule := attempt(form, lambda: _checked(form))) is not None:
            found = preview(actor, rule.rules, today)
            context |= {
                "preview": found,
                "changed": found.changed[:SHOWN],
                "more": max(0, len(found.changed) - SHOWN),
            }
        return form_page(request, form, context, "supervision/rule_form.html")
    if request.method == "POST" and (made := attempt(form, lambda: ruling.lay_down(form.rule(), by=actor))):
        messages.success(request, f"已定，从{made.valid_from}起按“{made.title}”亮灯，以前的灯不变。")
        return redirect("lights:rules")
    return form_page(request, form, context, "supervision/rule_form.html")


def _pattern(actor: Actor, like: str) -> Rules:
    """What the form starts from: a set that comes with the system, else the rules in force."""
    return next(
        (r for r in shipped() if r.version == like), rules_for(actor.government_id, timezone.localdate())
    )


def _checked(form: RuleForm) -> LightRule:
    rule = form.rule()
    ruling.check(rule)
    return rule


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a set back before its day."""
    actor = actor_of(request.user)
    _let_in(actor)
    rule = get_object_or_404(LightRule, pk=pk, government=actor.government_id)
    demand(LIGHT_RULE, rule, "withdraw", actor, UNSAID)
    form = NoteForm(posted(request))

    def act() -> bool:
        ruling.withdraw(rule, form.cleaned_data["note"], by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        messages.success(request, "已撤回。")
        return redirect("lights:rules")
    context = {
        "title": f"撤回灯规则：{rule.title}", "lead": f"原定从{rule.valid_from}起用。", "button": "撤回", "back": reverse("lights:rules"), "crumb": "灯规则",
    }  # fmt: skip
    return form_page(request, form, context)
