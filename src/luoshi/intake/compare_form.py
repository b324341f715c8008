"""前一份 and 后一份: each a plan of the house, a borrowed paper, or files for this comparison only."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from luoshi.core.compare.model import RELATION_LABELS
from luoshi.intake.comparing import Side
from luoshi.intake.forms import EMPTY_FILE, FilesField, over_limit
from luoshi.ledger.models import Plan

SIDES = {"a": "前一份", "b": "后一份"}
HINTS = {
    "levels": "前一份是上级文件，后一份是下级文件",
    "years": "前一份是上年的，后一份是本年的",
    "versions": "前一份是前稿，后一份是后稿或印发稿",
    "papers": "同一个地方的两份不同文件，看同一件事说得是否一致",
    "peers": "两个地方的同类文件",
}
GUESSED = ("", "由文件推断（页面上写明依据，推断不对可以改选）")
ACCEPTED = ".docx,.doc,.wps,.pdf,.html,.htm,.txt,.md,.xlsx,.xls,.ofd"


class MaybeFiles(FilesField):
    """Files, or none."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [file for file in super().clean(data, initial) if file]


def _files(side: str) -> MaybeFiles:
    field = MaybeFiles(
        label=f"或者上传{SIDES[side]}（只用于这次对照，正文和附件可以一起选）",
        required=False,
        error_messages={"empty": EMPTY_FILE},
    )
    field.widget.attrs["accept"] = ACCEPTED
    return field


def _choice(side: str) -> forms.ChoiceField:
    missing = f"选的{SIDES[side]}不在方案列表里，可能已被撤回或过期。请重新选择。"
    return forms.ChoiceField(label=SIDES[side], required=False, error_messages={"invalid_choice": missing})


class CompareForm(forms.Form):
    """`plans` and `borrowed` are what can be chosen. Clean: per side a key, or files."""

    a = _choice("a")
    a_files = _files("a")
    b = _choice("b")
    b_files = _files("b")
    relation = forms.ChoiceField(
        label="两份是什么关系",
        required=False,
        widget=forms.RadioSelect,
        choices=[GUESSED, *((slug, f"{label}：{HINTS[slug]}") for slug, label in RELATION_LABELS.items())],
        error_messages={"invalid_choice": "没有这种关系，请在列出的几种里选一种。"},
    )

    def __init__(
        self, *args: Any, plans: Iterable[Plan], borrowed: Sequence[Side] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(plan.pk), _called(plan)) for plan in plans]
        lent = [(side.key, f"临时文件：{side.title}") for side in borrowed]
        for name in SIDES:
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", "（请选择）"), *lent, *known]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name, label in SIDES.items():
            if name in self.errors or f"{name}_files" in self.errors:
                continue
            if data.get(name) and data.get(f"{name}_files"):
                self.add_error(name, f"{label}既选了方案又上传了文件，请只留一个。")
            elif not data.get(name) and not data.get(f"{name}_files"):
                self.add_error(name, f"还没有{label}。请选一份方案，或上传一个文件。")
        if data.get("a") and data.get("a") == data.get("b"):
            self.add_error("b", "前一份和后一份是同一份方案，没有可比的。请换一份。")
        if sentence := over_limit([*data.get("a_files", ()), *data.get("b_files", ())]):
            self.add_error(None, sentence)
        return data


def _called(plan: Plan) -> str:
    facts = "，".join(part for part in (plan.number, plan.get_state_display()) if part)
    return f"{plan.title}（{facts}）"
