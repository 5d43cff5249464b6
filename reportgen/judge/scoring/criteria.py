"""The criteria: how many points out of 100 each one's numbers make, or why that is not known."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct

from reportgen.judge.counting.findings import Debt
from reportgen.model.criteria import CheckScore
from reportgen.model.figures import HUNDRED, percent_text, plural
from reportgen.model.policy import Policy

Base = Mapping[str, int | Fraction | None]
# A debt ratio (minutes to mend over minutes to write) of a half or more leaves no points.
WORST_DEBT = Fraction(1, 2)


class Measured(Struct, frozen=True):
    """A criterion that is measured: 0 to 100 points, and what they are made of."""

    points: Fraction
    reason: str
    checks: tuple[CheckScore, ...] = ()


class Unknown(Struct, frozen=True):
    """A criterion that is not measured, and why."""

    reason: str
    checks: tuple[CheckScore, ...] = ()


CriterionResult = Measured | Unknown


def points_of(criterion: str, base: Base, policy: Policy) -> Fraction | None:
    """Return the points of a criterion, None where it is not measured (or is none that we know)."""
    match criterion:
        case "tests":
            return _share(base["tests.passed"], _executed(base))
        case "coverage":
            return _share(base["coverage.lines.covered"], base["coverage.lines.total"])
        case "findings":
            return _findings(base, policy)
        case "completeness":
            offered = _sum(base, "evidence.total", "evidence.missing")
            return _share(base["evidence.full"], offered)
        case _:
            return None


def _share(part: int | Fraction | None, whole: int | Fraction | None) -> Fraction | None:
    """Return 100·part/whole, None for a part that is not known, or of nothing."""
    return None if part is None or not whole else Fraction(100 * part, whole)


def _sum(base: Base, *names: str) -> int | Fraction:
    return sum(base[name] or 0 for name in names)


def _executed(base: Base) -> int | Fraction | None:
    total, skipped = base["tests.total"], base["tests.skipped"]
    waived = base.get("tests.waived") or 0
    return None if total is None or skipped is None else total - skipped - waived


def _findings(base: Base, policy: Policy) -> Fraction | None:
    """Turn the debt ratio into points: 0 → 100, a half or more → 0, linear between."""
    minutes, lines = base["findings.minutes"], base["findings.lines"]
    if minutes is None:
        return None
    if not minutes:  # clean, or mended: then no size is needed
        return HUNDRED
    if not lines:
        return None
    worst = policy.effort.line * lines * WORST_DEBT
    return max(Fraction(0), Fraction(100 * (worst - minutes), worst))


def result_of(criterion: str, base: Base, policy: Policy, debt: Debt) -> CriterionResult:
    """Measure a criterion: its points with what they are made of, or why they are not known."""
    points = points_of(criterion, base, policy)
    reason = _REASONS.get(criterion, _no_such)(base, policy, debt, points)
    return Unknown(reason) if points is None else Measured(points, reason)


def _no_such(_base: Base, _policy: Policy, _debt: Debt, _points: Fraction | None) -> str:
    return "reportgen has no measure for this criterion."


def _tests_reason(base: Base, _policy: Policy, _debt: Debt, points: Fraction | None) -> str:
    skipped = int(base["tests.skipped"] or 0)
    if base["tests.total"] is None:
        return "No test results were offered."
    if points is None:
        if skipped:
            every = "the only test was" if skipped == 1 else f"all {skipped:,} tests were"
            return f"No test was executed: {every} skipped."
        return "No test was executed: the test results hold no test."
    executed = int(_executed(base) or 0)
    passed = int(base["tests.passed"] or 0)
    aside = f"; {plural(skipped, 'skipped test')} {_were(skipped)} not executed" if skipped else ""
    return f"{passed:,} of {plural(executed, 'executed test')} passed{aside}."


def _coverage_reason(base: Base, _policy: Policy, _debt: Debt, points: Fraction | None) -> str:
    covered, total = base["coverage.lines.covered"], base["coverage.lines.total"]
    if points is not None:
        return f"{int(covered or 0):,} of {plural(int(total or 0), 'executable line')} ran."
    if base["coverage.files"] is None:
        return "No coverage was offered."
    if total is None:
        return "No evidence lists the executable lines of every file, so there is no rate."
    return "The coverage evidence holds no executable line."


def _findings_reason(base: Base, policy: Policy, debt: Debt, points: Fraction | None) -> str:
    if base["findings.minutes"] is None:
        return "No findings of a scan were offered."
    count = int(base["findings.open"] or 0)
    open_ones = f"{plural(count, 'open finding')} {'takes' if count == 1 else 'take'}"
    if base["findings.clean"]:
        told = f"in the {plural(debt.files, 'examined file')}" if debt.said else "in what was scanned"
        return f"No open finding takes time to mend {told}."
    if points is not None:
        whole = plural(int(base["findings.lines"] or 0), "executable line")
        ratio = Fraction(debt.minutes, policy.effort.line * int(base["findings.lines"] or 1))
        return (
            f"{open_ones} {plural(debt.minutes, 'minute')} to mend, for {whole} in "
            f"{plural(debt.files, 'examined file')}: a debt ratio of {percent_text(100 * ratio)}."
        )
    return f"{open_ones} {plural(debt.minutes, 'minute')} to mend; {_unsized(debt)}."


def _unsized(debt: Debt) -> str:
    count = len(debt.unsized)
    if not count:
        return "the examined files hold no executable line" if debt.files else "the findings name no file"
    more = f" and {count - 1:,} more" if count > 1 else ""
    if debt.files == 1:
        size = "the size of the only examined file is not known"
    elif count == debt.files:
        size = f"the size of none of the {count:,} examined files is known"
    else:
        size = f"the size of {count:,} of {debt.files:,} examined files is not known"
    told = "Coverage, a source_root or sizes in the config would tell it"
    return f"{size} ({debt.unsized[0]}{more}). {told}"


def _completeness_reason(base: Base, _policy: Policy, _debt: Debt, points: Fraction | None) -> str:
    if points is None:
        return "No evidence was offered, and none is expected."
    offered = int(_sum(base, "evidence.total", "evidence.missing"))
    missing = int(base["evidence.missing"] or 0)
    wanted = "offered or expected" if missing else "offered"
    parts = [
        f"{int(base[name] or 0):,} {word}"
        for name, word in (
            ("evidence.unread", "not read whole"),
            ("evidence.empty", "without a fact"),
            ("evidence.missing", "missing"),
        )
        if base[name]
    ]
    aside = f"; {', '.join(parts)}" if parts else ""
    full = int(base["evidence.full"] or 0)
    verbs = "was read whole and holds" if 1 in (full, offered) else "were read whole and hold"
    return f"{full:,} of {plural(offered, 'artifact')} {wanted} {verbs} facts{aside}."


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


_REASONS = {
    "tests": _tests_reason,
    "coverage": _coverage_reason,
    "findings": _findings_reason,
    "completeness": _completeness_reason,
}
