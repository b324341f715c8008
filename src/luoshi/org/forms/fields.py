"""Fields that every room's forms are made of; what is wrong with one is told as a sentence that says what to do."""

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from luoshi.org.requests import whole

WRONG = {"invalid_choice": "这一栏请从列出的选项中选择。"}
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2099, 12, 31)
SHORTER = "“{bare}”不能超过{most}个字，请写得短一些。"
TIGHTER = "“{bare}”不能超过{most}个字，请写得精炼一些。"
WHOLE = SHORTER.replace("{bare}", "{label}")
"""Told of what is too long: `bare` is the label without its brackets, `label` with them, `most` the number of signs."""


def line_field(
    label: str,
    required: str = "",
    most: int = 200,
    help_text: str = "",
    too_long: str = SHORTER,
    **attrs: str,
) -> forms.CharField:
    """One line; `required` is the sentence told of emptiness, `attrs` are of the input."""
    widget = forms.TextInput({"autocomplete": "off", **attrs})
    return _words(widget, label, required, most, help_text, too_long)


def text_field(
    label: str,
    required: str = "",
    most: int = 4000,
    rows: int = 4,
    help_text: str = "",
    too_long: str = TIGHTER,
) -> forms.CharField:
    """A longer text, in a box of so many rows; `required` is the sentence told of emptiness."""
    return _words(forms.Textarea({"rows": rows}), label, required, most, help_text, too_long)


def _words(
    widget: forms.Widget, label: str, required: str, most: int, help_text: str, too_long: str
) -> forms.CharField:
    long = too_long.format(label=label, bare=label.split("（")[0], most=most)
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(required),
        help_text=help_text,
        widget=widget,
        error_messages={"required": required, "max_length": long},
    )


def note_field(label: str, required: str = "") -> forms.CharField:
    """A reason or document; `required` is the sentence told when it is missing."""
    return forms.CharField(
        label=label,
        max_length=200,
        required=bool(required),
        error_messages={
            "required": required,
            "max_length": f"“{label}”不能超过200个字，请写文件名称或会议名称。",
        },
    )


def day_field(label: str, required: str = "") -> forms.DateField:
    """A day, as the browser's own field sends it; left empty it is None, unless `required` says a sentence."""
    bare = label.split("（")[0]
    odd = f"“{bare}”的年份不对，请核对。"
    return forms.DateField(
        label=label,
        required=bool(required),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST, odd), MaxValueValidator(LATEST, odd)],
        error_messages={
            "required": required,
            "invalid": f"“{bare}”要写成年-月-日，如2026-03-01，请改正。",
        },
    )


class SeveralField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Several rows of a list; a key that no row can have is refused here, where the database would only break."""

    def clean(self, value: Any) -> Any:
        if any(whole(key) is None for key in value or ()):
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return super().clean(value)


def workbook_field(label: str) -> forms.FileField:
    """The workbook that comes back filled in."""
    return forms.FileField(
        label=label,
        error_messages={
            "required": "请选择要上传的表格。",
            "empty": "选中的文件是空的，请重新选择。",
            "invalid": "文件没有传上来，请重新选择后再传。",
        },
        widget=forms.ClearableFileInput({"accept": ".xlsx,.xls"}),
    )
