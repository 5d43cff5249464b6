"""The branches of one source file over all evidence: by identity where it is told, else the lower bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportgen.merge.ledger import Ledger
from reportgen.merge.lines import Listed
from reportgen.model.coverage import Ratio

_ByLine = dict[int, tuple[int, int]]


def join_branches(path: str, listed: Sequence[Listed], ledger: Ledger) -> Ratio | None:
    """Join the branches of the file at `path`; None where none of its evidence measured any.

    Arms that have a name are united by it, within one format. Of lines whose arms are only counted, the most
    that one run took is the lower bound. Of several formats, the most that one of them counts is: they are
    never added up, and not all put a branch on the same line.
    """
    sure = [
        (part, file) for part, file in listed if file.stated_branches is None and (file.arms or file.branches)
    ]
    stated = [(part, file) for part, file in listed if file.stated_branches is not None]
    if not sure:
        return _by_statement(path, stated, ledger) or _none_there(listed)
    for part, file in stated:
        if file.branch_counts() != sure[0][1].branch_counts():
            ledger.add(
                "branch counts",
                path,
                kept=f"the branches that {sure[0][0].path} lists",
                overridden=f"the format's own counts in {part.path}",
                evidence=(*sure[0][0].evidence, *part.evidence),
            )
    if len(sure) == 1:
        return sure[0][1].branch_counts()
    return _by_view(path, sure, ledger)


def _none_there(listed: Sequence[Listed]) -> Ratio | None:
    """Nothing of nothing, where branches were measured and the file has none."""
    measured = any(part.facts.coverage is not None and part.facts.coverage.has_branches for part, _ in listed)
    return Ratio(0, 0) if measured else None


def _by_statement(path: str, stated: list[Listed], ledger: Ledger) -> Ratio | None:
    counts = {file.stated_branches for _, file in stated if file.stated_branches is not None}
    if not counts:
        return None
    if len(counts) > 1:
        _note_bound(path, stated, ledger)
    return Ratio(max(part for part, _ in counts), max(whole for _, whole in counts))


def _by_view(path: str, sure: list[Listed], ledger: Ledger) -> Ratio:
    """Join by name, or by line, within each format; several views of one file are never added up."""
    named: list[tuple[str, dict[str, bool]]] = []
    counted: dict[str, list[Listed]] = {}
    for part, file in sure:
        form = part.facts.source.format
        if file.branches:
            counted.setdefault(form, []).append((part, file))
            continue
        view = next((arms for known, arms in named if known == form and _is_one_view(arms, file.arms)), None)
        if view is None:
            named.append((form, dict(file.arms)))
        else:
            view.update({arm: taken or view.get(arm, False) for arm, taken in file.arms.items()})
    views = [Ratio(sum(arms.values()), len(arms)) for _, arms in named]
    views.extend(_summed(_widest(listed)) for listed in counted.values())
    bound = [one for listed in counted.values() for one in _partly(listed)]
    if bound or len(set(views)) > 1:
        _note_bound(path, bound if len(views) == 1 else sure, ledger)
    return Ratio(max(view.covered for view in views), max(view.total or 0 for view in views))


def _is_one_view(known: Mapping[str, bool], arms: Mapping[str, bool]) -> bool:
    """Whether two runs name the arms alike: of any line, one of them names all that the other names."""
    one, other = known.keys(), arms.keys()
    if one <= other or one >= other:
        return True
    ours, theirs = _by_line(one), _by_line(other)
    return all(
        ours[line] <= theirs[line] or ours[line] >= theirs[line] for line in ours.keys() & theirs.keys()
    )


def _by_line(arms: Iterable[str]) -> dict[str, set[str]]:
    """Sort arms by what stands before the first colon of their names, which is their line."""
    found: dict[str, set[str]] = {}
    for arm in arms:
        found.setdefault(arm.partition(":")[0], set()).add(arm)
    return found


def _partly(counted: list[Listed]) -> list[Listed]:
    """List the evidence that took some arms of a line, but not all, where other evidence did so too."""
    takers: dict[int, list[int]] = {}
    for number, (_, file) in enumerate(counted):
        for line, (part, whole) in file.branches.items():
            if 0 < part < whole:
                takers.setdefault(line, []).append(number)
    numbers = {number for found in takers.values() if len(found) > 1 for number in found}
    return [counted[number] for number in sorted(numbers)]


def _note_bound(path: str, listed: list[Listed], ledger: Ledger) -> None:
    ledger.add(
        "branch lower bound",
        path,
        kept="the most branches that one file counts: a lower bound",
        overridden="which branches were taken is not told",
        evidence=tuple(dict.fromkeys(part.id for part, _ in listed)),
    )


def _widest(listed: Sequence[Listed]) -> _ByLine:
    """Take for each line the most branches covered and the most there are, over all that count them."""
    found: _ByLine = {}
    for _, file in listed:
        view = file.branches
        if file.arms:
            view = {
                **{
                    int(line): _taken(arms, file.arms)
                    for line, arms in _by_line(file.arms).items()
                    if line.isdecimal()
                },
                **view,
            }
        for line, (part, whole) in view.items():
            known = found.get(line, (0, 0))
            found[line] = (max(part, known[0]), max(whole, known[1]))
    return found


def _taken(names: set[str], arms: Mapping[str, bool]) -> tuple[int, int]:
    return sum(arms[name] for name in names), len(names)


def _summed(by_line: Mapping[int, tuple[int, int]]) -> Ratio:
    return Ratio(sum(part for part, _ in by_line.values()), sum(whole for _, whole in by_line.values()))
