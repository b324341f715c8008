"""A county's own rules of lights as filled in."""

from fractions import Fraction
from typing import Any

from django import forms

from luoshi.core.progress.pace import METHODS
from luoshi.core.progress.rules import COLOURS, LEVELS, UNCOUNTED, Rules
from luoshi.org.forms.fields import WRONG, day_field, line_field
from luoshi.supervision.models import LightRule

COLOUR_WORDS = {"green": "绿", "blue": "蓝", "yellow": "黄", "red": "红", "grey": "灰"}
SHAPES = ("●", "★", "▲", "■", "○", "◇", "—", "◆", "△", "□", "☆")
MEANT = {
    "ok": "达到计划进度", "done": "已完成", "near": "时限临近", "behind": "落后，在黄灯范围内", "bad": "落后，超过黄灯范围", "late": "过了时限没有完成", "waiting": "还没有到期、待下达",
    "silent": "应报没有报", "off": "已取消",
}  # fmt: skip
BANDS = {
    "grace": "比计划进度低几个百分点以内仍算达到", "progress": "比计划进度低几个百分点以内为黄，再低为红", "points": "增速、占比低几个百分点以内为黄", "ratio": "限值超出百分之几以内为黄",
    "places": "位次低几位以内为黄", "about": "“左右”可差几个百分点",
}  # fmt: skip


def share_field(label: str, most: int = 100) -> forms.DecimalField:
    """A threshold."""
    odd = f"“{label[:12]}…”请填写0到{most}的数，最多两位小数。"
    kinds = (
        "required",
        "invalid",
        "max_value",
        "min_value",
        "max_digits",
        "max_decimal_places",
        "max_whole_digits",
    )
    return forms.DecimalField(
        label=label, min_value=0, max_value=most, max_digits=5, decimal_places=2, widget=forms.TextInput({"inputmode": "decimal"}),
        error_messages=dict.fromkeys(kinds, odd),
    )  # fmt: skip


class RuleForm(forms.Form):
    """Thresholds, words, colours and shapes, from which day, on what ground."""

    title = line_field("名称", "请填写规则的名称。", 40)
    valid_from = day_field("从哪天起用（明天或以后）", "请选择从哪天起用。")
    basis = line_field("依据", "请写明依据：哪个文件或会议定的。", 300)
    time = forms.ChoiceField(label="序时怎样算", choices=list(METHODS.items()), error_messages=WRONG)
    near_workdays = forms.IntegerField(
        label="离时限几个工作日以内为临期", min_value=0, max_value=60, widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "临期请填写0到60的整数。"),
    )  # fmt: skip
    red = share_field("汇总：红灯占百分之几以上为红")
    yellow = share_field("汇总：黄灯占百分之几以上为黄")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in BANDS.items():
            self.fields[name] = share_field(label)
        for level in LEVELS:
            allowed = [c for c in COLOURS if level not in UNCOUNTED or c not in ("red", "green")]
            colours = [(c, COLOUR_WORDS[c]) for c in allowed]
            self.fields[f"{level}-colour"] = forms.ChoiceField(
                label="颜色", choices=colours, error_messages=WRONG
            )
            self.fields[f"{level}-word"] = line_field("名称", "每一档灯都要有名称。", 12)
            shapes = [(s, s) for s in SHAPES]
            self.fields[f"{level}-shape"] = forms.ChoiceField(
                label="形状", choices=shapes, error_messages=WRONG
            )

    @property
    def bands(self) -> list[forms.BoundField]:
        """The thresholds."""
        return [self[name] for name in BANDS]

    @property
    def looks(self) -> list[tuple[str, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """(what the level means, colour, word, shape)."""
        return [(MEANT[n], self[f"{n}-colour"], self[f"{n}-word"], self[f"{n}-shape"]) for n in LEVELS]

    def rule(self) -> LightRule:
        """What a sound form says."""
        said = self.cleaned_data
        plain = {
            name: said[name]
            for name in ("title", "valid_from", "basis", "time", "near_workdays", "red", "yellow", *BANDS)
        }
        looks = {level: [said[f"{level}-{name}"] for name in ("colour", "word", "shape")] for level in LEVELS}
        return LightRule(**plain, looks=looks, number=0)


def thresholds(rules: Rules) -> dict[str, Fraction]:
    """The thresholds of a set by the names of BANDS."""
    found: dict[str, Fraction] = {str(scale): value for scale, value in rules.bands.items()}
    return found | {"grace": rules.grace, "about": rules.about}


def initial_rule(rules: Rules) -> dict[str, Any]:
    """The rules in force as the form shows them: whoever changes one threshold types one."""
    found: dict[str, Any] = {"time": rules.time, "near_workdays": rules.near_workdays, "title": rules.title}
    exact = thresholds(rules) | {"red": rules.rollup.red, "yellow": rules.rollup.yellow}
    found |= {name: f"{float(value):g}" for name, value in exact.items()}
    for level, look in rules.looks.items():
        found |= {f"{level}-colour": look.colour, f"{level}-word": look.word, f"{level}-shape": look.shape}
    return found
