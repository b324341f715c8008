"""The lists of this room as workbooks, row for row as the page shows them. Not to be brought back: for that there is writing.py."""

import datetime as dt
from collections.abc import Iterable

from luoshi.org.models import Account, Person, Unit
from luoshi.org.queries.governments import Branch
from luoshi.org.queries.records import Line
from luoshi.org.queries.timeline import called_on
from luoshi.ui.excel import single

UNITS = (("全称", 36), ("其他叫法", 40), ("类别", 16), ("所含单位(个)", 12))
PEOPLE = (("姓名", 12), ("单位", 32), ("岗位", 20), ("职务", 20), ("范围", 24), ("任职日期", 13))
ACCOUNTS = (("姓名", 12), ("单位", 40), ("账号", 20), ("状态", 24))
RECORDS = (
    ("时间", 18), ("谁", 12), ("代谁", 12), ("岗位", 16), ("单位", 30), ("办了什么", 16), ("对象", 20), ("内容", 60), ("链上序号", 12),
)  # fmt: skip
GOVERNMENTS = (("地区", 30), ("层级", 12), ("在用单位(个)", 14), ("在册人员(人)", 14))


def units(found: Iterable[Unit], day: dt.date | None) -> bytes:
    """The units as found; on a day gone by, with the name of that day in place of the other names."""
    head = UNITS if day is None else (UNITS[0], ("当日名称", 36), *UNITS[2:])
    rows = (
        [
            unit.full_name,
            (called_on(unit, day) or "当日不在用") if day else _names(unit),
            unit.get_kind_display(),
            len(unit.members.all()) if unit.is_collective else None,
        ]
        for unit in found
    )
    title = "单位名录" if day is None else f"单位名录（{day.year}年{day.month}月{day.day}日）"
    return single("单位", title, head, rows)


def _names(unit: Unit) -> str:
    return "、".join(name.name for name in unit.names.all() if not name.valid_to)


def people(found: Iterable[Person]) -> bytes:
    """The people as found, a row a post in force."""
    rows = (row for person in found for row in _posts(person))
    return single("人员", "人员和岗位", PEOPLE, rows)


def _posts(person: Person) -> list[list[object]]:
    posts = person.current_posts  # type: ignore[attr-defined]  # of with_posts
    if not posts:
        return [[person.name, "", "已离开" if person.state == "left" else "没有岗位", "", "", None]]
    return [
        [
            person.name, str(post.unit or ""), post.get_slug_display(), post.title, post.reach_in_words,
            post.valid_from,
        ]
        for post in posts
    ]  # fmt: skip


def accounts(found: Iterable[Person]) -> bytes:
    """The accounts as found. No password is among them: they are kept as digests only."""
    rows = (
        [
            person.name,
            "、".join(post.unit.full_name for post in person.current_posts if post.unit),  # type: ignore[attr-defined]
            account.username if account else "",
            _standing(account) if account else "没有账号",
        ]
        for person in found
        for account in [getattr(person, "account", None)]
    )
    return single("账号", "账号", ACCOUNTS, rows)


def _standing(account: Account) -> str:
    state = "一次性密码已过期" if account.expired else account.get_state_display()
    return f"{state}、输错密码锁定" if account.locked else state


def records(lines: Iterable[Line]) -> bytes:
    """The record as the auditor sees it, newest first."""
    rows = (
        [
            line.deed.at, line.deed.person_name, line.deed.behalf, line.post, line.deed.unit_name, line.deed.deed, line.subject,
            "\n".join(filter(None, (line.state, *line.deed.changes, line.deed.note))), line.event.position,
        ]
        for line in lines
    )  # fmt: skip
    return single("办理记录", "办理记录", RECORDS, rows)


def governments(branches: Iterable[Branch]) -> bytes:
    """The tree, a step to the right for every step down."""
    rows = (
        ["\u3000" * depth + one.name, one.get_level_display(), one.unit_count, one.people_count]  # type: ignore[attr-defined]
        for one, depth, _ in branches
    )
    return single("地区", "上级和下级地区", GOVERNMENTS, rows)
