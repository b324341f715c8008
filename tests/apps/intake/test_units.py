"""What printed names mean: by the register, by a person's word, or not yet."""

import pytest

from luoshi.intake.queries import items_of, name_lines
from luoshi.org.models import Unit
from luoshi.org.services import add_alias
from tests.apps.intake.plans import received
from tests.people import government, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(liu, monkeypatch):
    unit("青禾县教育局", government())
    add_alias(Unit.objects.get(full_name="青禾县教育局"), "县教育局", by=liu.actor)
    unit("林业局", government())
    return received(monkeypatch, liu)


def states(plan):
    return {line.name: line.match.state for line in name_lines(plan, items_of(plan))}


def name(client, plan, **data):
    return client.post(f"/plans/{plan.pk}/units/name/", data)


def test_exact_names_need_nobody_near_ones_are_asked_new_ones_are_unknown(plan):
    assert states(plan) == {
        "县发展和改革局": "unknown", "县农业农村局": "unknown", "县林业局": "guess", "县教育局": "sure",
    }  # fmt: skip


def test_guesses_are_accepted_in_one_press_and_remembered_for_the_next_plan(plan, liu, as_, monkeypatch):
    name(as_(liu), plan, verb="accept")
    assert states(plan)["县林业局"] == "chosen"
    assert states(received(monkeypatch, liu, "下一份.txt"))["县林业局"] == "sure"


def test_a_name_is_given_to_a_unit_created_or_taken_back(plan, liu, as_):
    clerk = as_(liu)
    name(clerk, plan, verb="choose", names="县发展和改革局", called="县教育局")
    assert states(plan)["县发展和改革局"] == "chosen"
    name(clerk, plan, verb="forget", names="县发展和改革局")
    name(clerk, plan, verb="create", names=["县发展和改革局", "县农业农村局"])
    assert set(states(plan).values()) == {"chosen", "sure", "guess"}
    assert Unit.objects.filter(full_name="县农业农村局").exists()


def test_a_name_nobody_has_is_refused_with_the_way_out(plan, liu, as_):
    answer = name(as_(liu), plan, verb="choose", names="县林业局", called="没有的局")
    assert answer.status_code == 409
    assert "名录里没有叫“没有的局”的单位" in answer.content.decode()


def test_a_collective_name_is_filled_with_its_members(plan, liu, as_):
    clerk = as_(liu)
    school = Unit.objects.get(full_name="青禾县教育局")
    page = clerk.get(f"/plans/{plan.pk}/units/", {"collective": "县农业农村局"}).content.decode()
    assert f'value="{school.pk}"' in page
    assert name(clerk, plan, verb="collective", names="县农业农村局").status_code == 409
    name(clerk, plan, verb="collective", names="县农业农村局", units=[school.pk])
    made = Unit.objects.get(full_name="县农业农村局")
    assert (made.is_collective, list(made.members.all())) == (True, [school])
    assert states(plan)["县农业农村局"] == "chosen"
