"""`luoshi manage create_account`: the first person of a new server (later ones come from the page of people)."""

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import POSTS
from luoshi.core.flow.post import DEFAULT_SCOPE
from luoshi.org.models import Account, Government, Person, Post, Unit


class Command(BaseCommand):
    """Makes a person with a post and an account; the government and the unit too, where they are new."""

    help = "建立账号：姓名、单位、岗位一次登记；地区和单位还没有的，一并建立。"

    def add_arguments(self, parser: CommandParser) -> None:
        """What must be said about a person."""
        parser.add_argument("login", help="登录账号")
        parser.add_argument("name", help="姓名")
        parser.add_argument("--government", required=True, help="地区，如 青禾县")
        parser.add_argument(
            "--level", choices=dict(Government.LEVELS), default="county", help="地区的层级（新建地区时用）"
        )
        parser.add_argument("--unit", required=True, help="单位全称，如 青禾县人民政府办公室")
        parser.add_argument("--post", choices=list(POSTS), default="office", help="岗位")
        parser.add_argument("--password-stdin", action="store_true", help="从标准输入读密码，不提示")

    def handle(self, *args: Any, **said: Any) -> None:
        """Ask for the password, then write everything or nothing."""
        if Account.objects.filter(username=said["login"]).exists():
            raise CommandError(f"账号“{said['login']}”已经有了，请换一个。")
        password = sys.stdin.readline().rstrip("\n") if said["password_stdin"] else _asked_twice()
        try:
            validate_password(password, Account(username=said["login"]))
        except ValidationError as weak:
            raise CommandError("密码不合要求：" + "".join(weak.messages)) from weak
        with transaction.atomic():
            place, _ = Government.objects.get_or_create(
                name=said["government"], defaults={"level": said["level"]}
            )
            unit, _ = Unit.objects.get_or_create(government=place, full_name=said["unit"], valid_to=None)
            person = Person.objects.create(government=place, name=said["name"])
            Post.objects.create(
                person=person,
                slug=said["post"],
                unit=unit,
                scope=DEFAULT_SCOPE[said["post"]],
                valid_from=timezone.localdate(),
            )
            Account.objects.create_user(said["login"], password, person=person)
        self.stdout.write(
            f"已建立账号“{said['login']}”：{said['name']}，{said['unit']}，{POSTS[said['post']]}。"
        )


def _asked_twice() -> str:
    first, second = getpass.getpass("密码："), getpass.getpass("再输一次：")
    if first != second:
        raise CommandError("两次输入的密码不同，账号没有建立，请重新运行。")
    return first
