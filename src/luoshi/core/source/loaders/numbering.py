"""Automatic numbers of Word: counted as Word counts them and printed as Word prints them (一、 （一） 1. ①)."""

from dataclasses import dataclass, field

from lxml import etree

from luoshi.core.source.loaders.archive import attribute, child, local

HAN_DIGITS = "〇一二三四五六七八九"
LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
LEVELS = 9


def counting(n: int, digits: str = HAN_DIGITS, units: str = "十百千") -> str:
    """Chinese counting of 0 <= n < 10000: 10 → 十, 12 → 十二, 105 → 一百〇五.

    >>> counting(12), counting(20), counting(105)
    ('十二', '二十', '一百〇五')
    """
    if n < 10 or n >= 10_000:
        return digits[n] if n < 10 else "".join(digits[int(d)] for d in str(n))
    text, zero = "", False
    for place in (3, 2, 1, 0):
        digit = n // 10**place % 10
        if digit:
            text += (digits[0] if zero else "") + digits[digit] + (units[place - 1] if place else "")
        zero = bool(text) and not digit
    return text[1:] if units[0] == "十" and text.startswith(digits[1] + units[0]) else text


def roman(n: int) -> str:
    """Lower-case Roman numeral of n >= 1."""
    text = ""
    for value, letters in ROMAN:
        text += letters * (n // value)
        n %= value
    return text


def letters(n: int) -> str:
    """a … z, aa, bb …, as Word counts letters."""
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1)


def circled(n: int) -> str:
    """① … ⑳, plain digits beyond."""
    return chr(0x2460 + n - 1) if 1 <= n <= 20 else str(n)


def number(n: int, form: str) -> str:
    """One counter in a number format of ECMA-376 §17.18.59 (w:ST_NumberFormat)."""
    if not 0 < n < 10_000:
        return str(n) if n == 0 or form == "decimal" else ""
    match form:
        case "none":
            return ""
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
        ):
            return counting(n)
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" | "koreanDigital2":
            return "".join(HAN_DIGITS[int(d)] for d in str(n)) if n > 9 else HAN_DIGITS[n]
        case "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal":
            return counting(n, LEGAL_DIGITS, "拾佰仟")
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return circled(n)
        case "decimalEnclosedParen":
            return f"({n})"
        case "decimalEnclosedFullstop":
            return f"{n}."
        case "decimalFullWidth" | "decimalFullWidth2":
            return str(n).translate({ord("0") + i: 0xFF10 + i for i in range(10)})
        case "decimalZero":
            return f"{n:02d}"
        case "upperRoman":
            return roman(n).upper()
        case "lowerRoman":
            return roman(n)
        case "upperLetter":
            return letters(n).upper()
        case "lowerLetter":
            return letters(n)
        case "ideographTraditional":
            return STEMS[(n - 1) % 10]
        case "ideographZodiac":
            return BRANCHES[(n - 1) % 12]
    return str(n)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list as defined: `text` holds %1 … %9 for the counters."""

    start: int
    form: str
    text: str
    legal: bool
    restart: int


@dataclass(slots=True)
class Numbering:
    """numbering.xml with its running counters; feed it the paragraphs in order."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    nums: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = field(default_factory=dict)
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def label(self, num: str, depth: int) -> str:
        """The number printed before the next paragraph of list `num` at level `depth` (0-8), "" for none."""
        if num not in self.nums or not 0 <= depth < LEVELS:
            return ""
        abstract, own, starts = self.nums[num]
        levels = {**self.lists.get(abstract, {}), **own}
        level = levels.get(depth)
        if level is None:
            return ""
        counters = self.counters.setdefault(abstract, [None] * LEVELS)
        if depth in starts and (num, depth) not in self.started:
            counters[depth] = None
        self.started.add((num, depth))
        before = counters[depth]
        counters[depth] = starts.get(depth, level.start) if before is None else before + 1
        for deeper in range(depth + 1, LEVELS):
            below = levels.get(deeper)
            if below is None or below.restart > depth:
                counters[deeper] = None
        if level.form == "bullet":
            return "•" if level.text and "\ue000" <= level.text[0] <= "\uf8ff" else level.text.strip()
        text = level.text
        for i in range(LEVELS):
            mark = f"%{i + 1}"
            if mark in text:
                at = levels.get(i)
                value = counters[i]
                count = value if value is not None else (at.start if at else 1)
                text = text.replace(mark, number(count, "decimal" if level.legal or at is None else at.form))
        return text


def _level(lvl: etree._Element) -> Level:
    def value(name: str, default: str) -> str:
        return attribute(child(lvl, name), "val") or default

    depth = _int(attribute(lvl, "ilvl"))
    legal = child(lvl, "isLgl") is not None
    return Level(
        _int(value("start", "1")),
        value("numFmt", "decimal"),
        value("lvlText", ""),
        legal,
        _int(value("lvlRestart", str(depth))),
    )


def _int(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0


def read_numbering(root: etree._Element | None) -> Numbering:
    """Read numbering.xml (None when the file has no lists)."""
    numbering = Numbering()
    links: dict[str, str] = {}
    homes: dict[str, str] = {}
    for element in root if root is not None else ():
        if local(element) == "abstractNum":
            key = attribute(element, "abstractNumId") or ""
            numbering.lists[key] = {
                _int(attribute(lvl, "ilvl")): _level(lvl) for lvl in element if local(lvl) == "lvl"
            }
            if style := attribute(child(element, "numStyleLink"), "val"):
                links[key] = style
            if style := attribute(child(element, "styleLink"), "val"):
                homes[style] = key
        elif local(element) == "num":
            abstract = attribute(child(element, "abstractNumId"), "val") or ""
            abstract = homes.get(links.get(abstract, ""), abstract)
            own: dict[int, Level] = {}
            starts: dict[int, int] = {}
            for override in element:
                if local(override) != "lvlOverride":
                    continue
                depth = _int(attribute(override, "ilvl"))
                if (lvl := child(override, "lvl")) is not None:
                    own[depth] = _level(lvl)
                if (start := attribute(child(override, "startOverride"), "val")) is not None:
                    starts[depth] = _int(start)
            numbering.nums[attribute(element, "numId") or ""] = (abstract, own, starts)
    return numbering
