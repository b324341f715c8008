"""The stylesheet keeps its promises: contrast computed from the tokens, nothing foreign, nothing too new."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[3] / "src/luoshi/ui/static/ui/luoshi.css").read_text("utf-8")
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", CSS))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.1) of #rgb or #rrggbb."""
    digits = colour.lstrip("#")
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else [digits[i : i + 2] for i in (0, 2, 4)]
    channels = [int(pair, 16) / 255 for pair in pairs]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(TOKENS.get(one, one)), luminance(TOKENS.get(other, other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper"),
        ("ink", "ground"),
        ("ink", "hover"),
        ("ink", "glow"),
        ("muted", "paper"),
        ("muted", "ground"),
        ("muted", "accent-soft"),
        ("faint", "paper"),
        ("accent", "paper"),
        ("accent", "ground"),
        ("accent", "accent-soft"),
        ("paper", "accent"),
        ("paper", "accent-dark"),
        ("rail-ink", "rail"),
        ("#b6c6da", "rail"),
        ("red", "paper"),
        ("red", "red-soft"),
        ("amber", "amber-soft"),
        ("green", "green-soft"),
        ("#34404f", "#eaeff5"),
        ("#3d4a5b", "#e9edf2"),
        ("#fff", "#8c1d18"),
    ],
)
def test_words_can_be_read(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(
    ("mark", "ground"), [("line-strong", "paper"), ("accent", "ground"), ("#8db8ef", "rail")]
)
def test_edges_of_fields_and_focus_can_be_seen(mark: str, ground: str) -> None:
    assert contrast(mark, ground) >= 3


def test_the_measure_itself() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)


@pytest.mark.parametrize(
    "too_new", [":has(", "@container", "color-mix(", "oklch(", "@layer", "inset:", "subgrid"]
)
def test_old_chromium_understands_it(too_new: str) -> None:
    assert too_new not in re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)


def test_nothing_comes_from_elsewhere() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
