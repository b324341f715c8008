"""Accuracy on the five real plans: floors that only rise (floors.json)."""

import json
from pathlib import Path

import pytest

from tests.gold.scoring import SHARED, score_folder

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text("utf-8"))
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="ACCURACY NOT MEASURED: the five real plans (../shared) are not on this machine",
)


@pytest.fixture(scope="module")
def figures():
    return score_folder(SHARED / "gold", SHARED / "corpus")[0]


@pytest.mark.parametrize("figure", FLOORS)
def test_reading_stays_above_its_floor(figures, figure):
    assert figures[figure] >= FLOORS[figure]
