"""What waits for everybody at once is what waits for each: held against `lines` of every desk of a county."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.org.actors import actor_of, desks_on
from luoshi.org.models import Account
from luoshi.reminders.gathering import dated_lines
from luoshi.reminders.waiting import lines
from luoshi.reporting.models import ReportingRules
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
    seen = 0
    for desk, found in dated_lines(place.government.pk, timezone.localdate()):
        account = Account.objects.get(person=desk.actor.person_id)
        account.seat = desk.seat.key
        actor = actor_of(account)
        assert actor == desk.actor
        alone = [line for line in lines(actor) if line.due]
        assert told(found) == told(alone), desk.seat.key
        assert len(found) == len(alone)
        seen += len(found)
    assert seen > 100


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
