"""Accuracy on nine real documents of other kinds (tests/real): floors that only rise."""

import json
from pathlib import Path

import pytest

from tests.gold.scoring import SHARED, score_folder

REAL = Path(__file__).parents[1] / "real"
FLOORS = json.loads((REAL / "floors.json").read_text("utf-8"))
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="ACCURACY NOT MEASURED: the real documents (../shared/corpus_more) are not on this machine",
)


@pytest.fixture(scope="module")
def figures():
    return score_folder(REAL / "gold", SHARED / "corpus_more")[0]


@pytest.mark.parametrize("figure", FLOORS)
def test_other_real_documents_stay_above_their_floors(figures, figure):
    assert figures[figure] >= FLOORS[figure]
