"""Findings: equal results of one tool become one finding, whichever files tell them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from msgspec import Struct

from reportgen.merge.globs import Choice
from reportgen.merge.ledger import Ledger
from reportgen.merge.parts import Part
from reportgen.model.evidence import JoinedFinding, JoinedFindings
from reportgen.model.findings import Result, Rule
from reportgen.model.states import Severity

_STATES = ("open", "suppressed", "absent", "not a finding")
_SEVERITIES = tuple(Severity)  # the worst first

_PARTIAL = "partial:"  # begins the name of a part of a fingerprint
_ESLINT = "eslint.rules."  # what ESLint puts before its rules in Checkstyle XML

Key = tuple[str, str, str, int, int, int, int, str]


class Told(Struct, frozen=True, gc=False):
    """A result, where it was told, and the file that its path is."""

    part: Part
    result: Result
    path: str

    @property
    def key(self) -> Key:
        """What makes two results one: tool, rule, path, region and message."""
        one = self.result
        return (
            one.tool,
            one.rule.removeprefix(_ESLINT) if one.tool == "eslint" else one.rule,
            self.path,
            one.line,
            one.column,
            one.end_line,
            one.end_column,
            one.message,
        )


def state_of(result: Result) -> str:
    """Say whether a result counts: `open`, or `suppressed`, `absent`, `not a finding`."""
    if not result.counts:
        return "absent" if result.baseline == "absent" else "not a finding"
    return "suppressed" if result.suppressed else "open"


def join_findings(
    parts: Iterable[Part], names: Mapping[int, Mapping[str, str]], choice: Choice, ledger: Ledger
) -> JoinedFindings | None:
    """Join the findings of all parts; None where there are none to join.

    `names` gives for each part, by its number, the file that each of its paths is.
    """
    scanned = [part for part in parts if part.facts.findings is not None]
    if not scanned:
        return None
    told: list[Told] = []
    excluded = 0
    for part in scanned:
        named = names[part.number]
        for result in part.facts.findings.results if part.facts.findings else ():
            path = named[result.path] if result.path else ""
            if path and not choice.keeps(path):
                excluded += 1
            else:
                told.append(Told(part, result, path))
    items = [_finding(key, group, ledger) for key, group in _groups(told, ledger)]
    return JoinedFindings(
        items=tuple(sorted(items, key=lambda item: item.id)),
        total=len(told),
        suppressed=sum(one.result.suppressed for one in told),
        by_level=dict(sorted(Counter(one.result.level for one in told).items())),
        rules=_rules(scanned),
        examined=_examined(scanned, names, choice),
        excluded=excluded,
        digests=_digests(scanned, names),
    )


def _groups(told: Iterable[Told], ledger: Ledger) -> Iterable[tuple[Key, list[Told]]]:
    """Group what is one finding: by place and message, then by fingerprints that tell results apart.

    The key of a group is the smallest of its results' keys.
    """
    by_key: dict[Key, list[Told]] = {}
    numbers: set[int] = set()
    for one in told:
        by_key.setdefault(one.key, []).append(one)
        numbers.add(one.part.number)
    if len(numbers) == 1:  # one artifact alone: what joins keys asks for two that tell them
        return by_key.items()
    heads: dict[Key, Key] = {}

    def head(key: Key) -> Key:
        while (above := heads.get(key)) is not None:
            heads[key] = heads.get(above, above)
            key = above
        return key

    for keys in (*_by_start(by_key), *_by_fingerprint(by_key, ledger)):
        first, *others = sorted({head(key) for key in keys})
        heads.update(dict.fromkeys(others, first))
    if not heads:
        return by_key.items()
    joined: dict[Key, list[Told]] = {}
    for key, group in by_key.items():
        joined.setdefault(head(key), []).extend(group)
    return joined.items()


def _by_start(by_key: Mapping[Key, list[Told]]) -> Iterator[set[Key]]:
    """Yield two keys that are one but for the end of the region, which Checkstyle XML cannot tell.

    Where one artifact tells both, or where there are several ends, nothing is joined.
    """
    starts: dict[tuple[str | int, ...], set[Key]] = {}
    for key in by_key:
        if key[3] and key[4]:
            starts.setdefault((*key[:5], key[7]), set()).add(key)
    for keys in starts.values():
        if len(keys) == 2 and any(not (key[5] or key[6]) for key in keys):  # noqa: PLR2004 - a pair
            ones, others = ({one.part.number for one in by_key[key]} for key in keys)
            if ones.isdisjoint(others):
                yield keys


def _by_fingerprint(by_key: Mapping[Key, list[Told]], ledger: Ledger) -> Iterator[set[Key]]:
    """Yield the keys that a fingerprint of one tool, rule and file makes one.

    A fingerprint that one artifact gives to several different results tells nothing apart, and joins none.
    """
    first: dict[tuple[str, ...], Key] = {}
    shared: dict[tuple[str, ...], set[Key]] = {}
    for key, group in by_key.items():
        for one in group:
            for fingerprint in _identities(one.result):
                mark = (*key[:3], *fingerprint)
                known = first.setdefault(mark, key)
                if known is not key:
                    shared.setdefault(mark, {known}).add(key)
    for (tool, rule, path, name, value), keys in shared.items():
        tellers = Counter(
            number
            for key in keys
            for number in {one.part.number for one in by_key[key] if (name, value) in _identities(one.result)}
        )
        if max(tellers.values()) == 1:
            yield keys
        elif len(tellers) > 1:
            ledger.add(
                "shared fingerprint",
                f"{tool} {rule} in {path or 'no file'}: {name} {value}",
                kept="each result by its place and message",
                overridden="a fingerprint that several results of one file share",
                evidence=_ids(tellers),
            )


def _identities(result: Result) -> list[tuple[str, str]]:
    """List the fingerprints that tell a result: each whole one, and those that are only parts together.

    A part alone may be no more than the column in which a result begins.
    """
    if not result.fingerprints:
        return []
    parts = sorted(each for each in result.fingerprints.items() if each[0].startswith(_PARTIAL))
    whole = [each for each in result.fingerprints.items() if not each[0].startswith(_PARTIAL)]
    return [*whole, (_PARTIAL, repr(dict(parts)))] if parts else whole


def _ids(numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"E{number + 1}" for number in sorted(numbers))


def _order(one: Told) -> tuple[int, bool, int, Key]:
    key = one.key
    return (_STATES.index(state_of(one.result)), one.result.rule != key[1], one.part.number, key)


def _finding(key: Key, group: Sequence[Told], ledger: Ledger) -> JoinedFinding:
    """Make one finding of its results: an open one before a suppressed one, the worst severity."""
    if len(group) == 1:
        return _told_as(key, group[0], group[0], group)
    ordered = sorted(group, key=_order)
    worst = min(ordered, key=lambda one: _SEVERITIES.index(one.result.severity))
    finding = _told_as(key, ordered[0], worst, ordered)
    _note(finding, ordered, ledger)
    return finding


def _told_as(key: Key, best: Told, worst: Told, group: Sequence[Told]) -> JoinedFinding:
    result = best.result
    alone = len(group) == 1
    prints = result.fingerprints
    first = min(prints, key=lambda name: (name.startswith(_PARTIAL), name), default="")
    return JoinedFinding(
        id=sha256(repr(key).encode()).hexdigest()[:12],
        rule=result.rule,
        tools=(result.tool,),
        severity=worst.result.severity,
        level=worst.result.level,
        path=best.path,
        line=result.line,
        message=result.message,
        fingerprint=f"{first}:{prints[first]}" if prints else "",
        state=state_of(result),
        evidence=best.part.evidence if alone else _ids({one.part.number for one in group}),
        end_line=result.end_line,
        column=result.column,
        symbol=result.symbol,
        baseline=result.baseline,
        results=len(group),
        snippet=result.snippet,
        fix=result.fix,
    )


def _note(finding: JoinedFinding, ordered: Sequence[Told], ledger: Ledger) -> None:
    """Write down what gave way: equal results, other places, suppressions, milder severities."""
    subject = f"{finding.rule or finding.tools[0]} at {finding.path or 'no file'}:{finding.line}"
    states = sorted({state_of(one.result) for one in ordered} - {finding.state})
    milder = sorted({one.result.severity for one in ordered} - {finding.severity})
    elsewhere = sorted({one.result.line for one in ordered} - {finding.line})
    rows = [("equal finding", "one finding", f"{len(ordered):,} equal results")]
    if states:
        rows.append(("finding state", finding.state, ", ".join(states)))
    if milder:
        rows.append(("severity", finding.severity, ", ".join(milder)))
    if elsewhere:
        places = ", ".join(f"line {line}" for line in elsewhere)
        rows.append(("moved finding", f"line {finding.line}", f"{places}, of one fingerprint"))
    for kind, stands, gave_way in rows:
        ledger.add(kind, subject, kept=stands, overridden=gave_way, evidence=finding.evidence)


def _rules(scanned: Iterable[Part]) -> dict[str, Rule]:
    """Collect what tools tell of their rules; of several, the one that tells most."""
    found: dict[str, Rule] = {}
    for part in scanned:
        for name, rule in part.facts.findings.rules.items() if part.facts.findings else ():
            known = found.get(name)
            if known is None or _told(rule) > _told(known):
                found[name] = rule
    return dict(sorted(found.items()))


def _told(rule: Rule) -> tuple[int, str]:
    texts = (rule.name, rule.summary, rule.help, rule.help_uri)
    return (sum(map(bool, texts)), repr(rule))


def _digests(scanned: Iterable[Part], names: Mapping[int, Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """Collect what tools tell of the bytes that they looked at; scans may have seen different ones."""
    found: dict[str, set[str]] = {}
    for part in scanned:
        named = names[part.number]
        for path, digest in part.facts.findings.digests.items() if part.facts.findings else ():
            found.setdefault(named.get(path, path), set()).add(digest)
    return {path: tuple(sorted(found[path])) for path in sorted(found)}


def _examined(
    scanned: Iterable[Part], names: Mapping[int, Mapping[str, str]], choice: Choice
) -> tuple[str, ...] | None:
    looked_at: set[str] = set()
    known = False
    for part in scanned:
        examined = part.facts.findings.examined if part.facts.findings else None
        if examined is not None:
            known = True
            looked_at.update(names[part.number][path] for path in examined if path)
    return tuple(path for path in sorted(looked_at) if choice.keeps(path)) if known else None
