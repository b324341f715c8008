"""Governments, their units (dated, with all their names), people, the posts they hold, delegations, and accounts."""

import datetime as dt
from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from luoshi.core.flow.account import ACCOUNT, IN_USE
from luoshi.core.flow.actor import POSTS, Actor, Scope
from luoshi.core.flow.delegation import DELEGATION
from luoshi.core.flow.government import GOVERNMENT
from luoshi.core.flow.person import PERSON
from luoshi.core.flow.post import POST
from luoshi.core.flow.unit import UNIT


def on(day: dt.date) -> Q:
    """Rows in force on a day: valid_from ≤ day < valid_to, open ends counting as always."""
    started = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return started & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def overlapping(start: dt.date | None, end: dt.date | None) -> Q:
    """Rows in force on some day of [start, end); None is an open end."""
    begun = Q() if end is None else Q(valid_from__isnull=True) | Q(valid_from__lt=end)
    lasting = Q(valid_to__isnull=True)
    return begun & (lasting if start is None else lasting | Q(valid_to__gt=start))


def stage(start: dt.date | None, end: dt.date | None) -> str:
    """planned, current or ended, for something in force on [start, end)."""
    today = timezone.localdate()
    if end is not None and end <= today:
        return "ended"
    return "planned" if start is not None and start > today else "current"


class Government(models.Model):
    """A government with its own register, ledger and journal: 省, 市, 县 or 乡镇."""

    LEVELS = [("province", "省"), ("city", "市"), ("county", "县"), ("town", "乡镇")]
    life = GOVERNMENT
    state = "current"

    name = models.CharField("名称", max_length=50, unique=True)
    level = models.CharField("层级", max_length=10, choices=LEVELS)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级地区"
    )

    class Meta:
        verbose_name = "地区"

    def __str__(self) -> str:
        return self.name

    @property
    def government_id(self) -> int:
        """Itself, as a case for the rules."""
        return self.pk


class Unit(models.Model):
    """A body that can be named in a plan. A collective name (各乡镇) is a unit with members, never scored itself."""

    KINDS = [
        ("government", "政府"),
        ("department", "政府部门"),
        ("party", "党委部门"),
        ("mass", "群团"),
        ("judicial", "司法机关"),
        ("town", "乡镇"),
        ("street", "街道"),
        ("zone", "园区"),
        ("institution", "事业单位"),
        ("enterprise", "国有企业"),
        ("vertical", "垂管单位"),
        ("stationed", "驻县单位"),
        ("collective", "统称"),
        ("other", "其他"),
    ]
    life = UNIT

    government = models.ForeignKey(Government, models.PROTECT, related_name="units")
    full_name = models.CharField("全称", max_length=100)
    kind = models.CharField("类别", max_length=12, choices=KINDS, default="department")
    rank = models.PositiveIntegerField("排序", default=0)
    valid_from = models.DateField("设立日期", null=True, blank=True)
    valid_to = models.DateField("撤销日期", null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级单位"
    )
    successors: "models.ManyToManyField[Unit, Succession]" = models.ManyToManyField(
        "self",
        through="Succession",
        through_fields=("before", "after"),
        symmetrical=False,
        related_name="predecessors",
        verbose_name="承接单位",
    )
    members = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="collectives", verbose_name="所含单位"
    )

    class Meta:
        verbose_name = "单位"
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["government", "full_name"],
                condition=Q(valid_to__isnull=True),
                name="unit_current_name",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def state(self) -> str:
        """Where the unit is in its life (core/flow/unit.py)."""
        return "current" if self.valid_to is None else "abolished"

    @property
    def is_collective(self) -> bool:
        """Whether the name stands for its members."""
        return self.kind == "collective"


class UnitName(models.Model):
    """A name of a unit besides its full name: a short one, another plate of the same body, a former name (full until
    its valid_from), or a name taken over from a unit that was merged into this one."""

    KINDS = [
        ("short", "简称"),
        ("full", "加挂牌子"),
        ("alias", "别名"),
        ("former", "曾用名"),
        ("taken", "承接的名称"),
    ]

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类别", max_length=6, choices=KINDS, default="short")
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_to = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "叫法"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], condition=Q(valid_to__isnull=True), name="unit_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """On `day` the duties of one unit, or a part of them, went to another: merged, split off, or taken over."""

    before = models.ForeignKey(Unit, models.PROTECT, related_name="handed_on")
    after = models.ForeignKey(Unit, models.PROTECT, related_name="taken_on")
    day = models.DateField("日期")

    class Meta:
        verbose_name = "沿革"
        ordering = ["day", "pk"]
        constraints = [models.UniqueConstraint(fields=["before", "after", "day"], name="succession_once")]


class Person(models.Model):
    """Somebody who works here. The name only: nothing else about a person is needed to get things done."""

    life = PERSON

    government = models.ForeignKey(Government, models.PROTECT, related_name="people")
    name = models.CharField("姓名", max_length=50)
    state = models.CharField("状态", max_length=8, choices=PERSON.choices(), default="current")

    class Meta:
        verbose_name = "人员"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post held by a person, in a unit, from a day to a day. Rights follow posts, never persons.

    `covers` names the actions of a post with scope "actions" (a leader's or a task force's), as printed in plans.
    `follows` is the post that this one continues: handed over by another person, or the same one's before a transfer.
    """

    SLUGS = list(POSTS.items())
    SCOPES = [
        ("government", "本级全部"),
        ("actions", "分管的行动"),
        ("subtree", "本单位及下属单位"),
        ("unit", "本单位"),
        ("system", "系统"),
    ]
    life = POST

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts", verbose_name="任职人")
    slug = models.CharField("岗位", max_length=20, choices=SLUGS)
    title = models.CharField("职务", max_length=50, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name="所在单位"
    )
    scope = models.CharField("范围", max_length=12, choices=SCOPES, default="unit")
    covers = models.JSONField("分管的行动", default=list, blank=True)
    valid_from = models.DateField("任职日期", null=True, blank=True)
    valid_to = models.DateField("离任日期", null=True, blank=True)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="接任自"
    )

    class Meta:
        verbose_name = "岗位"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title or self.get_slug_display()

    @property
    def reach(self) -> Scope:
        """`scope`, as the rules know it."""
        return cast(Scope, self.scope)

    @property
    def reach_in_words(self) -> str:
        """How far the post reaches, as printed: the actions by name."""
        return "、".join(self.covers) if self.scope == "actions" else self.get_scope_display()

    @property
    def state(self) -> str:
        """Where the post is in its life (core/flow/post.py), by its dates."""
        return stage(self.valid_from, self.valid_to)

    @property
    def government_id(self) -> int:
        """The person's government."""
        return self.person.government_id


class Delegation(models.Model):
    """From a day to a day somebody else acts in a post on behalf of its holder. `valid_to` is the first day without."""

    life = DELEGATION

    post = models.ForeignKey(Post, models.CASCADE, related_name="delegations", verbose_name="岗位")
    delegate = models.ForeignKey(Person, models.PROTECT, related_name="delegations", verbose_name="代办人")
    reason = models.CharField("事由", max_length=200)
    valid_from = models.DateField("开始日期")
    valid_to = models.DateField("结束日期")

    class Meta:
        verbose_name = "代办"
        ordering = ["-valid_from", "-pk"]

    @property
    def last_day(self) -> dt.date:
        """The last day of acting."""
        return self.valid_to - dt.timedelta(days=1)

    @property
    def state(self) -> str:
        """Where the delegation is in its life (core/flow/delegation.py), by its dates; it ends with the post."""
        return "ended" if self.post.state == "ended" else stage(self.valid_from, self.valid_to)

    @property
    def person_id(self) -> int:
        """Whose post it is."""
        return self.post.person_id

    @property
    def government_id(self) -> int:
        """The government of that person."""
        return self.post.government_id


class AccountManager(BaseUserManager["Account"]):
    """Accounts by user name."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """What a person logs in with. No e-mail, no telephone; one account, one person.

    `failures` counts wrong passwords in a row; while `locked_until` lies ahead nobody gets in (GB/T 22239 身份鉴别).
    In state "first" the password must be changed before anything else; a one-time password works until `once_until`.
    """

    life = ACCOUNT

    username = models.CharField("账号", max_length=50, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    state = models.CharField("状态", max_length=10, choices=ACCOUNT.choices(), default="active")
    failures = models.PositiveSmallIntegerField("连续输错次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)
    once_until = models.DateTimeField("一次性密码有效至", null=True, blank=True)

    USERNAME_FIELD = "username"
    seat = ""  # which of several desks the person sits at, told by the session
    known_seats: Any = None  # both kept by org.actors for one request
    known_actor: Actor | None = None
    objects = AccountManager()

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.person.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # an attribute in Django
        """Whether one may log in at all; asked by Django at log-in and at every request."""
        return self.state in IN_USE

    @property
    def expired(self) -> bool:
        """Whether the one-time password is too old to be used."""
        return self.state == "first" and self.once_until is not None and self.once_until <= timezone.now()

    @property
    def locked(self) -> bool:
        """Whether wrong passwords have locked it for a while."""
        return self.locked_until is not None and self.locked_until > timezone.now()

    @property
    def unlocked(self) -> int:
        """1 when there is no such lock to lift (core/flow/account.py)."""
        return int(not self.locked)

    @property
    def left(self) -> int:
        """1 when the person has left (core/flow/account.py)."""
        return int(self.person.state == "left")

    @property
    def government_id(self) -> int:
        """The person's government."""
        return self.person.government_id
