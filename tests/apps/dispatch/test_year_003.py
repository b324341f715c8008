"""A year of the watch in a county of plan 003; a file of its own, so that another process can live through the other's."""

import pytest

from tests.apps.dispatch.whole_year import check_year

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    check_year("003_xinshao_2024", "周", monkeypatch)
