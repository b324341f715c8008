"""The statistics clock: which official figure exists on which day (releases.toml).

GDP and household income are quarterly, investment has no January, R&D comes once a year and late. Before its release day a
figure is not there, whoever reports one: the light is grey.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from luoshi.core.dues import Due, parse_due
from luoshi.core.indicators.names import canonical
from luoshi.core.periods import LENGTHS, Length, Period, period_on
from luoshi.core.workdays import Workdays, national

_BACK = 4  # periods to look back for the newest one that is out


class Series(NamedTuple):
    """One official series: the length of its periods, when a period is released, why."""

    names: tuple[str, ...]
    every: Length
    release: Due
    no_january: bool
    why: str


class Clock:
    """A calendar of releases for one county; `county_days` natural days after the national release."""

    def __init__(
        self, series: tuple[Series, ...], county_days: int, basis: str, days: Workdays | None = None
    ) -> None:
        self.basis = basis
        self.county_days = county_days
        self._days = days or national()
        self._series = {name: s for s in series for name in s.names}

    def series(self, name: str, kind: str = "") -> Series | None:
        """The official series a printed name stands for; None for a figure that a department counts itself."""
        known = canonical(name, kind)
        return self._series.get(known.name) if known else self._series.get(name)

    def released_on(self, series: Series, period: Period) -> date:
        """The day the figure of a period is there for the county, moved to a working day."""
        said = series.release.of_period(period, self._days) + timedelta(days=self.county_days)
        return self._days.on_or_after(said)

    def at_hand(self, series: Series, day: date) -> Period | None:
        """The newest period whose figure is out on `day`; January alone never is where the series has none."""
        period = period_on(series.every, day)
        for _ in range(_BACK * (12 if series.every == "月" else 1)):
            january = series.no_january and series.every == "月" and period.end.month == 1
            if not january and self.released_on(series, period) <= day:
                return period
            period = period_on(series.every, period.start - timedelta(days=1))
        return None


def read_clock(text: str, days: Workdays | None = None) -> Clock:
    """A clock in the form of releases.toml. ValueError with one Chinese sentence for a row that makes no sense."""
    try:
        table = tomllib.loads(text)
        series = tuple(_series(row) for row in table["series"])
        return Clock(series, int(table["county_days"]), table["basis"], days)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"数据发布日历读不了或不完整：{error}。") from error


def _series(row: Mapping[str, Any]) -> Series:
    if row["every"] not in LENGTHS:
        raise ValueError(f"数据发布日历中的“{row['every']}”不是周期，应写成月、季度、年。")
    return Series(
        tuple(row["names"]), row["every"], parse_due(row["release"]), bool(row.get("no_january")), row["why"]
    )


@cache
def national_clock() -> Clock:
    """The clock that comes with the system."""
    return read_clock(Path(__file__).with_name("releases.toml").read_text("utf-8"))
