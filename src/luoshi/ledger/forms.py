"""What the pages of the ledger ask for. Reasons and documents are asked for in the same words everywhere."""

from decimal import Decimal

from django import forms
from django.db.models import QuerySet

from luoshi.core.plan.wording import number
from luoshi.ledger.deadlines import printed, typed
from luoshi.ledger.models import Assignment, Indicator, Milestone, Task
from luoshi.ledger.services.amending import Target
from luoshi.ledger.services.changes import LONGEST, Grounds
from luoshi.ledger.services.milestones import Step
from luoshi.org.forms.fields import day_field
from luoshi.org.forms.units import UnitField
from luoshi.org.models import Unit


def reason_field(label: str, required: str) -> forms.CharField:
    """A reason; `required` is the sentence told when it is missing ("" when it may be left out)."""
    return forms.CharField(
        label=label,
        max_length=LONGEST["reason"],
        required=bool(required),
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": required,
            "max_length": f"“{label}”不能超过{LONGEST['reason']}个字，请写得短一些。",
        },
    )


def document_field(required: bool = True) -> forms.CharField:
    """The document or meeting that the change rests on."""
    return forms.CharField(
        label="依据" if required else "依据（可不填）",
        max_length=LONGEST["document"],
        required=required,
        help_text="文号或会议名称，如青政办发〔2026〕12号。",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": "请写明依据的文号或会议。",
            "max_length": f"依据不能超过{LONGEST['document']}个字，请只写文号或会议名称。",
        },
    )


class GroundsForm(forms.Form):
    """Reason and document; forms of changes put their own fields before these."""

    reason = reason_field("理由", "请写明理由。")
    document = document_field()

    def grounds(self) -> Grounds:
        """What was filled in."""
        return Grounds(self.cleaned_data["reason"], self.cleaned_data["document"])


class ContestForm(forms.Form):
    """Why a share is not the unit's."""

    reason = reason_field("理由", "请写明为什么不属于本单位的职责，政府办据此答复。")


class UpholdForm(forms.Form):
    """Why the share stays."""

    reason = reason_field("维持的理由", "请写明维持原分工的理由，对方会看到。")


class ReassignForm(GroundsForm):
    """Another unit for a share; answering an objection, a document is not needed."""

    unit = UnitField("改派给", "请选择单位", required=True)
    field_order = ["unit", "reason", "document"]

    def __init__(self, *args: object, units: QuerySet[Unit], contested: bool) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["unit"].queryset = units
        if contested:
            self.fields["document"] = document_field(required=False)


class AddUnitForm(GroundsForm):
    """One more unit in a task."""

    unit = UnitField("单位", "请选择单位", required=True)
    role = forms.ChoiceField(
        label="角色", choices=[(Assignment.Role.SUPPORT, "责任"), (Assignment.Role.LEAD, "牵头")]
    )
    document = document_field(required=False)
    field_order = ["unit", "role", "reason", "document"]

    def __init__(self, *args: object, units: QuerySet[Unit]) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["unit"].queryset = units


def number_field(label: str, required: str = "") -> forms.DecimalField:
    """A number of a target, as a column of the ledger holds it."""
    return forms.DecimalField(
        label=label,
        max_digits=20,
        decimal_places=6,
        required=bool(required),
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "required": required,
            "invalid": f"“{label}”应为数字，如12或5.5，请改正。",
            "max_digits": f"“{label}”太长，请核对单位（如改用万、亿）。",
            "max_decimal_places": f"“{label}”最多六位小数，请改正。",
            "max_whole_digits": f"“{label}”太大，请核对单位（如改用万、亿）。",
        },
    )


class TargetForm(GroundsForm):
    """A target in its unit; which numbers must be there hangs on the kind of the indicator."""

    op = forms.ChoiceField(label="关系", choices=Indicator.Op.choices)
    value = number_field("目标值")
    value_high = number_field("目标上限（区间才填）")
    base = number_field("基数（可不填）")
    unit = forms.CharField(
        label="单位",
        max_length=50,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"max_length": "单位不能超过50个字，请写得短一些。"},
    )
    field_order = ["op", "value", "value_high", "unit", "base", "reason", "document"]

    def __init__(self, *args: object, indicator: Indicator) -> None:
        seen = Target.of(indicator)
        initial = {
            "op": seen.op,
            "unit": seen.unit,
            **{
                name: number(value)
                for name in ("value", "value_high", "base")
                if (value := getattr(seen, name)) is not None
            },
        }
        super().__init__(*args, initial=initial)  # type: ignore[arg-type]
        self.indicator = indicator
        if indicator.kind not in ("zero", "relative"):
            self.fields["value"] = number_field("目标值", "请填写目标值。")
        if indicator.target == Indicator.Target.PENDING:
            self.fields["reason"] = reason_field("说明（可不填）", "")

    def clean(self) -> None:
        """The upper end of a range lies above the lower."""
        super().clean()
        low, high = self.cleaned_data.get("value"), self.cleaned_data.get("value_high")
        if isinstance(low, Decimal) and isinstance(high, Decimal) and high <= low:
            self.add_error("value_high", "目标上限应大于目标值，请核对。")

    def target(self) -> Target:
        """What was filled in; what the form does not ask for stays as it is."""
        said = self.cleaned_data
        return Target(
            said["op"],
            said["value"],
            said["unit"],
            said["value_high"],
            said["base"],
            self.indicator.reference,
        )


class DeadlineForm(GroundsForm):
    """A new deadline, written as people write one."""

    deadline = forms.CharField(
        label="新的时限",
        max_length=20,
        help_text="如2026年9月30日、2026年9月、2026年三季度、2026年。",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": "请填写新的时限。",
            "max_length": "没有读懂这个时限，请写成2026年9月30日、2026年9月、2026年三季度或2026年。",
        },
    )
    field_order = ["deadline", "reason", "document"]

    def __init__(self, *args: object, task: Task) -> None:
        super().__init__(*args, initial={"deadline": printed(task.deadline)})  # type: ignore[arg-type]

    def clean_deadline(self) -> str:
        """As it is stored."""
        deadline = typed(self.cleaned_data["deadline"])
        if deadline is None:
            raise forms.ValidationError(
                "没有读懂这个时限，请写成2026年9月30日、2026年9月、2026年三季度或2026年。"
            )
        return deadline


class StepForm(forms.Form):
    """A milestone, or the piece of one unit."""

    title = forms.CharField(
        label="节点",
        max_length=200,
        help_text="到这一天要办成什么，如“完成招标”。",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": "请写明节点的内容。",
            "max_length": "节点不能超过200个字，请写得短一些。",
        },
    )
    due = day_field("完成日期", "请填写完成日期。")
    unit = UnitField("承担单位（分给一个单位的才选）", "由负总责单位办理")
    weight = forms.IntegerField(
        label="权重",
        min_value=1,
        max_value=100,
        initial=1,
        help_text="1到100的整数；都填1就是各占一样。",
        error_messages={
            "required": "请填写权重，不分轻重就填1。",
            "invalid": "权重应为1到100的整数，请改正。",
            "min_value": "权重应为1到100的整数，请改正。",
            "max_value": "权重应为1到100的整数，请改正。",
        },
    )

    def __init__(self, *args: object, task: Task, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["unit"].queryset = Unit.objects.filter(assignments__task=task).order_by(
            "assignments__order"
        )

    def step(self) -> Step:
        """What was filled in."""
        said = self.cleaned_data
        return Step(said["title"].strip(), said["due"], said["weight"], said["unit"])


class EditStepForm(StepForm):
    """A milestone with the reason for another day."""

    reason = forms.CharField(
        label="理由（改日期时填）",
        max_length=LONGEST["reason"],
        required=False,
        error_messages={"max_length": "理由不能超过500个字，请写得短一些。"},
    )

    def __init__(self, *args: object, milestone: Milestone) -> None:
        initial = {name: getattr(milestone, name) for name in ("title", "due", "weight", "unit")}
        super().__init__(*args, task=milestone.task, initial=initial)


class WhyForm(forms.Form):
    """A reason alone."""

    reason = reason_field("理由", "请写明理由。")
