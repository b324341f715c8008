"""What a person fills in about meetings and decisions. Every refusal is one sentence that says what to do."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.core.flow.actor import Actor
from luoshi.ledger.models import Action, Plan
from luoshi.ledger.queries import plans_in_ledger
from luoshi.meetings.models import KINDS, Meeting
from luoshi.meetings.services.preparing import Draft
from luoshi.org.forms.fields import WRONG, SeveralField, day_field, line_field, text_field
from luoshi.org.forms.units import UnitsField
from luoshi.org.models import Person, Unit
from luoshi.org.queries.units import concrete_units


def leaders_of(actor: Actor) -> QuerySet[Person]:
    """Who may chair: people of the government with a leader's post."""
    return Person.objects.filter(government_id=actor.government_id, posts__slug="leader", posts__valid_to=None).distinct().order_by("pk")  # fmt: skip


class MeetingForm(forms.Form):
    """A meeting: few fields, filled in from the last of its kind."""

    kind = forms.ChoiceField(label="种类", choices=list(KINDS.items()), error_messages=WRONG)
    title = line_field("名称", "请写会议名称，如“2026年11月重点任务调度会”。", 100)
    day = day_field("日期", "请选择开会日期。")
    time = line_field("时间（如15:00）", most=20)
    place = line_field("地点", most=100)
    chair = forms.ModelChoiceField(
        Person.objects.none(), label="主持人", empty_label="暂不确定", required=False, error_messages=WRONG
    )
    plans = SeveralField(
        Plan.objects.none(),
        label="方案（材料从这里取）",
        widget=forms.CheckboxSelectMultiple,
        error_messages={**WRONG, "required": "请选择至少一个方案，材料从它的台账里取。", "invalid_pk_value": WRONG["invalid_choice"]},
    )  # fmt: skip
    programme = forms.ModelChoiceField(
        Action.objects.none(), label="只开一个行动的", empty_label="不限行动", required=False, error_messages=WRONG
    )  # fmt: skip
    units = UnitsField("参会单位")
    topics = text_field("其他议题（一行一项）", most=2000, rows=3)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = plans_in_ledger(actor)
        actions = Action._base_manager.filter(plan__in=plans).order_by("plan", "order")
        if not actor.holds("office") and not actor.reaches("force_office", None):
            actions = actions.filter(name__in=actor.covers)
            self._choices("programme").empty_label = None
            self._choices("programme").required = True
        self._choices("plans").queryset = plans
        self._choices("programme").queryset = actions
        self._choices("chair").queryset = leaders_of(actor)
        self._choices("units").queryset = concrete_units(actor)
        self.fields["units"].widget = forms.CheckboxSelectMultiple(choices=self._choices("units").choices)

    def _choices(self, name: str) -> Any:
        return self.fields[name]

    def draft(self) -> Draft:
        """What was filled in."""
        said = self.cleaned_data
        return Draft(**{**said, "plans": list(said["plans"]), "units": list(said["units"])})


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """What the form shows of a meeting at first."""
    names = ("kind", "title", "day", "time", "place", "chair", "programme", "topics")
    return {
        **{name: getattr(meeting, name) for name in names},
        "plans": [plan.pk for plan in meeting.plans.all()],
        "units": [unit.pk for unit in meeting.units.all()],
    }


class FreezeForm(forms.Form):
    """The day of the data; why, where there is a pack already."""

    as_of = day_field("数据截至", "请选择数据截至哪一天。")

    def __init__(self, *args: Any, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if again:
            self.fields["note"] = line_field("为什么重新定", "重新定材料要写明理由，如“补报了两个单位的数”。")


class MarkForm(forms.Form):
    """What a leader notes on a line of the pack."""

    key = forms.CharField(
        max_length=40, required=False, error_messages={"max_length": "请刷新页面后再批注。"}
    )
    text = line_field("批注", "请写下批注。", 500)


class AnswerForm(forms.Form):
    """The unit's sentence, and whether it is done."""

    DONE, GOING = "done", "going"

    text = text_field("办理情况", "请用一句话写明办到哪一步，或怎样办成的。", 500, 3)
    how = forms.ChoiceField(
        label="是否办成",
        choices=[(DONE, "已经办成，报办结"), (GOING, "还在办，先报进展")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择已经办成，还是还在办。", **WRONG},
    )


class PutOffForm(forms.Form):
    """A later day, and why."""

    due = day_field("延期到", "请选择延期到哪一天。")
    note = text_field("理由", "延期要写明理由。", 500, 2)


class SuperviseForm(forms.Form):
    """Whether a similar order was looked at."""

    sure = forms.BooleanField(label="已看过相近的督办事项，仍要立项", required=False)


def unit_names(units: QuerySet[Unit]) -> list[str]:
    """For the list that a field offers while typing."""
    return list(units.values_list("full_name", flat=True))


def next_day(last: Meeting | None, before: Meeting | None, today: dt.date) -> dt.date:
    """When the next of a series is likely: as far from the last as that was from the one before; a month without such."""
    if last is None:
        return today
    step = last.day - before.day if before and before.day < last.day else dt.timedelta(days=30)
    return max(last.day + step, today)
