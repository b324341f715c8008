"""Shapes of what is filled in about accounts and units. Whether a name is free, the services say."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.db.models import QuerySet

from luoshi.org.accounts import PasswordStrength, count_failure, forgive, locked_minutes
from luoshi.org.models import Unit, UnitName
from luoshi.org.requests import whole

CONCRETE = [kind for kind in Unit.KINDS if kind[0] != "collective"]


class SignInForm(AuthenticationForm):
    """Account and password."""

    username = forms.CharField(
        label="账号",
        max_length=50,
        widget=forms.TextInput({"autofocus": True, "autocomplete": "username"}),
        error_messages={"required": "请填写账号。"},
    )
    password = forms.CharField(
        label="密码",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": "请填写密码。"},
    )
    error_messages = {
        "invalid_login": "账号或密码不对，请核对后重新输入。忘记密码请联系系统管理员。",
        "inactive": "这个账号已停用，请联系系统管理员。",
        "locked": "连续输错密码次数过多，这个账号已锁定，请过%(minutes)d分钟再试。",
    }

    def clean(self) -> dict[str, Any]:
        """Check the password, unless wrong ones have locked the account."""
        username = self.cleaned_data.get("username", "")
        if minutes := locked_minutes(username):
            raise forms.ValidationError(self.error_messages["locked"], "locked", {"minutes": minutes})
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            count_failure(username)
            raise
        forgive(username)
        return cleaned


class PasswordForm(PasswordChangeForm):
    """A new password of one's own."""

    error_messages = {
        "password_incorrect": "原密码不对，请重新输入。",
        "password_mismatch": "两次输入的新密码不同，请重新输入。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"old_password": "原密码", "new_password1": "新密码", "new_password2": "再输一次新密码"}
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = f"请填写{label}。"
        self.fields["new_password1"].help_text = PasswordStrength().get_help_text()


def name_field(label: str) -> forms.CharField:
    """A unit's name; emptiness and length are told as sentences."""
    return forms.CharField(
        label=label,
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": f"{label}不能为空，请填写。",
            "max_length": "名称不能超过100个字，请核对是否把几个单位连在了一起。",
        },
    )


class UnitForm(forms.Form):
    """A new unit."""

    full_name = name_field("全称")
    kind = forms.ChoiceField(label="类别", choices=Unit.KINDS)


class NameForm(forms.Form):
    """One more name of a unit."""

    name = name_field("新的叫法")
    kind = forms.ChoiceField(label="类别", choices=[kind for kind in UnitName.KINDS if kind[0] != "former"])


class RenameForm(forms.Form):
    """A new full name, with the reason or the document that says so."""

    full_name = name_field("新的全称")
    note = forms.CharField(label="依据（可不填）", max_length=200, required=False)


class AbolishForm(forms.Form):
    """The end of a unit: who takes over, and by what."""

    successor = forms.ModelChoiceField(
        Unit.objects.none(),
        label="职能由谁承接",
        required=False,
        empty_label="没有承接单位",
        error_messages={"invalid_choice": "所选单位已不在名录中，请刷新页面后重新选择。"},
    )
    note = forms.CharField(
        label="依据",
        max_length=200,
        error_messages={"required": "撤销单位需要写明依据，请填写文件或会议名称。"},
    )

    def __init__(self, *args: Any, candidates: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = candidates  # type: ignore[attr-defined]


class UnitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Several units; a key that no row can have is refused here, where the database would only break."""

    def clean(self, value: Any) -> Any:
        if any(whole(key) is None for key in value or ()):
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return super().clean(value)


class MembersForm(forms.Form):
    """What a collective name stands for."""

    members = UnitsField(
        Unit.objects.none(),
        required=False,
        error_messages={"invalid_choice": "所选单位已不在名录中，请刷新页面后重新选择。"},
    )

    def __init__(self, *args: Any, candidates: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = candidates  # type: ignore[attr-defined]
