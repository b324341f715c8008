"""Charts as options of ECharts: no functions in them, so they travel as JSON; patterns beside colours, tips drawn and not written
as HTML (the content policy forbids styles in the page). Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from luoshi.core.progress.rules import LEVELS, Level, Look

COLOURS: dict[Level, str] = {
    "ok": "#2f8f5b",
    "done": "#2f6fb8",
    "near": "#e8b93a",
    "behind": "#d9920a",
    "bad": "#c0352b",
    "late": "#8c1d18",
    "waiting": "#b6c0cb",
    "silent": "#7b8794",
    "off": "#dde2e8",
}
"""In charts two levels of one colour are told apart by shade and pattern."""
INK, LINE, ACCENT = "#1c2430", "#dfe4ea", "#1d4f91"
FONT = (
    '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",sans-serif'
)
SIZE, LARGE = 14, 20


def base(says: str, size: int) -> dict[str, Any]:
    """What all charts have."""
    return {
        "textStyle": {"fontFamily": FONT, "fontSize": size, "color": INK},
        "animation": False,
        "aria": {"enabled": True, "label": {"description": says}, "decal": {"show": True}},
        "tooltip": {"trigger": "axis", "renderMode": "richText", "confine": True, "axisPointer": {"type": "shadow"},
                    "textStyle": {"fontSize": size}},
        "legend": {"type": "scroll", "top": 0, "textStyle": {"fontSize": size, "color": INK}},
        "grid": {"left": 8, "right": 24, "top": 2.6 * size, "bottom": 8, "containLabel": True},
    }  # fmt: skip


def stacked(
    says: str,
    labels: Sequence[str],
    counts: Sequence[Mapping[Level, int]],
    looks: Mapping[Level, Look],
    size: int,
    lying: bool,
) -> dict[str, Any]:
    """Lights as stacked bars, a bar a label; `lying` bars read from the left, the first label on top."""
    used = [level for level in LEVELS if any(row.get(level) for row in counts)]
    words = {level: f"{looks[level].shape}{looks[level].word}" for level in used}
    category = {
        "type": "category", "data": list(labels), "inverse": lying, "axisTick": {"show": False},
        "axisLabel": {"fontSize": size, "color": INK, "width": 9 * size, "overflow": "truncate", "interval": 0 if lying else "auto"},
    }  # fmt: skip
    return base(says, size) | {
        "xAxis": _value(size) if lying else category,
        "yAxis": category if lying else _value(size),
        "series": [
            {
                "name": words[level], "type": "bar", "stack": "lights", "barMaxWidth": 2 * size,
                "itemStyle": {"color": COLOURS[level], "borderColor": "#fff", "borderWidth": 1},
                "data": [row.get(level, 0) for row in counts],
            }
            for level in used
        ],
    }  # fmt: skip


def bars(
    says: str,
    name: str,
    labels: Sequence[str],
    values: Sequence[float],
    size: int,
    colours: Sequence[str] = (),
    whole: bool = False,
) -> dict[str, Any]:
    """One lying bar a label; values below nothing go to the left. `whole` numbers have no ticks between them."""
    shown = [
        {"value": value, **({"itemStyle": {"color": colours[n]}} if colours else {})}
        for n, value in enumerate(values)
    ]
    return base(says, size) | {
        "legend": {"show": False},
        "grid": {"left": 8, "right": 3 * size, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": _value(size) | ({"minInterval": 1} if whole else {}),
        "yAxis": {
            "type": "category", "data": list(labels), "inverse": True, "axisTick": {"show": False}, "axisLine": {"onZero": False},
            "axisLabel": {"fontSize": size, "color": INK, "width": 11 * size, "overflow": "truncate", "interval": 0},
        },
        "series": [{
            "name": name, "type": "bar", "barMaxWidth": 1.6 * size, "itemStyle": {"color": ACCENT}, "data": shown,
            "label": {"show": True, "position": "right", "fontSize": size, "color": INK},
        }],
    }  # fmt: skip


def course(
    says: str,
    labels: Sequence[str],
    lines: Sequence[tuple[str, str, Sequence[float | None]]],
    size: int,
    marks: Sequence[tuple[str, str]] = (),
    span: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """Lines over periods: (name, "solid" | "dashed" | "dotted", values); `marks` are (label of a period, words) drawn upright;
    `span` the range that is forecast for the last label."""
    series = [_line(*one) for one in lines]
    if series and marks:
        series[0]["markLine"] = _upright(marks, size)
    if span:
        series.append(_range(labels[-1], *span))
    return base(says, size) | {
        "xAxis": {"type": "category", "data": list(labels), "axisLabel": {"fontSize": size, "color": INK}},
        "yAxis": _value(size) | {"scale": True},
        "series": series,
    }


STROKES = {
    "solid": (ACCENT, "circle", 3), "dashed": ("#566273", "none", 2), "dotted": ("#7a4d00", "triangle", 2),
}  # fmt: skip
"""Style of a line → its colour, the sign of its points, its width."""


def _line(name: str, style: str, values: Sequence[float | None]) -> dict[str, Any]:
    colour, symbol, width = STROKES[style]
    return {
        "name": name, "type": "line", "data": list(values), "connectNulls": style != "dashed", "symbol": symbol, "symbolSize": 9,
        "lineStyle": {"type": style, "width": width, "color": colour}, "itemStyle": {"color": colour},
    }  # fmt: skip


def _upright(marks: Sequence[tuple[str, str]], size: int) -> dict[str, Any]:
    """Words along an upright line at their period."""
    return {
        "symbol": "none", "lineStyle": {"type": "dotted", "color": "#8793a3"},
        "label": {"formatter": "{b}", "fontSize": size - 3, "color": "#566273", "rotate": 90, "position": "insideEndTop"},
        "data": [{"name": words, "xAxis": label} for label, words in marks],
    }  # fmt: skip


def _range(label: str, low: float, high: float) -> dict[str, Any]:
    """A forecast: the band between its ends."""
    return {
        "name": "推算范围", "type": "line", "symbol": "diamond", "symbolSize": 12, "itemStyle": {"color": "#7b8794"},
        "lineStyle": {"width": 0}, "data": [{"value": [label, low]}, {"value": [label, high]}],
        "markArea": {"itemStyle": {"color": "rgba(123,135,148,.18)"}, "data": [[{"yAxis": low}, {"yAxis": high}]]},
    }  # fmt: skip


def _value(size: int) -> dict[str, Any]:
    return {
        "type": "value",
        "splitLine": {"lineStyle": {"color": LINE}},
        "axisLabel": {"fontSize": size, "color": INK, "hideOverlap": True},
    }
