"""What a person fills in about projects, books and boards. Every refusal is one sentence that says what to do."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.core.progress.competing import BY, ENTERED, FORMULAS, THEMES
from luoshi.ledger.models import Task
from luoshi.org.forms import fields
from luoshi.org.forms.fields import WRONG, day_field
from luoshi.org.forms.units import UnitField
from luoshi.org.models import Unit
from luoshi.org.sheets.trial import BadCell, Names, parts
from luoshi.projects.models import Board, ListRules, Milestone, Project
from luoshi.projects.models.books import BOOKS, RHYTHMS
from luoshi.projects.models.projects import KINDS
from luoshi.projects.services.contesting import Draft as BoardDraft
from luoshi.projects.services.contesting import Grouped, Stated
from luoshi.projects.services.listing import COLUMNS, Draft, MilestoneDraft

MEASURES, SPARE = 4, 3
NOBODY = "none"
TASKS = 400
line_field = partial(fields.line_field, most=100)
text_field = partial(fields.text_field, most=500, rows=3)


def amount_field(label: str, required: str = "") -> forms.DecimalField:
    """An amount in 万元."""
    odd = f"“{label.split('（')[0]}”请填写数字，单位万元，最多两位小数。"
    return forms.DecimalField(
        label=label,
        required=bool(required),
        max_digits=12,
        decimal_places=2,
        min_value=0,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "max_digits", "max_decimal_places", "max_whole_digits", "min_value"), odd) | {"required": required},
    )  # fmt: skip


class TaskField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A row of the ledger, told by its plan and number."""

    def label_from_instance(self, obj: Any) -> str:
        return f"《{obj.plan.title[:16]}》第{obj.order}项 {str(obj)[:30]}"


class ProjectForm(forms.Form):
    """What the office says of a project."""

    name = line_field("项目名称", "请填写项目名称。")
    kind = forms.ChoiceField(label="类别", choices=list(KINDS.items()), error_messages=WRONG)
    batch = line_field("批次", most=40, help_text="签约或集中开工的届次，如2026年一季度。四率按批次累计。")
    unit = UnitField("责任单位（报数的）", "请选择", required=True)
    developer = line_field("业主")
    town = UnitField("属地", "不在乡镇")
    place = line_field("地点")
    content = text_field("建设内容和规模", rows=2)
    task = TaskField(
        Task.objects.none(),
        label="台账任务（项目出自方案哪一句）",
        required=False,
        empty_label="没有对应的任务",
        error_messages=WRONG,
    )
    total = amount_field("总投资（万元）")
    year_plan = amount_field("年度计划投资（万元）")
    contract = amount_field("合同引资额（万元）")
    asked = amount_field("争取资金（万元）")
    fiscal = forms.BooleanField(label="有财政资金（财政也对这个项目的账）", required=False)
    should_begin = day_field("计划开工")
    should_finish = day_field("计划竣工")
    should_produce = day_field("计划投产")

    def __init__(self, *args: Any, units: QuerySet[Unit], tasks: QuerySet[Task], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("unit", units),
            ("town", units.filter(kind__in=("town", "street", "zone"))),
            ("task", tasks),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def draft(self) -> Draft:
        """What a sound form says."""
        return Draft(**{name: self.cleaned_data[name] for name in COLUMNS})


def initial_of(project: Project) -> dict[str, Any]:
    """A project as its form shows it."""
    return {
        name: getattr(project, f"{name}_id" if name in ("unit", "town", "task") else name) for name in COLUMNS
    }


class StepForm(forms.Form):
    """The day on which a project went on; 撤回 asks only why, 终止 both."""

    day = day_field("日期", "请填写日期。")
    note = text_field("理由", "请写明理由。", most=200, rows=2)

    def __init__(self, *args: Any, dated: bool, reasoned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not dated:
            del self.fields["day"]
        if not reasoned:
            del self.fields["note"]


class MilestonesForm(forms.Form):
    """The milestones of a project in order; an emptied title takes a milestone away."""

    def __init__(self, *args: Any, milestones: Sequence[Milestone], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = len(milestones) + SPARE
        for n in range(self.count):
            milestone = milestones[n] if n < len(milestones) else None
            self.fields[f"n{n}-title"] = line_field("节点", most=60)
            self.fields[f"n{n}-planned"] = day_field("计划完成")
            self.fields[f"n{n}-done"] = day_field("实际完成")
            if milestone:
                self.initial.update(
                    {
                        f"n{n}-title": milestone.title,
                        f"n{n}-planned": milestone.planned,
                        f"n{n}-done": milestone.done,
                    }
                )

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """Fields by milestone."""
        return [[self[f"n{n}-{name}"] for name in ("title", "planned", "done")] for n in range(self.count)]

    def milestones(self) -> list[MilestoneDraft]:
        """What a sound form says."""
        said = self.cleaned_data
        return [
            MilestoneDraft(said[f"n{n}-title"], said[f"n{n}-planned"], said[f"n{n}-done"])
            for n in range(self.count)
            if said[f"n{n}-title"]
        ]


class ListRulesForm(forms.Form):
    """Whose the books are, how often, what difference is none."""

    planning_unit = UnitField("发改的账（入库投资）由谁填", "还没有定")
    finance_unit = UnitField("财政的账（下达、到位、支付）由谁填", "还没有定")
    rhythm = forms.ChoiceField(label="多久对一次账", choices=[(r, r) for r in RHYTHMS], error_messages=WRONG)
    tolerance = amount_field("相差多少以内不算差异（万元）", "请填写数字，没有就填0。")

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("planning_unit", "finance_unit"):
            field = self.fields[name]
            assert isinstance(field, UnitField)
            field.queryset = units

    def rules(self) -> ListRules:
        """What a sound form says."""
        return ListRules(**self.cleaned_data)


class OpenForm(forms.Form):
    """Which fortnight, due when."""

    day = day_field("对哪一期（选其中任意一天）", "请选择日期。")
    due = day_field("截止日期", "请选择截止日期。")


class SettleForm(forms.Form):
    """A person's word on a difference."""

    stands = forms.ChoiceField(
        label="以谁为准", error_messages=WRONG | {"required": "请选择以谁的数为准，或都不准。"}
    )
    words = text_field("怎么回事", "请写明这处差异是怎么回事、怎样处理。", most=300)

    def __init__(self, *args: Any, books: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = ((book, f"以{BOOKS[book]}的数为准") for book in books)
        choices = [("", "请选择"), *offered, (NOBODY, "都不准，下期更正")]
        self.fields["stands"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> str:
        """The book whose number stands, "" for none of them."""
        said: str = self.cleaned_data["stands"]
        return "" if said == NOBODY else said


class BidForm(forms.Form):
    """What was won of what was handed out."""

    on = day_field("截至", "请选择截至哪一天。")
    won = amount_field("争取到的资金（万元）", "请填写争取到的资金。")
    available = amount_field("上级下达总额（万元）", "请填写上级下达总额。")
    ground = line_field("依据", "请写明依据，如下达文件的文号。", most=200)


class ShowingForm(forms.Form):
    """What a unit has to show, or why there is nothing."""

    value = forms.DecimalField(
        label="数值",
        required=False,
        max_digits=16,
        decimal_places=4,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "max_digits", "max_decimal_places", "max_whole_digits"), "请填写数字，最多四位小数。"),
    )  # fmt: skip
    absent = line_field("没有数的原因")

    def clean(self) -> dict[str, Any]:
        """A number or a reason, not both."""
        said = super().clean() or {}
        if not self.errors and (said.get("value") is None) == (not said.get("absent")):
            raise forms.ValidationError("请填写数值；没有数的，只写明原因。")
        return said


class BoardForm(forms.Form):
    """A board: what, who, when, by which measures, in which groups."""

    title = line_field("榜名", "请填写榜名。", most=60)
    theme = forms.ChoiceField(label="主题", choices=list(THEMES.items()), error_messages=WRONG)
    by = forms.ChoiceField(label="谁来比", choices=list(BY.items()), error_messages=WRONG)
    since = day_field("从", "请填写开始日期。")
    until = day_field("到", "请填写结束日期。")
    groups = text_field(
        "分组（可比的才放在一组）", "请写明分组，一行一组。", most=3000, rows=5,
        help_text="一行一组，写成“组名：单位、单位”，如“乡镇一组：石桥镇、云台镇”。按项目比的，一行写一个批次。",
        too_long="“{label}”不能超过{most}个字，请写得精炼一些。",
    )  # fmt: skip

    def __init__(self, *args: Any, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        self.grouped: list[Grouped] = []
        kinds = [
            ("", "（不用这一行）"),
            *((slug, f.name) for slug, f in FORMULAS.items()),
            (ENTERED, "由各单位报数"),
        ]
        for n in range(1, MEASURES + 1):
            self.fields[f"m{n}-formula"] = forms.ChoiceField(
                label="按什么比", choices=kinds, required=False, error_messages=WRONG
            )
            self.fields[f"m{n}-basis"] = line_field("依据", most=200)
            self.fields[f"m{n}-name"] = line_field("指标名称（报数的才填）", most=40)
            self.fields[f"m{n}-words"] = line_field("算法（报数的才填）", most=200)
            self.fields[f"m{n}-unit"] = line_field("计量单位（报数的才填）", most=10)
            self.fields[f"m{n}-digits"] = forms.IntegerField(
                label="小数位数", required=False, min_value=0, max_value=4, widget=forms.TextInput({"inputmode": "numeric"}),
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "小数位数应为0到4的整数。"),
            )  # fmt: skip
            self.fields[f"m{n}-lower"] = forms.BooleanField(label="越低越好", required=False)

    @property
    def measures(self) -> list[list[forms.BoundField]]:
        """Fields by measure."""
        names = ("formula", "basis", "name", "words", "unit", "digits", "lower")
        return [[self[f"m{n}-{name}"] for name in names] for n in range(1, MEASURES + 1)]

    def clean(self) -> dict[str, Any]:
        """Groups are read by the register; a measure says what it is based on."""
        said = super().clean() or {}
        if "groups" in said and "by" in said:
            self._groups(said["groups"], said["by"])
        used = [n for n in range(1, MEASURES + 1) if said.get(f"m{n}-formula")]
        for n in used:
            if not said.get(f"m{n}-basis"):
                self.add_error(f"m{n}-basis", "请写明依据：哪个文件或会议定的。")
            lacking = not (said.get(f"m{n}-name") and said.get(f"m{n}-words"))
            if said[f"m{n}-formula"] == ENTERED and lacking:
                self.add_error(f"m{n}-name", "由各单位报数的，请写明指标名称和算法。")
        if not used:
            self.add_error("m1-formula", "请至少选一项指标。")
        return said

    def _groups(self, text: str, by: str) -> None:
        for line in filter(None, (line.strip() for line in text.splitlines())):
            name, _, listed = line.replace(":", "：").partition("：")
            if len(name.strip()) > 40:
                self.add_error("groups", f"组名“{name[:12]}…”太长，请写成“组名：单位、单位”。")
                continue
            try:
                units = () if by == "project" else tuple(self.names.unit(one) for one in parts(listed))
            except BadCell as reason:
                self.add_error("groups", reason.sentence.replace("请改正后重新上传", "请改正"))
                continue
            self.grouped.append(Grouped(name.strip(), units))

    def draft(self) -> BoardDraft:
        """What a sound form says."""
        said = self.cleaned_data
        stated = [
            Stated(
                said[f"m{n}-formula"], said[f"m{n}-basis"], said[f"m{n}-name"], said[f"m{n}-words"], said[f"m{n}-unit"],
                2 if said[f"m{n}-digits"] is None else said[f"m{n}-digits"], said[f"m{n}-lower"],
            )
            for n in range(1, MEASURES + 1)
            if said[f"m{n}-formula"]
        ]  # fmt: skip
        return BoardDraft(
            said["title"], said["theme"], said["by"], said["since"], said["until"], stated, self.grouped
        )


def initial_board(board: Board) -> dict[str, Any]:
    """A board as its form shows it."""
    found: dict[str, Any] = {
        name: getattr(board, name) for name in ("title", "theme", "by", "since", "until")
    }
    for n, measure in enumerate(board.measures.all(), 1):
        for name in ("formula", "basis", "name", "words", "unit", "digits"):
            found[f"m{n}-{name}"] = getattr(measure, name)
        found[f"m{n}-lower"] = measure.lower_is_better
    lines = (f"{g.name}：{'、'.join(map(str, g.units.all()))}".rstrip("：") for g in board.groups.all())
    return found | {"groups": "\n".join(lines)}
