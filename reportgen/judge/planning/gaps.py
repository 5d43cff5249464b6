"""The gaps in the evidence, as steps of a plan: what was not read, did not run, or was not measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from reportgen.judge.gating.unmet import unmet_by, unmet_gaps
from reportgen.judge.ground import Ground
from reportgen.judge.planning.actions import LAYER, Draft, uncollected
from reportgen.judge.planning.matrix_steps import matrix_steps
from reportgen.judge.scoring.criteria import CriterionResult, Measured
from reportgen.judge.wording import joined, some
from reportgen.model.artifact import Problem
from reportgen.model.audit_tests import LayerCounts
from reportgen.model.evidence import EvidenceItem
from reportgen.model.figures import one_decimal, plural
from reportgen.model.metrics import keyed_name
from reportgen.model.policy import Criterion

_HOW = {
    "tests": "Provide test results",
    "coverage": "Provide coverage that lists the executable lines",
    "findings": "Provide the findings of a scan",
    "completeness": "Provide evidence",
}


def gaps(ground: Ground, results: dict[str, CriterionResult]) -> Iterator[Draft]:
    """Yield a step for each gap in the evidence."""
    yield from _unread(ground)
    yield from _missing(ground)
    yield from unmet_gaps(ground)
    yield from _not_run(ground)
    yield from _empty(ground)
    yield from _doubts(ground)
    yield from matrix_steps(ground)
    for criterion in ground.policy.criteria:
        result = results[criterion.name]
        if not isinstance(result, Measured) and _wanted(criterion, ground):
            yield _unmeasured(criterion, ground)


def unread_by_kind(
    ground: Ground,
) -> dict[str, tuple[list[EvidenceItem], list[str], list[Problem]]]:
    """Return kind of problem -> the artifacts not read whole, the paths that are not there, the problems."""
    told: dict[str, list[Problem]] = defaultdict(list)
    for problem in (*ground.evidence.problems, *ground.evidence.warnings):
        told[problem.path].append(problem)
    unread = set(ground.sources.unread)
    grouped: dict[str, tuple[list[EvidenceItem], list[str], list[Problem]]] = {}
    for item in ground.evidence.items:
        if item.id in unread:
            items, _, why = grouped.setdefault(_kind(told[item.path]), ([], [], []))
            items.append(item)
            why += told[item.path]
    for path in ground.sources.absent:
        _, absent, why = grouped.setdefault(_kind(told[path]), ([], [], []))
        absent.append(path)
        why += told[path]
    return grouped


def _unread(ground: Ground) -> Iterator[Draft]:
    """Yield a step for the artifacts that could not be read whole, a kind of problem each."""
    for kind, (items, absent, _) in sorted(unread_by_kind(ground).items()):
        paths = [*(item.path for item in items), *absent]
        yield Draft(
            kind="gap",
            title=f"Provide {plural(len(paths), 'artifact')} that can be read whole ({kind})",
            places=tuple(paths),
            count=len(paths),
            minutes=ground.policy.effort.gap * len(paths),
            changes={
                "evidence.unread": -len(paths),
                **unmet_by(ground, (item.id for item in items)),
                "evidence.read": len(paths),
                "evidence.full": len(paths),
            },
            evidence=tuple(item.id for item in items),
            readable=True,
        )


def _kind(problems: list[Problem]) -> str:
    """Name what is wrong with an artifact: what casts doubt on it, else the first of its problems."""
    return next(
        (problem.kind for problem in problems if problem.doubt), problems[0].kind if problems else "in part"
    )


def _missing(ground: Ground) -> Iterator[Draft]:
    missing = ground.sources.missing
    told = some(len(missing), "artifact that", "is", "are", "artifacts that")
    if missing:
        yield Draft(
            kind="gap",
            title=f"Provide {told} expected and missing",
            places=missing,
            count=len(missing),
            minutes=ground.policy.effort.gap * len(missing),
            changes={
                "evidence.missing": -len(missing),
                "evidence.unmet": -len(missing),
                "evidence.total": len(missing),
                "evidence.read": len(missing),
                "evidence.full": len(missing),
            },
        )


def _not_run(ground: Ground) -> Iterator[Draft]:
    """Yield a step for each layer in which no test ran, and one for what is left of the files.

    Tests that could not be collected are mended as failures, and then run.
    """
    if ground.tests is None:
        return
    left = dict.fromkeys(each for each in ground.sources.without_run if each not in uncollected(ground))
    for name, layer in ground.tests.by_layer.items():
        if layer.ran or layer.total > layer.skipped:
            continue
        own = [each for each in layer.evidence if each in left]
        for each in own:
            del left[each]
        title = f"Run the tests of layer {name}: {_why(layer)}"
        draft = _run(title, own, layer.evidence, ground)
        yield replace(draft, count=max(layer.total, 1), revives=(LAYER + name, *own))
    if left:
        title = f"Run the tests of {plural(len(left), 'result file')} in which none ran"
        yield _run(title, list(left), tuple(left), ground)


def _run(title: str, own: list[str], cited: tuple[str, ...], ground: Ground) -> Draft:
    empty = len(set(ground.sources.empty).intersection(own))
    return Draft(
        kind="gap",
        title=title,
        places=tuple(ground.evidence.source_of(each).path for each in own),
        count=len(own),
        minutes=ground.policy.effort.gap,
        changes={"evidence.empty": -empty, "evidence.full": empty} if empty else {},
        revives=tuple(own),
        evidence=cited,
    )


def _why(layer: LayerCounts) -> str:
    if not layer.total:
        return "its results hold no test"
    return "the only one is skipped" if layer.total == 1 else f"all {layer.total:,} are skipped"


def _empty(ground: Ground) -> Iterator[Draft]:
    """Yield a step for the artifacts without a fact; of test results that did not run, that is told there."""
    told = set(ground.sources.without_run) - uncollected(ground)
    empty = tuple(each for each in ground.sources.empty if each not in told)
    if empty:
        yield Draft(
            kind="gap",
            title=f"Find out why {some(len(empty), 'artifact', 'holds', 'hold')} no fact",
            places=tuple(ground.evidence.source_of(each).path for each in empty),
            count=len(empty),
            minutes=ground.policy.effort.gap,
            changes={
                "evidence.empty": -len(empty),
                "evidence.full": len(empty),
                **unmet_by(ground, empty),
            },
            evidence=empty,
            readable=True,
        )


def _doubts(ground: Ground) -> Iterator[Draft]:
    """Yield a step for what casts doubt on artifacts that were read whole."""
    doubts = ground.sources.doubts
    if doubts:
        kinds = joined(sorted({each.kind for each in doubts}))
        yield Draft(
            kind="gap",
            title=f"Clear up {plural(len(doubts), 'doubt')} about what was read: {kinds}",
            places=tuple(dict.fromkeys(each.path for each in doubts if each.path)),
            count=len(doubts),
            minutes=ground.policy.effort.gap,
            changes={"evidence.doubtful": -len(doubts)},
        )


def _wanted(criterion: Criterion, ground: Ground) -> bool:
    """Tell whether measuring a criterion is a step of its own: it weighs something, and is expected."""
    told_by_layers = criterion.name == "tests" and not criterion.is_own and ground.evidence.has_tests
    return bool(criterion.weight) and criterion.name not in ground.policy.without and not told_by_layers


def _unmeasured(criterion: Criterion, ground: Ground) -> Draft:
    total = ground.numbers.overall.total
    worth = one_decimal(100 * criterion.weight / total)
    how = _HOW.get(criterion.name, f"Measure {criterion.name}")
    if criterion.is_own:
        how = f"Provide the evidence that {criterion.label} is made of"
    places: tuple[str, ...] = ()
    if criterion.name == "findings" and not criterion.is_own and ground.evidence.findings is not None:
        places = ground.debt.unsized
        files = some(len(places), "examined file", "is", "are")
        how = f"Say how large {files}, by source_root or sizes" if places else "Let the scan name its files"
    return Draft(
        kind="gap",
        title=f"{how} (up to {worth} points)",
        places=places,
        count=max(len(places), 1),
        minutes=ground.policy.effort.gap,
        names=(keyed_name("criteria", criterion.name, "score"),),
        evidence=ground.sources.of_kind.get(criterion.name, ()),
    )
