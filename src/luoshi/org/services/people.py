"""Writing the list of people. Every change is judged by core/flow/person.py and leaves one event."""

from django.db import transaction
from django.utils import timezone

from luoshi.core.flow.actor import SYSTEM_POSTS, Actor
from luoshi.core.flow.person import PERSON
from luoshi.journal.moves import Refused, demand, move, record
from luoshi.org.models import Account, Person, overlapping
from luoshi.org.services.delegations import recall
from luoshi.org.services.posts import end_post

LONGEST = 50


class BadPerson(Refused):
    """The name is empty or too long, or the person still holds what must be taken back first."""


@transaction.atomic
def register_person(name: str, *, by: Actor) -> Person:
    """A new person of the actor's government, by name alone. Raises BadPerson, Denied."""
    person = Person(government_id=by.government_id, name=_name(name))
    person.save()
    record(person, "create", by, {"name": [None, person.name]})
    return person


@transaction.atomic
def correct_name(person: Person, name: str, *, by: Actor) -> None:
    """Set a wrongly written name right. Raises BadPerson, Denied."""
    old, person.name = person.name, _name(name)
    record(person, "correct", by, {"name": [old, person.name]})
    person.save(update_fields=["name"])


@transaction.atomic
def leave(person: Person, *, by: Actor, note: str = "") -> None:
    """Somebody goes: business posts end today, the account is closed. Raises BadPerson (still one of 三员), Denied."""
    today = timezone.localdate()
    demand(PERSON, person, "leave", by)
    posts = list(person.posts.filter(overlapping(today, None)).select_related("unit", "person"))
    if any(post.slug in SYSTEM_POSTS for post in posts):
        raise BadPerson(f"{person.name}还担任系统、安全或审计岗位，请先由安全管理员收回，再登记离开。")
    for post in posts:
        end_post(post, max(today, post.valid_from or today), by=by, note=note)
    for acting in person.delegations.filter(overlapping(today, None)).select_related("post__person"):
        if acting.state != "ended":
            recall(acting, by=by)
    account = Account.objects.filter(person=person).exclude(state="closed").select_related("person").first()
    if account:
        move(account, "retire", by)
    move(person, "leave", by, note)


@transaction.atomic
def come_back(person: Person, *, by: Actor) -> None:
    """Somebody is here again; posts and the account are given anew. Raises Denied."""
    move(person, "come_back", by)


def _name(text: str) -> str:
    """The name without blanks at its ends. Raises BadPerson."""
    name = " ".join(text.split())
    if not name:
        raise BadPerson("姓名不能为空，请填写姓名。")
    if len(name) > LONGEST:
        raise BadPerson(f"姓名不能超过{LONGEST}个字，请核对是否填了几个人。")
    return name
