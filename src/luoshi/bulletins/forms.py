"""Forms of papers: what one is about, its particulars, its number, a county's wording."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from luoshi.core.writing.drafting import Particulars
from luoshi.core.writing.facts import Decision, Meeting, Order
from luoshi.core.writing.kinds import ISSUERS, KINDS
from luoshi.core.writing.paper import KINDS as LAYOUTS
from luoshi.ledger.models import Plan
from luoshi.org.models import Unit

DAY = {"required": "请选择日期。", "invalid": "日期应写成2026-03-31这样，请重新选择。"}
LETTERS = ("urging", "reminder", "assignment")
QUARTERS = "一二三四"
SEPARATORS = ("｜", "|", "\t")


def period_of(kind: str, day: dt.date) -> str:
    """How papers of a kind call the time up to a day.

    >>> period_of("ten_days", dt.date(2026, 7, 10)), period_of("season", dt.date(2026, 7, 10))
    ('2026年7月上旬', '2026年第三季度')
    """
    if kind == "ten_days":
        third = "上旬" if day.day <= 10 else "中旬" if day.day <= 20 else "下旬"
        return f"{day.year}年{day.month}月{third}"
    if kind == "season":
        return f"{day.year}年第{QUARTERS[(day.month - 1) // 3]}季度"
    return f"{day.year}年{day.month}月"


def _text(
    label: str, longest: int = 200, required: bool = False, rows: int = 0, **more: Any
) -> forms.CharField:
    errors = {"required": f"请填写“{label}”。", "max_length": f"“{label}”请写在{longest}个字以内。"}
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, max_length=longest, required=required, widget=widget, error_messages=errors, **more
    )


def _day(label: str, required: bool = True) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, error_messages=DAY)


class StartForm(forms.Form):
    """What a paper is about. Which fields there are depends on its kind."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label="方案", empty_label=None)
    as_of = _day("数据截至")
    period = _text("时期", 50, help_text="不填则按截至日期写，如“2026年7月上旬”。")
    issuer = forms.ChoiceField(label="以谁的名义发", choices=list(ISSUERS.items()), initial="office")

    def __init__(self, data: Any, kind: str, plans: Any, units: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.kind = kind
        plan = self.fields["plan"]
        assert isinstance(plan, forms.ModelChoiceField)
        plan.queryset = plans
        if kind in LETTERS:
            self.fields["unit"] = forms.ModelChoiceField(
                units, label="发给哪个单位", empty_label="请选择单位"
            )
            self.fields["asked"] = _text("要求", 1000, kind == "assignment", 3)
            self.fields["deadline"] = _text("办理时限", 50, help_text="如“2026年7月20日”。")
            self.fields["answer"] = _text("反馈方式", 100)
            self.fields["contact"] = _text("联系人", 100)
        else:
            self.fields["to_governments"] = forms.BooleanField(
                label="同时发给乡镇政府", required=False, initial=True
            )
        if kind in (*LETTERS, "supervision"):
            self.fields["basis"] = _text("依据", 200, help_text="如“县政府第5次常务会议”。")
        if KINDS[kind].supervises:
            self.fields["authority"] = _text("督查授权", 200, help_text="部门督查时，写明由谁授权。")
        if kind in ("supervision", "assessment"):
            self.fields["approval"] = _text("批准依据", 200, help_text="有表扬或批评的，写明经谁、何时批准。")
        if kind == "minutes":
            self._meeting()
        if kind == "assessment":
            self.fields["quota"] = _text(
                "等次名额", 100, help_text="如“优秀3、良好8”，超过会提示；不限的不填。"
            )
        self.fields["next_steps"] = _text(
            "下步打算", 2000, rows=3, help_text="一行一条，不填则用模板里的话。"
        )
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写“{field.label}”。"
            field.error_messages["invalid_choice"] = "请从列出的选项中选择。"

    def _meeting(self) -> None:
        self.fields["name"] = _text("会议名称", 100, True)
        self.fields["held"] = _day("会议日期")
        self.fields["place"] = _text("会议地点", 100)
        self.fields["chair"] = _text("主持人", 50, True)
        self.fields["present"] = _text("出席", 2000, True, 2)
        self.fields["absent"] = _text("请假", 1000, rows=2)
        self.fields["attending"] = _text("列席", 2000, rows=2)
        self.fields["decisions"] = _text(
            "议定事项", 5000, rows=5, help_text="一行一项：事项｜牵头单位｜责任单位｜时限。"
        )

    @property
    def details(self) -> dict[str, Any]:
        """What `services.writing.Asked` wants besides plan, kind and corrected paper."""
        said = self.cleaned_data
        unit: Unit | None = said.get("unit")
        order = Order(
            unit.full_name if unit else "",
            *(said.get(name, "") for name in ("basis", "asked", "deadline", "answer", "contact")),
        )
        return {
            "period": said["period"] or period_of(self.kind, said["as_of"]),
            "as_of": said["as_of"],
            "unit_id": unit.pk if unit else None,
            "unit_name": unit.full_name if unit else "",
            "issuer": said["issuer"],
            "to_governments": bool(said.get("to_governments")),
            "approval": said.get("approval", ""),
            "authority": said.get("authority", ""),
            "meeting": self._said_meeting(),
            "order": order,
            "decisions": tuple(decisions(said.get("decisions", ""))),
            "next_steps": tuple(
                line.strip().rstrip("。；") for line in said["next_steps"].splitlines() if line.strip()
            ),
        }

    def _said_meeting(self) -> Meeting:
        said = self.cleaned_data
        names = ("name", "held", "place", "chair", "present", "absent", "attending")
        return Meeting(*(said[name] for name in names)) if self.kind == "minutes" else Meeting()


def decisions(text: str) -> list[Decision]:
    """Lines of 事项｜牵头单位｜责任单位｜时限.

    >>> [(d.text, d.lead, d.units, d.deadline) for d in decisions("加快用地报批｜县自然资源局｜县发改局、县财政局｜8月15日")]
    [('加快用地报批', '县自然资源局', ('县发改局', '县财政局'), '8月15日')]
    """
    made = []
    for at, line in enumerate((line for line in text.splitlines() if line.strip()), 1):
        for sign in SEPARATORS[1:]:
            line = line.replace(sign, SEPARATORS[0])
        words, lead, units, deadline = ([part.strip() for part in line.split("｜")] + [""] * 4)[:4]
        helpers = tuple(unit.strip() for unit in units.split("、") if unit.strip())
        made.append(Decision(f"decision:{at}", words.rstrip("。；"), lead, helpers, deadline))
    return made


def line_of(decision: Decision) -> str:
    """A decision as a line that `decisions` reads back.

    >>> line_of(Decision("decision:7", "加快用地报批", "县自然资源局", ("县发改局",), "8月15日"))
    '加快用地报批｜县自然资源局｜县发改局｜8月15日'
    """
    return "｜".join(
        (decision.text.replace("｜", " "), decision.lead, "、".join(decision.units), decision.deadline)
    )


def tied(lines: Sequence[Decision], rows: Sequence[Decision]) -> tuple[Decision, ...]:
    """The lines as sent, each with the key of the row that says the same; a line of its own keeps its own key."""
    keys = {row.text: row.key for row in rows}
    return tuple(replace(line, key=keys.get(line.text, line.key)) for line in lines)


class ParticularsForm(forms.Form):
    """Everything about a paper but its words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = _text("标题", 100, True, 2, help_text="换行处由系统按词意安排，也可自己换行。")
    mark = _text("发文机关标志", 40, True)
    to = _text("主送机关", 300, rows=2)
    urgency = forms.ChoiceField(
        label="紧急程度", required=False, choices=[("", "无"), ("特急", "特急"), ("加急", "加急")]
    )
    signer = _text("签发人（只用于上行文）", 20)
    signature = _text("署名", 100, help_text="联合行文一行一个。", rows=2)
    dated = _day("成文日期", required=False)
    sealed = forms.BooleanField(label="加盖印章", required=False)
    note = _text("附注", 60, help_text="如“此件公开发布”。")
    compiler = _text("编印单位", 60)
    copies = _text("抄送（简报写报、送、发，一行一种）", 1000, rows=3)
    printer = _text("印发机关", 60)
    print_run = forms.IntegerField(
        label="印发份数", required=False, min_value=0, max_value=100_000,
        error_messages={"invalid": "印发份数应为数字。", "min_value": "印发份数应为正数。", "max_value": "印发份数太大，请核对。"},
    )  # fmt: skip
    overleaf = forms.BooleanField(
        label="双面印制，版记放在偶数页", required=False,
        help_text="末页是单数页时勾选：版记排到背面，那一页和前面的空白页不编页码。",
    )  # fmt: skip
    issuer = forms.ChoiceField(label="以谁的名义发", choices=list(ISSUERS.items()))
    to_governments = forms.BooleanField(label="发给乡镇政府", required=False)
    approval = _text("批准依据", 200)
    authority = _text("督查授权", 200)

    UNUSED = {
        "file": ("compiler", "print_run"),
        "letter": ("compiler", "print_run", "printer", "signer", "overleaf"),
        "minutes": ("to", "signature", "sealed", "compiler", "print_run", "signer", "urgency"),
        "brief": ("to", "signature", "sealed", "signer", "urgency", "note"),
    }

    def __init__(self, data: Any, layout: str, **options: Any) -> None:
        super().__init__(data, **options)
        assert layout in LAYOUTS
        for name in self.UNUSED[layout]:
            self.fields.pop(name)
        self.fields["version"].error_messages = {
            "required": "页面已过期，请刷新后再改。",
            "invalid": "页面已过期，请刷新后再改。",
        }
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "请从列出的选项中选择。"

    @property
    def columns(self) -> dict[str, Any]:
        """What goes into columns of its own."""
        return {
            name: self.cleaned_data[name] for name in ("issuer", "to_governments", "approval", "authority")
        }

    def given(self, before: Particulars) -> Particulars:
        """The particulars as the form has them; what it does not show stays."""
        said = self.cleaned_data
        values = {**before.as_json(), **{name: said[name] for name in said if name in before.as_json()}}
        if "copies" in said:
            values["copies"] = [line.strip() for line in said["copies"].splitlines() if line.strip()]
        values["print_run"] = said.get("print_run") or 0
        values["signature"] = str(values["signature"]).replace("\r\n", "\n").strip()
        values["dated"] = said["dated"].isoformat() if said.get("dated") else None
        return Particulars.from_json({**values, "number": ""})


class NumberForm(forms.Form):
    """The series and the number in it."""

    series = _text("字号（不含年份和序号）", 60, True)
    sequence = forms.IntegerField(
        label="序号", min_value=1, max_value=99_999,
        error_messages={"required": "请填写序号。", "invalid": "序号应为数字。", "min_value": "序号从1开始。", "max_value": "序号太大，请核对。"},
    )  # fmt: skip


class WordingForm(forms.Form):
    """A template, and the version it was opened at."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label="模板",
        strip=False,
        widget=forms.Textarea({"rows": 24, "spellcheck": "false"}),
        error_messages={"required": "模板不能是空的。"},
    )
