"""Units: new ones, names, members, reforms."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.org.forms.fields import SeveralField, day_field, note_field
from luoshi.org.models import Government, Unit, UnitName

GONE = {"invalid_choice": "所选单位已不在名录中，请刷新页面后重新选择。"}
SPOKEN = ("short", "full", "alias")
"""Kinds of names that a person registers; the others come about by renaming and merging."""


def name_field(label: str, required: bool = True) -> forms.CharField:
    """A unit's name; emptiness and length are told as sentences."""
    return forms.CharField(
        label=label,
        max_length=100,
        required=required,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": f"{label}不能为空，请填写。",
            "max_length": "名称不能超过100个字，请核对是否把几个单位连在了一起。",
        },
    )


class DayQuery(forms.Form):
    """The day asked for in an address."""

    day = day_field("日期")

    @classmethod
    def said(cls, value: str) -> dt.date | None:
        """The day, or None when none (or nothing sound) was said."""
        form = cls({"day": value})
        day: dt.date | None = form.cleaned_data["day"] if form.is_valid() else None
        return day


class UnitForm(forms.Form):
    """A new unit."""

    full_name = name_field("全称")
    kind = forms.ChoiceField(label="类别", choices=Unit.KINDS)


class NameForm(forms.Form):
    """One more name of a unit."""

    name = name_field("新的叫法")
    kind = forms.ChoiceField(label="类别", choices=[kind for kind in UnitName.KINDS if kind[0] in SPOKEN])


class RenameForm(forms.Form):
    """A new full name, with the reason or the document that says so."""

    full_name = name_field("新的全称")
    day = day_field("启用日期（空着就是今天）")
    note = note_field("依据（可不填）")


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """One unit of a list."""

    def __init__(self, label: str, empty: str, required: bool = False) -> None:
        super().__init__(
            Unit.objects.none(),
            label=label,
            required=required,
            empty_label=empty,
            error_messages={**GONE, "required": f"请选择{label}。"},
        )


class UnitsField(SeveralField):
    """Several units of a list."""

    def __init__(self, label: str = "", required: str = "") -> None:
        super().__init__(
            Unit.objects.none(),
            label=label,
            required=bool(required),
            error_messages={**GONE, "required": required},
        )


class AmongUnits(forms.Form):
    """A form that chooses among units: `candidates` fill every field of units."""

    def __init__(self, *args: Any, candidates: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, UnitField | UnitsField):
                field.queryset = candidates


class CorrectForm(AmongUnits):
    """Kind, founding day, superior unit."""

    kind = forms.ChoiceField(label="类别", choices=Unit.KINDS)
    valid_from = day_field("设立日期")
    parent = UnitField("上级单位", "没有上级单位")


class AbolishForm(AmongUnits):
    """The end of a unit: who takes over, and by what."""

    successor = UnitField("职能由谁承接", "没有承接单位")
    day = day_field("撤销日期（空着就是今天）")
    note = note_field("依据", "撤销单位需要写明依据，请填写文件或会议名称。")


class MergeForm(AmongUnits):
    """Several units become one, new or existing."""

    before = UnitsField("哪些单位合并", "请勾选要合并的单位。")
    into = UnitField("并入哪个单位", "合并成一个新单位")
    name = name_field("新单位全称（合并成新单位时填）", required=False)
    day = day_field("合并日期（空着就是今天）")
    note = note_field("依据", "合并单位需要写明依据，请填写文件或会议名称。")


class SplitForm(forms.Form):
    """One unit becomes several, or gives a part away."""

    names = forms.CharField(
        label="分设成哪些单位",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="一行写一个全称。名录里已有的单位直接承接，没有的新增。",
        error_messages={
            "required": "请写明分设成哪些单位，一行一个。",
            "max_length": "写得太长，请核对后重新填写。",
        },
    )
    keeper = name_field("旧名称和岗位归其中哪个单位（可不填）", required=False)
    stays = forms.BooleanField(label="原单位保留，只划出部分职能", required=False)
    day = day_field("分设日期（空着就是今天）")
    note = note_field("依据", "分设单位需要写明依据，请填写文件或会议名称。")

    def clean_names(self) -> list[str]:
        """One name a line, without blanks."""
        lines = ("".join(line.split()) for line in self.cleaned_data["names"].splitlines())
        return list(dict.fromkeys(filter(None, lines)))


class MembersForm(AmongUnits):
    """What a collective name stands for."""

    members = UnitsField()


class GovernmentForm(forms.Form):
    """A government below the own one."""

    name = forms.CharField(
        label="名称",
        max_length=50,
        error_messages={"required": "请填写地区名称。", "max_length": "地区名称不能超过50个字，请核对。"},
    )
    level = forms.ChoiceField(label="层级")

    def __init__(self, *args: Any, above: Government, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [level for level, _ in Government.LEVELS]
        lower = Government.LEVELS[levels.index(above.level) + 1 :]
        self.fields["level"].choices = lower  # type: ignore[attr-defined]
        self.fields["level"].error_messages["invalid_choice"] = "请选择比本地区低的层级。"
