"""对照: choose two papers, see how they stand to each other, go down to both sentences, take it away as a workbook."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import push_url

from luoshi.core.compare.model import RELATION_LABELS, SIDES
from luoshi.core.flow.actor import Actor
from luoshi.intake import borrowed, excel
from luoshi.intake.compare_form import CompareForm
from luoshi.intake.compare_page import Ask, asked_places, shown
from luoshi.intake.comparing import Side, comparison, find_sides, may_compare, plans_to_compare, read_paper
from luoshi.intake.passages import passages
from luoshi.intake.reader import Received, UnreadableFile
from luoshi.journal.moves import Denied
from luoshi.ledger.models import Plan
from luoshi.org.actors import actor_of
from luoshi.org.requests import whole
from luoshi.ui.downloads import download

ROWS = 1000


def _actor(request: HttpRequest) -> Actor:
    """Who asks; Denied for posts that see no plans."""
    actor = actor_of(request.user)
    if denial := may_compare(actor):
        raise Denied(denial.kind, denial.sentence)
    return actor


def _sides(actor: Actor, ask: Ask) -> list[Side]:
    """Both papers of the address; 404 for a plan that is not theirs. Raises Gone."""
    try:
        return find_sides(actor, [ask.a, ask.b])
    except Plan.DoesNotExist as error:
        raise Http404 from error


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest) -> HttpResponse:
    """With both papers in the address how they stand; else the page to choose them. POST takes the choice, reads what was
    uploaded, and leads to the address."""
    actor = _actor(request)
    if request.method == "POST":
        return _chosen(request, actor)
    ask = Ask.of(request.GET)
    if not ask.whole:
        return _choose(request, actor, ask)
    if ask.a == ask.b:
        return _choose(request, actor, ask, "前一份和后一份是同一份方案，没有可比的。请换一份。")
    try:
        sides = _sides(actor, ask)
    except borrowed.Gone as gone:
        return _choose(request, actor, ask, gone.sentence)
    return _result(request, sides, ask)


def _result(request: HttpRequest, sides: list[Side], ask: Ask) -> HttpResponse:
    found = comparison(sides, ask.relation)
    tab = shown(found, ask)
    context: dict[str, Any] = {
        "ask": ask,
        "found": found,
        "pair": list(zip(SIDES[found["relation"]], ("前一份", "后一份"), sides, strict=True)),
        "heads": SIDES[found["relation"]],
        "shown": tab,
        "page": Paginator(tab.lines, ROWS).get_page(request.GET.get("page")),
        "relations": RELATION_LABELS,
        "label": RELATION_LABELS[found["relation"]],
    }
    part = request.htmx and request.htmx.target == "rows"
    return render(request, "intake/_compare_rows.html" if part else "intake/compare.html", context)


def _choose(request: HttpRequest, actor: Actor, ask: Ask, sentence: str = "") -> HttpResponse:
    """The page to choose; `sentence` says what was wrong with the address."""
    form = _form(actor, ask.a, ask.b, initial={"a": ask.a, "b": ask.b, "relation": ask.relation})
    context = {"form": form, "sentence": sentence, "hours": borrowed.HOURS}
    return render(request, "intake/compare_choose.html", context, status=422 if sentence else 200)


def _form(actor: Actor, a: str, b: str, *args: Any, **kwargs: Any) -> CompareForm:
    """The form with the plans of the house and what of `a` and `b` is borrowed and still here."""
    lent = []
    for key in dict.fromkeys((a, b)):
        if key and whole(key) is None:
            try:
                lent += find_sides(actor, [key])
            except borrowed.Gone:
                continue
    return CompareForm(*args, plans=plans_to_compare(actor), borrowed=lent, **kwargs)


def _chosen(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Read what was uploaded, and on to the address of the comparison; with a sentence beside the field that is wrong.
    Of two files both are kept, or none."""
    keys = [request.POST.get(name, "") for name in ("a", "b")]
    form = _form(actor, *keys, request.POST, request.FILES)
    if form.is_valid():
        chosen = dict(form.cleaned_data)
        lent = {name: _read(form, name) for name in ("a", "b") if chosen[f"{name}_files"]}
        if not form.errors:
            chosen |= {name: borrowed.keep(*paper, actor) for name, paper in lent.items()}
            ask = Ask(chosen["a"], chosen["b"], chosen["relation"])
            return redirect(f"{reverse('intake:compare')}?{ask.pair}")
    context = {"form": form, "hours": borrowed.HOURS}
    return render(request, "intake/compare_choose.html", context, status=422)


def _read(form: CompareForm, name: str) -> tuple[list[str], dict[str, Any]]:
    """Names and reading of the files uploaded for a side; what cannot be read is an error of the form."""
    files: list[UploadedFile] = form.cleaned_data[f"{name}_files"]
    names = [file.name or "" for file in files]
    try:
        return names, read_paper([Received(file.name or "", file.read()) for file in files])
    except UnreadableFile as error:
        named = f"{error.file}：" if error.file and error.file not in str(error) else ""
        form.add_error(f"{name}_files", f"{named}{error} 没有保存任何内容。")
        return names, {}


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Both sentences in their context: ?pa=10-20.300-320&pb=…"""
    actor, ask = _actor(request), Ask.of(request.GET)
    if not ask.whole or ask.a == ask.b:
        return redirect("intake:compare")
    sides = _sides(actor, ask)
    panes = [
        (label, side, passages(side.source, asked_places(request.GET, name)))
        for label, name, side in zip(_labels(request), ("pa", "pb"), sides, strict=True)
    ]
    context = {"ask": ask, "panes": panes}
    if not request.htmx:
        return render(request, "intake/compare_places.html", context)
    return push_url(render(request, "intake/_compare_places.html", context), False)


def _labels(request: HttpRequest) -> tuple[str, str]:
    """What the two sides are called under the relation `?as=`; without it, by their order."""
    return next((SIDES[slug] for slug in SIDES if slug == request.GET.get("as")), ("前一份", "后一份"))


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The whole comparison as a workbook, as `luoshi compare -f xlsx` writes it."""
    actor, ask = _actor(request), Ask.of(request.GET)
    if not ask.whole or ask.a == ask.b:
        return redirect("intake:compare")
    found = comparison(_sides(actor, ask), ask.relation)
    return download(excel.comparison(found), f"方案对照（{RELATION_LABELS[found['relation']]}）")


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Remove a borrowed paper now."""
    actor = _actor(request)
    borrowed.forget(request.POST.get("key", ""), actor)
    messages.success(request, "已删除这份临时文件。")
    return redirect("intake:compare")
