"""Logging in, and one's own password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.contrib.auth.hashers import check_password

from luoshi.org.models import Account
from luoshi.org.passwords import PasswordStrength, count_failure, forgive, locked_minutes


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
        "suspended": "这个账号已由安全管理员暂停，请联系安全管理员。",
        "closed": "这个账号已停用，如需再用请联系系统管理员。",
        "locked": "连续输错密码次数过多，这个账号已锁定，请过%(minutes)d分钟再试。",
        "expired": "这个一次性密码已过期，请联系系统管理员重新发放。",
    }

    def clean(self) -> dict[str, Any]:
        """Check the password, unless wrong ones have locked the account. Why a right one does not open is said."""
        username = self.cleaned_data.get("username", "")
        if minutes := locked_minutes(username):
            raise forms.ValidationError(self.error_messages["locked"], "locked", {"minutes": minutes})
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            if shut := _shut(username, self.cleaned_data.get("password", "")):
                raise forms.ValidationError(self.error_messages[shut], shut) from None
            count_failure(username)
            raise
        account = self.get_user()
        if isinstance(account, Account) and account.expired:
            raise forms.ValidationError(self.error_messages["expired"], "expired")
        forgive(username)
        return cleaned


def _shut(username: str, password: str) -> str:
    """The state that keeps an account shut ("suspended", "closed"), told only to whoever knows its password."""
    account = Account.objects.filter(username=username, state__in=("suspended", "closed")).first()
    return account.state if account and check_password(password, account.password) else ""


def _say_in_chinese(form: forms.Form, labels: dict[str, str]) -> None:
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].error_messages["required"] = f"请填写{label}。"
    form.fields["new_password1"].help_text = PasswordStrength().get_help_text()


MISMATCH = "两次输入的新密码不同，请重新输入。"
NEW = {"new_password1": "新密码", "new_password2": "再输一次新密码"}


class PasswordForm(PasswordChangeForm):
    """A new password of one's own."""

    error_messages = {
        "password_incorrect": "原密码不对，请重新输入。",
        "password_mismatch": MISMATCH,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_in_chinese(self, {"old_password": "原密码", **NEW})


class FirstPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # generic in the stubs only
    """The password that takes the place of the one-time one, just typed at log-in: it must be another."""

    error_messages = {"password_mismatch": MISMATCH}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say_in_chinese(self, NEW)

    def clean_new_password1(self) -> str:
        """Not the one from the strip of paper again."""
        password = str(self.cleaned_data.get("new_password1", ""))
        if self.user.check_password(password):
            raise forms.ValidationError("新密码不能与现在的密码相同，请另设一个。")
        return password
