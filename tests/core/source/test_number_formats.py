"""Numbers of a worksheet as the sheet prints them."""

import pytest

from luoshi.core.source.loaders.number_formats import printed


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        ("0.085", "0.0%", "8.5%"),
        ("0.085", "0%", "9%"),
        ("0.07", "0.00%", "7.00%"),
        ("-0.015", "0.0%", "-1.5%"),
        ("12", "General", "12"),
        ("12.50", "", "12.5"),
        ("0.30000000000000004", "General", "0.3"),
        ("1E-3", "General", "0.001"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("1234.5", "#,##0_ ", "1,235"),
        ("-12", "#,##0;(#,##0)", "(12)"),
        ("3.10", "0.##", "3.1"),
        ("12", '0"个"', "12个"),
        ("1500", "0.0,", "1.5"),
        ("46112", "yyyy/m/d", "2026/3/31"),
        ("46112", 'yyyy"年"m"月"d"日"', "2026年3月31日"),
        ("46112", '[$-804]yyyy"年"m"月";@', "2026年3月"),
        ("46112.5", "yyyy-mm-dd hh:mm", "2026-03-31 12:00"),
        ("46112.75", "m/d h:mm", "3/31 18:00"),
        ("44650", "0", "44650"),
        ("1", "@", "1"),
        ("nan", "0.0%", "nan"),
        ("约12", "0.0%", "约12"),
        ("1e400", "0", "1E+400"),
    ],
)
def test_printed(value, form, text):
    assert printed(value, form) == text


def test_the_other_epoch():
    assert printed("44650", "yyyy-mm-dd", epoch_1904=True) == "2026-03-31"
