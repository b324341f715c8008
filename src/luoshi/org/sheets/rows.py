"""The register and the list of people → rows, as they are exported."""

from django.db.models import Prefetch
from django.utils import timezone

from luoshi.core.flow.actor import BUSINESS_POSTS
from luoshi.org.models import Government, Person, Post, Unit, UnitName, on
from luoshi.org.sheets.columns import Row, Rows

KINDS_OF_NAMES = {"简称": "short", "加挂牌子": "full", "别名": "alias", "曾用名": "former"}


def exported(government: Government | int) -> Rows:
    """Both sheets of a government as it is today, in six queries."""
    return {"units": _units(government), "people": _people(government)}


def _units(government: Government | int) -> list[Row]:
    today = timezone.localdate()
    names = UnitName.objects.filter(on(today))
    units = Unit.objects.filter(on(today), government=government).select_related("parent")
    return [
        {
            "编号": str(unit.pk),
            "全称": unit.full_name,
            **{column: names_of(unit, kind) for column, kind in KINDS_OF_NAMES.items()},
            "类别": unit.get_kind_display(),
            "上级单位": str(unit.parent or ""),
            "所含单位": "、".join(member.full_name for member in unit.members.all()),
            "设立日期": unit.valid_from.isoformat() if unit.valid_from else "",
        }
        for unit in units.prefetch_related(Prefetch("names", names), "members")
    ]


def names_of(unit: Unit, kind: str) -> str:
    """The names of one kind that are in force, as one cell."""
    return "、".join(row.name for row in unit.names.all() if row.kind == kind and row.valid_to is None)


def _people(government: Government | int) -> list[Row]:
    posts = Post.objects.filter(on(timezone.localdate()), slug__in=BUSINESS_POSTS)
    people = Person.objects.filter(government=government, state="current").order_by("pk")
    found: list[Row] = []
    for person in people.prefetch_related(Prefetch("posts", posts.select_related("unit"))):
        held = list(person.posts.all())
        found += [row_of(person, post) for post in held] or [{"编号": str(person.pk), "姓名": person.name}]
    return found


def row_of(person: Person, post: Post) -> Row:
    """A post as a row of the sheet of people."""
    return {
        "编号": str(person.pk),
        "姓名": person.name,
        "所在单位": str(post.unit or ""),
        "岗位": post.get_slug_display(),
        "职务": post.title,
        "范围": post.reach_in_words,
        "任职日期": post.valid_from.isoformat() if post.valid_from else "",
        "离任日期": post.valid_to.isoformat() if post.valid_to else "",
    }
