"""The files where a change is risky."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from reportgen.judge.cited import cited
from reportgen.judge.counting.findings import Priced
from reportgen.judge.ground import Ground
from reportgen.model.evidence import JoinedFile
from reportgen.model.plan import Hotspot

CRAP = "CRAP"
ON_UNCOVERED = "findings on uncovered lines"


def hotspots_of(ground: Ground) -> tuple[Hotspot, ...]:
    """Rank the files by risk: those of known complexity first, then by what stands on uncovered lines."""
    if ground.coverage is None or ground.evidence.coverage is None:
        return ()
    by_path: dict[str, list[Priced]] = defaultdict(list)
    for each in ground.priced:
        by_path[each.finding.path].append(each)
    found = [_hotspot(file, by_path.get(file.path, [])) for file in ground.evidence.coverage.files]
    risky = [spot for spot in found if spot is not None]
    return tuple(sorted(risky, key=lambda spot: (spot.basis != CRAP, -spot.risk, spot.path)))


def _hotspot(file: JoinedFile, priced: list[Priced]) -> Hotspot | None:
    """Return a file as a hotspot; None where nothing in it is at risk, as far as the evidence tells."""
    total = file.lines.total
    if not total or file.lines.covered >= total:
        return None
    if file.complexity is not None:
        risk, basis, count = crap(file.complexity, Fraction(file.lines.covered, total)), CRAP, len(priced)
        if file.complexity <= 0:
            return None
    else:
        missed = 0 if file.executable is None else file.executable & ~file.covered
        exposed = [each for each in priced if missed >> each.finding.line & 1]
        risk, basis, count = Fraction(sum(each.minutes for each in exposed)), ON_UNCOVERED, len(exposed)
        if not risk:
            return None
    ids = cited(file.evidence, *(p.finding.evidence for p in priced))
    return Hotspot(
        path=file.path,
        risk=risk,
        basis=basis,
        findings=count,
        uncovered=total - file.lines.covered,
        complexity=file.complexity,
        evidence=ids,
    )


def crap(complexity: int, covered: Fraction) -> Fraction:
    """Return the change-risk index CRAP = cc²·(1 − cov)³ + cc (Savoia and Evans, 2007)."""
    return complexity**2 * (1 - covered) ** 3 + complexity
