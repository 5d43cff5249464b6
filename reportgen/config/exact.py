"""Numbers of a configuration, exactly as they were written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from reportgen.config.place import Place


def exact(given: int | Decimal, place: Place, *, least: int, most: int | None = None) -> Fraction:
    """Turn a decimal into the fraction that it is; refuse what is infinite, no number, or out of bounds."""
    number = Decimal(given)
    bounds = f"of at least {least}" if most is None else f"from {least} to {most}"
    if not number.is_finite() or number < least or (most is not None and number > most):
        raise place.error(f"expected a number {bounds}, got {number}")
    if abs(number.adjusted()) > 100:  # noqa: PLR2004 - 10^100; an exact fraction of 1e999999 fills the memory
        raise place.error(f"{number} has too many digits")
    return Fraction(number)
