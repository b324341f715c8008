"""What was told to whom, by which channels. What waits is never stored here: it is asked of the tables of every life.

Names of constraints and indexes stay within 30 characters.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Q

from luoshi.core.flow.reminding import CHANNEL, LOOK, REMINDER_RULES, WISH
from luoshi.core.reminding.deciding import STAGES
from luoshi.core.reminding.robots import ROBOTS, SIGNED
from luoshi.core.reminding.rules import RARELY, Rules

MOST_LINES = 20
"""Lines of a digest that are shown among others; all of them stand on its own page."""


class ReminderRules(models.Model):
    """How a government reminds, with the ground for it: one row each; without a row, as core/reminding/rules.toml says."""

    life = REMINDER_RULES
    state = "current"

    government = models.OneToOneField("org.Government", models.CASCADE, related_name="reminder_rules")
    ahead = models.PositiveSmallIntegerField("提前几个工作日提醒")
    gap = models.PositiveSmallIntegerField("静默期（工作日）")
    again = models.PositiveSmallIntegerField("逾期后每隔几个工作日再提醒")
    head_after = models.PositiveSmallIntegerField("逾期几个工作日告知单位负责人")
    office_after = models.PositiveSmallIntegerField("逾期几个工作日告知政府办")
    on_day = models.BooleanField("到期当天再提醒一次")
    days_off = models.BooleanField("节假日也提醒")
    opens = models.TimeField("几点开始发")
    closes = models.TimeField("几点以后不发")
    ground = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "提醒规则"

    def __str__(self) -> str:
        return self.ground

    @property
    def rules(self) -> Rules:
        """As core reads them."""
        return Rules(
            self.ahead, self.gap, self.again, self.head_after, self.office_after, self.on_day, self.days_off,
            self.opens, self.closes, "county", self.ground, max(RARELY, self.again),
        )  # fmt: skip


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Channels."""

    def kept(self) -> "ChannelQuerySet":
        """Those not removed."""
        return self.exclude(state="removed")


class Channel(models.Model):
    """A way out of the house that a county has set: its mail server, or a group robot.

    `secret` (a password, a signing key) and `hook` (a robot's address, which lets anybody post) lie sealed
    (`strongbox`) and are never shown again; `shown` is what pages say instead of the address. `where` is the address that
    messages tell people to open. `error` says why the last message did not go out; "" when it did.
    """

    MAIL = "mail"
    KINDS = [(MAIL, "邮件"), *ROBOTS.items()]
    SECURITIES = [("ssl", "SSL/TLS"), ("starttls", "STARTTLS"), ("none", "不加密（仅内网）")]
    life = CHANNEL

    government = models.ForeignKey("org.Government", models.CASCADE, related_name="channels")
    kind = models.CharField("渠道", max_length=10, choices=KINDS)
    name = models.CharField("名称", max_length=40)
    state = models.CharField("状态", max_length=8, choices=CHANNEL.choices(), default="on")
    where = models.URLField("打开的网址", max_length=200, blank=True)
    host = models.CharField("服务器", max_length=200, blank=True)
    port = models.PositiveIntegerField("端口", null=True, blank=True)
    security = models.CharField("加密方式", max_length=8, choices=SECURITIES, default="ssl")
    username = models.CharField("账号", max_length=200, blank=True)
    sender = models.EmailField("发件地址", max_length=200, blank=True)
    hook = models.TextField(blank=True)
    shown = models.CharField("机器人地址", max_length=60, blank=True)
    secret = models.TextField(blank=True)
    error = models.CharField("最近一次没有发出的原因", max_length=300, blank=True)
    error_at = models.DateTimeField("没有发出的时间", null=True, blank=True)
    good_at = models.DateTimeField("最近一次发出", null=True, blank=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = "提醒渠道"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["government"],
                condition=Q(kind="mail") & ~Q(state="removed"),
                name="one_mail_of_government",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_mail(self) -> bool:
        """Whether it is the mail server."""
        return self.kind == self.MAIL

    @property
    def is_signed(self) -> bool:
        """Whether this kind of robot knows a signature."""
        return self.kind in SIGNED


class Wish(models.Model):
    """How one person wants to be reminded beside the inbox. Only they see it."""

    life = WISH
    state = "current"

    person = models.OneToOneField("org.Person", models.CASCADE, related_name="reminder_wish")
    mail = models.BooleanField("发邮件给我", default=False)
    address = models.EmailField("邮箱", max_length=200, blank=True)
    mention = models.BooleanField("在群里点我的名", default=False)
    mobile = models.CharField("手机号", max_length=20, blank=True)

    class Meta:
        verbose_name = "接收方式"

    def __str__(self) -> str:
        return f"{self.person}的接收方式"

    @property
    def government_id(self) -> int:
        """The person's government."""
        return self.person.government_id


class Digest(models.Model):
    """The one message to a person on a day, as it was sent. `unread` is for the reader alone: no time is kept, nobody counts.

    lines  [{key, role, stage, days, due, what, address, button, note, unit}] in the order shown
    by     the office that pressed for it (催报); "" when its day had come
    """

    government = models.ForeignKey("org.Government", models.CASCADE, related_name="digests")
    person = models.ForeignKey("org.Person", models.CASCADE, related_name="digests")
    day = models.DateField("日期")
    lines = models.JSONField("内容", default=list)
    by = models.CharField("催报人", max_length=50, blank=True)
    unread = models.BooleanField("未读", default=True)
    made_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "汇总提醒"
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_digest_a_day")]
        indexes = [models.Index(fields=["government", "day"], name="digest_gov_day")]

    def __str__(self) -> str:
        return f"{self.day}：{len(self.lines)}件"

    @property
    def sections(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The first lines, under the words of their stage."""
        return in_sections(self.lines[:MOST_LINES])

    @property
    def more(self) -> int:
        """How many lines there are beyond these."""
        return max(len(self.lines) - MOST_LINES, 0)


def in_sections(lines: Sequence[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Lines of a digest under the words of their stage, in their order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        shown = {**line, "due": dt.date.fromisoformat(line["due"])}
        found.setdefault(STAGES.get(line["stage"], ""), []).append(shown)
    return list(found.items())


class Escalation(models.Model):
    """That silence about a thing went up the line on a day: `role` head or office. Shown to whoever should have done it."""

    government = models.ForeignKey("org.Government", models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    role = models.CharField("告知", max_length=6, choices=[("head", "本单位负责人"), ("office", "政府办")])
    day = models.DateField("日期")

    class Meta:
        verbose_name = "逐级提醒"
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["government", "key", "role"], name="one_escalation"),
        ]


class Delivery(models.Model):
    """A digest by e-mail, or (without one) the day's message to a group: to be tried again at `next_try` until it went out
    (`sent_at`), or was given up (both empty). It lives on its own day: yesterday's news is never sent."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="deliveries")
    digest = models.ForeignKey(Digest, models.CASCADE, null=True, blank=True, related_name="deliveries")
    day = models.DateField("日期")
    tries = models.PositiveSmallIntegerField("试过几次", default=0)
    next_try = models.DateTimeField("下次再试", null=True, db_index=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    reason = models.CharField("没有发出的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "发送"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "digest"], condition=Q(digest__isnull=False), name="one_delivery_of_digest"),
            models.UniqueConstraint(fields=["channel", "day"], condition=Q(digest__isnull=True), name="one_delivery_to_group"),
        ]  # fmt: skip


class Look(models.Model):
    """The day up to which a leader has said to have seen the changes, by their own press; nobody else sees it."""

    life = LOOK
    state = "current"

    person = models.OneToOneField("org.Person", models.CASCADE, related_name="+")
    day = models.DateField("看到哪天")

    class Meta:
        verbose_name = "看过的日子"

    @property
    def government_id(self) -> int:
        """The person's government."""
        return self.person.government_id
