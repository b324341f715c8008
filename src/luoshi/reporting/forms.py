"""Forms of the office: open a round, postpone it, open it again for a unit, correct a figure."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from luoshi.core.periods import Period, period_on
from luoshi.core.workdays import national
from luoshi.ledger.models import Action, Plan
from luoshi.reporting.models import RHYTHMS, Complaint, ReportingRules

DAY = {"required": "请选择日期。", "invalid": "日期应写成2026-03-31这样，请重新选择。"}


def day_field(label: str, **options: Any) -> forms.DateField:
    """A day, by the browser's own picker."""
    return forms.DateField(
        label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), error_messages=DAY, **options
    )


def note_field(label: str, longest: int = 200) -> forms.CharField:
    """A reason."""
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": f"请填写{label}。", "max_length": f"{label}请写在{longest}个字以内。"},
    )


class OpenForm(forms.Form):
    """Which plan, how far, which period, due when. The period is the one in which `day` lies."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label="方案", empty_label=None)
    programme = forms.ModelChoiceField(
        Action.objects.none(), label="范围", required=False, empty_label="整个方案"
    )
    rhythm = forms.ChoiceField(label="频次", choices=[(r, r) for r in RHYTHMS])
    day = day_field("报哪一段（选其中任意一天）")
    due = day_field("截止日期")

    def __init__(self, data: Any, plans: Any, **options: Any) -> None:
        super().__init__(data, **options)
        plan, programme = self.fields["plan"], self.fields["programme"]
        assert isinstance(plan, forms.ModelChoiceField)
        assert isinstance(programme, forms.ModelChoiceField)
        plan.queryset = plans
        programme.queryset = Action.objects.filter(plan__in=plans)
        for field in self.fields.values():
            field.error_messages.setdefault("invalid_choice", "请从列出的选项中选择。")
            field.error_messages["required"] = f"请填写“{field.label}”。"

    def clean(self) -> dict[str, Any]:
        """The action must be one of the plan."""
        said = super().clean() or {}
        programme = said.get("programme")
        if programme and said.get("plan") and programme.plan_id != said["plan"].pk:
            self.add_error("programme", "这个行动不在选中的方案里，请重新选择。")
        return said

    @property
    def period(self) -> Period:
        """The period asked for."""
        return period_on(self.cleaned_data["rhythm"], self.cleaned_data["day"])


class PostponeForm(forms.Form):
    """A later last day, and why."""

    due = day_field("新的截止日期")
    note = note_field("顺延理由")


class ReasonForm(forms.Form):
    """Why."""

    note = note_field("理由", 500)


class CorrectForm(forms.Form):
    """The right number, and why."""

    value = forms.DecimalField(
        label="更正为",
        max_digits=20,
        decimal_places=6,
        error_messages={"required": "请填写更正后的数。", "invalid": "应为数字，请重新填写。"},
    )
    note = note_field("更正理由")


class RulesForm(forms.Form):
    """How this government wants its reports."""

    head_signs = forms.BooleanField(label=ReportingRules.LABEL, required=False)


class ComplaintForm(forms.Form):
    """What is too much."""

    kind = forms.ChoiceField(label="类别", choices=Complaint.KINDS)
    words = forms.CharField(
        label="意见",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="写明哪一项重复、哪里已经报过，政府办会逐条答复。",
        error_messages={"required": "请写明意见。", "max_length": "意见请写在1000个字以内。"},
    )


def proposed(rhythm: str, today: dt.date | None = None) -> dict[str, Any]:
    """What the form of a new round offers: the last full period, due in three working days (调休 counted)."""
    day = today or timezone.localdate()
    current = period_on(rhythm, day)  # type: ignore[arg-type]  # of RHYTHMS
    last = period_on(current.length, current.start - dt.timedelta(days=1))
    return {"rhythm": rhythm, "day": last.start, "due": national().add(day, 3)}


def decimal_of(form: CorrectForm) -> Decimal:
    """The number of a sound form."""
    value: Decimal = form.cleaned_data["value"]
    return value
