"""Conditions and what they came to, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from reportgen.judge.counting.tally import Numbers
from reportgen.model.expression import Expression
from reportgen.model.figures import plural
from reportgen.model.metrics import Metric, metric_of, value_text
from reportgen.model.terms import Comparison, Name, Number, Relation, compare, names_in, number_of

_ASKED = {
    "==": "{} is asked for",
    "!=": "anything but {} is asked for",
    ">=": "{} or more is asked for",
    ">": "more than {} is asked for",
    "<=": "{} or less is asked for",
    "<": "less than {} is asked for",
}

_TURNED: dict[Relation, Relation] = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}


def joined(parts: Sequence[str]) -> str:
    """Join words as a list in a sentence: `a`, `a and b`, `a, b and c`."""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def some(count: int, noun: str, verb: str, verbs: str, nouns: str = "") -> str:
    """Write a number of things with their verb: `1 artifact holds`, `2 artifacts hold`."""
    return f"{plural(count, noun, nouns)} {verb if count == 1 else verbs}"


def sentence(text: str) -> str:
    """Begin with a capital letter and end with a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def values_text(names: Iterable[str], numbers: Numbers) -> str:
    """Print each metric with its value: `tests.failed = 4, tests.errored = 3`."""
    return ", ".join(f"{name} = {_text(name, numbers)}" for name in names)


def _text(name: str, numbers: Numbers) -> str:
    metric = metric_of(name)
    return "not known" if metric is None else value_text(metric, numbers.value(name))


def clauses(expression: Expression, numbers: Numbers, holds: bool | None) -> tuple[list[str], list[str]]:
    """Return what the comparisons that came to `holds` say: counts of things, and whole clauses.

    Where a condition came to a result that none of its comparisons has (`not …`), all of them are told.
    """
    every = expression.comparisons()
    telling = [each for each in every if _result(each, numbers) is holds] or list(every)
    things: list[str] = []
    whole: list[str] = []
    for each in telling:
        thing = _thing(each, numbers)
        (things if thing else whole).append(thing or _clause(each, numbers))
    return list(dict.fromkeys(things)), list(dict.fromkeys(whole))


def compared(comparison: Comparison, numbers: Numbers) -> bool | None:
    """Evaluate one comparison."""
    return _result(comparison, numbers)


def _result(comparison: Comparison, numbers: Numbers) -> bool | None:
    return compare(
        number_of(comparison.left, numbers.value),
        comparison.relation,
        number_of(comparison.right, numbers.value),
    )


def names_of(comparison: Comparison) -> tuple[str, ...]:
    """Return the metrics of one comparison."""
    return tuple(dict.fromkeys((*names_in(comparison.left), *names_in(comparison.right))))


def _thing(comparison: Comparison, numbers: Numbers) -> str:
    """Say a comparison of a count with nothing as that many things: `4 failed tests`, `no failed test`."""
    match comparison:
        case Comparison(Name(name), "==" | "<=" | ">" | "!=", Number(asked)) if asked == 0:
            metric, value = metric_of(name), numbers.value(name)
            if metric is None or metric.unit != "count" or value is None or value.denominator != 1:
                return ""
            place = f" in {metric.scope}" if metric.scope else ""
            if not value:
                return f"no {metric.one}{place}"
            return plural(value.numerator, metric.one, metric.many) + place
        case _:
            return ""


def _clause(comparison: Comparison, numbers: Numbers) -> str:
    """Say a comparison: `line coverage is 75.2 %, and 80 % or more is asked for`."""
    match comparison:
        case Comparison(Number() as limit, relation, Name() as name, (left, right)):  # 80 <= coverage…
            return _clause(Comparison(name, _TURNED.get(relation, relation), limit, (right, left)), numbers)
        case Comparison(Name(name), relation, right, (_, written)):
            metric = metric_of(name)
            if metric is not None:
                value = numbers.value(name)
                if value is None:
                    return _not_known(metric)
                asked = right.value if isinstance(right, Number) else None
                if relation == ">=" and asked == 0:
                    return _is(metric, numbers)  # to be known is all that is asked for
                wanted = written if asked is None else _asked_text(metric, asked, written)
                other = number_of(right, numbers.value) if isinstance(right, Name) else None
                if other is not None:
                    wanted = f"{value_text(metric, other)} ({written})"
                return f"{_is(metric, numbers)}, and {_ASKED[relation].format(wanted)}"
    left, right_text = comparison.text
    value = number_of(comparison.left, numbers.value)
    if value is None:
        return f"{left} is not known"
    return f"{left} is {value_text(_PLAIN, value)}, and {_ASKED[comparison.relation].format(right_text)}"


def _asked_text(metric: Metric, asked: Fraction, written: str) -> str:
    """Print a limit, which is never rounded: a share of 79.96 % misses one of 79.99 %, not one of 79.9 %."""
    if (asked * 10).denominator == 1:
        return value_text(metric, asked)
    return f"{written}{_UNITS.get(metric.unit, '')}"


def _is(metric: Metric, numbers: Numbers) -> str:
    place = f" in {metric.scope}" if metric.scope else ""
    text = value_text(metric, numbers.value(metric.name))
    if metric.unit == "count":
        return f"the number of {metric.many}{place} is {text}"
    return f"{metric.one}{place} is {text}"


def _not_known(metric: Metric) -> str:
    place = f" in {metric.scope}" if metric.scope else ""
    what = f"the number of {metric.many}" if metric.unit == "count" else metric.one
    return f"{what}{place} is not known"


_UNITS = {"percent": " %", "seconds": " s", "minutes": " minutes"}
_PLAIN = Metric("", "score", "count", "", "")
