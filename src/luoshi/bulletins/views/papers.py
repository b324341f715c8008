"""Papers: the list, drafting one, the paper as it will look with what stands in its way, its files, its steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.bulletins import excel, forms
from luoshi.bulletins.gathering import decided
from luoshi.bulletins.models import Bulletin
from luoshi.bulletins.queries import lists
from luoshi.bulletins.services import issuing, writing
from luoshi.bulletins.views.sheets import Sent
from luoshi.core.flow.actor import Actor
from luoshi.core.flow.bulletin import BULLETIN, DRAFTERS, SIGNERS, WORDING
from luoshi.core.flow.meeting import OVER
from luoshi.core.writing.docx.write import to_docx
from luoshi.core.writing.draft import Passage, labels
from luoshi.core.writing.kinds import KINDS, counts_as_paper
from luoshi.core.writing.paper import length
from luoshi.core.writing.pdf import NoPdf, to_pdf
from luoshi.core.writing.titles import title_lines
from luoshi.journal.moves import Refused, demand
from luoshi.journal.queries import history
from luoshi.ledger.queries import plans_in_ledger
from luoshi.meetings.models import Meeting
from luoshi.org.actors import actor_of
from luoshi.org.models import Unit
from luoshi.org.queries.units import saying
from luoshi.org.requests import Request, whole
from luoshi.org.views.answers import attempt, page_of, posted
from luoshi.ui.downloads import download

PER_PAGE = 25
NEXT = {"draft": "review", "reviewed": "sign", "signed": "number", "numbered": "issue"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def bulletin_of(request: Request, pk: int) -> Bulletin:
    """The paper of the address, if the person may see it; else 404."""
    visible = Bulletin.objects.visible_to(actor_of(request.user))
    return get_object_or_404(visible.select_related("plan__government", "corrects"), pk=pk)


def may_fetch(actor: Actor) -> bool:
    """Whether the actor gets score sheets as they were uploaded; others see the lines a paper names."""
    return actor.holds(*DRAFTERS, *SIGNERS)


def may_draft(actor: Actor) -> bool:
    """Whether the actor drafts papers at all."""
    return actor.holds(*BULLETIN.moves["draft"].posts)


def _listed(request: Request) -> tuple[Actor, dict[str, str]]:
    """Who asks for papers, and which."""
    actor = actor_of(request.user)
    demand(BULLETIN, Bulletin(government_id=actor.government_id, state="issued"), "see", actor)
    asked = {name: request.GET.get(name, "").replace("\0", "").strip() for name in ("kind", "state", "q")}
    return actor, asked


@require_safe
def export(request: Request) -> HttpResponse:
    """The papers that the filters ask for as a workbook."""
    actor, asked = _listed(request)
    return download(excel.papers(lists.papers(actor, asked["kind"], asked["state"], asked["q"])), "公文清单")


@require_safe
def index(request: Request) -> HttpResponse:
    """All papers that may be seen, the newest first, and how many each year had."""
    actor, asked = _listed(request)
    page = page_of(request, lists.papers(actor, asked["kind"], asked["state"], asked["q"]), PER_PAGE)
    context = {
        "page": page,
        "asked": asked,
        "kinds": KINDS.values(),
        "states": BULLETIN.choices(),
        "years": lists.years(actor),
        "may_draft": may_draft(actor),
        "may_word": actor.holds(*WORDING.moves["see"].posts),
    }
    return render(request, "bulletins/index.html", context)


@require_safe
def kinds(request: Request) -> HttpResponse:
    """Which paper to draft."""
    actor = actor_of(request.user)
    demand(BULLETIN, Bulletin(government_id=actor.government_id), "draft", actor)
    lines = [(kind, counts_as_paper(kind.slug)) for kind in KINDS.values()]
    return render(request, "bulletins/kinds.html", {"kinds": lines, "plan": request.GET.get("plan", "")})


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request, kind: str) -> HttpResponse:
    """Draft a paper of one kind."""
    actor = actor_of(request.user)
    demand(BULLETIN, Bulletin(government_id=actor.government_id), "draft", actor)
    if kind not in KINDS:
        raise Http404
    today = timezone.localdate()
    corrected = _corrected(request, actor)
    plans = plans_in_ledger(actor).select_related("government")
    units = Unit.objects.filter(government_id=actor.government_id, valid_to=None).order_by("rank", "pk")
    held = _held(request, actor, kind)
    initial = {"as_of": today, "plan": whole(request.GET.get("plan", "")), **_of(held)}
    form = forms.StartForm(posted(request), kind, plans, units, initial=initial)
    sent = Sent.of(request, form, actor) if kind == "assessment" else None

    def act() -> Bulletin:
        details = form.details
        if held:
            details["decisions"] = forms.tied(details["decisions"], decided(held))
        plan, scored = form.cleaned_data["plan"], sent.scored if sent else None
        asked = writing.Asked(plan, kind, **details, corrects=corrected, of_meeting=held, scored=scored)
        return writing.start(asked, by=actor)

    trying = sent is not None and sent.trying
    if request.method == "POST" and not trying and (made := attempt(form, act)):
        messages.success(request, f"已按{'得分表' if sent else '台账'}起草{KINDS[kind].name}，请逐段核对。")
        return redirect("bulletins:paper", made.pk)
    status = 422 if form.is_bound and not (sent and sent.sound) else 200
    context = {
        "form": form,
        "sent": sent,
        "kind": KINDS[kind],
        "corrected": corrected,
        "held": held,
        "any": plans.exists(),
    }
    return render(request, "bulletins/start.html", context, status=status)


def _corrected(request: Request, actor: Actor) -> Bulletin | None:
    """The issued paper that the new one corrects, if the address names one."""
    pk = whole(request.GET.get("corrects", ""))
    if pk is None:
        return None
    return get_object_or_404(Bulletin.objects.visible_to(actor).filter(state="issued"), pk=pk)


def _held(request: Request, actor: Actor, kind: str) -> Meeting | None:
    """The meeting that minutes are of, if the address names one that was held."""
    pk = whole(request.GET.get("meeting", "")) if kind == "minutes" else None
    if pk is None:
        return None
    rows = Meeting.objects.whole_to(actor).filter(state__in=OVER).select_related("government")
    return get_object_or_404(rows, pk=pk)


def _of(held: Meeting | None) -> dict[str, Any]:
    """What the minutes' form shows at first of a meeting."""
    if held is None:
        return {}
    units = held.units.order_by("rank", "pk")
    return {
        "plan": held.plans.values_list("pk", flat=True).first(),
        "as_of": held.spoken_on,
        "name": held.title,
        "held": held.spoken_on,
        "place": held.place,
        "chair": held.chaired,
        "present": "、".join(map(saying(held.government), units)),
        "decisions": "\n".join(forms.line_of(row) for row in decided(held)),
    }


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """One paper as it will look, with what stands in its way and what may be done."""
    actor, bulletin = actor_of(request.user), bulletin_of(request, pk)
    offers = {offer.move.verb: offer for offer in BULLETIN.offers(bulletin, actor)}
    context: dict[str, Any] = {
        "bulletin": bulletin,
        "paper": bulletin.paper,
        "title": title_lines(bulletin.title),
        "passages": _numbered(bulletin),
        "offers": offers,
        "steps": [offers[verb] for verb in ("review", "sign", "issue") if verb in offers],
        "may_edit": "edit" in offers,
        "may_fetch": may_fetch(actor),
        "turn": BULLETIN.moves[NEXT[bulletin.state]] if bulletin.state in NEXT else None,
        "length": length(bulletin.paper),
        "stops": [flaw for flaw in bulletin.flaws if flaw.weight == "stop"],
        "warnings": [flaw for flaw in bulletin.flaws if flaw.weight == "warn"],
        "events": history(bulletin),
        "later": bulletin.corrections.exclude(state="withdrawn").only("pk", "number", "title", "state"),
    }
    if "number" in offers:
        year = (bulletin.given.dated or timezone.localdate()).year
        series = issuing.series_of(bulletin)
        first = {"series": series, "sequence": issuing.next_in(bulletin, series, year)}
        context["number_form"] = forms.NumberForm(initial=first)
    return render(request, "bulletins/paper.html", context)


def _numbered(bulletin: Bulletin) -> dict[str, Any]:
    """The parts of the draft for the page: paragraphs with their number, tables; annexes apart."""
    count = -1

    def lines(parts: Any) -> list[dict[str, Any]]:
        nonlocal count
        made = []
        for part, label in zip(parts, labels(parts), strict=True):
            if isinstance(part, Passage):
                count += 1
                made.append({"at": count, "passage": part, "label": label})
            else:
                made.append({"table": part.table})
        return made

    body = lines(bulletin.words.parts)
    return {"body": body, "annexes": [(a.title, lines(a.parts)) for a in bulletin.words.attachments]}


@require_safe
def number(request: Request, pk: int, at: int, piece: int) -> HttpResponse:
    """Where one number of a paper came from."""
    bulletin = bulletin_of(request, pk)
    passages = list(bulletin.words.passages())
    if at >= len(passages) or piece >= len(passages[at].pieces) or passages[at].pieces[piece].ref is None:
        raise Http404
    told = lists.receipt(bulletin, passages[at].pieces[piece])
    context = {
        "bulletin": bulletin,
        "receipt": told,
        "at": at,
        "may_fetch": may_fetch(actor_of(request.user)),
    }
    template = "bulletins/_receipt.html" if request.htmx else "bulletins/receipt.html"
    return render(request, template, context)


@require_safe
def docx(request: Request, pk: int) -> HttpResponse:
    """The paper for Word and WPS: as issued, or as it stands."""
    bulletin = bulletin_of(request, pk)
    return _file(_content(bulletin), WORD, _name(bulletin, "docx"))


@require_safe
def pdf(request: Request, pk: int) -> HttpResponse:
    """The paper printed."""
    bulletin = bulletin_of(request, pk)
    try:
        printed = to_pdf(_content(bulletin))
    except NoPdf as reason:
        raise Refused(reason.sentence) from reason
    return _file(printed.content, "application/pdf", _name(bulletin, "pdf"))


def _content(bulletin: Bulletin) -> bytes:
    if bulletin.file:
        with bulletin.file.open("rb") as held:
            content: bytes = held.read()
        return content
    return to_docx(bulletin.paper)


def _name(bulletin: Bulletin, ending: str) -> str:
    stage = "" if bulletin.issued_at else "（未印发）"
    title = "".join(title_lines(bulletin.title))
    return f"{bulletin.number}{title}{stage}.{ending}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


STEPS: dict[str, tuple[Callable[..., None], str]] = {
    "review": (issuing.review, "已审核通过，等待签发。"),
    "sign": (issuing.sign, "已签发，等待编号。"),
    "send_back": (issuing.send_back, "已退回起草，起草人会看到理由。"),
    "issue": (issuing.issue, "已印发，内容从此不再改动。"),
    "withdraw": (issuing.withdraw, "已撤回。"),
}


@require_POST
def step(request: Request, pk: int, verb: str) -> HttpResponse:
    """One step of its life."""
    actor, bulletin = actor_of(request.user), bulletin_of(request, pk)
    if verb not in STEPS:
        raise Http404
    act, done = STEPS[verb]
    noted = (request.POST.get("note", "")[:500],) if verb in ("send_back", "withdraw") else ()
    act(bulletin, actor, *noted)
    messages.success(request, done)
    return redirect("bulletins:paper", pk)


@require_POST
def give_number(request: Request, pk: int) -> HttpResponse:
    """Number a signed paper."""
    actor, bulletin = actor_of(request.user), bulletin_of(request, pk)
    demand(BULLETIN, bulletin, "number", actor)
    form = forms.NumberForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(line) for errors in form.errors.values() for line in errors))
    issuing.give_number(bulletin, form.cleaned_data["series"], form.cleaned_data["sequence"], by=actor)
    messages.success(request, f"已编号为{bulletin.number}。")
    return redirect("bulletins:paper", pk)
