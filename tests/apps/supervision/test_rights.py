"""Every address of this room × every post, in the state in which the address is served; whoever is refused changes nothing."""

import pytest
from django.test import Client

from luoshi.core.flow.actor import POSTS
from luoshi.core.flow.machine import Machine
from luoshi.core.flow.order import BEFORE, EXTENSION, ORDER, REVIEW, SHARE
from luoshi.journal.models import Event
from luoshi.org.models import Person, Post
from luoshi.supervision.deeds import EXTENSION_DEEDS, ORDER_DEEDS, REVIEW_DEEDS, SHARE_DEEDS
from luoshi.supervision.models import Order
from luoshi.supervision.urls import urlpatterns
from tests.people import Member, at_work, cast, unit
from tests.supervision import laden, order_of

DOER, HELPER, ELSEWHERE = "青禾县发展和改革局", "青禾县教育局", "青禾县某局"
SENT = {
    "note": "到现场看过三处，与所报相符，问了两户。", "text": "已全部整改，验收合格并移交。", "words": "到现场看过三处，与所报相符，问了两户。",
    "cause": "land", "help_needed": "请协调。", "deadline": "2099-01-01", "colour": "", "flag0": "已说明。", "flag1": "已说明。", "flag2": "已说明。",
}  # fmt: skip
EVERYWHERE = {"office", "leader", "inspector", "assessor", "force_office"}


@pytest.fixture
def keeper(db) -> Member:
    return cast("keeper", "立项人", "青禾县人民政府督查室", "inspector")


@pytest.fixture
def doer(db) -> Member:
    return cast("doer", "承办人", DOER, "head", "clerk")


@pytest.fixture
def helper(db) -> Member:
    return cast("helper", "配合人", HELPER, "head", "clerk")


@pytest.fixture
def holders(db) -> dict[tuple[str, str], Member]:
    """One person a post and place: nobody here has had a hand in the order."""
    return {
        (post, place): cast(f"{post}{n}", f"{post}{n}", place, post)
        for post in POSTS
        for n, place in enumerate((DOER, HELPER, ELSEWHERE))
    }


def served(client: Client, address: str, **sent: str) -> tuple[int, int]:
    """Status of the page and of the form."""
    return client.get(address).status_code, client.post(address, sent).status_code


def state_for(verb: str, life: Machine) -> str:
    """The first state in which the verb leads on."""
    return life.moves[verb].sources[0]


def sees(post: str, place: str, state: str) -> bool:
    if post in EVERYWHERE:
        return True
    return post in ("head", "clerk") and place in (DOER, HELPER) and state not in BEFORE


def may(life: Machine, verb: str, post: str, place: str, bound_to: str) -> bool:
    row = life.moves[verb]
    if post not in row.posts:
        return False
    if post in ("head", "clerk") and place != bound_to:
        return False
    return not ((DOER in place or HELPER in place) and any(bar.by == "unit_id" for bar in row.bars))


def test_every_route_is_known() -> None:
    assert {p.name for p in urlpatterns} == {
        "index", "export", "new", "plan", "order", "edit", "extend", "act", "share", "extension", "ask_review", "review",
    }  # fmt: skip
    assert set(ORDER_DEEDS) == set(ORDER.moves) - {"create", "edit"}
    assert set(SHARE_DEEDS) == set(SHARE.moves)
    assert set(EXTENSION_DEEDS) == set(EXTENSION.moves) - {"ask"}
    assert set(REVIEW_DEEDS) == set(REVIEW.moves) - {"apply"}


@pytest.mark.parametrize("verb", ORDER_DEEDS)
def test_verbs_of_orders(verb: str, keeper: Member, doer: Member, helper: Member, holders) -> None:
    state = state_for(verb, ORDER)
    for (post, place), member in holders.items():
        order = order_of(keeper, doer, state, title=f"{post}{place}", hung=verb == "unhang")
        order.replies.create(
            kind="progress", text="已进场。", person_id=doer.actor.person_id, person_name="承办人"
        )
        order.replies.create(
            kind="finish",
            text="已全部整改，验收合格并移交。",
            person_id=doer.actor.person_id,
            person_name="承办人",
        )
        order.shares.create(unit_id=helper.actor.unit_id, state="taken")
        client, before = Client(), Event.objects.count()
        client.force_login(member.account)
        target = {"unit": str(unit(ELSEWHERE, order.government).pk)} if verb == "reassign" else {}
        address = f"/orders/{order.pk}/do/{verb}/"
        shown, done = served(client, address, **SENT, **target)
        where = f"{post} {place}"
        if not sees(post, place, state):
            assert (shown, done) == (404, 404), where
        elif not may(ORDER, verb, post, place, DOER):
            assert (shown, done) == (403, 403), where
        else:
            assert (shown, done) == (200, 302), where
            assert Event.objects.count() == before + 1
            continue
        assert Event.objects.count() == before
        order.refresh_from_db()
        assert order.state == state


@pytest.mark.parametrize(
    ("room", "life", "bound_to"),
    [("share", SHARE, HELPER), ("extension", EXTENSION, DOER), ("review", REVIEW, "")],
)
def test_what_hangs_on_an_order(room: str, life: Machine, bound_to: str, keeper: Member, doer: Member, helper: Member, holders) -> None:  # fmt: skip
    deeds = {"share": SHARE_DEEDS, "extension": EXTENSION_DEEDS, "review": REVIEW_DEEDS}[room]
    for verb in deeds:
        reached = DOER if life.moves[verb].of == "lead_unit_id" else bound_to
        for (post, place), member in holders.items():
            order = order_of(keeper, doer)
            key = laden(order, doer, helper)[room]
            if room == "share":
                order.shares.update(**{"state": state_for(verb, life)})
            client = Client()
            client.force_login(member.account)
            shown, done = served(client, f"/orders/{room}s/{key}/{verb}/", **SENT)
            if not sees(post, place, "working"):
                expected = (404, 404)
            elif may(life, verb, post, place, reached):
                expected = (200, 302)
            else:
                expected = (403, 403)
            assert (shown, done) == expected, f"{verb} {post} {place}"


@pytest.mark.parametrize("post", POSTS)
def test_drawing_up_and_the_list(post: str, keeper: Member, doer: Member, holders) -> None:
    order_of(keeper, doer, title="别处看不到")
    client = Client()
    client.force_login(holders[post, ELSEWHERE].account)
    drafting = post in ORDER.moves["create"].posts
    assert client.get("/orders/new/").status_code == (200 if drafting else 403)
    html = client.get("/orders/").content.decode()
    assert ("别处看不到" in html) == (post in EVERYWHERE)
    assert ("/orders/new/" in html) == drafting


def test_another_county_sees_nothing(outsider: Member, keeper: Member, doer: Member, helper: Member) -> None:
    order = order_of(keeper, doer)
    keys = laden(order, doer, helper)
    client = Client()
    client.force_login(outsider.account)
    assert order.title not in client.get("/orders/?group=all").content.decode()
    for address in (
        f"/orders/{order.pk}/", f"/orders/{order.pk}/edit/", f"/orders/{order.pk}/extend/", f"/orders/{order.pk}/do/cancel/",
        f"/orders/shares/{keys['share']}/give/", f"/orders/extensions/{keys['extension']}/grant/",
        f"/orders/conclusions/{keys['conclusion']}/review/", f"/orders/reviews/{keys['review']}/uphold/",
    ):  # fmt: skip
        assert set(served(client, address, **SENT)) <= {404, 405}


def test_a_force_office_reaches_its_own_actions_only(keeper: Member, doer: Member) -> None:
    from_other = cast("force", "专班人", "青禾县发改局专班办", "force_office")
    Post.objects.filter(person=Person.objects.get(name="专班人")).update(scope="actions", covers=["产业行动"])
    order = order_of(keeper, doer)
    client = Client()
    client.force_login(from_other.account)
    assert client.get(f"/orders/{order.pk}/").status_code == 404
    assert not Order.objects.visible_to(at_work(from_other)).exists()


def test_an_unknown_verb_is_no_page(as_, keeper: Member, doer: Member) -> None:
    assert as_(keeper).get(f"/orders/{order_of(keeper, doer).pk}/do/fly/").status_code == 404
