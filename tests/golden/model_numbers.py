"""Every number that a report may print of an audit: what the model holds, and counts and sums of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import accumulate
from pathlib import PurePosixPath

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.evidence import exact_sum
from reportgen.model.figures import decimal_text, floor_digits, one_decimal, percent
from reportgen.model.profile import Profile
from reportgen.render.escape import visible
from reportgen.render.views.parts import Subject
from reportgen.render.views.risks_accepted import risks_accepted
from reportgen.render.views.suite_files import suite_files
from reportgen.render.views.suites import category_of
from reportgen.render.wording import minutes_text, moment_text, seconds_text
from tests.golden.file_numbers import file_numbers
from tests.golden.validation_numbers import validation_numbers

NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?!\w)")
_CUT = re.compile(r"\S*\s?\[…[\d,]+ characters…\]\s?\S*")
_OURS = ("0", "100", "0.1", "256")
"""Nothing, the top of the scale, `< 0.1`, and the name of the digest."""


def numbers_in(text: str) -> set[str]:
    """Find the numbers of a text, without their commas."""
    return {found.replace(",", "") for found in NUMBER.findall(_CUT.sub(" ", text))}


def allowed_numbers(audit: Audit, profile: Profile) -> set[str]:
    """Collect the numbers that `audit` can come to on a page."""
    found = set(_OURS)
    for value in _walk(audit):
        found |= _printed(value)
    limits = {profile.list_limit, 50, 12, 10, 6, 5, 4, 3, 2 * profile.list_limit} | {
        place.limit for place in profile.places if place.limit
    }
    for count in _lengths(audit):
        found.add(str(count))
        found |= {str(count - limit) for limit in limits if count > limit}
    for count in _groups(audit):
        found |= _printed(count)
        found |= numbers_in(minutes_text(count))
        found |= {str(count - limit) for limit in limits if count > limit}
    found |= _suites(audit) | _debt(audit, limits) | _so_far(audit) | _risks(audit, profile)
    found |= _coverage(audit) | _days(audit) | _fraction_sums(audit) | _reached(audit)
    found |= file_numbers(audit, profile)
    found |= validation_numbers(audit)
    found |= {each.id.removeprefix("I") for each in audit.issues}
    for place in profile.places:
        found |= {number for words in place.words for number in numbers_in(words)}
    for words in profile.words.values():
        found |= numbers_in(words)
    return found


def _walk(value: object) -> Iterator[object]:
    """Yield every leaf of the model."""
    match value:
        case Struct():
            for name in value.__struct_fields__:
                yield from _walk(getattr(value, name))
            if (share := getattr(value, "percent", None)) is not None:
                yield share
            if (left := getattr(value, "executed", None)) is not None:
                yield left
        case Mapping():
            for key, item in value.items():
                yield from _walk(key)
                yield from _walk(item)
        case list() | tuple() | frozenset():
            for item in value:
                yield from _walk(item)
        case _:
            yield value


def _printed(value: object) -> set[str]:
    """Print a leaf in each way that a report has."""
    match value:
        case bool() | None:
            return set()
        case str() if not isinstance(value, Enum):
            return numbers_in(visible(value)) | numbers_in(value)
        case int():
            return {str(value), str(abs(value)), *numbers_in(minutes_text(abs(value)))}
        case Fraction():
            return {
                each
                for part in (value, abs(value), value / 10, 100 - value)
                for each in (*numbers_in(one_decimal(part)), *numbers_in(decimal_text(abs(part))))
            } | {f"{float(floor_digits(abs(value), 1)):.1f}", str(int(abs(value)))}
        case Decimal():
            return (
                numbers_in(seconds_text(value)) | numbers_in(f"{value:f}") | numbers_in(f"{abs(value):.1f}")
            )
        case datetime():
            return numbers_in(moment_text(value).replace("-", " ").replace(":", " "))
        case date():
            return set(value.isoformat().split("-"))
        case _:
            return set()


def _collections(value: object) -> Iterator[tuple[object, ...]]:
    match value:
        case Struct():
            for name in value.__struct_fields__:
                yield from _collections(getattr(value, name))
        case Mapping():
            yield tuple(value.values())
            for item in value.values():
                yield from _collections(item)
        case list() | tuple() | frozenset():
            yield tuple(value)
            for item in value:
                yield from _collections(item)


def _lengths(audit: Audit) -> set[int]:
    return {len(each) for each in _collections(audit)}


def _groups(audit: Audit) -> set[int]:
    """Count and sum the records of each list, all of them and by each of their words."""
    found: set[int] = set()
    for each in _collections(audit):
        records = [item for item in each if isinstance(item, Struct)]
        if not records:
            continue
        fields = sorted({name for item in records for name in item.__struct_fields__})
        for name in fields:
            values = [getattr(item, name, None) for item in records]
            words = [value for value in values if isinstance(value, str | bool | type(None))]
            found |= set(Counter(words).values()) | {len(set(words))}
            _sums(records, name, fields, found)
    return found


def _fraction_sums(audit: Audit) -> set[str]:
    """Add up the exact numbers of each list: the printed gains of a plan, the points of a waterfall."""
    sums: dict[tuple[int, str], Fraction] = defaultdict(Fraction)
    for at, each in enumerate(_collections(audit)):
        for item in each:
            for name in item.__struct_fields__ if isinstance(item, Struct) else ():
                if isinstance(value := getattr(item, name), Fraction):
                    sums[at, name] += value
    return {number for value in sums.values() for number in _printed(value)}


def _reached(audit: Audit) -> set[str]:
    """Add up the lines that only some tests reach, over all files and over those that no test runs."""
    found: set[str] = set()
    for files in (audit.reach, [file for file in audit.reach if not file.tests]):
        for name in ("only_at_import", "only_unit", "only_failing"):
            told = [lines.count for file in files if (lines := getattr(file, name)) is not None]
            found |= {str(sum(told)), str(len([count for count in told if count])), *map(str, told)}
    return found | {str(len([file for file in audit.reach if file.tests]))}


def _sums(records: list[Struct], by: str, fields: list[str], found: set[int]) -> None:
    sums: dict[tuple[object, str], int] = defaultdict(int)
    for item in records:
        group = getattr(item, by, None)
        for name in fields:
            value = getattr(item, name, None)
            number = value if isinstance(value, int) else len(value) if isinstance(value, tuple) else 0
            if isinstance(group, str | bool):
                sums[group, name] += number
            sums[None, name] += number
    found |= set(sums.values())


def _suites(audit: Audit) -> set[str]:
    """Count the tests of each file, all of them and by class, by outcome; and the open findings in it."""
    counts: Counter[str] = Counter()
    files = suite_files(audit)
    for file in files:
        for case in file.cases:
            for group in (file.path, f"{file.path} {category_of(case)}"):
                counts[group] += 1
                counts[f"{group} {case.outcome.value}"] += 1
        for finding in file.findings:
            counts[f"{file.path} findings"] += 1
            counts[f"{file.path} {finding.severity.value} findings"] += 1
    lengths = (len(files), sum(bool(file.cases) for file in files), sum(not file.cases for file in files))
    seconds = [exact_sum(case.seconds for case in file.cases) for file in files]
    times = {number for each in seconds if each is not None for number in numbers_in(seconds_text(each))}
    return {str(count) for count in (*counts.values(), *lengths)} | times


def _debt(audit: Audit, limits: set[int]) -> set[str]:
    """Add up the findings and minutes of the rules that a table leaves out."""
    rules = audit.findings.rules if audit.findings is not None else ()
    left = [rules[limit:] for limit in limits if len(rules) > limit]
    sums = {sum(rule.count for rule in each) for each in left} | {
        sum(rule.minutes for rule in each) for each in left
    }
    return {str(each) for each in (*sums, *map(len, left))}


def _risks(audit: Audit, profile: Profile) -> set[str]:
    """Count the rows of accepted and of open risks: gates, gaps and findings together."""
    view = risks_accepted(Subject(audit, profile))
    return {str(len(table.rows) + table.left) for table in (view.accepted, view.open)}


def _so_far(audit: Audit) -> set[str]:
    """Add up the time of the plan's steps, from the first to each, in order and priority by priority."""
    ranks = {"immediate": 0, "high": 1, "medium": 2, "low": 3}
    by_priority = sorted(audit.remediation, key=lambda step: ranks[step.priority])
    orders = (audit.remediation, by_priority)
    sums = {each for steps in orders for each in accumulate(step.minutes for step in steps)}
    return {number for each in sums for number in numbers_in(minutes_text(each))}


def _coverage(audit: Audit) -> set[str]:
    """Add up the files of each folder."""
    if audit.coverage is None:
        return set()
    covered: Counter[str] = Counter()
    total: Counter[str] = Counter()
    found: set[str] = set()
    for file in audit.coverage.by_file:
        for kind, measure in (("lines", file.lines), ("branches", file.branches)):
            if measure is None or measure.total is None:
                continue
            found.add(str(measure.total - measure.covered))
            for folder in (*PurePosixPath(file.path).parents, PurePosixPath(file.path)):
                covered[f"{kind} {folder}"] += measure.covered
                total[f"{kind} {folder}"] += measure.total
    for key, whole in total.items():
        share = percent(covered[key], whole)
        found |= {str(whole), str(covered[key]), str(whole - covered[key])}
        found |= set() if share is None else _printed(share)
    return found


def _days(audit: Audit) -> set[str]:
    """Count the days that waivers have left."""
    today = audit.generated_at.date()
    dates = [value for value in _walk(audit.waivers) if isinstance(value, date)]
    return {str(abs((each - today).days) + more) for each in dates for more in (-1, 0, 1)}
