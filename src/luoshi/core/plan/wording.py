"""How kinds and targets read: the same words on pages, in workbooks and in the terminal."""

from typing import SupportsFloat

KIND_LABELS = {
    "growth": "增长", "level": "达到", "new": "新增", "share": "占比", "decrease": "下降", "rank": "排名", "zero": "清零",
    "relative": "相对",
}  # fmt: skip
VERBS = {
    "growth": "增长",
    "level": "达到",
    "new": "新增",
    "share": "达到",
    "decrease": "下降",
    "rank": "排名",
    "zero": "清零",
}
AFTER = {">=": "以上", "<=": "以内", "~": "左右"}
BEFORE = {">": "超过", "<": "低于"}
GROWTHS = ("增速", "增幅", "涨幅", "增长率", "涨跌幅")


def number(value: SupportsFloat | None) -> str:
    """As a clerk writes it: no trailing zeros, no powers of ten.

    >>> number(6.0), number(0.55), number(1234567.0), number(None)
    ('6', '0.55', '1234567', '')
    """
    return "" if value is None else f"{value:.12f}".rstrip("0").rstrip(".")


def target_words(
    kind: str,
    op: str,
    value: SupportsFloat | None,
    unit: str | None,
    value_high: SupportsFloat | None = None,
    base: SupportsFloat | None = None,
    reference: str | None = None,
    name: str = "",
) -> str:
    """The commitment in words. A `name` that says growth itself (涨幅, 增速) is not told to grow.

    >>> target_words("growth", ">=", 6, "%"), target_words("level", "=", 90, "分", base=80)
    ('增长6%以上', '从80分到90分')
    >>> target_words("new", "=", 1, "名", 2), target_words("relative", ">", None, None, reference="全省平均")
    ('新增1—2名', '高于全省平均')
    >>> target_words("share", ">", 42, "%"), target_words("zero", "=", 0, None)
    ('超过42%', '清零')
    >>> target_words("growth", "~", 2, "%", name="居民消费价格涨幅"), target_words("growth", "~", 2, "%", name="客流")
    ('2%左右', '增长2%左右')
    >>> target_words("share", "<=", 5.5, "%"), target_words("growth", "=", 0.9, "个百分点")
    ('控制在5.5%以内', '提高0.9个百分点')
    """
    if kind == "relative":
        words = {">": "高于", ">=": "不低于", "<": "低于", "<=": "不高于"}.get(op, "相当于")
        return f"{words}{reference or '参照指标'}{number(value)}{(unit or '') if value is not None else ''}"
    if value is None or (kind == "zero" and not value):
        return VERBS["zero"] if kind == "zero" else "目标待定"
    unit, verb = unit or "", VERBS.get(kind, "")
    if kind == "growth" and name.endswith(GROWTHS):
        verb = ""
    elif kind == "growth" and unit.endswith("百分点"):
        verb = "提高"
    elif op == "<=" and verb == "达到":
        verb = "控制在"
    if op in BEFORE:
        verb = BEFORE[op] if verb == "达到" else verb + BEFORE[op]
    high = f"—{number(value_high)}" if value_high is not None else ""
    if base is not None:
        return f"从{number(base)}{unit}到{number(value)}{high}{unit}{AFTER.get(op, '')}"
    return f"{verb}{number(value)}{high}{unit}{AFTER.get(op, '')}"


def actual_words(kind: str, value: SupportsFloat | None, unit: str | None, name: str = "") -> str:
    """What has been reached, in the words its target is in; "" where nothing is known.

    >>> actual_words("growth", 5.8, "%"), actual_words("growth", -1.2, "%"), actual_words("growth", -1.2, "%", "投资增速")
    ('增长5.8%', '下降1.2%', '-1.2%')
    >>> actual_words("growth", 0.5, "个百分点"), actual_words("decrease", 2, "%"), actual_words("new", 11, "家")
    ('提高0.5个百分点', '下降2%', '11家')
    >>> actual_words("level", None, "家"), actual_words("growth", 0, "%")
    ('', '增长0%')
    """
    if value is None:
        return ""
    unit, verbs = unit or "", {"growth": ("增长", "下降"), "decrease": ("下降", "上升")}.get(kind)
    if verbs is None or name.endswith(GROWTHS):
        return number(value) + unit
    up, down = ("提高", "降低") if kind == "growth" and unit.endswith("百分点") else verbs
    return f"{up}{number(value)}{unit}" if float(value) >= 0 else f"{down}{number(-float(value))}{unit}"
