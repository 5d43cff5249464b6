"""Names that are used and do not exist, as scans and failing tests tell: modules, names and members."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.figures import plural
from reportgen.model.states import Outcome
from reportgen.render.escape import Markdown
from reportgen.render.places import place_mark
from reportgen.render.views.parts import CELL, Cut, Subject, cut, told_by
from reportgen.render.views.remedies import remedies
from reportgen.render.views.suite_files import suite_files
from reportgen.render.wording import clipped

_PLACES = 1
_MEMBERS = 6
_QUOTED = re.compile(r"""(?<!\w)['"`\u2018]([\w.$@/-]{1,120})['"`\u2019]""")
_KINDS = {
    "module": frozenset(
        (
            *("E0401", "import-error", "import-not-found", "import", "reportMissingImports", "TS2307"),
            *("import/no-unresolved", "n/no-missing-import", "node/no-missing-import"),
        )
    ),
    "name": frozenset(
        (
            *("E0611", "no-name-in-module", "F821", "F822", "E0602", "undefined-variable", "E0603"),
            *("name-defined", "reportUndefinedVariable", "no-undef", "TS2304"),
        )
    ),
    "member": frozenset(
        ("E1101", "no-member", "attr-defined", "reportAttributeAccessIssue", "TS2339", "TS2305")
    ),
}
"""Kind -> rules that tell of it, of pylint, ruff, mypy, pyright, TypeScript and ESLint's plug-ins."""

_NAME_FIRST = frozenset(("E0611", "no-name-in-module", "reportAttributeAccessIssue", "TS2339"))
"""Rules that tell the name before its owner."""

_FAILURES = (
    ("module", re.compile(r"No module named ['\"](?P<name>[\w.]{1,120})['\"]")),
    ("module", re.compile(r"Cannot find (?:module|package) ['\"](?P<name>[\w.@/-]{1,120})['\"]")),
    (
        "name",
        re.compile(
            r"cannot import name ['\"](?P<name>\w{1,120})['\"] from ['\"](?P<owner>[\w.]{1,120})['\"]"
        ),
    ),
    ("name", re.compile(r"name ['\"](?P<name>\w{1,120})['\"] is not defined")),
    ("name", re.compile(r"ReferenceError: (?P<name>[\w$]{1,120}) is not defined")),
    (
        "member",
        re.compile(
            r"(?:type object |module )?['\"](?P<owner>[\w.]{1,120})['\"](?: object)? has no attribute"
            r" ['\"](?P<name>\w{1,120})['\"]"
        ),
    ),
)
_TITLES = {
    "module": "Modules that cannot be imported",
    "name": "Names that are not defined",
    "member": "Members that their class or module does not have",
}
_FIXES = {
    "module": "Install or write the module, or take its import out",
    "name": "Define or import the name, or take its use out",
    "member": "Write the member, or use one that is there",
}


class _Use(Struct):
    """Where a name is missed: `places` of findings, and how many tests failed for it."""

    places: dict[str, None]
    names: dict[str, None]
    failing: int
    evidence: set[str]
    findings: int = 0


class _Files(Struct, frozen=True):
    """Paths of test files: those without a test in the results, and those whose tests ran."""

    idle: frozenset[str]
    ran: frozenset[str]


class MissingRow(Struct, frozen=True):
    """What one module or class lacks; `names` is empty where it is itself what is missing."""

    owner: str
    names: Cut[str]
    places: Cut[Markdown]
    impact: str
    evidence: Markdown


class MissingGroup(Struct, frozen=True):
    """What is missing of one kind, and what mends it."""

    title: str
    rows: Cut[MissingRow]
    fix: str


class MissingView(Struct, frozen=True):
    """The section; a sentence in the stead of groups where nothing is known to be missing."""

    sentence: str
    groups: tuple[MissingGroup, ...]


def missing_names(subject: Subject) -> MissingView:
    """List what is missing by kind and owner, the most missed first."""
    audit = subject.audit
    uses: dict[tuple[str, str], _Use] = defaultdict(lambda: _Use({}, {}, 0, set()))
    for kind, owner, name, place, evidence in _scanned(audit):
        use = uses[kind, owner]
        use.findings += 1
        use.places[place] = None
        use.evidence.update(evidence)
        if name:
            use.names[name] = None
    for kind, owner, name, count, evidence in _failed(audit):
        use = uses[kind, _owner(owner, kind, uses)]
        use.failing += count
        use.evidence.update(evidence)
        if name:
            use.names[name] = None
    if not uses:
        return MissingView(_nothing(audit), ())
    files = _files(audit)
    groups = tuple(
        _group(kind, uses, subject, files) for kind in _TITLES if any(each == kind for each, _ in uses)
    )
    return MissingView("", groups)


def _nothing(audit: Audit) -> str:
    if audit.findings is None and audit.tests is None:
        return "Not measured: test results, or the findings of a scan such as pylint, would tell."
    if audit.findings is None:
        return (
            "No failing test tells of a missing name. The findings of a scan such as pylint would tell more."
        )
    return "No finding and no failing test tells of a missing name."


def _scanned(audit: Audit) -> Iterator[tuple[str, str, str, str, tuple[str, ...]]]:
    """Yield (kind, owner, name, place, evidence) of each finding that tells of one."""
    kinds = {rule: kind for kind, rules in _KINDS.items() for rule in rules}
    for each in audit.findings.items if audit.findings else ():
        kind = kinds.get(each.rule)
        if kind is None or each.state != "open":
            continue
        place = f"{each.path}:{each.line}" if each.line else each.path
        quoted = _QUOTED.findall(each.message)
        if kind == "module" or len(quoted) < 2:  # noqa: PLR2004 - an owner and a name
            yield kind, quoted[0] if quoted else each.message, "", place, each.evidence
        elif each.rule in _NAME_FIRST:
            yield kind, quoted[1], quoted[0], place, each.evidence
        else:
            yield kind, quoted[0], quoted[1], place, each.evidence


def _failed(audit: Audit) -> Iterator[tuple[str, str, str, int, tuple[str, ...]]]:
    """Yield (kind, owner, name, tests, evidence) of each cause of failures that tells of one."""
    for cause in audit.tests.causes if audit.tests else ():
        for kind, pattern in _FAILURES:
            found = pattern.search(cause.message)
            if found is None:
                continue
            owner = found.groupdict().get("owner") or ""
            name = found["name"] if owner else ""
            yield kind, owner or found["name"], name, len(cause.cases), cause.evidence
            break


def _owner(owner: str, kind: str, uses: Mapping[tuple[str, str], _Use]) -> str:
    """Return the owner as a scan has it: a failing test may tell it with its package."""
    short = owner.rpartition(".")[2]
    return short if (kind, owner) not in uses and (kind, short) in uses and kind == "member" else owner


def _group(kind: str, uses: Mapping[tuple[str, str], _Use], subject: Subject, files: _Files) -> MissingGroup:
    found = [(owner, use) for (each, owner), use in uses.items() if each == kind]
    found.sort(key=lambda pair: (-pair[1].failing, -pair[1].findings, pair[0]))
    url = subject.audit.source_url

    def row(pair: tuple[str, _Use]) -> MissingRow:
        owner, use = pair
        return MissingRow(
            owner=clipped(owner, CELL),
            names=cut(list(use.names), _MEMBERS, "findings.items", lambda name: clipped(name, CELL)),
            places=cut(
                list(use.places),
                _PLACES,
                "findings.items",
                lambda place: place_mark(place, clipped(place, CELL), url),
            ),
            impact=_impact(kind, use, files),
            evidence=told_by(use.evidence),
        )

    return MissingGroup(
        _TITLES[kind], cut(found, subject.limit, "findings.items", row), _fix(kind, subject.audit)
    )


def _impact(kind: str, use: _Use, files: _Files) -> str:
    parts = [f"{plural(use.failing, 'test fails', 'tests fail')} for want of it"] if use.failing else []
    places = {place.rpartition(":")[0] or place for place in use.places}
    if places & files.idle:
        parts.append("the results name no test of a file that needs it")
    if kind == "module" and not use.failing and places & files.ran:
        parts.append("tests of a file that needs it ran all the same: the scan may not have seen where it is")
    return "; ".join(parts) or "no failing test is known to come from it"


def _files(audit: Audit) -> _Files:
    """Tell the test files of which the results name no test from those whose tests ran."""
    files = suite_files(audit)
    causes = audit.tests.causes if audit.tests else ()
    stuck = {id_ for cause in causes if cause.kind in {"import", "collection"} for id_ in cause.cases}
    return _Files(
        idle=frozenset(file.path for file in files if not file.cases),
        ran=frozenset(
            file.path
            for file in files
            if any(each.outcome is not Outcome.SKIPPED and each.id not in stuck for each in file.cases)
        ),
    )


def _fix(kind: str, audit: Audit) -> str:
    """Return what the policy says to do about a rule of this kind, else what is to be done as a rule."""
    known = remedies(audit.criteria)
    told = next((known[rule] for rule in sorted(_KINDS[kind]) if rule in known), _FIXES[kind])
    return clipped(told, 2 * CELL).rstrip(".")


def fix_of_message(message: str) -> str:
    """Return what mends a failure that tells of a missing name; empty for any other."""
    return next((f"{_FIXES[kind]}." for kind, pattern in _FAILURES if pattern.search(message)), "")
