"""The score sheet a 考核结果通报 is drafted from, as it travels through the form: tried out first, kept in the page until drafting."""

import base64
import binascii
from dataclasses import dataclass
from typing import Self

from django.core.files.uploadedfile import UploadedFile

from luoshi.bulletins.forms import StartForm
from luoshi.bulletins.scores import LARGEST, Scored, quota_of, try_out
from luoshi.core.flow.actor import Actor
from luoshi.journal.moves import Refused
from luoshi.org.models import Government
from luoshi.org.requests import Request

LOST = "得分表没有传完整，请重新选择文件后再上传。"


@dataclass
class Sent:
    """What came with the form. `trying`: only look at the sheet, draft nothing; the file waits in the page, not with us."""

    trying: bool
    scored: Scored | None = None

    @classmethod
    def of(cls, request: Request, form: StartForm, actor: Actor) -> Self:
        """The sheet of a request, tried out anew each time; what is wrong with the file becomes an error of the form."""
        file = request.FILES.get("file")
        made = cls("try" in request.POST or file is not None)
        if request.method != "POST":
            return made
        try:
            name, data = _received(request, file)
            county = Government.objects.get(pk=actor.government_id).name
            quota = quota_of(request.POST.get("quota", "")[:100])
            made.scored = try_out(data, name, quota, county, actor)
        except Refused as reason:
            form.add_error(None, reason.sentence)
        if made.scored and made.scored.faults:
            form.add_error(
                None, f"得分表有{len(made.scored.faults)}处要改正，什么都没有存。请按上面的表改正后重新上传。"
            )
        return made

    @property
    def sound(self) -> bool:
        """Whether it may be drafted from; otherwise the page is an answer to something wrong."""
        return self.trying and self.scored is not None and not self.scored.faults

    @property
    def held(self) -> str:
        """The file for the page; only of a sheet without faults, a faulty one has to come anew."""
        sound = self.scored and not self.scored.faults
        return base64.b64encode(self.scored.data).decode() if self.scored and sound else ""


def _received(request: Request, file: "UploadedFile[bytes] | None") -> tuple[str, bytes]:
    """Name and bytes: of the file that comes with the form, else of the one the page held. Raises Refused."""
    if file is not None:
        name = (file.name or "得分表").replace("\0", "")
        if (file.size or 0) > LARGEST:
            raise Refused(f"文件“{name}”太大，得分表不超过{LARGEST >> 20}MB。请删去图片等无关内容后再上传。")
        return name, file.read()
    held = request.POST.get("held", "")
    if not held:
        raise Refused("请选择得分表，上传核对后再起草。")
    if len(held) > LARGEST * 3 // 2:
        raise Refused(LOST)
    try:
        data = base64.b64decode(held, validate=True)
    except (binascii.Error, ValueError):
        raise Refused(LOST) from None
    return request.POST.get("held_name", "得分表.xlsx").replace("\0", "")[:100] or "得分表.xlsx", data
