"""Accuracy on invented plans in other layouts (tests/plans): needs nothing but the repository."""

import json
from pathlib import Path

import pytest

from tests.gold.scoring import SHARED, score_folder

PLANS = Path(__file__).parents[1] / "plans"
FLOORS = json.loads((PLANS / "floors.json").read_text("utf-8"))
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="ACCURACY NOT MEASURED: the score tool (../shared/tools) is not on this machine",
)


@pytest.fixture(scope="module")
def figures():
    return {name: score_folder(PLANS / name / "gold", PLANS / name / "corpus")[0] for name in FLOORS}


@pytest.mark.parametrize(("folder", "figure"), [(f, k) for f, floors in FLOORS.items() for k in floors])
def test_other_layouts_stay_above_their_floors(figures, folder, figure):
    assert figures[folder][figure] >= FLOORS[folder][figure]
