"""Every address of this room × every post: who is served, who is told no, and that a no changes nothing.

What a post may do is never typed here: it is asked of the tables in core/flow.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.core.flow.account import ACCOUNT
from luoshi.core.flow.actor import POSTS
from luoshi.core.flow.delegation import DELEGATION
from luoshi.core.flow.government import GOVERNMENT
from luoshi.core.flow.journal import JOURNAL
from luoshi.core.flow.machine import Machine
from luoshi.core.flow.person import PERSON
from luoshi.core.flow.post import POST
from luoshi.core.flow.unit import UNIT
from luoshi.journal.models import Event
from luoshi.org.models import Account, Government, Person, Post, Unit
from luoshi.org.services import add_alias, create_unit
from luoshi.org.services.delegations import delegate
from luoshi.org.urls import urlpatterns
from tests.apps.site.addresses import addresses
from tests.people import Member, cast


class Door(NamedTuple):
    """What an address lets whom do: the row of a table for its page and for its form; None is open to all."""

    life: Machine | None = None
    shows: str | None = None
    does: str | None = None
    sent: dict[str, str] = {}


DOORS: dict[str, Door] = {
    "units": Door(UNIT, None, "create", {"full_name": "青禾县新局", "kind": "department"}),
    "merge": Door(UNIT, "merge", "merge", {"before": "bureau", "into": "other", "note": "依据"}),
    "unit": Door(),
    "names": Door(UNIT, None, "add_name", {"name": "县新名", "kind": "short"}),
    "drop_name": Door(UNIT, None, "drop_name"),
    "members": Door(UNIT, None, "set_members"),
    "correct": Door(UNIT, None, "correct", {"kind": "institution"}),
    "split": Door(UNIT, "split", "split", {"names": "青禾县一局\n青禾县二局", "note": "依据"}),
    "abolish": Door(UNIT, None, "abolish", {"note": "依据"}),
    "rename": Door(UNIT, None, "rename", {"full_name": "青禾县改名局"}),
    "governments": Door(GOVERNMENT, None, "add_below", {"name": "石桥镇", "level": "town"}),
    "government": Door(),
    "people": Door(PERSON, None, "create", {"name": "新人"}),
    "sheet": Door(PERSON, "exchange", "exchange"),
    "apply_sheet": Door(PERSON, None, "exchange", {"rows": '{"units":[]}'}),
    "faults": Door(PERSON, None, "exchange", {"rows": '{"units":[]}'}),
    "export": Door(PERSON, "exchange"),
    "person": Door(),
    "person_name": Door(PERSON, None, "correct", {"name": "改名"}),
    "posts": Door(POST, None, "appoint", {"slug": "clerk", "unit": "other"}),
    "leave": Door(PERSON, None, "leave"),
    "come_back": Door(PERSON, None, "come_back"),
    "change_post": Door(POST, "change", "change", {"title": "股长"}),
    "end_post": Door(POST, "end", "end"),
    "transfer": Door(POST, "transfer", "transfer", {"unit": "other"}),
    "hand_over": Door(POST, "hand_over_clerk", "hand_over_clerk", {"person": "heir"}),
    "delegate": Door(DELEGATION, "delegate", "delegate", {"person": "heir", "last": "today", "note": "出差"}),
    "recall": Door(DELEGATION, None, "recall"),
    "seats": Door(),
    "accounts": Door(ACCOUNT, "see"),
    "issue": Door(ACCOUNT, None, "issue", {"people": "person"}),
    "account": Door(ACCOUNT, "see"),
    "unlock_account": Door(ACCOUNT, None, "unlock"),
    "suspend_account": Door(ACCOUNT, None, "suspend", {"note": "核查"}),
    "resume_account": Door(ACCOUNT, None, "resume"),
    "close_account": Door(ACCOUNT, None, "close"),
    "records": Door(JOURNAL, "read"),
    "units_export": Door(),
    "governments_export": Door(),
    "people_export": Door(),
    "accounts_export": Door(ACCOUNT, "see"),
    "records_export": Door(JOURNAL, "read"),
}
BOUND_ELSEWHERE = {("hand_over", "head")}
"""Posts that a table names but whose scope does not reach the unit of this test."""


class County(NamedTuple):
    """What the addresses speak of."""

    keys: dict[str, int]

    def address(self, name: str) -> str:
        return next(self.addresses(name))

    def addresses(self, name: str) -> Iterator[str]:
        pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
        yield from addresses(lambda address, argument: self.key(name, argument), [pattern])

    def key(self, name: str, argument: str) -> int:
        if argument == "name_pk":
            return self.keys["alias"]
        kinds = {
            "government": "government",
            "recall": "acting",
            **dict.fromkeys(("change_post", "end_post", "transfer", "hand_over", "delegate"), "post"),
            **dict.fromkeys(
                ("unit", "names", "drop_name", "members", "correct", "split", "abolish", "rename"), "bureau"
            ),
        }
        return self.keys[kinds.get(name, "person")]

    def sent(self, door: Door) -> dict[str, str]:
        today = timezone.localdate().isoformat()
        return {field: today if said == "today" else str(self.keys.get(said, said)) for field, said in door.sent.items()}  # fmt: skip


@pytest.fixture
def county(liu: Member, li: Member, wang: Member) -> County:
    """小李, clerk of 教育局, with an account, a locked one; 王科长 acts for them; two more units and an heir."""
    bureau, other = (create_unit(name, by=liu.actor) for name in ("青禾县水利局", "青禾县林业局"))
    alias = add_alias(bureau, "县水利局", "short", by=liu.actor)
    post, today = li.account.person.posts.get(), timezone.localdate()
    heir = Person.objects.create(name="齐一", government_id=liu.actor.government_id)
    post_of_wang = wang.account.person.posts.get(slug="head")
    acting = delegate(post_of_wang, heir, today, today, by=liu.actor, reason="出差")
    Account.objects.filter(pk=li.account.pk).update(locked_until=timezone.now() + dt.timedelta(days=1))
    return County(
        {
            "bureau": bureau.pk, "other": other.pk, "alias": alias.pk, "post": post.pk, "heir": heir.pk,
            "acting": acting.pk, "person": li.account.person_id, "government": liu.actor.government_id,
        }
    )  # fmt: skip


@pytest.fixture
def holder(request: pytest.FixtureRequest, db) -> Member:
    """Somebody with one post, in a unit of their own."""
    return cast("holder", "任职人", "青禾县某局", request.param)


def stored() -> tuple[int, ...]:
    """How many rows of everything there are; events of reading there are none."""
    return tuple(model.objects.count() for model in (Event, Unit, Person, Post, Account, Government))


def test_every_route_has_its_door() -> None:
    assert {pattern.name for pattern in urlpatterns} == set(DOORS)


@pytest.mark.parametrize("holder", POSTS, indirect=True, ids=list(POSTS))
def test_pages(holder: Member, county: County) -> None:
    client = Client()
    client.force_login(holder.account)
    for name, door in DOORS.items():
        answer = client.get(county.address(name))
        if answer.status_code == 405:
            assert door.shows is None, name
            continue
        may = (
            door.life is None or door.shows is None or holder.actor.post in door.life.moves[door.shows].posts
        )
        may = may and (name, holder.actor.post) not in BOUND_ELSEWHERE
        assert answer.status_code == (200 if may else 403), name


@pytest.mark.parametrize("holder", POSTS, indirect=True, ids=list(POSTS))
@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door.does])
def test_forms(holder: Member, county: County, name: str) -> None:
    door = DOORS[name]
    client = Client()
    client.force_login(holder.account)
    before = stored()
    row = door.life.moves[door.does]
    may = holder.actor.post in row.posts and (name, holder.actor.post) not in BOUND_ELSEWHERE
    answer = client.post(county.address(name), county.sent(door))
    if may:
        assert answer.status_code != 403
        if county.sent(door) and name not in ("apply_sheet", "faults"):
            assert stored() != before, answer.content.decode()[:3000]
    else:
        assert answer.status_code == 403
        assert stored() == before


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_without_a_post_reads_and_does_nothing(
    liu: Member, county: County, name: str, method: str
) -> None:
    nobody = cast("nobody", "无岗", "青禾县某局")
    client, door, before = Client(), DOORS[name], stored()
    client.force_login(nobody.account)
    answer = getattr(client, method)(county.address(name), county.sent(door) if method == "post" else {})
    assert stored() == before
    verb = door.shows if method == "get" else door.does
    if answer.status_code != 405:
        assert answer.status_code == (403 if verb else 200 if method == "get" else answer.status_code)


@pytest.mark.parametrize("name", DOORS)
def test_the_highest_post_of_another_county_gets_nowhere(outsider: Member, county: County, name: str) -> None:
    client, door, before = Client(), DOORS[name], stored()
    client.force_login(outsider.account)
    address = county.address(name)
    for answer in (client.get(address), client.post(address, county.sent(door))):
        html = answer.content.decode(errors="replace")
        assert not {word for word in ("小李", "青禾县水利局") if word in html}
    if "<int" in str(next(p for p in urlpatterns if p.name == name).pattern):
        assert client.get(address).status_code in (403, 404, 405)
        assert stored() == before
