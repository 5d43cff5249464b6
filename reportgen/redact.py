"""Takes what looks like a secret out of an Audit, before anything is printed.

Evidence quotes what programs said, and programs say their passwords. The patterns below are those of
well-known token formats (each is documented by its issuer, with a fixed prefix or shape), of passwords in
URLs (RFC 3986, 3.2.1), and of assignments to names that mean a secret.

What programs said is cleaned before it is judged (a title cuts a message short, and half a password is
still one), the audit when it is made: names and ids are needed whole for joining and comparing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from functools import cache
from itertools import count
from typing import TypeVar, cast

from msgspec import Struct, structs

from reportgen.errors import ConfigError
from reportgen.model.audit import Audit
from reportgen.model.evidence import Evidence, JoinedCase, JoinedFinding

MARK = "[redacted]"

_KEY = (
    r"pass(?:word|wd|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|auth"
)
_PATTERNS: tuple[str, ...] = (
    r"\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b",  # AWS access key id
    r"\bgh[pousr]_[A-Za-z0-9]{30,}\b|\bgithub_pat_[A-Za-z0-9_]{30,}\b",
    r"\bglpat-[A-Za-z0-9_-]{20,}",
    r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}",  # Slack
    r"\bAIza[0-9A-Za-z_-]{35}",  # Google API key
    r"\b[sr]k_(?:live|test)_[0-9A-Za-z]{16,}",  # Stripe
    r"\bsk-(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{32,}",
    r"\bnpm_[A-Za-z0-9]{36}\b|\bpypi-[A-Za-z0-9_-]{50,}|\bhf_[A-Za-z0-9]{30,}\b",
    r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*",  # JSON Web Token, RFC 7519
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?:.*?-----END [A-Z ]*PRIVATE KEY-----|.*)",
    r"(?:(?<=://)|(?<=[a-z]{3}:/))[^\s/:@?#]*:[^\s/@]+(?=@)",  # user:password in a URL, or a path made of one
    r"(?i)(?<=\bBearer )[A-Za-z0-9._~+/-]{12,}=*",
    r"(?i)(?<=AccountKey=)[A-Za-z0-9+/]{20,}=*",
)
# A name that means a secret, then `=` or `:`, then a value long enough to be one and that is no mere word
# of a sentence or of code: it holds a digit or a sign, or it is quoted.
_ASSIGNED = re.compile(
    rf"""(?ix) (?: {_KEY} ) ["']? \s* (?: = (?!=) | : (?!:) ) \s*
    (?P<value> "[^"\s]{{6,}}" | '[^'\s]{{6,}}'
             | (?= [^\s,;&]* [0-9!$%^*+/] ) [^\s,;&"'(){{}}\[\]<>]{{6,}} )"""
)
# Cheap: a text that holds none of these, in lower case, holds no secret that the patterns above know.
_HINTS = (
    *("akia", "asia", "abia", "acca", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox"),
    *("aiza", "k_live_", "k_test_", "sk-", "npm_", "pypi-", "hf_", "eyj", "private key", ":/", "bearer "),
    "accountkey=",
)
_WORDS = ("pass", "pwd", "secret", "token", "key", "credential", "auth")
_ASSIGNS = re.compile(rf"(?:{_KEY})[\"']?\s*(?:=(?!=)|:(?!:))")
_BATCH = 500

T = TypeVar("T")
Scrub = Callable[[str], str]


class Redactor:
    """Replaces secrets by `[redacted]` and counts them. `extra` are further regular expressions."""

    def __init__(self, extra: Sequence[str] = ()) -> None:
        for pattern in extra:
            check_pattern(pattern)
        inlined = [f"(?:{_inline(pattern)})" for pattern in extra]
        self._extra = re.compile("|".join(inlined), re.DOTALL) if inlined else None
        self._tokens = re.compile(
            "|".join([*(f"(?:{_inline(own)})" for own in _PATTERNS), *inlined]), re.DOTALL
        )
        self._found: set[str] = set()

    @property
    def count(self) -> int:
        """How many different secrets were found; each may have stood in many places."""
        return len(self._found)

    def may_hold(self, texts: Collection[str]) -> bool:
        """Tell quickly whether any of `texts` could hold a secret at all."""
        lower = "\n".join(texts).lower()
        return (
            any(hint in lower for hint in _HINTS)
            or (any(word in lower for word in _WORDS) and _ASSIGNS.search(lower) is not None)
            or (self._extra is not None and any(map(self._extra.search, texts)))
        )

    def scrub(self, text: str) -> str:
        """Return `text` with each secret replaced."""
        if not self.may_hold((text,)):
            return text
        return _ASSIGNED.sub(self._replace_value, self._tokens.sub(self._replace_token, text))

    def clean(self, value: T) -> T:
        """Return `value`, a record or a tuple of texts, without secrets; the very same where it has none."""
        return _clean(value, self.scrub)

    def _replace_token(self, match: re.Match[str]) -> str:
        self._found.add(match[0])
        return MARK

    def _replace_value(self, match: re.Match[str]) -> str:
        if MARK in match["value"]:
            return match[0]
        self._found.add(match["value"])
        start, end = match.start("value") - match.start(), match.end("value") - match.start()
        return match[0][:start] + MARK + match[0][end:]


def check_pattern(pattern: str) -> None:
    """Raise `ConfigError` where `pattern` is no regular expression, or matches nothing at all."""
    try:
        compiled = re.compile(_inline(pattern))
    except re.error as error:
        raise ConfigError(
            f"the secret pattern {pattern!r} is not a regular expression: {error}", "Mend it under `secrets`."
        ) from error
    if compiled.search(""):
        raise ConfigError(
            f"the secret pattern {pattern!r} matches the empty text", "Write one that needs some characters."
        )


def _inline(pattern: str) -> str:
    """Confine a leading `(?i)` to its own pattern, so that it can stand beside others."""
    return f"(?i:{pattern.removeprefix('(?i)')})" if pattern.startswith("(?i)") else pattern


def redact_told(evidence: Evidence, redactor: Redactor) -> Evidence:
    """Return the evidence without secrets in what programs said: messages, tracebacks, texts of rules."""
    scrub = cache(redactor.scrub)
    findings = evidence.findings
    if findings is not None:
        rules = {name: _clean(rule, scrub) for name, rule in findings.rules.items()}
        findings = structs.replace(findings, rules=rules)
    return structs.replace(
        evidence,
        cases=_clean_each(evidence.cases, _texts_said, redactor, lambda case: _said(case, scrub)),
        suite_errors=tuple(
            structs.replace(error, message=scrub(error.message), text=scrub(error.text))
            for error in evidence.suite_errors
        ),
        findings=findings,
    )


def redact(audit: Audit, redactor: Redactor | None = None) -> tuple[Audit, int]:
    """Return the audit without secrets, and how many different ones were taken out with this redactor.

    Every text is looked at, ids among them; equal texts stay equal, so that references still resolve, and
    ids of tests stay unique.
    """
    redactor = redactor or Redactor()
    scrub: Scrub = cache(redactor.scrub)
    tests, findings = audit.tests, audit.findings
    cases = () if tests is None else tests.cases
    cleaned = _clean_each(cases, _texts, redactor, lambda case: _clean(case, scrub))
    items = () if findings is None else findings.items
    items = _clean_each(items, _texts_of_finding, redactor, lambda item: _clean(item, scrub))
    scrub = _with_ids({one.id: other.id for one, other in zip(cases, cleaned, strict=True)}, scrub)
    cleaned = tuple(
        other if other is one else structs.replace(other, id=scrub(one.id))
        for one, other in zip(cases, cleaned, strict=True)
    )
    # The long lists are taken out while the rest is cleaned record by record.
    rest = structs.replace(
        audit,
        tests=None if tests is None else structs.replace(tests, cases=()),
        findings=None if findings is None else structs.replace(findings, items=()),
    )
    rest = _clean(rest, scrub)
    if rest.tests is not None:
        rest = structs.replace(rest, tests=structs.replace(rest.tests, cases=cleaned))
    if rest.findings is not None:
        rest = structs.replace(rest, findings=structs.replace(rest.findings, items=items))
    return rest, redactor.count


def _with_ids(ids: Mapping[str, str], scrub: Scrub) -> Scrub:
    """Add numbers to ids that became equal; where an id is referred to, it is the same one."""
    changed = {old: new for old, new in ids.items() if old != new}
    if not changed:
        return scrub
    taken = set(ids.values()) - set(changed.values())
    for old, new in changed.items():
        changed[old] = _not_among(taken, new)
        taken.add(changed[old])
    return lambda text: changed.get(text) or scrub(text)


def _not_among(taken: Container[str], name: str) -> str:
    """Return the name, with the first free number where it is taken."""
    numbered = (f"{name} ({number})" for number in count(2))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def _clean_each(
    items: tuple[T, ...],
    texts: Callable[[T], Iterator[str]],
    redactor: Redactor,
    cleaned: Callable[[T], T],
) -> tuple[T, ...]:
    """Clean a hundred thousand records without taking each apart: most hold no hint of a secret."""
    result: list[T] = []
    for batch in (items[start : start + _BATCH] for start in range(0, len(items), _BATCH)):
        if redactor.may_hold({text for item in batch for text in texts(item)}):
            result += (cleaned(item) if redactor.may_hold(set(texts(item))) else item for item in batch)
        else:
            result += batch
    return tuple(result)


def _texts_said(case: JoinedCase) -> Iterator[str]:
    if case.type or case.message or len(case.attempts) > 1 or case.attempts[0].text:
        yield from (case.message, case.type)
        for attempt in case.attempts:
            yield from (attempt.type, attempt.message, attempt.text)


def _texts_of_finding(item: JoinedFinding) -> Iterator[str]:
    yield from (item.id, item.rule, item.level, item.path, item.message, item.fingerprint, item.state)
    yield from (item.symbol, item.baseline, item.snippet)
    yield from item.tools
    yield from item.evidence


def _texts(case: JoinedCase) -> Iterator[str]:
    yield from (case.id, case.layer, case.environment, case.suite, case.classname, case.name)
    yield from (case.message, case.type, case.file)
    for attempt in case.attempts:
        yield from (attempt.type, attempt.message, attempt.text, attempt.timestamp)
    for pair in case.properties:
        yield from pair


def _said(case: JoinedCase, scrub: Scrub) -> JoinedCase:
    return structs.replace(
        case, type=scrub(case.type), message=scrub(case.message), attempts=_clean(case.attempts, scrub)
    )


def _clean(value: T, scrub: Scrub) -> T:
    """Return `value` with every text in it cleaned; the very same object where nothing changed."""
    return cast(T, _cleaned(value, scrub))


def _cleaned(value: object, scrub: Scrub) -> object:
    if isinstance(value, str):
        return scrub(value) if type(value) is str else value
    if isinstance(value, tuple):
        items = [_cleaned(item, scrub) for item in value]
        return value if all(map(_same, items, value)) else tuple(items)
    if isinstance(value, Mapping):
        return _cleaned_keys(value, scrub)
    if isinstance(value, Struct):
        changed = {
            name: cleaned
            for name in value.__struct_fields__
            if (cleaned := _cleaned(old := getattr(value, name), scrub)) is not old
        }
        return structs.replace(value, **changed) if changed else value
    return value


def _cleaned_keys(value: Mapping[object, object], scrub: Scrub) -> dict[object, object]:
    """Clean keys and values; keys that become equal are numbered, so that no count is lost."""
    result: dict[object, object] = {}
    for key, item in value.items():
        clean = _cleaned(key, scrub)
        if isinstance(clean, str) and clean in result:
            clean = _not_among(cast("Container[str]", result), clean)
        result[clean] = _cleaned(item, scrub)
    return result


def _same(one: object, other: object) -> bool:
    return one is other
