"""方案: the list, the upload, the original files."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from luoshi.intake import excel
from luoshi.intake.comparing import may_compare
from luoshi.intake.forms import UploadForm, over_limit
from luoshi.intake.queries import plan_lines
from luoshi.intake.reader import Received, UnreadableFile
from luoshi.intake.services.adopting import withdraw as withdraw_plan
from luoshi.intake.services.receiving import AlreadyReceived, may_receive, receive
from luoshi.journal.moves import Denied
from luoshi.ledger.models import Plan, SourceFile
from luoshi.org.actors import actor_of
from luoshi.ui.downloads import download


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """All plans: where each stands, what was read, what is left."""
    actor = actor_of(request.user)
    context = {
        "lines": plan_lines(actor),
        "may_receive": may_receive(actor) is None,
        "may_compare": may_compare(actor) is None,
    }
    return render(request, "intake/plans.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """All plans as a workbook."""
    return download(excel.plans(plan_lines(actor_of(request.user))), "方案")


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Give the files of one plan; they are read at once."""
    actor = actor_of(request.user)
    if denial := may_receive(actor):
        raise Denied(denial.kind, denial.sentence)
    if request.method != "POST":
        return _upload_page(request, {})
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, {"problems": [("", e) for e in form.errors["files"]]}, 422)
    files: list[UploadedFile] = form.cleaned_data["files"]
    if sentence := over_limit(files):
        return _upload_page(request, {"problems": [("", sentence)]}, 422)
    try:
        plan = receive([Received(file.name or "", file.read()) for file in files], actor)
    except UnreadableFile as error:
        return _upload_page(request, {"problems": [(error.file, str(error))]}, 422)
    except AlreadyReceived as known:
        return _upload_page(request, {"known": known}, 409)
    address = reverse("intake:review", args=[plan.pk])
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _upload_page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    template = "intake/_upload_problems.html" if request.htmx else "intake/upload.html"
    return render(request, template, {**context, "limit": settings.UPLOAD_LIMIT // 2**20}, status=status)


@require_safe
def original(request: HttpRequest, pk: int, order: int) -> FileResponse:
    """The file as received, under its own name."""
    visible = Plan.objects.visible_to(actor_of(request.user))
    file = get_object_or_404(SourceFile, plan__in=visible, plan=pk, order=order)
    return FileResponse(file.original.open("rb"), as_attachment=True, filename=file.name)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a plan back, with a reason."""
    plan = get_object_or_404(Plan.objects.visible_to(actor_of(request.user)), pk=pk)
    withdraw_plan(plan, request.POST.get("note", ""), actor_of(request.user))
    messages.success(request, f"已撤回《{plan.title}》。如仍需使用，可以重新上传文件。")
    return redirect("intake:plans")
