"""Shapes of what a person may fill in about a read item; lists are written with 、 as in the paper."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from luoshi.core.plan.wording import number
from luoshi.intake.models import DraftItem
from luoshi.ledger.deadlines import FORM, last_day
from luoshi.ledger.models import Indicator

SEPARATORS = re.compile(r"[、,，;；\s]+")
LARGEST = 1e12


class ListField(forms.CharField):
    """Names with 、 between them ↔ a list."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return list(dict.fromkeys(filter(None, SEPARATORS.split(super().clean(value)))))


class NumberField(forms.FloatField):
    """A number, with the sentence a clerk understands."""

    default_error_messages = {"invalid": "这里应为数字，请只填数字，单位写在“单位”一栏。"}
    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, int | float) else value

    def clean(self, value: Any) -> float | None:
        found = super().clean(value)
        if found is not None and abs(found) >= LARGEST:
            raise forms.ValidationError("这个数太大了。请改用“万”“亿”等单位，单位写在“单位”一栏。")
        return found


class TextField(forms.CharField):
    """Words; left empty they are None, as the reader writes it."""

    def clean(self, value: Any) -> str | None:
        return super().clean(value) or None


class ItemForm(forms.Form):
    """The fields of one kind of item. `changes()` is what goes into `DraftItem.data`."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: DraftItem, actions: Iterable[str] = (), **kwargs: Any) -> None:
        self.item = item
        initial = {**self.initial_of(item), "version": item.version}
        super().__init__(*args, initial=initial, auto_id=f"f{item.pk}_%s", **kwargs)
        self.set_actions(list(actions))

    def initial_of(self, item: DraftItem) -> dict[str, Any]:
        return dict(item.data)

    def set_actions(self, actions: list[str]) -> None:
        """Only tasks name an action."""

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class DocumentForm(ItemForm):
    title = forms.CharField(
        label="标题", max_length=300, error_messages={"required": "标题不能为空，请填写方案的标题。"}
    )
    number = TextField(label="文号", max_length=100, required=False)
    issuer = TextField(label="发文机关", max_length=200, required=False)
    date = forms.DateField(
        label="成文日期", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="落款处的日期，按年、月、日选。",
        error_messages={"invalid": "日期应写成 2026-03-18 这样，请改正。"},
    )  # fmt: skip
    year = forms.IntegerField(
        label="年度", required=False, min_value=1990, max_value=2100, widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={"invalid": "年度应为四位数字，如 2026。"},
    )  # fmt: skip

    def initial_of(self, item: DraftItem) -> dict[str, Any]:
        date = item.data.get("date")
        return {**item.data, "date": dt.date.fromisoformat(date) if date else None}

    def changes(self) -> dict[str, Any]:
        data = super().changes()
        return {**data, "date": data["date"].isoformat() if data["date"] else None}


class ActionForm(ItemForm):
    name = forms.CharField(label="行动名称", max_length=200)


class TaskForm(ItemForm):
    heading = TextField(label="标题", max_length=500, required=False)
    action = forms.ChoiceField(label="所属行动", required=False)
    lead = ListField(label="牵头单位", required=False)
    units = ListField(label="责任单位", required=False, help_text="几个单位之间用“、”隔开。")
    leaders = ListField(label="分管领导", required=False)
    deadline = TextField(
        label="时限",
        max_length=20,
        required=False,
        help_text="如 2026、2026-Q3、2026-08、2026-08-31；没有就空着。",
    )
    open_ended = forms.BooleanField(label="单位列举未尽（末尾有“等”）", required=False)

    def initial_of(self, item: DraftItem) -> dict[str, Any]:
        return {**item.data, "lead": item.owners("lead"), "units": item.owners("units")}

    def set_actions(self, actions: list[str]) -> None:
        now = self.item.data.get("action")
        names = list(dict.fromkeys([*actions, *([now] if now else [])]))
        self.fields["action"].choices = [("", "（无）"), *((name, name) for name in names)]

    def clean_deadline(self) -> str | None:
        value = self.cleaned_data["deadline"]
        if value and not (FORM.fullmatch(value) and last_day(value)):
            raise forms.ValidationError("时限应写成 2026、2026-Q3、2026-08 或 2026-08-31 这样，请改正。")
        return value

    def changes(self) -> dict[str, Any]:
        data = super().changes()
        named = [(name, "lead") for name in data.pop("lead")] + [
            (name, "units") for name in data.pop("units")
        ]
        known = {(o["name"], o["role"]): o for o in self.item.data.get("owners", [])}
        owners = [
            known.get(key, {"name": key[0], "role": key[1], "start": None, "end": None}) for key in named
        ]
        return {**data, "action": data["action"] or None, "owners": owners}


class IndicatorForm(ItemForm):
    name = forms.CharField(label="指标名称", max_length=300)
    kind = forms.ChoiceField(label="类型", choices=Indicator.Kind.choices)
    op = forms.ChoiceField(label="关系", choices=Indicator.Op.choices)
    value = NumberField(label="目标值", required=False)
    value_high = NumberField(label="目标上限", required=False)
    unit = TextField(label="单位", max_length=50, required=False)
    base = NumberField(label="基数", required=False)
    reference = TextField(label="参照", max_length=200, required=False)


class TaskForceForm(ItemForm):
    name = forms.CharField(label="专班名称", max_length=200)
    conveners = ListField(label="召集人（组长）", required=False)
    first_deputies = ListField(label="第一副召集人（常务副组长）", required=False)
    deputies = ListField(label="副召集人（副组长）", required=False)
    members = ListField(label="成员", required=False)
    office = TextField(label="办公室设在", max_length=200, required=False)


class MechanismForm(ItemForm):
    actor = TextField(label="谁", max_length=200, required=False)
    activity = forms.CharField(label="做什么", max_length=200)
    every = TextField(
        label="多久一次", max_length=50, required=False, help_text="如 周、旬、月、季度、半年。"
    )
    at_least = forms.BooleanField(label="至少", required=False)


class QuotaForm(ItemForm):
    who = TextField(label="谁", max_length=200, required=False)
    what = forms.CharField(label="什么", max_length=200)
    at_least = NumberField(label="至少")
    per = TextField(label="每", max_length=50, required=False)


FORMS: Mapping[str, type[ItemForm]] = {
    "document": DocumentForm,
    "action": ActionForm,
    "task": TaskForm,
    "indicator": IndicatorForm,
    "task_force": TaskForceForm,
    "mechanism": MechanismForm,
    "quota": QuotaForm,
}


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, in the order they were given."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) and data else [data or None]
        return [super(FilesField, self).clean(file, initial) for file in files]


EMPTY_FILE = "选的文件是空的，没有内容可读。请核对后重新选择。"


class UploadForm(forms.Form):
    files = FilesField(
        label="方案文件",
        error_messages={
            "required": "还没有选文件。请选择印发的方案，有附件的一并选上。",
            "empty": EMPTY_FILE,
        },
    )


def over_limit(files: Iterable[UploadedFile]) -> str:
    """What to say of files that together are larger than UPLOAD_LIMIT; "" of others."""
    total, limit = sum(file.size or 0 for file in files), settings.UPLOAD_LIMIT
    if total <= limit:
        return ""
    return (
        f"文件共{total / 2**20:.0f}MB，超过了{limit // 2**20}MB的上限。请去掉其中的图片或拆成几份后再上传。"
    )
