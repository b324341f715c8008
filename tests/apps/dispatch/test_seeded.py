"""The real plans in a seeded county (80 units, 265 tasks): the ledger's own mechanisms confirmed as proposed, the first two months
of 2026 with 春节 day by day, nobody reporting. The whole year is lived through in test_year_001 and test_year_003."""

import datetime as dt
import warnings
from pathlib import Path

import pytest

from luoshi.core.periods import LENGTHS
from luoshi.dispatch.models import Duty, Occasion, Rhythm
from luoshi.reporting.models import Report, Sheet
from luoshi.site.seeded_county import settle
from tests.dispatch import confirmed, expected, on, watch

pytestmark = pytest.mark.django_db
CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 2, 28)


@pytest.mark.parametrize(("name", "asks"), [("001_xidongting_2025", "旬"), ("003_xinshao_2024", "周")])
def test_two_months_of_a_seeded_county(name: str, asks: str) -> None:
    path = CORPUS / f"{name}.txt"
    if not path.exists():
        warnings.warn(f"NOT TESTED: plan {name} is not on this machine", stacklevel=1)
        pytest.skip(f"plan {name} is not on this machine")
    with on(FIRST):
        place = settle("青禾县", path.name, path.read_bytes())
        confirmed(place.plan, FIRST, place.office)
    watch(FIRST, LAST, twice=[dt.date(2026, 2, 13), dt.date(2026, 2, 24)])
    for rhythm in Rhythm.objects.filter(plan=place.plan):
        assert (rhythm.becomes != "none") == (rhythm.every in LENGTHS)
        if rhythm.becomes == "none":
            continue
        rows = Occasion if rhythm.becomes == "round" else Duty
        days = set(rows.objects.filter(rhythm=rhythm, due__lte=LAST).values_list("due", flat=True))
        assert sorted(days) == [day for day in expected(rhythm.every, 2026) if day <= LAST], str(rhythm)
    rounds = Occasion.objects.filter(rhythm__plan=place.plan)
    assert {row.rhythm.every for row in rounds.select_related("rhythm")} == {asks}
    asked = [Report.objects.filter(round=row.round).count() for row in rounds]
    assert len(set(asked)) == 1  # every round asks the same shares
    assert min(asked) >= place.tasks
    assert Sheet.objects.filter(round=rounds[0].round).count() >= place.units - 2  # all but the office
