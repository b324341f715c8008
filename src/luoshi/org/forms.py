"""Shapes of what is filled in about accounts and units."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from luoshi.org.models import Unit, UnitName


class SignInForm(AuthenticationForm):
    """Account and password."""

    username = forms.CharField(
        label="账号", max_length=50, widget=forms.TextInput({"autofocus": True, "autocomplete": "username"})
    )
    password = forms.CharField(
        label="密码", strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    error_messages = {
        "invalid_login": "账号或密码不对，请核对后重新输入。忘记密码请联系系统管理员。",
        "inactive": "这个账号已停用，请联系系统管理员。",
    }


class UnitForm(forms.ModelForm):
    """A new unit."""

    class Meta:
        model = Unit
        fields = ["full_name", "kind"]


class NameForm(forms.ModelForm):
    """One more name of a unit."""

    class Meta:
        model = UnitName
        fields = ["name", "kind"]
