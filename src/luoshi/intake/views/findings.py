"""检查: one finding waived or taken back, many at once, the check again, the health of a plan, its workbook."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.intake import excel, queries
from luoshi.intake.findings import Sift, check_of, finding_lines, findings_of, reasons
from luoshi.intake.health import health_of
from luoshi.intake.models import PlanFinding
from luoshi.intake.services import checking
from luoshi.intake.views.review import may_waive, plan_of, to_desk
from luoshi.journal.moves import Refused
from luoshi.ledger.models import Plan
from luoshi.org.actors import actor_of
from luoshi.org.requests import whole
from luoshi.ui.downloads import download

TAB = "check"


@require_safe
def show(request: HttpRequest, pk: int, finding: int) -> HttpResponse:
    """The finding on the list again (cancel); without scripts, the desk standing on it."""
    plan = plan_of(request, pk)
    return _reply(request, plan, get_object_or_404(PlanFinding, plan=plan, pk=finding).pk)


def _reply(request: HttpRequest, plan: Plan, number: int, form: bool = False) -> HttpResponse:
    """One finding as it now stands (with the form for a reason), and the counts; without scripts, the desk."""
    if not request.htmx and not form:
        return to_desk(plan, TAB, f"f{number}")
    findings, items = findings_of(plan), queries.items_of(plan)
    lines = finding_lines(plan.source, findings, items)
    found = queries.matcher(plan)
    context = {
        "plan": plan,
        "line": next(line for line in lines if line.row.pk == number),
        "tally": queries.tally(plan, items, found, findings, actor_of(request.user).person_id),
        "tab": TAB,
        "reasons": reasons(findings),
        "may_waive": may_waive(request, plan),
    }
    if form:
        template = "intake/_waive.html" if request.htmx else "intake/waive.html"
    else:
        template = "intake/_finding_reply.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def waive(request: HttpRequest, pk: int, finding: int) -> HttpResponse:
    """Ask why this one stays as it is; POST writes it down."""
    plan = plan_of(request, pk)
    if request.method != "POST":
        return _reply(request, plan, get_object_or_404(PlanFinding, plan=plan, pk=finding).pk, form=True)
    checking.waive(plan, [finding], request.POST.get("reason", ""), actor_of(request.user))
    return _reply(request, plan, finding)


@require_POST
def unwaive(request: HttpRequest, pk: int, finding: int) -> HttpResponse:
    """It counts again."""
    plan = plan_of(request, pk)
    checking.unwaive(plan, [finding], actor_of(request.user))
    return _reply(request, plan, finding)


@require_POST
def bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """All ticked findings (findings=pk…) waived for one reason, or taken back."""
    plan, actor = plan_of(request, pk), actor_of(request.user)
    numbers = [n for n in map(whole, request.POST.getlist("findings")) if n is not None]
    verb = request.POST.get("verb", "")
    if verb == "waive":
        checking.waive(plan, numbers, request.POST.get("reason", ""), actor)
    elif verb == "unwaive":
        checking.unwaive(plan, numbers, actor)
    else:
        raise Refused("不知道要做什么，请用列表上方的按钮。")
    sift = {name: request.POST.get(name, "") for name in ("severity", "kind")}
    return to_desk(plan, TAB, **sift)


@require_POST
def recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """The checks again, with the register as it now is."""
    plan = plan_of(request, pk)
    counts = checking.recheck(plan, actor_of(request.user))
    told = "、".join(f"{word}{n}处" for word, n in counts.items())
    messages.success(request, f"已重新检查：{told}。")
    return redirect("intake:health", pk=plan.pk) if "health" in request.POST else to_desk(plan, TAB)


@require_safe
def health(request: HttpRequest, pk: int) -> HttpResponse:
    """How the paper stands: counts by kind and by part, every finding with its place."""
    plan = plan_of(request, pk)
    context = {
        "plan": plan,
        "health": health_of(plan),
        "check": check_of(plan),
        "may_waive": may_waive(request, plan),
    }
    return render(request, "intake/health.html", context)


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The findings as filtered, as a workbook."""
    plan, sift = plan_of(request, pk), Sift.of(request.GET)
    lines = [line for line in finding_lines(plan.source, findings_of(plan), [], sift) if line.shown]
    return download(excel.findings(plan, lines), f"{plan.title}检查结果")
