"""Working on a draft: one paragraph, a new one, the particulars, drafting anew; and the county's own wording."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.bulletins import forms
from luoshi.bulletins.models import Bulletin, Wording
from luoshi.bulletins.services import writing
from luoshi.bulletins.views.papers import bulletin_of
from luoshi.core.flow.actor import Actor
from luoshi.core.flow.bulletin import BULLETIN, WORDING
from luoshi.core.writing.drafting import SAMPLE, draft
from luoshi.core.writing.facts import Facts
from luoshi.core.writing.kinds import KINDS
from luoshi.core.writing.listings import TABLES
from luoshi.core.writing.names import names
from luoshi.core.writing.template import TemplateError
from luoshi.journal.moves import Refused, demand
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request, whole
from luoshi.org.views.answers import attempt, posted


def _version(request: Request) -> int:
    version = whole(request.POST.get("version", ""))
    if version is None:
        raise Refused("页面已过期，请刷新后再改。")
    return version


@require_http_methods(["GET", "HEAD", "POST"])
def passage(request: Request, pk: int, at: int) -> HttpResponse:
    """One paragraph to type anew."""
    actor, bulletin = actor_of(request.user), bulletin_of(request, pk)
    demand(BULLETIN, bulletin, "edit", actor)
    passages = list(bulletin.words.passages())
    if at >= len(passages):
        raise Http404
    if request.method == "POST":
        text = "" if "drop" in request.POST else request.POST.get("text", "")
        writing.retype(bulletin, at, text, request.POST.get("reason", "")[:200], _version(request), by=actor)
        messages.success(request, "这一段已保存。" if text.strip() else "这一段已删去。")
        address = redirect("bulletins:paper", pk)
        address["Location"] += f"#p{min(at, len(passages) - 1)}"
        return address
    context = {"bulletin": bulletin, "passage": passages[at], "at": at}
    return render(request, "bulletins/passage.html", context)


@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """A paragraph at the end."""
    actor, bulletin = actor_of(request.user), bulletin_of(request, pk)
    demand(BULLETIN, bulletin, "edit", actor)
    writing.add_passage(bulletin, request.POST.get("text", "")[:10_000], _version(request), by=actor)
    messages.success(request, "已添加。")
    return redirect("bulletins:paper", pk)


@require_POST
def refresh(request: Request, pk: int) -> HttpResponse:
    """Draft anew from the ledger."""
    actor, bulletin = actor_of(request.user), bulletin_of(request, pk)
    note = request.POST.get("note", "")[:500]
    demand(BULLETIN, bulletin, "refresh", actor, note)
    writing.refresh(bulletin, _version(request), note, by=actor)
    messages.success(request, "已按最新台账重新起草，请重新核对。")
    return redirect("bulletins:paper", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def particulars(request: Request, pk: int) -> HttpResponse:
    """Head, receivers, signature, imprint."""
    actor, bulletin = actor_of(request.user), bulletin_of(request, pk)
    demand(BULLETIN, bulletin, "edit", actor)
    given = bulletin.given
    columns = ("issuer", "to_governments", "approval", "authority")
    initial = {
        **given.as_json(),
        "dated": given.dated,
        "copies": "\n".join(given.copies),
        "print_run": given.print_run or None,
        "title": bulletin.title,
        "version": bulletin.version,
        **{name: getattr(bulletin, name) for name in columns},
    }
    form = forms.ParticularsForm(posted(request), bulletin.about.layout, initial=initial)

    def act() -> bool:
        said = form.cleaned_data
        title = said["title"].replace("\r\n", "\n").strip()
        writing.set_particulars(bulletin, title, form.columns, form.given(given), said["version"], by=actor)
        return True

    if request.method == "POST" and attempt(form, act):
        messages.success(request, "要素已保存。")
        return redirect("bulletins:paper", pk)
    context = {"form": form, "bulletin": bulletin}
    return render(request, "bulletins/particulars.html", context, status=422 if form.is_bound else 200)


@require_safe
def wordings(request: Request) -> HttpResponse:
    """Every kind of paper and whose wording it has."""
    actor = actor_of(request.user)
    demand(WORDING, Wording(government_id=actor.government_id), "see", actor)
    own = {row.kind: row for row in Wording.objects.filter(government_id=actor.government_id)}
    lines = [(kind, own.get(kind.slug)) for kind in KINDS.values()]
    return render(request, "bulletins/wordings.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: Request, kind: str) -> HttpResponse:
    """One template: its text, what it may name, and how the newest draft would read with it."""
    actor = actor_of(request.user)
    own = Wording.objects.filter(government_id=actor.government_id, kind=kind).first()
    case = own or Wording(government_id=actor.government_id, kind=kind)
    demand(WORDING, case, "see", actor)
    if kind not in KINDS:
        raise Http404
    may_edit = actor.holds(*WORDING.moves["edit"].posts)
    initial = {"text": writing.template_of(actor.government_id, kind), "version": own.version if own else 0}
    form = forms.WordingForm(posted(request), initial=initial)
    preview = None
    if request.method == "POST":
        demand(WORDING, case, "edit", actor)
        if "preview" in request.POST:
            preview = attempt(form, lambda: _previewed(kind, form.cleaned_data["text"], actor))
        elif attempt(form, lambda: _kept(kind, form, actor)):
            messages.success(request, f"{KINDS[kind].name}模板已保存，下次起草时使用。")
            return redirect("bulletins:wording", kind)
    context = {
        "kind": KINDS[kind],
        "form": form,
        "own": own,
        "may_edit": may_edit,
        "preview": preview,
        "names": _names(),
        "tables": TABLES,
    }
    return render(request, "bulletins/wording.html", context, status=422 if form.errors else 200)


def _kept(kind: str, form: forms.WordingForm, actor: Actor) -> bool:
    said = form.cleaned_data
    writing.save_wording(actor.government_id, kind, said["text"], said["version"] or 0, by=actor)
    return True


def _previewed(kind: str, text: str, actor: Actor) -> Any:
    """The newest draft of the county with these words, else the sample. Raises Refused with the line of a mistake."""
    newest = (
        Bulletin.objects.visible_to(actor).filter(kind=kind).first()
        or Bulletin.objects.visible_to(actor).first()
    )
    facts: Facts = newest.known if newest else SAMPLE
    try:
        return draft(kind, facts, text.replace("\r\n", "\n"))
    except TemplateError as wrong:
        raise Refused(wrong.sentence) from wrong


def _names() -> list[tuple[str, list[str]]]:
    """What a template may name: single ones, then lists with what is inside."""
    known = names(SAMPLE)
    single = [name for name, value in known.items() if not isinstance(value, list)]
    lists = [(name, list(value[0])) for name, value in known.items() if isinstance(value, list) and value]
    return [("", single), *lists]
