"""What a county and a person say about reminders. Every refusal is one sentence that says what to do."""

import datetime as dt
import re
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django import forms

from luoshi.core.reminding.robots import ROBOTS, SIGNED
from luoshi.core.reminding.rules import MOST_DAYS, Rules, unsound
from luoshi.org.forms.fields import WRONG, line_field
from luoshi.reminders.models import Channel, ReminderRules, Wish

MOBILE = re.compile(r"1[3-9]\d{9}")
KEPT = "已经存了一个，留空就不改"
ODD = "“{label}”不能超过{most}个字符，请核对。"
_line = partial(line_field, too_long=ODD)


def _secret(label: str, help_text: str = "") -> forms.CharField:
    """Typed in, never shown again."""
    return forms.CharField(
        label=label, max_length=200, required=False, help_text=help_text, strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"max_length": f"“{label}”不能超过200个字符，请核对。"},
    )  # fmt: skip


def _mail(label: str, required: str = "", help_text: str = "") -> forms.EmailField:
    return forms.EmailField(
        label=label, required=bool(required), max_length=200, help_text=help_text,
        error_messages={
            "required": required,
            "invalid": f"“{label}”不是邮箱地址，应写成 name@example.cn 的样子，请改正。",
            "max_length": f"“{label}”不能超过200个字符，请核对。",
        },
    )  # fmt: skip


def _where() -> forms.URLField:
    return forms.URLField(
        label="消息里写的网址（可不填）", required=False, max_length=200, assume_scheme="http",
        help_text="收到的人从哪里打开本系统，如 http://10.1.1.5:8000/ 。",
        error_messages={
            "invalid": "“网址”应写成 http://10.1.1.5:8000/ 的样子，请改正。",
            "max_length": "“网址”不能超过200个字符，请核对。",
        },
    )  # fmt: skip


def _days(name: str) -> forms.IntegerField:
    label = str(ReminderRules._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    odd = f"“{label}”应为1到{MOST_DAYS}的整数，请改正。"
    return forms.IntegerField(
        label=label, min_value=1, max_value=MOST_DAYS, widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), odd),
    )  # fmt: skip


def _time(label: str) -> forms.TimeField:
    odd = f"“{label}”应写成8:30的样子，请改正。"
    return forms.TimeField(
        label=label, widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"required": odd, "invalid": odd},
    )  # fmt: skip


class RulesForm(forms.Form):
    """The thresholds of a county, with their ground."""

    ahead = _days("ahead")
    gap = _days("gap")
    again = _days("again")
    head_after = _days("head_after")
    office_after = _days("office_after")
    on_day = forms.BooleanField(label="到期当天再提醒一次", required=False)
    days_off = forms.BooleanField(label="节假日也提醒（一般不要）", required=False)
    opens = _time("几点开始发")
    closes = _time("几点以后不发")
    ground = _line("依据", "请写明依据，如会议纪要或文号。")

    def clean(self) -> dict[str, Any]:
        """Thresholds that fit each other."""
        said = super().clean() or self.cleaned_data
        if not self.errors:
            for sentence in unsound(self.rules()):
                self.add_error(None, sentence)
        return said

    def rules(self) -> Rules:
        """As filled in."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "ground"}
        return Rules(**said, version="county", basis=self.cleaned_data["ground"])


def initial_of(rules: Rules) -> dict[str, Any]:
    """What a RulesForm shows at first."""
    names = ("ahead", "gap", "again", "head_after", "office_after", "on_day", "days_off", "opens", "closes")
    return {name: getattr(rules, name) for name in names}


class MailForm(forms.Form):
    """A mail server. The password is typed in and never shown again."""

    name = _line("名称", "请给这个渠道起个名称，如“政务邮箱”。", 40)
    host = _line("服务器", "请填写邮件服务器，如 smtp.example.cn 。", help_text="只填名称或地址，不带http。")
    port = forms.IntegerField(
        label="端口", min_value=1, max_value=65535, initial=465, widget=forms.TextInput({"inputmode": "numeric"}),
        help_text="SSL/TLS一般465，STARTTLS一般587，不加密一般25。",
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), "端口应为1到65535的整数，请核对。"),
    )  # fmt: skip
    security = forms.ChoiceField(label="加密方式", choices=Channel.SECURITIES, error_messages=WRONG)
    sender = _mail("发件地址", "请填写发件地址。")
    username = _line("账号（不需要登录的空着）")
    secret = _secret("密码或授权码")
    where = _where()

    def __init__(self, *args: Any, channel: Channel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if channel and channel.secret:
            self.fields["secret"].help_text = KEPT

    def clean_host(self) -> str:
        """A host's name or number, nothing else."""
        host = str(self.cleaned_data["host"]).strip()
        if not re.fullmatch(r"[0-9A-Za-z\u4e00-\u9fff.:_-]+", host):
            raise forms.ValidationError(
                "“服务器”只填名称或地址，如 smtp.example.cn ，不带http和斜杠，请改正。"
            )
        return host

    def clean(self) -> dict[str, Any]:
        """Mail servers take plain letters, digits and signs only."""
        said = super().clean() or self.cleaned_data
        for name, label in (("username", "账号"), ("secret", "密码")):
            text = said.get(name) or ""
            if not (text.isascii() and text.isprintable()):
                self.add_error(name, f"“{label}”只能用英文字母、数字和符号，请核对输入法。")
        return said


class RobotForm(forms.Form):
    """A group robot: its address (never shown again), and a key where its kind signs."""

    kind = forms.ChoiceField(label="哪一种", choices=list(ROBOTS.items()), error_messages=WRONG)
    name = _line("名称", "请给这个渠道起个名称，如“联络员群”。", 40)
    hook = forms.CharField(
        label="机器人地址（Webhook）", max_length=500, required=False, widget=forms.TextInput({"autocomplete": "off"}),
        help_text="在群的机器人设置里复制。谁拿到它都能往群里发消息，存后不再显示。",
        error_messages={"max_length": "“机器人地址”不能超过500个字符，请核对。"},
    )  # fmt: skip
    secret = _secret(
        "加签密钥（钉钉“加签”、飞书“签名校验”）",
        "没有开签名的空着；企业微信不用填。用关键词的，关键词设为“落实”。",
    )
    where = _where()

    def __init__(self, *args: Any, channel: Channel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel = channel
        if channel:
            del self.fields["kind"]
            self.fields["hook"].help_text = KEPT
            if channel.secret:
                self.fields["secret"].help_text = KEPT
            if channel.kind not in SIGNED:
                del self.fields["secret"]

    def clean_hook(self) -> str:
        """An address of http or https; needed the first time."""
        hook = str(self.cleaned_data["hook"]).strip()
        if not hook:
            if self.channel is None:
                raise forms.ValidationError("请填写机器人地址，在群的机器人设置里复制。")
            return ""
        try:
            parts = urlsplit(hook)
            sound = parts.scheme in ("http", "https") and parts.hostname and not parts.username
            sound = bool(
                sound and hook.isascii() and hook.isprintable() and " " not in hook and parts.port != 0
            )
        except ValueError:
            sound = False
        if not sound:
            raise forms.ValidationError("“机器人地址”应是一整条以https开头的地址，请重新复制。")
        return hook


class TryForm(forms.Form):
    """Send one now: to whom, for the mail server."""

    to = _mail("发到哪个邮箱", "请填写收件邮箱。")


class WishForm(forms.Form):
    """How I want to be reminded beside the inbox."""

    mail = forms.BooleanField(label="发邮件给我", required=False)
    address = _mail("邮箱", help_text="只用来发提醒，别人看不到。")
    mention = forms.BooleanField(label="在工作群里点我的名", required=False)
    mobile = _line(
        "手机号",
        most=20,
        help_text="企业微信、钉钉的群机器人凭手机号点名；不填就不点名。",
        inputmode="numeric",
    )

    def clean(self) -> dict[str, Any]:
        """What is wanted needs where to send it."""
        said = super().clean() or self.cleaned_data
        if said.get("mail") and not said.get("address") and "address" not in self.errors:
            self.add_error("address", "要发邮件请填写邮箱，不要的取消上面的勾。")
        mobile = said.get("mobile", "")
        if mobile and not MOBILE.fullmatch(mobile):
            self.add_error("mobile", "手机号应为11位数字，请核对。")
        if said.get("mention") and not mobile and "mobile" not in self.errors:
            self.add_error("mobile", "要点名请填写手机号，不要的取消上面的勾。")
        return said


def wish_initial(wish: Wish | None) -> dict[str, Any]:
    """What a WishForm shows at first."""
    if wish is None:
        return {}
    return {"mail": wish.mail, "address": wish.address, "mention": wish.mention, "mobile": wish.mobile}


def hours(rules: Rules) -> str:
    """8:30至17:30"""
    return f"{_clock(rules.opens)}至{_clock(rules.closes)}"


def _clock(at: dt.time) -> str:
    return f"{at.hour}:{at.minute:02}"
