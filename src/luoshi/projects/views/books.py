"""双周对账: the fortnights, one fortnight with its differences, the sheet of one book, a person's word on a difference."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.core.flow.actor import Actor
from luoshi.core.flow.machine import Move
from luoshi.core.flow.project import RECONCILIATION
from luoshi.journal.moves import Refused, demand
from luoshi.journal.queries import history
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request, whole
from luoshi.org.sheets.opening import BadSheet
from luoshi.org.views.answers import attempt, form_page, page_of, posted
from luoshi.projects.forms import OpenForm, SettleForm
from luoshi.projects.models import Reconciliation
from luoshi.projects.models.books import BOOKS, CARRIES, MEASURES
from luoshi.projects.queries import books as queries
from luoshi.projects.queries import lists
from luoshi.projects.services import reconciling
from luoshi.projects.sheets import books as workbooks
from luoshi.projects.sheets import lists as tables
from luoshi.projects.views.sheets import SheetForm
from luoshi.ui.downloads import download

PER_PAGE = 26
UNSAID = "（待填）"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All fortnights, the newest first."""
    actor = lists.let_in(actor_of(request.user))
    page = page_of(request, queries.reconciliations(actor), PER_PAGE)  # type: ignore[arg-type]
    case = Reconciliation(government_id=actor.government_id)
    context = {
        "page": page,
        "lines": [(row, queries.books_to_fill(actor, row) if row.state == "open" else []) for row in page],
        "may_open": isinstance(RECONCILIATION.judge(case, "open", actor), Move),
        "rules": queries.rules_of(actor.government_id),
        "names": BOOKS,
    }
    return render(request, "projects/books.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """All fortnights as a workbook."""
    actor = lists.let_in(actor_of(request.user))
    return download(tables.books(queries.reconciliations(actor)), "双周对账")


@require_safe
def export_gaps(request: HttpRequest, pk: int) -> HttpResponse:
    """The differences of a fortnight as a workbook."""
    actor = actor_of(request.user)
    found = reconciliation_for(actor, pk)
    matching = queries.matching(found, lists.visible(actor))
    return download(tables.gaps(found, matching), f"{found.label}对账差异")


@require_http_methods(["GET", "POST"])
def open_books(request: Request) -> HttpResponse:
    """Ask the three books for a fortnight."""
    actor = actor_of(request.user)
    demand(RECONCILIATION, Reconciliation(government_id=actor.government_id), "open", actor)
    today = timezone.localdate()
    rules = queries.rules_of(actor.government_id)
    _, until = reconciling.period_for(rules.rhythm, today)
    form = OpenForm(posted(request), initial={"day": today, "due": reconciling.proposed_due(until)})

    def act() -> Reconciliation:
        return reconciling.open_books(form.cleaned_data["day"], form.cleaned_data["due"], by=actor)

    if request.method == "POST" and (made := attempt(form, act)):
        messages.success(request, f"已发起{made.label}对账，三方在“待我办”中看到。")
        return redirect("projects:book", made.pk)
    context = {
        "title": "发起对账", "lead": f"按{rules.rhythm}一期。上期没有了结的差异自动带入。", "button": "发起", "back": reverse("projects:books"),
        "crumb": "双周对账",
    }  # fmt: skip
    return form_page(request, form, context)


def reconciliation_for(actor: Actor, pk: int) -> Reconciliation:
    """A fortnight this person may see; else 404."""
    rows = queries.reconciliations(actor).select_related("planning_unit", "finance_unit")
    return get_object_or_404(rows, pk=pk)


@require_safe
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """One fortnight: who has reported, where the books differ, how each difference was settled."""
    actor = actor_of(request.user)
    found = reconciliation_for(actor, pk)
    context = {
        "found": found,
        "matching": queries.matching(found, lists.visible(actor)),
        "fill": [(slug, BOOKS[slug]) for slug in queries.books_to_fill(actor, found)]
        if found.state == "open"
        else [],
        "may_settle": isinstance(RECONCILIATION.judge(found, "settle", actor, UNSAID), Move),
        "may_close": isinstance(RECONCILIATION.judge(found, "close", actor), Move),
        "names": list(BOOKS.values()),
        "events": history(found, 30),
        "overdue": found.state == "open" and found.due < timezone.localdate(),
    }
    return render(request, "projects/book.html", context)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Freeze a fortnight."""
    actor = actor_of(request.user)
    found = reconciliation_for(actor, pk)
    left = len(reconciling.close(found, by=actor).open)
    messages.success(
        request, f"已关账。{left}处没有了结的差异带入下一期。" if left else "已关账，差异都已了结。"
    )
    return redirect("projects:book", pk)


@require_http_methods(["GET", "POST"])
def settle(request: Request, pk: int, project: int, measure: str) -> HttpResponse:
    """A person's word on one difference."""
    actor = actor_of(request.user)
    found = reconciliation_for(actor, pk)
    demand(RECONCILIATION, found, "settle", actor, UNSAID)
    gap = queries.matching(found, lists.visible(actor).filter(pk=project)).gap(project, measure)
    form = SettleForm(posted(request), books=[b for b in BOOKS if gap.said.get(b)])

    def act() -> Any:
        return reconciling.settle(found, gap, form.chosen, form.cleaned_data["words"], by=actor)

    if request.method == "POST" and attempt(form, act):
        messages.success(request, "已了结这处差异。")
        return redirect("projects:book", pk)
    context = {
        "title": "了结差异", "lead": gap.sentence, "button": "了结", "back": reverse("projects:book", args=[pk]), "crumb": found.label,
    }  # fmt: skip
    return form_page(request, form, context)


class Desk:
    """A sheet as somebody looks at it. 404 for a book there is not, Denied for one that is not theirs."""

    def __init__(self, request: Request, pk: int, slug: str) -> None:
        if slug not in BOOKS:
            raise Http404
        self.actor, self.book = actor_of(request.user), slug
        self.found = reconciliation_for(self.actor, pk)
        demand(RECONCILIATION, self.found, f"fill_{slug}", self.actor)
        self.lines = queries.lines_of(self.found, slug, self.actor)

    @property
    def title(self) -> str:
        """Of its page and its workbook."""
        return f"{self.found.label}{BOOKS[self.book]}的账"


@require_http_methods(["GET", "POST"])
def sheet(request: Request, pk: int, slug: str) -> HttpResponse:
    """All projects of a book on one page; saved as typed, or confirmed as unchanged."""
    desk = Desk(request, pk, slug)
    if request.method == "GET":
        return _page(request, desk)
    data = {name: str(value) for name, value in request.POST.items()}
    if request.POST.get("do") == "unchanged":
        return _unchanged(request, desk, data)
    return keep(request, desk, data)


def keep(request: Request, desk: Desk, data: dict[str, str]) -> HttpResponse:
    """Save every row that says something else than it showed; none of them when one is wrong."""
    rows, wrong, status = _typed(desk, data)
    if wrong:
        return _page(request, desk, status, wrong)
    if saved := reconciling.fill(desk.found, desk.book, rows, by=desk.actor):
        messages.success(request, f"已报{saved}个项目。")
    else:
        messages.warning(request, "没有改动。与上期相同的，请勾选后按“无变化”。")
    return redirect("projects:sheet", desk.found.pk, desk.book)


def _typed(desk: Desk, data: dict[str, str]) -> tuple[list[tuple[queries.Line, reconciling.Typed]], int, int]:
    """The rows that were typed into, how many are wrong, and the status that says so (409: somebody was faster)."""
    rows, status = [], 422
    for line in desk.lines:
        prefix = f"p{line.project.pk}-"
        own = {name.removeprefix(prefix): value for name, value in data.items() if name.startswith(prefix)}
        typed = reconciling.read_line(line, own) if "seen" in own else None
        if typed and own["seen"] != str(line.seen):
            who = line.now.person_name if line.now else "他人"
            line.errors["seen"] = f"{who}刚刚报过这个项目，现在的数在左边，请核对后再保存。"
            status = 409
        if typed:
            rows.append((line, typed))
    return rows, sum(bool(line.errors) for line, _ in rows), status


def _unchanged(request: Request, desk: Desk, data: dict[str, str]) -> HttpResponse:
    """无变化 for the ticked rows; what was typed into others is kept too, so that no word is lost."""
    rows, wrong, status = _typed(desk, data)
    if wrong:
        return _page(request, desk, status, wrong)
    touched = {line.project.pk for line, _ in rows}
    ticked = {whole(text) for text in request.POST.getlist("same")} - touched
    chosen = [line for line in desk.lines if line.project.pk in ticked and line.now is None]
    if not chosen and not rows:
        raise Refused("请先勾选没有变化的项目，再确认。")
    saved = reconciling.fill(desk.found, desk.book, rows, by=desk.actor)
    n = reconciling.confirm_unchanged(desk.found, desk.book, chosen, by=desk.actor)
    messages.success(request, f"已确认{n}个项目无变化" + (f"，另报了{saved}个项目。" if saved else "。"))
    return redirect("projects:sheet", desk.found.pk, desk.book)


def _page(request: Request, desk: Desk, status: int = 200, wrong: int = 0) -> HttpResponse:
    given = sum(line.now is not None for line in desk.lines)
    context = {
        "found": desk.found,
        "book": desk.book,
        "title": desk.title,
        "lines": desk.lines,
        "heads": [MEASURES[measure] for measure in CARRIES[desk.book]],
        "given": given,
        "left": len(desk.lines) - given,
        "wrong": wrong,
        "overdue": desk.found.due < timezone.localdate(),
    }
    return render(request, "projects/sheet.html", context, status=status)


@require_safe
def workbook(request: Request, pk: int, slug: str) -> HttpResponse:
    """The sheet as an Excel file."""
    desk = Desk(request, pk, slug)
    return download(workbooks.workbook(desk.title, desk.lines), desk.title)


@require_POST
def upload(request: Request, pk: int, slug: str) -> HttpResponse:
    """The Excel file filled in: read as if it had been typed."""
    desk = Desk(request, pk, slug)
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        raise BadSheet(str(form.errors["file"][0]))
    file = form.cleaned_data["file"]
    return keep(request, desk, workbooks.read(file.read(), file.name, desk.lines))
