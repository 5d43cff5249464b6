"""The lines of code at the places of a report, and whether they are still those that were measured."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256

from msgspec import Struct, structs

from reportgen.model.audit import Audit
from reportgen.model.evidence import Evidence, JoinedFinding
from reportgen.model.excerpts import Excerpt
from reportgen.model.figures import plural
from reportgen.model.findings import Edit, Fix
from reportgen.model.secret_texts import PRIVATE_KEY
from reportgen.model.states import Severity

Read = Callable[[str], str | None]
"""Returns the text of a source, None where there is none that may be read."""

_PLACE = re.compile(r"(?P<path>.+):(?P<line>[1-9][0-9]{0,8})", re.DOTALL)
_RANGE = re.compile(r"\d+")
_LINE_END = re.compile(r"\r\n|\r|\n")  # as compilers count: a form feed ends no line
_LONGEST = 24
_WIDEST = 240
_MOST_FIXED = 200
_BATCH = 500
_KEY = re.compile(PRIVATE_KEY, re.DOTALL)
_GRAVE = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM)


class Sources:
    """Reads each source once, without what looks like a secret in it."""

    def __init__(self, read: Read, scrub: Callable[[str], str]) -> None:
        self._read = read
        self._scrub = scrub
        self._known: dict[str, list[str] | None] = {}
        self._digests: dict[str, frozenset[str]] = {}

    def lines(self, path: str) -> list[str] | None:
        """Return the lines of a source, None where it is not there."""
        if path not in self._known:
            text = self._read(path)
            self._digests[path] = frozenset() if text is None else _digests_of(text)
            self._known[path] = None if text is None else self._clean(text)
        return self._known[path]

    def digests(self, path: str) -> frozenset[str]:
        """Return what the SHA-256 of a source may be, with and without a byte order mark."""
        self.lines(path)
        return self._digests[path]

    def _clean(self, text: str) -> list[str] | None:
        """Take secrets out line by line, those over many lines too; None where that cannot be done."""
        bare = _KEY.sub(self._whole, text)
        lines = _LINE_END.split(self._scrub(bare))
        if len(lines) != len(_LINE_END.split(text)):
            return None
        return lines if lines[-1] else lines[:-1]

    def _whole(self, found: re.Match[str]) -> str:
        mark = self._scrub(found[0])
        return "\n".join([mark] * (1 + found[0].count("\n")))

    def clean_fixes(self, items: Sequence[JoinedFinding]) -> dict[str, Fix]:
        """Return id -> fix without secrets, of those that hold one."""
        proposed = [(item.id, item.fix) for item in items if item.fix is not None]
        found: dict[str, Fix] = {}
        for batch in (proposed[start : start + _BATCH] for start in range(0, len(proposed), _BATCH)):
            if self._holds([text for _, fix in batch for text in _texts(fix)]):
                found |= {id_: self._clean_fix(fix) for id_, fix in batch if self._holds(_texts(fix))}
        return found

    def _holds(self, texts: list[str]) -> bool:
        joined = "\n\n".join(texts)
        return self._scrub(joined) != joined

    def _clean_fix(self, fix: Fix) -> Fix:
        edits = tuple(
            structs.replace(each, text=self._scrub(each.text), before=self._scrub(each.before))
            for each in fix.edits
        )
        return Fix(self._scrub(fix.message), edits)


def _digests_of(text: str) -> frozenset[str]:
    data = text.encode()
    return frozenset(sha256(start + data).hexdigest() for start in (b"", BOM_UTF8))


def _texts(fix: Fix) -> list[str]:
    return [fix.message, *(text for each in fix.edits for text in (each.text, each.before))]


class _Wanted(Struct, frozen=True):
    path: str
    line: int


def excerpts_of(
    audit: Audit, evidence: Evidence, sources: Sources, *, around: int, most: int
) -> tuple[Excerpt, ...]:
    """Show the code of at most so many places: issues first, then causes, findings, lines that never ran."""
    marks: dict[str, list[int]] = defaultdict(list)
    seen: set[tuple[str, int]] = set()
    for each in _places(audit):
        if len(seen) >= most:
            break
        if (each.path, each.line) not in seen and sources.lines(each.path) is not None:
            seen.add((each.path, each.line))
            marks[each.path].append(each.line)
    changed = _Changed(audit, evidence, sources)
    return tuple(
        excerpt
        for path in sorted(marks)
        for excerpt in _excerpts(path, sorted(marks[path]), sources.lines(path) or [], changed, around)
    )


def _places(audit: Audit) -> Iterator[_Wanted]:
    named = [place for issue in audit.issues for place in issue.places[:3]]
    for cause in audit.tests.causes if audit.tests else ():
        named += [cause.place, *(f"{each.path}:{each.line}" for each in cause.suspects[:1])]
    for place in named:
        found = _PLACE.fullmatch(place)
        if found:
            yield _Wanted(found["path"], int(found["line"]))
    items = audit.findings.items if audit.findings else ()
    grave = [item for item in items if item.state == "open" and item.severity in _GRAVE]
    for item in sorted(grave, key=lambda each: (_GRAVE.index(each.severity), each.path, each.line, each.id)):
        if item.path and item.line:
            yield _Wanted(item.path, item.line)
    coverage = audit.coverage
    wanted = dict.fromkeys(coverage.gain) if coverage else {}
    for file in coverage.by_file if coverage else ():
        first = _RANGE.match(file.missing)
        if first and file.path in wanted:
            yield _Wanted(file.path, int(first.group()))


def _excerpts(
    path: str, marks: list[int], lines: list[str], changed: _Changed, around: int
) -> Iterator[Excerpt]:
    """Yield the marked lines and those around them; places near each other are one excerpt."""
    group: list[int] = []
    for mark in (*marks, 0):
        near = group and mark and mark - group[-1] <= 2 * around + 1 and mark - group[0] < _LONGEST
        if group and not near:
            yield _excerpt(path, group, lines, changed, around)
            group = []
        group.append(mark)


def _excerpt(path: str, marks: list[int], lines: list[str], changed: _Changed, around: int) -> Excerpt:
    first = max(1, marks[0] - around)
    shown = lines[first - 1 : marks[-1] + around]
    state, why = changed.state(path, marks, lines)
    return Excerpt(
        path=path,
        first=first,
        lines=tuple(line[:_WIDEST] + ("…" if len(line) > _WIDEST else "") for line in shown),
        marks=tuple(marks),
        changed=state,
        why=why,
    )


class _Changed:
    """Tells what shows that a file is no more what was measured: other code at a place, or too few lines."""

    def __init__(self, audit: Audit, evidence: Evidence, sources: Sources) -> None:
        self._sources = sources
        self._measured = evidence.findings.digests if evidence.findings else {}
        self._highest: dict[str, int] = {}
        for file in evidence.coverage.files if evidence.coverage else ():
            bits = max(file.executable or 0, file.covered)
            self._highest[file.path] = bits.bit_length() - 1
        self._quoted: dict[str, list[JoinedFinding]] = defaultdict(list)
        for item in audit.findings.items if audit.findings else ():
            if item.snippet.strip() and item.line and "[redacted]" not in item.snippet:
                self._quoted[item.path].append(item)

    def state(self, path: str, marks: Iterable[int], lines: list[str]) -> tuple[bool | None, str]:
        """Say whether a file has changed, and what shows it; None where nothing does."""
        why = self._why(path, marks, lines)
        if why:
            return True, why
        same = path in self._measured
        return (False, "its bytes are those that were examined") if same else (None, "")

    def _why(self, path: str, marks: Iterable[int], lines: list[str]) -> str:
        told = self._measured.get(path)
        if told and not self._sources.digests(path).intersection(told):
            return "its bytes are not those that were examined"
        last = max(self._highest.get(path, 0), *marks)
        if last > len(lines):
            return f"line {last:,} was measured, and the file has {plural(len(lines), 'line')}"
        for item in self._quoted.get(path, ()):
            if not quotes(item, lines):
                return f"line {item.line:,} is not what {item.tools[0] if item.tools else 'a tool'} quotes"
        return ""


def quotes(item: JoinedFinding, lines: list[str]) -> bool:
    """Tell whether a file still has the code that a finding quotes, at its place."""
    code = _folded("\n".join(lines[item.line - 1 : max(item.line, item.end_line)]))
    snippet = _folded(item.snippet)
    return snippet in code or code in snippet


def _folded(text: str) -> str:
    return " ".join(text.split())


def with_fixes(evidence: Evidence, sources: Sources) -> Evidence:
    """Add to the first fix of each rule the whole lines before and after it, as far as the sources are there.

    What looks like a secret is taken out of all fixes.
    """
    findings = evidence.findings
    if findings is None:
        return evidence
    done = sources.clean_fixes(findings.items)
    rules: set[str] = set()
    for item in findings.items:
        if item.fix is None or item.rule in rules or item.state != "open" or len(rules) >= _MOST_FIXED:
            continue
        lines = sources.lines(item.path) if item.path else None
        if lines is None or (item.snippet.strip() and not quotes(item, lines)):
            continue
        fix = done.get(item.id, item.fix)
        shown = applied(fix.edits, lines)
        if shown is not None:
            rules.add(item.rule)
            done[item.id] = structs.replace(fix, before=shown[0], after=shown[1])
    if not done:
        return evidence
    items = tuple(
        structs.replace(item, fix=done[item.id]) if item.id in done else item for item in findings.items
    )
    return structs.replace(evidence, findings=structs.replace(findings, items=items))


def applied(edits: tuple[Edit, ...], lines: list[str]) -> tuple[str, str] | None:
    """Return the lines that edits are about, before and after them; None where they do not fit the file.

    Columns count characters, so that lines with others than ASCII are left alone.
    """
    first = min((each.line for each in edits), default=0)
    last = max((each.end_line for each in edits), default=0)
    if not 0 < first <= last <= len(lines) + 1 or last - first >= _LONGEST:
        return None
    before = "\n".join(lines[first - 1 : last])
    starts = [0]
    for line in lines[first - 1 : last]:
        starts.append(starts[-1] + len(line) + 1)
    after, end = before, len(before) + 1
    for each in sorted(edits, key=lambda edit: (edit.line, edit.column), reverse=True):
        start = starts[each.line - first] + each.column - 1
        stop = starts[each.end_line - first] + (each.end_column or 1) - 1
        if not before.isascii() or not each.column or not 0 <= start <= stop <= end:
            return None
        after, end = after[:start] + each.text + after[stop:], start
    return _trimmed(before, after)


def _trimmed(before: str, after: str) -> tuple[str, str] | None:
    """Leave out the last lines that both have alike: an edit that ends at the start of one is before it."""
    if before == after:
        return None
    old, new = before.split("\n"), after.split("\n")
    while len(old) > 1 and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return "\n".join(old), "\n".join(new)
