"""What a person fills in about an order. Every refusal is one sentence that says what to do."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.core.orders.clocks import clocks
from luoshi.core.orders.guard import Flag
from luoshi.core.orders.words import AUTHORITIES, CAUSES, COLOURS, METHODS, ORIGINS, TYPES
from luoshi.core.progress.pace import CURVES
from luoshi.ledger.models import Task
from luoshi.org.forms.fields import WRONG, day_field, line_field, text_field
from luoshi.org.forms.units import UnitField, UnitsField
from luoshi.org.models import Unit
from luoshi.supervision.models import Order
from luoshi.supervision.services.doing import Proof
from luoshi.supervision.services.opening import Draft

PROOFS = 3


class DraftForm(forms.Form):
    """立项: one matter, one unit that answers for it."""

    title = line_field("事项（一事一单）", "请写明督办什么事。", 120)
    matter = text_field(
        "办理要求", "请写明要做到什么、何时反馈。", help_text="目标、时限、反馈方式写在一处，不附空表。"
    )
    unit = UnitField("承办单位（负总责，只一个）", "暂不确定")
    co_units = UnitsField("配合单位")
    origin = forms.ChoiceField(label="来源", choices=list(ORIGINS.items()), error_messages=WRONG)
    ground = line_field("依据（文号、批示或会议）")
    clock = forms.ChoiceField(label="期限模板", required=False, error_messages=WRONG)
    deadline = day_field("办理时限（写了就以此为准）")
    leader = line_field("分管领导", most=50)
    type = forms.ChoiceField(label="督查类型", choices=list(TYPES.items()), error_messages=WRONG)
    authority = forms.ChoiceField(
        label="授权来源",
        required=False,
        choices=[("", "日常督办不填"), *AUTHORITIES.items()],
        error_messages=WRONG,
    )
    authority_ground = line_field("授权依据")
    methods = forms.MultipleChoiceField(
        label="督查方式", required=False, choices=list(METHODS.items()), widget=forms.CheckboxSelectMultiple, error_messages=WRONG
    )  # fmt: skip
    sure = forms.BooleanField(label="已看过，仍要立项", required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], task: Task | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task = task
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["co_units"].queryset = units  # type: ignore[attr-defined]
        self.fields["co_units"].widget = forms.CheckboxSelectMultiple(choices=self.fields["co_units"].choices)  # type: ignore[attr-defined]
        self.fields["clock"].choices = [  # type: ignore[attr-defined]
            ("", "不用模板"),
            *((c.slug, f"{c.title}：{c.words}") for c in clocks().values()),
        ]

    def draft(self) -> Draft:
        """What was filled in."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "sure"}
        return Draft(**{**said, "co_units": list(said["co_units"]), "task": self.task})


def initial_of(order: Order) -> dict[str, Any]:
    """What a DraftForm shows of an order at first."""
    names = ("title", "matter", "unit", "origin", "ground", "clock", "deadline", "leader", "type", "authority", "authority_ground", "methods")  # fmt: skip
    return {n: getattr(order, n) for n in names} | {"co_units": [s.unit_id for s in order.shares.all()]}


class NoForm(forms.Form):
    """A press of a button."""


class NoteForm(forms.Form):
    """A reason, an answer, a finding: one text."""

    note = text_field("说明", "请写明理由。", 1000)

    def __init__(
        self, *args: Any, label: str = "说明", required: str = "请写明理由。", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"] = text_field(label, required, 1000)


class ReplyForm(forms.Form):
    """What was done, with evidence where there is some."""

    text = text_field("办理情况", "请写明做了什么、结果怎样、还差什么。", rows=6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, PROOFS + 1):
            self.fields[f"proof{n}"] = line_field(
                f"佐证{n}",
                most=100,
                help_text="如验收单、会议纪要。" if n == 1 else "",
            )
            self.fields[f"proof{n}_day"] = day_field("日期")
            self.fields[f"proof{n}_place"] = line_field("文号或存放处")

    def clean(self) -> dict[str, Any]:
        """A named piece of evidence has a day that has come."""
        said = super().clean() or self.cleaned_data
        for n in range(1, PROOFS + 1):
            if said.get(f"proof{n}") and not said.get(f"proof{n}_day"):
                self.add_error(f"proof{n}_day", "请填写这份佐证的日期。")
        return said

    def rows(self) -> list[tuple[forms.BoundField, ...]]:
        """The three fields of each piece of evidence."""
        return [
            tuple(self[f"proof{n}{tail}"] for tail in ("", "_day", "_place")) for n in range(1, PROOFS + 1)
        ]

    def proofs(self) -> list[Proof]:
        """The evidence that was named."""
        said = self.cleaned_data
        return [
            Proof(said[f"proof{n}"], said[f"proof{n}_day"], said[f"proof{n}_place"])
            for n in range(1, PROOFS + 1)
            if said[f"proof{n}"]
        ]


class VerifyForm(forms.Form):
    """The verifier's own words, and an answer to every flag."""

    words = text_field(
        "核验意见", "请写明看了什么、找谁核实、结果如何。", 1000, help_text="用自己的话写，不能照抄报结内容。"
    )

    def __init__(self, *args: Any, flags: Sequence[Flag], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.flags = flags
        for n, flag in enumerate(flags):
            self.fields[f"flag{n}"] = text_field(
                f"提示{n + 1}：{flag.sentence}", "请对这处提示作出说明。", 500, 2
            )

    def answers(self) -> dict[str, str]:
        """Code of each flag → what was said to it."""
        return {flag.code: self.cleaned_data[f"flag{n}"] for n, flag in enumerate(self.flags)}


class CannotForm(forms.Form):
    """做不到: why, and what would help."""

    cause = forms.ChoiceField(label="主要原因", choices=list(CAUSES.items()), error_messages=WRONG)
    text = text_field("具体情况", "请写明卡在哪里、已经做过什么。", 1000)
    help_needed = text_field("需要什么帮助", "请写明需要谁、做什么、何时。", 500, 2)


class ExtensionForm(forms.Form):
    """More time, asked before the deadline."""

    wanted = day_field("申请延到", "请填写申请延到哪一天。")
    reason = text_field("理由和预计完成情况", "申请延期要写明理由和预计完成情况。", 500)


class ReassignForm(forms.Form):
    """Another unit, and why."""

    unit = UnitField("改派给", "请选择单位", required=True)
    note = text_field("理由", "改派要写明理由。", 500, 2)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class ReopenForm(forms.Form):
    """It has come back: what was found, and a new day."""

    note = text_field("回头看发现的情况", "请写明发现了什么。", 1000)
    deadline = day_field("新的办理时限", "请填写新的办理时限。")


class CarryOnForm(forms.Form):
    """What was decided about 做不到, and a new day where there is one."""

    note = text_field("研究意见", "请写明帮助解决什么、由谁解决。", 1000)
    deadline = day_field("新的办理时限（不改就空着）")


class EscalateForm(forms.Form):
    """A slip of a colour."""

    colour = forms.ChoiceField(
        label="督查单", required=False, error_messages=WRONG,
        choices=[("", "按顺序升一级"), *((slug, f"{name}（{word}）") for slug, (name, word) in COLOURS.items())],
    )  # fmt: skip
    note = text_field("事由", "发督查单要写明事由。", 500)


class PlanForm(forms.Form):
    """How many inspections the year's filed plan allows."""

    planned = forms.IntegerField(
        label="本年计划次数", min_value=0, max_value=500,
        error_messages={"required": "请填写计划次数。", "invalid": "计划次数应为整数。", "min_value": "计划次数不能为负。", "max_value": "计划次数不能超过500，请核对。"},
    )  # fmt: skip


class PaceForm(forms.Form):
    """The planned curve: per cent at the end of each of the `months` of its time, its shape, and why."""

    kind = forms.ChoiceField(label="形状", choices=list(CURVES.items()), error_messages=WRONG)
    why = text_field("理由", "自定计划进度要写明理由，如历年各月占比、施工期。", 500, 2)

    def __init__(self, *args: Any, months: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = months
        for n in range(1, months + 1):
            self.fields[f"p{n}"] = forms.IntegerField(
                label=f"{n}月底", min_value=0, max_value=100, initial=round(100 * n / months), widget=forms.TextInput({"inputmode": "numeric"}),
                error_messages={
                    "required": f"请填写{n}月底的计划进度。", "invalid": f"{n}月底的计划进度应为0到100的整数。",
                    "min_value": f"{n}月底的计划进度不能小于0。", "max_value": f"{n}月底的计划进度不能大于100。",
                },
            )  # fmt: skip

    def months(self) -> list[forms.BoundField]:
        """The fields of the months."""
        return [self[f"p{n}"] for n in range(1, self.count + 1)]

    def points(self) -> list[int]:
        """What was filled in."""
        return [self.cleaned_data[f"p{n}"] for n in range(1, self.count + 1)]
