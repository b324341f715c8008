"""An adopted plan of two tasks, and people of the units that it names."""

import pytest

from luoshi.intake.models import DraftItem
from luoshi.intake.services.adopting import adopt
from luoshi.intake.services.editing import leave
from luoshi.intake.services.naming import create_units
from luoshi.ledger.models import Plan
from tests.apps.intake.plans import received
from tests.people import Member, cast

NAMES = ["县发展和改革局", "县教育局", "县林业局", "县农业农村局"]


@pytest.fixture
def plan(liu, monkeypatch) -> Plan:
    """壮大园区 (发改局 leads, 教育局 and 林业局 take part) and 补齐短板 (农业农村局等)."""
    plan = received(monkeypatch, liu)
    items = [i for i in DraftItem.objects.filter(plan=plan) if i.open_doubts]
    leave([(i, i.version) for i in items], liu.actor)
    create_units(plan, NAMES, liu.actor)
    adopt(plan, liu.actor)
    return Plan.objects.get(pk=plan.pk)


@pytest.fixture
def leads(plan) -> Member:
    """何局长, head and clerk of the unit that answers for 壮大园区."""
    return cast("he", "何局长", "县发展和改革局", "head", "clerk")


@pytest.fixture
def helps(plan) -> Member:
    """小孟, clerk of a unit that takes part in 壮大园区."""
    return cast("meng", "小孟", "县教育局", "clerk")


@pytest.fixture
def forestry(plan) -> Member:
    """老白, clerk of another unit that takes part."""
    return cast("bai", "老白", "县林业局", "clerk")
