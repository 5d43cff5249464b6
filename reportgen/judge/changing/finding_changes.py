"""What became of each finding since an earlier audit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from reportgen.judge.changing.case_changes import as_written
from reportgen.model.baseline import ThenFinding, ThenFindings
from reportgen.model.changes import FindingChange, FindingChanges
from reportgen.model.evidence import Evidence, JoinedFinding

Finding = JoinedFinding | ThenFinding


def tools_of(evidence: Evidence) -> frozenset[str]:
    """Return the tools that ran, as their files say; a scan that found nothing is one."""
    told = [part.findings.tools for part in evidence.parts if part.findings is not None]
    items = () if evidence.findings is None else evidence.findings.items
    return frozenset(tool for tools in (*told, *(one.tools for one in items)) for tool in tools)


def finding_changes(
    then: ThenFindings,
    now: Sequence[JoinedFinding],
    tools: frozenset[str],
    scrub: Callable[[str], str],
) -> FindingChanges:
    """Compare the findings by id, then by fingerprint, then by message and the very code at their place.

    A fingerprint or code that several findings of one side share tells none of them apart.
    """
    gone = [one for one in then.items if one.state != "absent"]
    there = [one for one in now if one.state != "absent"]
    pairs: list[tuple[JoinedFinding, ThenFinding]] = []
    for key in (_by_id, _by_fingerprint, _by_code(scrub)):
        found = _matched(there, gone, key)
        pairs.extend(found)
        new_ids, old_ids = {one.id for one, _ in found}, {one.id for _, one in found}
        there = [one for one in there if one.id not in new_ids]
        gone = [one for one in gone if one.id not in old_ids]
    new = [one for one in there if _open(one)]
    new.extend(one for one, old in pairs if _open(one) and not _open(old))
    missing = [old for old in gone if _open(old)]
    fixed = [old for old in missing if not old.tools or not tools.isdisjoint(old.tools)]
    return FindingChanges(
        then=sum(map(_open, then.items)),
        now=sum(map(_open, now)),
        new=_told(new),
        fixed=_told(fixed),
        accepted=_told(one for one, old in pairs if _open(old) and not _open(one)),
        unexamined=_told(old for old in missing if old.tools and tools.isdisjoint(old.tools)),
        moved=_moved(new, fixed, scrub),
    )


def _open(one: Finding) -> bool:
    return one.state == "open"


def _by_id(one: Finding) -> Hashable:
    return one.id


def _by_fingerprint(one: Finding) -> Hashable:
    if not one.fingerprint or one.fingerprint.startswith("partial:"):
        return None
    return (one.tools, one.rule, one.fingerprint)


def _by_code(scrub: Callable[[str], str]) -> Callable[[Finding], Hashable]:
    def key(one: Finding) -> Hashable:
        snippet = one.snippet.strip()
        return (*_place(one, scrub), as_written(snippet, scrub)) if snippet else None

    return key


def _place(one: Finding, scrub: Callable[[str], str]) -> tuple[Hashable, ...]:
    return (one.tools, one.rule, as_written(one.path, scrub), as_written(one.message, scrub))


def _matched(
    now: Iterable[JoinedFinding], then: Iterable[ThenFinding], key: Callable[[Finding], Hashable]
) -> list[tuple[JoinedFinding, ThenFinding]]:
    """Pair the findings that a key makes one, where it is the key of one finding alone on each side."""
    new: dict[Hashable, list[JoinedFinding]] = defaultdict(list)
    old: dict[Hashable, list[ThenFinding]] = defaultdict(list)
    for one in now:
        new[key(one)].append(one)
    for other in then:
        old[key(other)].append(other)
    return [
        (group[0], old[shared][0])
        for shared, group in new.items()
        if shared is not None and len(group) == 1 and len(old.get(shared, ())) == 1
    ]


def _moved(new: Iterable[JoinedFinding], fixed: Iterable[ThenFinding], scrub: Callable[[str], str]) -> int:
    places: dict[Hashable, int] = defaultdict(int)
    for old in fixed:
        places[_place(old, scrub)] += 1
    moved = 0
    for one in new:
        place = _place(one, scrub)
        if places.get(place):
            places[place] -= 1
            moved += 1
    return moved


def _told(findings: Iterable[Finding]) -> tuple[FindingChange, ...]:
    rows = [
        FindingChange(
            id=one.id,
            rule=one.rule,
            severity=one.severity,
            path=one.path,
            line=one.line or None,
            message=one.message,
        )
        for one in findings
    ]
    return tuple(sorted(rows, key=lambda one: (one.path, one.line or 0, one.rule, one.id)))
