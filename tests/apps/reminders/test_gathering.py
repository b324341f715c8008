"""What waits for everybody at once is what waits for each: held against `lines` of every desk of a county."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.core.flow.actor import Actor
from luoshi.ledger.models import Action
from luoshi.org.actors import actor_of, desks_on
from luoshi.org.models import Account
from luoshi.projects.models import Entry, Reconciliation
from luoshi.reminders.counting import count
from luoshi.reminders.gathering import dated_lines
from luoshi.reminders.waiting import lines
from luoshi.reporting.models import Report, ReportingRules, Round
from luoshi.site.seeded_county import Place
from tests.apps.reminders.county import laden, peopled, settled

pytestmark = pytest.mark.django_db


def told(found) -> set[tuple[object, ...]]:
    return {
        (line.what, line.address, line.button, line.due, line.note, line.reminded, line.key)
        for line in found
        if line.due
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_all_at_once_is_each_alone(seed: int) -> None:
    place = settled()
    peopled(place)
    laden(place, seed)
    if seed > 1:
        ReportingRules.objects.create(government=place.government, head_signs=True)
    each_alone(place)


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_all_at_once_is_each_alone_with_rounds_left_behind(seed: int) -> None:
    """Months of rounds open at once, some units behind in one of them, some in many; a clerk who sees one action only."""
    place = settled(7)
    people = peopled(place)
    laden(place, seed)
    actions = sorted(set(Action.objects.filter(plan=place.plan).values_list("name", flat=True)))
    people["both"].posts.filter(slug="clerk").update(scope="actions", covers=actions[:1])
    Round.objects.update(**{"state": "open"})
    ReportingRules.objects.create(government=place.government, head_signs=True)
    caught_up = Report.objects.filter(round__in=Round.objects.order_by("since")[:5])
    some = list(caught_up.order_by("unit").values_list("unit", flat=True).distinct())[::3]
    caught_up.filter(unit__in=some).update(**{"state": "accepted"})
    left = each_alone(place)
    assert {kind for kind, n in left.items() if n} == {"fill", "accept", "collate", "sign"}


def each_alone(place: Place) -> dict[str, int]:
    """Hold everybody's lines against `lines` of each; how many stand for several rounds, by kind."""
    seen, left = 0, dict.fromkeys(("fill", "accept", "collate", "sign"), 0)
    for desk, found in dated_lines(place.government.pk, timezone.localdate()):
        account = Account.objects.get(person=desk.actor.person_id)
        account.seat = desk.seat.key
        actor = actor_of(account)
        assert actor == desk.actor
        everything = lines(actor)
        assert count(actor) == len(everything), (desk.seat.key, [line.what for line in everything])
        alone = [line for line in everything if line.due]
        assert told(found) == told(alone), desk.seat.key
        assert len(found) == len(alone)
        seen += len(found)
        for line in found:
            if line.group.count("-") == 2:
                left[line.group.split(":")[1]] += 1
    assert seen > 100
    return left


def test_desks_away_are_those_whose_posts_others_hold() -> None:
    place = settled(1)
    people = peopled(place)
    desks = list(desks_on(place.government.pk, timezone.localdate()))
    away = {desk.actor.name for desk in desks if desk.away}
    assert "县长" in away
    assert len(away) == 2
    acting = {(desk.actor.name, desk.seat.principal.name) for desk in desks if desk.seat.principal}
    assert ("考核", "县长") in acting
    Account.objects.filter(person=people["leader2"]).update(**{"state": "suspended"})
    later = desks_on(place.government.pk, timezone.localdate())
    assert "副县长" not in {desk.actor.name for desk in later}


def test_it_asks_a_fixed_number_of_questions() -> None:
    place = settled(2)
    peopled(place)
    counts = []
    for seed in (1, 2):
        laden(place, seed)
        with CaptureQueriesContext(connection) as queries:
            dated_lines(place.government.pk, timezone.localdate())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 24, queries.captured_queries


def test_rounds_left_behind_cost_no_more_for_more_of_them() -> None:
    place = settled(9)
    Report.objects.update(**{"state": "draft"})
    counts = []
    for n in (4, 9):
        Round.objects.filter(pk__in=Round.objects.order_by("-since").values("pk")[:n]).update(
            **{"state": "open"}
        )
        with CaptureQueriesContext(connection) as queries:
            found = dated_lines(place.government.pk, timezone.localdate())
        counts.append((len(queries), sum(len(lines) for _, lines in found)))
    assert counts[0] == counts[1], counts
    assert counts[0][0] <= 24


def test_the_number_in_the_rail_costs_few_questions() -> None:
    """One for all rooms, three at most for the rounds, and some for a fortnight whose books are open; however much there is."""
    place = settled(3)
    people = peopled(place)
    found = []
    for seed in (1, 2):
        laden(place, seed)
        Entry.objects.all().delete()
        Reconciliation.objects.filter(until__lt=timezone.localdate()).delete()
        costs = {"office": cost_of(place.office)}
        for name in ("leader", "both", "force", "inspector", "admin"):
            costs[name] = cost_of(actor_of(Account.objects.get(person=people[name])))
        found.append(costs)
    assert found[0] == found[1]
    assert found[0] == {"office": 4, "leader": 1, "both": 6, "force": 3, "inspector": 1, "admin": 0}


def cost_of(actor: Actor) -> int:
    with CaptureQueriesContext(connection) as queries:
        n = count(actor)
    assert n == len(lines(actor))
    return len(queries)
