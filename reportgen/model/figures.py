"""Exact numbers, and how they are printed: rounded down, so that no figure is better than the truth."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

HUNDRED = Fraction(100)


def ratio(part: int, whole: int | None) -> Fraction | None:
    """Return `part / whole` exactly, or None: a ratio of nothing is not a number."""
    return Fraction(part, whole) if whole else None


def percent(part: int, whole: int | None) -> Fraction | None:
    """Return 100·`part`/`whole` exactly, or None where there is nothing to take a part of."""
    share = ratio(part, whole)
    return None if share is None else share * 100


def floor_digits(value: Fraction, digits: int) -> Fraction:
    """Round `value` down (toward minus infinity) to `digits` decimals, exactly."""
    scale = 10**digits
    return Fraction((value * scale).__floor__(), scale)


def one_decimal(value: Fraction | None) -> str:
    """Print a number of 0 to 100: one decimal, rounded down; `100` only if exact; `< 0.1` if not nothing."""
    if value is None:
        return "n/a"
    if value.denominator == 1 and value in {0, 100}:
        return str(value.numerator)
    if 0 < value < Fraction(1, 10):
        return "< 0.1"
    return f"{float(floor_digits(value, 1)):.1f}"


def size_text(difference: Fraction) -> str:
    """Print how large a difference is, without its sign, by the rule of `one_decimal`: -3.71 is 3.8."""
    if abs(difference) < Fraction(1, 10):
        return one_decimal(abs(difference))
    return one_decimal(difference).removeprefix("-")


def percent_text(value: Fraction | None) -> str:
    """Print a percentage by the rule of `one_decimal`, with its sign: `87.5 %`, or `n/a`."""
    return "n/a" if value is None else f"{one_decimal(value)} %"


def share_out(
    values: Sequence[Fraction], digits: int = 1, total: Fraction | None = None
) -> tuple[Fraction, ...]:
    """Round `values` to `digits` decimals so that they add up to `total`: their sum, rounded down or up.

    The largest-remainder method (Hamilton's): each is rounded down, and the last digits that are
    left over go to those with the largest remainders, the first of equals first. Without a `total` it
    is the sum rounded down.
    """
    unit = Fraction(1, 10**digits)
    floors = [floor_digits(value, digits) for value in values]
    wanted = floor_digits(sum(values, Fraction(0)), digits) if total is None else total
    left = (wanted - sum(floors, Fraction(0))) / unit
    if not 0 <= left <= len(values):
        raise ValueError(f"{len(values)} values cannot be rounded so that they add up to {wanted}")
    order = sorted(range(len(values)), key=lambda i: (floors[i] - values[i], i))
    for index in order[: int(left)]:
        floors[index] += unit
    return tuple(floors)


def plural(count: int, noun: str, plural_noun: str = "") -> str:
    """Print a count with its noun: `1 test`, `2 tests`, `1,024 branches`."""
    return f"{count:,} {noun if count == 1 else plural_noun or noun + 's'}"


def decimal_text(value: Fraction, digits: int = 3) -> str:
    """Print any number with at most so many decimals, cut and not rounded; `…` where more follow."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    scale = 10**digits
    whole, left = divmod(abs(value.numerator) * scale, value.denominator)
    if not whole:
        return f"{'> -' if value < 0 else '< '}{1 / scale}"
    text = f"{whole // scale:,}.{whole % scale:0{digits}d}".rstrip("0").rstrip(".")
    return ("-" if value < 0 else "") + text + ("…" if left else "")
