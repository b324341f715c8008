"""Numbers of a worksheet as the sheet prints them: 8.5% and not 0.085, 2026年3月31日 and not 46112."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

# Built-in formats of ECMA-376 §18.8.30, with the Chinese ones of 27-58.
BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|([yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[aA])|(.)', re.S)
DATED = re.compile(r"[ymdhs]", re.I)
DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?,*")
WEEKDAYS = "一二三四五六日"


def printed(value: str, form: str, epoch_1904: bool = False) -> str:
    """The number `value` (as stored) under number format `form`; the stored digits when that is not a number."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    sections = form.split(";")
    section = sections[1] if number < 0 and len(sections) > 1 and sections[1].strip() else sections[0]
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", section)
    if not bare.strip() or bare.strip().lower() in ("general", "@", "g/通用格式"):
        return _general(number)
    if DATED.search(bare) and not DIGITS.search(bare):
        return _date(float(number), section, epoch_1904)
    if len(sections) > 1 and section is sections[1]:
        number = abs(number)
    return _decimal(number, section, bare)


def _general(number: Decimal) -> str:
    if abs(number) > Decimal("1e300"):
        return str(number)  # beyond what a cell can hold
    text = f"{float(number):.11g}" if abs(number) < Decimal(10) ** 11 else f"{float(number):.15g}"
    return format(Decimal(text), "f") if "e" in text else text


def _decimal(number: Decimal, section: str, bare: str) -> str:
    digits = DIGITS.search(bare)
    if digits is None or "E+" in bare or "/" in bare:
        return _general(number)
    mask = digits[0]
    if "%" in bare:
        number *= 100
    mask, thousands = mask.rstrip(","), len(mask) - len(mask.rstrip(","))
    number /= Decimal(1000) ** thousands
    whole, _, fraction = mask.partition(".")
    try:
        number = number.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    except InvalidOperation:
        return _general(number)
    text = format(number, ",f" if "," in whole else "f")
    optional = len(fraction) - len(fraction.rstrip("#?"))
    if optional and "." in text:
        kept = len(text) - optional
        text = (text[:kept] + text[kept:].rstrip("0")).rstrip(".")
    pieces: list[str] = []
    put = False
    for match in TOKEN.finditer(section):
        literal = match[1] or match[2] or match[4] or match[3] or ""
        if match[4] and match[4] in "#0?,.":
            if not put:
                pieces.append(text)
                put = True
            continue
        pieces.append(literal)
    return "".join(pieces).strip()


def _date(serial: float, section: str, epoch_1904: bool) -> str:
    if not 0 <= serial < 2_958_466:
        return f"{serial:g}"
    # Excel counts a 29 February 1900 that never was.
    epoch = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)
    moment = epoch + timedelta(seconds=round(serial * 86400))
    pieces: list[str] = []
    clock = False
    tokens = list(TOKEN.finditer(section))
    for i, match in enumerate(tokens):
        part = match[3] or ""
        match part[:1].lower():
            case "y":
                pieces.append(f"{moment.year:04d}" if len(part) > 2 else f"{moment.year % 100:02d}")
            case "m":
                following = next((t[3].lower() for t in tokens[i + 1 :] if t[3]), "")
                minute = (clock or following.startswith("s")) and len(part) < 3
                pieces.append(_padded(moment.minute if minute else moment.month, part))
                clock = False
            case "d":
                pieces.append(_padded(moment.day, part))
            case "h":
                pieces.append(_padded(moment.hour, part))
                clock = True
            case "s":
                pieces.append(_padded(moment.second, part))
            case "a":
                pieces.append(WEEKDAYS[moment.weekday()] if part == "a" and not pieces else "")
            case _:
                pieces.append(match[1] or match[2] or match[4] or "")
    return "".join(pieces).replace("@", "").strip()


def _padded(value: int, part: str) -> str:
    return f"{value:02d}" if len(part) > 1 else str(value)
