"""Rounding, last of all: half away from zero, as papers do (not half to even)."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction


def rounded(value: Fraction, digits: int) -> Decimal:
    """`value` to that many places.

    >>> rounded(Fraction(22, 3), 2), rounded(Fraction(-1, 8), 2), rounded(Fraction(5, 2), 0)
    (Decimal('7.33'), Decimal('-0.13'), Decimal('3'))
    """
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    with localcontext() as context:
        context.prec = max(28, len(str(whole)) + digits + 2)
        context.rounding = ROUND_HALF_UP
        made = Decimal(whole).scaleb(-digits)
        return -made if value < 0 and whole else made


def shown(value: Fraction, digits: int = 2) -> str:
    """As printed, without noughts at the end.

    >>> shown(Fraction(583, 6)), shown(Fraction(1, 2)), shown(Fraction(300)), shown(Fraction(-1, 1000))
    ('97.17', '0.5', '300', '0')
    """
    text = f"{rounded(value, digits):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Fraction, digits: int = 2) -> str:
    """A share as per cent.

    >>> percent(Fraction(2, 3))
    '66.67%'
    """
    return f"{shown(share * 100, digits)}%"
