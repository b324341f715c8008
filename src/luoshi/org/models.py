"""Governments, their units (dated, with all their names), people, the posts they hold, and their accounts."""

import datetime as dt
from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from luoshi.core.flow.actor import POSTS, Actor, Scope
from luoshi.core.flow.unit import UNIT


def on(day: dt.date) -> Q:
    """Rows in force on a day: valid_from ≤ day < valid_to, open ends counting as always."""
    started = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return started & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


class Government(models.Model):
    """A government with its own register, ledger and journal: 省, 市, 县 or 乡镇."""

    LEVELS = [("province", "省"), ("city", "市"), ("county", "县"), ("town", "乡镇")]

    name = models.CharField("名称", max_length=50, unique=True)
    level = models.CharField("层级", max_length=10, choices=LEVELS)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    def __str__(self) -> str:
        return self.name


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
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="职能承接单位",
    )
    members = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="collectives", verbose_name="所含单位"
    )

    class Meta:
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
    """A name of a unit besides its full name: a short one, another plate of the same body, a former name."""

    KINDS = [("short", "简称"), ("full", "加挂牌子"), ("alias", "别名"), ("former", "曾用名")]

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


class Person(models.Model):
    """Somebody who works here. The name only: nothing else about a person is needed to get things done."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="people")
    name = models.CharField("姓名", max_length=50)

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post held by a person, in a unit, from a day to a day. Rights follow posts, never persons.

    `covers` names the actions of a post with scope "actions" (a leader's or a task force's), as printed in plans.
    """

    SLUGS = list(POSTS.items())
    SCOPES = [("government", "本级全部"), ("actions", "分管的行动"), ("unit", "本单位"), ("system", "系统")]

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    slug = models.CharField("岗位", max_length=20, choices=SLUGS)
    title = models.CharField("职务", max_length=50, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="posts")
    scope = models.CharField("范围", max_length=12, choices=SCOPES, default="unit")
    covers = models.JSONField("分管的行动", default=list, blank=True)
    valid_from = models.DateField("任职日期", null=True, blank=True)
    valid_to = models.DateField("离任日期", null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title or self.get_slug_display()

    @property
    def reach(self) -> Scope:
        """`scope`, as the rules know it."""
        return cast(Scope, self.scope)


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
    """

    username = models.CharField("账号", max_length=50, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField("启用", default=True)
    failures = models.PositiveSmallIntegerField("连续输错次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)

    USERNAME_FIELD = "username"
    known_actor: Actor | None = None  # kept by org.actors for one request
    objects = AccountManager()

    def __str__(self) -> str:
        return self.person.name
