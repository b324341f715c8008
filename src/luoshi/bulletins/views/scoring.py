"""The score sheet of a 考核结果通报, as it was uploaded."""

from django.http import FileResponse, Http404, HttpResponseBase
from django.views.decorators.http import require_safe

from luoshi.bulletins.views.papers import bulletin_of, may_fetch
from luoshi.journal.moves import Denied
from luoshi.org.actors import actor_of
from luoshi.org.requests import Request


@require_safe
def score_sheet(request: Request, pk: int) -> HttpResponseBase:
    """The file itself: for those who draft and sign; others see the lines that the paper names."""
    bulletin = bulletin_of(request, pk)
    if not may_fetch(actor_of(request.user)):
        raise Denied(
            "not_you", "得分表原件由起草和签发公文的岗位查看，您可以点开公文里的数字看它来自哪一行。"
        )
    if not bulletin.score_file:
        raise Http404
    try:
        held = bulletin.score_file.open("rb")
    except OSError:
        raise Http404 from None
    return FileResponse(held, as_attachment=True, filename=bulletin.known.sheet.name)
