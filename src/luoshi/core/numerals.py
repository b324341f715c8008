"""Chinese and mixed numerals to Decimal: 三 十二 两百 百分之六点五 1.5万.

Only isolated numerals are read. Nothing here searches running text, because 零售, 统一 and 长三角 hold
numerals that are none.
"""

from decimal import Decimal
from functools import lru_cache

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@lru_cache(maxsize=1024)  # the numbers of a paper are few: two of three come again
def parse_numeral(text: str) -> Decimal | None:
    """The value of a numeral, or None when `text` is none.

    >>> [str(parse_numeral(t)) for t in ("三", "十二", "两百零五", "一万二千", "三亿", "二〇二四")]
    ['3', '12', '205', '12000', '300000000', '2024']
    >>> [str(parse_numeral(t)) for t in ("1,200", "5.5", "六点五", "1.28万亿", "一点二万", "半")]
    ['1200', '5.5', '6.5', '1280000000000.00', '12000.0', '0.5']
    >>> parse_numeral("统一") is parse_numeral("") is parse_numeral("万") is None
    True
    """
    if text == "半":
        return Decimal("0.5")
    head = text.rstrip("万亿")
    if head and head[0].isascii():
        plain = _plain(head)
        return None if plain is None else plain * scale_of(text[len(head) :])
    whole, point, fraction = text.partition("点")
    value = _han(whole)
    if value is None or not point:
        return value
    digits = fraction.rstrip("万亿")
    if not digits or any(c not in DIGITS for c in digits):
        return None
    small = Decimal("0." + "".join(str(DIGITS[c]) for c in digits))
    return (value + small) * scale_of(fraction[len(digits) :])


def scale_of(text: str) -> int:
    """The factor of a run of scale characters.

    >>> scale_of("万"), scale_of("万亿"), scale_of("")
    (10000, 1000000000000, 1)
    """
    factor = 1
    for c in text:
        factor *= SCALES[c]
    return factor


def _plain(text: str) -> Decimal | None:
    """1200, 1,200, 5.5; anything else is None."""
    digits = text.replace(",", "")
    whole, point, fraction = digits.partition(".")
    if not (whole.isascii() and whole.isdigit()) or (
        point and not (fraction.isascii() and fraction.isdigit())
    ):
        return None
    return Decimal(digits)


def _han(text: str) -> Decimal | None:
    """A whole number in Chinese characters; a run of bare digits is read place by place (二〇二四)."""
    if not text or any(c not in DIGITS and c not in SCALES for c in text):
        return None
    if len(text) > 1 and all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    total, section, digit = 0, 0, None
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c in TENS:
            if digit is None and c != "十":
                return None
            section += (1 if digit is None else digit) * TENS[c]
            digit = None
        else:
            section += digit or 0
            if not section and not total:
                return None
            total = (total + section) * SCALES[c] if c == "亿" else total + section * SCALES[c]
            section, digit = 0, None
    return Decimal(total + section + (digit or 0))
