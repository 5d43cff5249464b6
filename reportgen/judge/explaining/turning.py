"""How far a condition is from turning, and what would turn it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from reportgen.judge.counting.tally import Numbers
from reportgen.judge.wording import compared, sentence
from reportgen.model.expression import Expression
from reportgen.model.figures import one_decimal, plural
from reportgen.model.metrics import Metric, metric_of, value_text
from reportgen.model.states import State
from reportgen.model.terms import Comparison, Name, Number, number_of

# What a number is printed as that is no metric by itself.
PLAIN = Metric("", "score", "count", "the number", "")


def margins_of(expression: Expression, numbers: Numbers) -> Iterator[str]:
    """Say of each comparison how far its left side is from its right."""
    for each in expression.comparisons():
        left, right = number_of(each.left, numbers.value), number_of(each.right, numbers.value)
        if left is None or right is None:
            yield f"{each.text[0]}: not known"
            continue
        metric = _metric(each)
        where = "equal to" if left == right else f"{_apart(metric, left, right)} {_side(left, right)}"
        yield f"{each.text[0]}: {value_text(metric, left)}, {where} {each.text[1]}"


def _apart(metric: Metric, left: Fraction, right: Fraction) -> str:
    """Print a difference; that of two percentages is in points."""
    if metric.unit == "percent":
        return f"{one_decimal(abs(left - right))} points"
    return value_text(metric, abs(left - right))


def _side(left: Fraction, right: Fraction) -> str:
    return "above" if left > right else "below"


def _metric(comparison: Comparison) -> Metric:
    match comparison.left:
        case Name(name):
            return metric_of(name) or PLAIN
        case _:
            return PLAIN


def turns_of(expression: Expression, state: State, numbers: Numbers) -> str:
    """Say what would have to change for a condition to come out otherwise."""
    every = expression.comparisons()
    if state is State.PASS:
        parts = [_until(each) for each in every]
        return sentence(f"it would turn if {' or '.join(dict.fromkeys(parts))}")
    unknown = [each.text[0] for each in every if compared(each, numbers) is None]
    failing = [_wanted(each, numbers) for each in every if compared(each, numbers) is False]
    needed = [*failing, *(f"{text} were known" for text in dict.fromkeys(unknown))]
    if not needed:
        return ""
    return sentence(f"it would pass if {' and '.join(dict.fromkeys(needed))}")


def _until(comparison: Comparison) -> str:
    left, right = comparison.text
    opposite = {
        "==": f"{left} were other than {right}",
        "!=": f"{left} were {right}",
        ">=": f"{left} fell below {right}",
        ">": f"{left} fell to {right} or less",
        "<=": f"{left} rose above {right}",
        "<": f"{left} rose to {right} or more",
    }
    return opposite[comparison.relation]


def _wanted(comparison: Comparison, numbers: Numbers) -> str:
    left, right = comparison.text
    value = number_of(comparison.left, numbers.value)
    now = value_text(_metric(comparison), value)
    words = {
        "==": f"{left} were {right}",
        "!=": f"{left} were other than {right}",
        ">=": f"{left} were {right} or more",
        ">": f"{left} were more than {right}",
        "<=": f"{left} were {right} or less",
        "<": f"{left} were less than {right}",
    }
    return f"{words[comparison.relation]} (now {now}{_lacking(comparison, numbers)})"


def _lacking(comparison: Comparison, numbers: Numbers) -> str:
    """Say how many more lines or tests a percentage lacks, where that can be counted."""
    match comparison:
        case Comparison(Name(name), ">=" | ">", Number(asked)) if name.endswith(".percent"):
            group = name.removesuffix(".percent")
            lines = "coverage.lines" if group == "coverage" else group
            total = numbers.value(f"{lines}.total")
            covered = numbers.value(f"{lines}.covered")
            if total is None or covered is None or asked > 100:  # noqa: PLR2004 - more than all
                return ""
            exact = asked * total / 100 - covered
            count = exact.__ceil__() + (comparison.relation == ">" and exact.denominator == 1)
            noun = "branch" if lines.endswith("branches") else "line"
            return f", {plural(count, f'more {noun}', f'more {noun}es' if noun == 'branch' else '')} to cover"
        case _:
            return ""
