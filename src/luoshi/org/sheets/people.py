"""Rows of the sheet of people → people and business posts. Whoever and whatever is not in the sheet stays as it is."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.utils import timezone

from luoshi.core.flow.actor import BUSINESS_POSTS, POSTS
from luoshi.org.models import Person, Post, Unit, overlapping
from luoshi.org.queries.people import visible_people
from luoshi.org.services.people import register_person
from luoshi.org.services.posts import Terms, change_post, end_post, give_post
from luoshi.org.sheets.columns import FIRST_ROW, NUMBER, SCOPES, Row
from luoshi.org.sheets.trial import BadCell, Names, Trial, day, parts

SHEET = "people"
SLUGS = {POSTS[slug]: slug for slug in BUSINESS_POSTS}


class Asked(NamedTuple):
    """What a row asks for, its cells understood."""

    slug: str
    unit: Unit
    terms: Terms


class Crowd:
    """The people of the government, and which of them a row means."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        lasting = Post.objects.filter(overlapping(timezone.localdate(), None)).select_related("unit")
        people = visible_people(trial.by).filter(state="current")
        self.people = list(people.prefetch_related(Prefetch("posts", lasting, to_attr="lasting")))
        self.numbers = {str(person.pk): person for person in self.people}
        self.tags: dict[str, Person] = {}
        self.fresh: dict[str, int] = {}

    def person(self, number: int, row: Row, unit: Unit | None) -> Person:
        """The person of a row, registered if new. Raises BadCell where that cannot be told."""
        said, name = row.get(NUMBER, ""), row.get("姓名", "")
        known = self.numbers.get(said) or self.tags.get(said)
        if known:
            return self._same(known, said, name)
        if said.isdecimal():
            raise BadCell(f"没有编号为{said}的在册人员。新增的人员请把编号空着。")
        if not said and (namesake := self._namesake(number, name, unit)):
            return namesake
        made = register_person(name, by=self.trial.by)
        made.lasting = []  # type: ignore[attr-defined]
        self.trial.did(SHEET, number, f"新增人员：{made.name}")
        if said:
            self.tags[said] = made
        else:
            self.fresh[name] = number
        return made

    def _same(self, person: Person, said: str, name: str) -> Person:
        if person.name != name:
            raise BadCell(
                f"编号{said}是{person.name}，表中姓名是‘{name}’。换人请在原来的行填离任日期、新人另起一行；更正姓名请到人员页办理。"
            )
        return person

    def _namesake(self, number: int, name: str, unit: Unit | None) -> Person | None:
        """Somebody of that name in the same unit is that person; elsewhere it must be said."""
        if name in self.fresh:
            raise BadCell(
                f"与第{self.fresh[name] + FIRST_ROW}行同名。是同一人的，两行编号填同一个代号，如新1；是两个人的，填不同的代号。"
            )
        same = [person for person in self.people if person.name == name]
        here = [p for p in same if unit and any(post.unit_id == unit.pk for post in _lasting(p))]
        if len(here) == 1:
            return here[0]
        if same:
            where = next((f"（{post.unit}）" for post in _lasting(same[0]) if post.unit), "")
            raise BadCell(
                f"已有同名人员{name}{where}。是同一人的，编号填{same[0].pk}；是另一个人的，编号填一个代号，如新1。"
            )
        return None


def apply_people(rows: Sequence[Row], trial: Trial, broken: frozenset[str] = frozenset()) -> None:
    """Do what the rows ask; `broken` are names of units whose own rows failed."""
    names, crowd = Names(trial.by, broken), Crowd(trial)
    for number, row in enumerate(rows):
        before = len(trial.faults)
        asked = _understood(number, row, names, trial)
        if len(trial.faults) > before:
            continue
        person: Person | None = None
        with trial.at(SHEET, number, NUMBER if row.get(NUMBER) else "姓名"):
            person = crowd.person(number, row, asked.unit if asked else None)
        if person and asked:
            with trial.at(SHEET, number, "岗位"):
                _hold(number, row, person, asked, trial)


def _understood(number: int, row: Row, names: Names, trial: Trial) -> Asked | None:
    """The cells of a row; None for a person without a post. What is not understood is noted at its cell."""
    said: dict[str, Any] = {}
    if not row.get("岗位") and not row.get("所在单位"):
        return None
    with trial.at(SHEET, number, "所在单位"):
        if not row.get("所在单位"):
            raise BadCell("请填写所在单位。")
        said["unit"] = names.unit(row["所在单位"])
    with trial.at(SHEET, number, "岗位"):
        said["slug"] = _slug(row.get("岗位", ""))
    for column, name in (("任职日期", "valid_from"), ("离任日期", "valid_to")):
        with trial.at(SHEET, number, column):
            said[name] = day(row.get(column, ""))
    if len(said) < 4:
        return None
    scope, covers = _scope(row.get("范围", ""))
    terms = Terms(row.get("职务", ""), scope, covers, said["valid_from"], said["valid_to"])
    return Asked(said["slug"], said["unit"], terms)


def _slug(label: str) -> str:
    if label in SLUGS:
        return SLUGS[label]
    if label in POSTS.values():
        raise BadCell(f"{label}由安全管理员在人员页授予，不能在表中登记。请删去这一行。")
    raise BadCell(f"没有‘{label}’这个岗位，请从下拉列表中选：{'、'.join(SLUGS)}。")


def _scope(text: str) -> tuple[str, list[str]]:
    """(scope, actions): the words of a scope, or names of actions; "" for what the post usually has."""
    if not text or text in SCOPES:
        return SCOPES.get(text, ""), []
    return "actions", parts(text)


def _hold(number: int, row: Row, person: Person, asked: Asked, trial: Trial) -> None:
    """Let the person hold the post as asked: given, changed, ended, or as it was."""
    slug, unit, terms = asked
    held = next((p for p in _lasting(person) if p.slug == slug and p.unit_id == unit.pk), None)
    label = f"{person.name}，{unit.full_name}{POSTS[slug]}"
    if held is None:
        _lasting(person).append(give_post(person, slug, unit, terms, by=trial.by))
        trial.did(SHEET, number, f"登记岗位：{label}")
        return
    held.person = person
    kept = terms._replace(
        title=terms.title if "职务" in row else held.title,
        scope=terms.scope or held.scope,
        covers=terms.covers if terms.scope else held.covers,
        valid_to=held.valid_to if terms.valid_to or "离任日期" not in row else None,
    )
    if change_post(held, kept, by=trial.by):
        trial.did(SHEET, number, f"调整岗位：{label}")
    if terms.valid_to and terms.valid_to != held.valid_to:
        end_post(held, terms.valid_to, by=trial.by)
        trial.did(SHEET, number, f"结束岗位：{label}，到{terms.valid_to}止")


def _lasting(person: Person) -> list[Post]:
    posts: list[Post] = person.lasting  # type: ignore[attr-defined]
    return posts
