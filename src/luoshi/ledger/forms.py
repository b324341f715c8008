"""What the pages of the ledger ask for. Reasons and documents are asked for in the same words everywhere."""

from django import forms
from django.db.models import QuerySet

from luoshi.ledger.models import Assignment
from luoshi.ledger.services.changes import LONGEST, Grounds
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
