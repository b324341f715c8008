"""What a person fills in about the calendar. Every refusal is one sentence that says what to do."""

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.utils import timezone

from luoshi.core.dues import Due, parse_due
from luoshi.core.occasions import Rhythm as Dated
from luoshi.core.periods import LENGTHS
from luoshi.core.rhythms import LEADS
from luoshi.core.workdays import RULES
from luoshi.dispatch.models import BECOMES, BORNE
from luoshi.dispatch.queries.naming import Register
from luoshi.dispatch.services.confirming import Terms
from luoshi.dispatch.services.days import Entered
from luoshi.org.forms import fields
from luoshi.org.forms.fields import WHOLE, WRONG, day_field, note_field

EVERY = [("", "没有定周期"), *((length, f"每{length}") for length in LENGTHS if length != "日")]
SHIFTS = [(slug, words.removeprefix("遇节假日").partition("，")[0]) for slug, words in RULES.items()]
MOST_WHO = 3000
MOST_LEAD = 30
line_field = partial(fields.line_field, too_long=WHOLE)
text_field = partial(fields.text_field, most=500, rows=3, too_long=WHOLE)


class TermsForm(forms.Form):
    """What one rhythm becomes. Names in 由谁办 are read against the register; what nobody answers to is told."""

    becomes = forms.ChoiceField(label="排成", choices=BECOMES, error_messages=WRONG)
    every = forms.ChoiceField(label="周期", choices=EVERY, required=False, error_messages=WRONG)
    who = line_field("由谁办", most=MOST_WHO, help_text="单位全称或简称、领导姓名，几个之间用“、”分开。")
    due_said = line_field(
        "期限", most=30, help_text="如每月25日前、次月5日前、3个工作日内；不写按本期最后一个工作日。"
    )
    shift = forms.ChoiceField(label="遇节假日", choices=SHIFTS, error_messages=WRONG)
    lead = forms.IntegerField(
        label="提前几个工作日提醒或发起",
        min_value=0,
        max_value=MOST_LEAD,
        error_messages={
            "required": "请填写提前几个工作日，0表示当天。",
            "invalid": "提前几个工作日要写成整数，如3。",
            "min_value": "提前几个工作日不能是负数。",
            "max_value": f"提前的工作日最多{MOST_LEAD}个。",
        },
        widget=forms.TextInput({"inputmode": "numeric", "size": 3, "autocomplete": "off"}),
    )
    at_least = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, names: Register, within: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names, self.within = names, within
        for name in (
            "becomes",
            "every",
            "who",
            "due_said",
        ):  # in a table of many rows they stand without labels
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label
        self.fields["who"].widget.attrs["list"] = "names"
        self.fields["due_said"].widget.attrs |= {"list": "dues", "placeholder": "期末最后工作日"}

    def clean_due_said(self) -> str:
        """A due day as counties say it."""
        said: str = self.cleaned_data["due_said"].strip()
        if said:
            _due(said)
        return said

    def clean(self) -> dict[str, Any]:
        """Somebody who answers for what somebody has to do."""
        said = super().clean() or self.cleaned_data
        self.named = self.names.named(said.get("who", ""), self.within)
        if said.get("becomes") in BORNE and self.named.unknown:
            words = "、".join(self.named.unknown)[:60]
            self.add_error("who", f"没有找到“{words}”，请按单位名录和领导名单填写，或改为“不排”。")
        return said

    def terms(self) -> Terms:
        """What was filled in."""
        said = self.cleaned_data
        borne = said["becomes"] in BORNE
        return Terms(
            every=said["every"],
            becomes=said["becomes"],
            due_said=said["due_said"],
            shift=said["shift"],
            lead=said["lead"],
            at_least=said["at_least"],
            units=list(self.named.units) if borne else (),
            posts=list(self.named.posts) if borne else (),
        )

    def dated(self) -> Dated | None:
        """The rhythm as filled in, whatever else is still wrong; None where it cannot be dated."""
        said = self.cleaned_data
        if said.get("becomes") == "none" or not said.get("every") or "due_said" not in said:
            return None
        due = parse_due(said["due_said"]) if said["due_said"] else None
        return Dated("", "", said["every"], False, due, said.get("shift", "within"))


def _due(said: str) -> Due:
    try:
        return parse_due(said)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error


def initial_of(terms: Terms, who: str) -> dict[str, Any]:
    """What a TermsForm shows at first."""
    lead = terms.lead if terms.every else LEADS["月"]
    return {
        "becomes": terms.becomes,
        "every": terms.every,
        "who": who,
        "due_said": terms.due_said,
        "shift": terms.shift,
        "lead": lead,
        "at_least": terms.at_least,
    }


class SinceForm(forms.Form):
    """From when the calendar of a plan is in force."""

    since = day_field("起用日期", "请填写起用日期。")

    def clean_since(self) -> dt.date:
        """Not in years past: what was due then cannot be asked any more."""
        since: dt.date = self.cleaned_data["since"]
        if since < timezone.localdate():
            raise forms.ValidationError("起用日期已经过去，请选今天或以后的一天。")
        return since


class FromForm(forms.Form):
    """A change from a day on, with its reason."""

    day = day_field("从哪天起（以所报时段的最后一天为准）", "请填写从哪天起。")
    reason = text_field("理由", "请写明理由。")
    document = line_field("依据（文号、会议或批示）", most=100)


class ChangeForm(TermsForm, FromForm):
    """Other terms from a day on."""

    field_order = ["becomes", "every", "who", "due_said", "shift", "lead", "day", "reason", "document"]


class KeepForm(forms.Form):
    """Done on a day, with a word on how where there is one."""

    on = day_field("完成日期", "请填写完成日期。")
    note = text_field("说明（可不填）", rows=2)


class ReasonForm(forms.Form):
    """A reason, and nothing else."""

    reason = text_field("理由", "请写明理由。")


class DaysForm(forms.Form):
    """Days off or worked."""

    works = forms.ChoiceField(
        label="放假还是上班",
        choices=[("", "放假"), ("1", "上班（调休）")],
        required=False,
        error_messages=WRONG,
    )
    name = line_field("名称", "请写明名称，如春节、县庆、调休上班。", 30)
    first = day_field("起始日期", "请填写起始日期。")
    last = day_field("结束日期（只有一天可不填）")
    ground = note_field("依据（文件名称和文号）", "请写明依据，如放假通知的文号。")
    publishes = forms.IntegerField(
        label="这一年的放假安排已公布（填年份，不是可不填）",
        required=False,
        min_value=2000,
        max_value=2099,
        help_text="填了年份，这一年就不再标“暂估”。",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "公布年度要写成四位年份，如2027，请改正。"
        ),
        widget=forms.TextInput({"inputmode": "numeric", "size": 6, "autocomplete": "off"}),
    )

    def entered(self) -> Entered:
        """What was filled in."""
        said = self.cleaned_data
        return Entered(
            first=said["first"],
            last=said["last"] or said["first"],
            works=said["works"] == "1",
            name=said["name"],
            ground=said["ground"],
            publishes=said["publishes"],
        )
