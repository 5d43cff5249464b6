"""Conditions on one layer, subject or folder: the names in them are then meant of that."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from reportgen.model.expression import parse_condition
from reportgen.model.metrics import METRICS, keyed_name, metric_of, nearest_metric

HEADS = {"layer": "layers", "subject": "subjects", "path": "paths"}
"""What a gate is limited to, in the configuration -> how the names of such metrics begin."""

_MOST_TOLD = 12


def scoped(condition: str, scope: str, key: str) -> str:
    """Rewrite a condition for one `layer`, `subject` or `path`: `tests.failed` -> `layers.unit.tests.failed`.

    Raises `ValueError` for a name that there is only of all the evidence, naming those that there are.
    """
    parse_condition(condition)
    head = HEADS[scope]
    data = condition.encode()
    starts = [0]
    for line in data.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node in reversed(list(_names(ast.parse(condition, mode="eval").body))):
        first = starts[node.lineno - 1] + node.col_offset
        last = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        name = "".join(data[first:last].decode().split())
        full = keyed_name(head, key, name)
        if metric_of(full) is None:
            raise ValueError(_no_such(name, scope, head, key, full))
        data = data[:first] + full.encode() + data[last:]
    text = data.decode()
    parse_condition(text)
    return text


def _names(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the metrics' names in a condition, from left to right; the name of a function is none."""
    match node:
        case ast.Name() | ast.Attribute() | ast.Subscript():
            yield node
        case ast.Call(args=operands):
            for each in operands:
                yield from _names(each)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _names(child)


def _no_such(name: str, scope: str, head: str, key: str, full: str) -> str:
    there = [each for each in METRICS if metric_of(keyed_name(head, key, each)) is not None]
    if name not in METRICS:
        return f"there is no metric {full!r}{nearest_metric(full)}"
    more = ", …" if len(there) > _MOST_TOLD else ""
    told = ", ".join(there[:_MOST_TOLD])
    return f"of one {scope} there is no {name!r}; there is {told or 'nothing'}{more}"
