"""People, posts, hand-overs, delegations."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.core.flow.actor import POSTS, SYSTEM_POSTS
from luoshi.org.forms.fields import day_field, note_field
from luoshi.org.forms.units import UnitField
from luoshi.org.models import Person, Post, Unit
from luoshi.org.services.posts import Terms

SEPARATORS = re.compile(r"[、,，;；\n]+")
TODAY = "（空着就是今天）"


class PersonNameForm(forms.Form):
    """The name of a person."""

    name = forms.CharField(
        label="姓名",
        max_length=50,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": "姓名不能为空，请填写姓名。",
            "max_length": "姓名不能超过50个字，请核对是否填了几个人。",
        },
    )


class TermsForm(forms.Form):
    """How a post is held."""

    title = forms.CharField(
        label="职务（可不填）",
        max_length=50,
        required=False,
        help_text="如局长、综合股股长。",
        error_messages={"max_length": "职务不能超过50个字，请写得短一些。"},
    )
    scope = forms.ChoiceField(
        label="范围",
        required=False,
        choices=[("", "按岗位通常的范围"), *(scope for scope in Post.SCOPES if scope[0] != "system")],
    )
    covers = forms.CharField(
        label="分管的行动（范围是“分管的行动”时填）",
        max_length=500,
        required=False,
        help_text="照方案上的名称写，几项之间用顿号分开。",
        error_messages={"max_length": "写得太长，请只写行动的名称。"},
    )
    valid_from = day_field("任职日期")
    valid_to = day_field("离任日期（没有定的空着）")

    def terms(self) -> Terms:
        """What was filled in."""
        said = self.cleaned_data
        covers = [part.strip() for part in SEPARATORS.split(said["covers"]) if part.strip()]
        return Terms(said["title"], said["scope"], covers, said["valid_from"], said["valid_to"])


class PostForm(TermsForm):
    """A post for a person: which, where, and how it is held. Only posts of `givable` are offered."""

    slug = forms.ChoiceField(label="岗位")
    unit = UnitField("所在单位", "请选择单位")
    field_order = ["slug", "unit", "title", "scope", "covers", "valid_from", "valid_to"]

    def __init__(self, *args: Any, units: QuerySet[Unit], givable: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].label = f"任职日期{TODAY}"
        offered = list(givable)
        self.fields["slug"].choices = [(slug, POSTS[slug]) for slug in offered]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if set(offered) <= set(SYSTEM_POSTS):  # they all reach the system, and nothing else
            for name in ("scope", "covers"):
                self.fields[name].widget = forms.HiddenInput()


def terms_of(post: Post) -> dict[str, Any]:
    """What a TermsForm shows of a post at first."""
    return {
        "title": post.title,
        "scope": post.scope,
        "covers": "、".join(post.covers),
        "valid_from": post.valid_from,
        "valid_to": post.valid_to,
    }


class EndForm(forms.Form):
    """The end of a post."""

    day = day_field(f"离任日期{TODAY}")
    note = note_field("说明（可不填）")


class TransferForm(forms.Form):
    """The same post in another unit."""

    unit = UnitField("调往单位", "请选择单位", required=True)
    day = day_field(f"调任日期{TODAY}")
    note = note_field("说明（可不填）")

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """One person of a list, with the unit behind the name: names are not unique."""

    def __init__(self, label: str, empty: str, required: bool = False) -> None:
        super().__init__(
            Person.objects.none(),
            label=label,
            required=required,
            empty_label=empty,
            error_messages={
                "required": f"请选择{label}。",
                "invalid_choice": "所选人员已不在册，请刷新页面后重新选择。",
            },
        )

    def label_from_instance(self, obj: Person) -> str:
        where = next((str(post.unit) for post in getattr(obj, "current_posts", ()) if post.unit), "没有岗位")
        return f"{obj.name}（{where}）"


class HandOverForm(forms.Form):
    """Who holds the post from now on: somebody on the list, or a new person by name."""

    person = PersonField("接任的人", "名单里没有，填在下一栏")
    name = forms.CharField(
        label="新人姓名",
        max_length=50,
        required=False,
        error_messages={"max_length": "姓名不能超过50个字，请核对。"},
    )
    day = day_field(f"接任日期{TODAY}")
    note = note_field("说明（可不填）")

    def __init__(self, *args: Any, people: QuerySet[Person], may_register: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        if not may_register:
            del self.fields["name"]
            self.fields["person"].empty_label = "请选择"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two, not both."""
        said = super().clean() or self.cleaned_data
        if not self.errors and bool(said.get("person")) == bool(said.get("name", "").strip()):
            raise forms.ValidationError(
                "请选择接任的人；名单里没有的，填写新人姓名（两处只填一处）。"
                if "name" in self.fields
                else "请选择接任的人。"
            )
        return said


class DelegateForm(forms.Form):
    """Who acts, from which day to which, and why."""

    person = PersonField("代办人", "请选择", required=True)
    first = day_field("从哪天起（空着就是今天）")
    last = day_field("到哪天止（含当天）", required="请填写代办到哪天止，到期自动结束。")
    note = note_field("事由", "委托代办需要写明事由，如出差、休假、培训。")

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
