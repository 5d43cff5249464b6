"""Takes what looks like a secret out of an Audit, before anything is printed.

Evidence quotes what programs said, and programs say their passwords. The patterns below are those of
well-known token formats (each is documented by its issuer, with a fixed prefix or shape), of passwords in
URLs (RFC 3986, 3.2.1), and of assignments to names that mean a secret.

What programs said is cleaned before it is judged (a title cuts a message short, and half a password is
still one), the audit when it is made: names and ids are needed whole for joining and comparing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Mapping, Sequence
from functools import cache
from itertools import count
from typing import TypeVar, cast

from msgspec import Struct, structs

from reportgen.errors import ConfigError
from reportgen.model.audit import Audit
from reportgen.model.evidence import Evidence, JoinedCase
from reportgen.model.record_texts import pieces_of, texts_in, texts_of_cases, texts_of_findings, texts_said
from reportgen.model.secret_texts import PRIVATE_KEY

MARK = "[redacted]"

_KEY = (
    r"pass(?:word|wd|phrase)?|pwd|secret(?:[_-]?key)?|token|credentials?|auth(?:orization)?"
    r"|(?:api|access|private|encryption|signing)[_-]?key"
)
_PATTERNS: tuple[str, ...] = (
    r"\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b",  # AWS access key id
    r"\bgh[pousr]_[A-Za-z0-9]{30,}\b|\bgithub_pat_[A-Za-z0-9_]{30,}\b",
    r"\bgl(?:pat|dt|rt|ptt|ft|cbt)-[A-Za-z0-9_-]{20,}",  # GitLab
    r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\bxapp-[0-9]-[A-Za-z0-9-]{10,}",  # Slack
    r"(?<=hooks\.slack\.com/services/)[A-Za-z0-9/]{20,}",
    r"\bAIza[0-9A-Za-z_-]{35}",  # Google API key
    r"\b[sr]k_(?:live|test)_[0-9A-Za-z]{16,}|\bwhsec_[0-9A-Za-z+/]{20,}",  # Stripe
    r"\bya29\.[A-Za-z0-9_-]{20,}|\bhvs\.[A-Za-z0-9_-]{20,}",  # Google OAuth, Vault
    r"\bdop_v1_[0-9a-f]{40,}|\bdckr_pat_[A-Za-z0-9_-]{20,}",  # DigitalOcean, Docker Hub
    r"\bsk-(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{32,}",
    r"\bnpm_[A-Za-z0-9]{36}\b|\bpypi-[A-Za-z0-9_-]{50,}|\bhf_[A-Za-z0-9]{30,}\b",
    r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*",  # JSON Web Token, RFC 7519
    PRIVATE_KEY,
    r"(?:(?<=://)|(?<=[a-z]{3}:/))[^\s/:@?#]*:[^\s/@]+(?=@)",  # user:password in a URL, or a path made of one
    r"(?i)(?<=\bBearer )[A-Za-z0-9._~+/-]{12,}=*",
    r"(?i)(?<=\bBasic )(?=[A-Za-z+/]*[0-9=])[A-Za-z0-9+/]{12,}={0,2}",  # RFC 7617
    r"(?i)(?<=AccountKey=)[A-Za-z0-9+/]{20,}=*",
)
# A name that means a secret, then `=` or `:`, then a value long enough to be one and that is no mere word
# of a sentence or of code: it holds a digit or a sign, or it is quoted.
_ASSIGNED = re.compile(
    rf"""(?ix) (?: {_KEY} ) ["']? \s* (?: :?= (?!=) | : (?![:=]) ) \s*
    (?P<value> "[^"\s]{{6,}}" | '[^'\s]{{6,}}'
             | (?= [^\s,;&]* [0-9!$%^*+/] ) [^\s,;&"'(){{}}\[\]<>]{{6,}} )"""
)
# Cheap: a text that holds none of these, in lower case, holds no secret that the patterns above know.
# Those of a row hold its key, so that most are never asked for.
_HINTS: Mapping[str, tuple[str, ...]] = {
    "ia": ("akia", "asia", "abia"),
    "gh": ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
    "k_": ("k_live_", "k_test_"),
    "-": ("sk-", "pypi-", "xapp-"),
    "gl": ("glpat-", "gldt-", "glrt-", "glptt-", "glft-", "glcbt-"),
    "key": ("private key", "accountkey="),
    "npm_": ("npm_",),
    "hf_": ("hf_",),
    "x": ("xox",),
    "z": ("aiza",),
    "j": ("eyj",),
    "_pat_": ("github_pat_", "dckr_pat_"),
    "": ("acca", ":/", "bearer ", "basic ", "whsec_", "dop_v1_", "ya29.", "hvs.", "hooks.slack.com"),
}
_WORDS = ("pass", "pwd", "secret", "token", "key", "credential", "auth")
_ASSIGNS = re.compile(rf"(?:{_KEY})[\"']?\s*(?::?=(?!=)|:(?![:=]))")
_BATCH = 500
_PART = 25  # of a batch that may hold one, so that few are looked through one by one
_OVERLAP = max(len(each) for hints in (*_HINTS.values(), _WORDS) for each in hints) - 1
_LONG = 400  # characters of a text that is worth remembering
_FEW = 40  # texts of all kinds: some link stands in any batch that is larger

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
        self._innocent: set[str] = set()

    @property
    def count(self) -> int:
        """How many different secrets were found; each may have stood in many places."""
        return len(self._found)

    def may_hold(self, texts: Collection[str]) -> bool:
        """Tell quickly whether any of `texts` could hold a secret; a long one is looked through once."""
        unknown = self._unknown(texts)
        lower = "\n".join(unknown).lower()
        if (
            _is_hinted(lower)
            or (any(word in lower for word in _WORDS) and _ASSIGNS.search(lower) is not None)
            or (self._extra is not None and any(map(self._extra.search, unknown)))
        ):
            return True
        self._innocent.update(text for text in unknown if len(text) >= _LONG)
        return False

    def is_hinted(self, pieces: Collection[str]) -> bool:
        """Tell whether a hint stands in texts, or may; `pieces` overlap by `_OVERLAP`."""
        lower = "\n".join(self._unknown(pieces)).lower()
        return self._extra is not None or _is_hinted(lower) or any(word in lower for word in _WORDS)

    def _unknown(self, texts: Collection[str]) -> list[str]:
        return [text for text in texts if len(text) < _LONG or text not in self._innocent]

    def suspects(self, texts: Collection[str]) -> set[str]:
        """Return those of `texts` that could hold a secret: of a hundred thousand a few."""
        every = list(texts)
        batches = (every[start : start + _FEW] for start in range(0, len(every), _FEW))
        return {text for batch in batches if self.may_hold(batch) for text in batch if self.may_hold((text,))}

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


def _is_hinted(lower: str) -> bool:
    return any(hint in lower for part, hints in _HINTS.items() if part in lower for hint in hints)


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
        cases=_clean_each(evidence.cases, texts_said, redactor, lambda case: _said(case, scrub)),
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
    scrub = cache(redactor.scrub)
    tests, findings = audit.tests, audit.findings
    cases = () if tests is None else tests.cases
    cleaned = _clean_each(cases, texts_of_cases, redactor, lambda case: _clean(case, scrub), _pieces)
    items = () if findings is None else findings.items
    items = _clean_each(items, texts_of_findings, redactor, lambda item: _clean(item, scrub))
    changed: Mapping[str, str] = {}
    if cleaned is not cases:
        changed = _changed_ids({one.id: other.id for one, other in zip(cases, cleaned, strict=True)})
        cleaned = tuple(
            other if other is one else structs.replace(other, id=changed.get(one.id, one.id))
            for one, other in zip(cases, cleaned, strict=True)
        )
    # The long lists are taken out while the rest is cleaned record by record.
    rest = structs.replace(
        audit,
        tests=None if tests is None else structs.replace(tests, cases=()),
        findings=None if findings is None else structs.replace(findings, items=()),
    )
    rest = _clean_fields(rest, redactor, scrub, changed)
    if rest.tests is not None:
        rest = structs.replace(rest, tests=structs.replace(rest.tests, cases=cleaned))
    if rest.findings is not None:
        rest = structs.replace(rest, findings=structs.replace(rest.findings, items=items))
    return rest, redactor.count


def _changed_ids(ids: Mapping[str, str]) -> dict[str, str]:
    """Return the ids that changed, with numbers where they became equal."""
    changed = {old: new for old, new in ids.items() if old != new}
    taken = set(ids.values()) - set(changed.values()) if changed else set()
    for old, new in changed.items():
        changed[old] = _not_among(taken, new)
        taken.add(changed[old])
    return changed


def _clean_fields(audit: Audit, redactor: Redactor, scrub: Scrub, ids: Mapping[str, str]) -> Audit:
    """Clean the fields that hold a text to be looked at; `ids` are those of tests that changed."""
    texts = {name: texts_in(getattr(audit, name)) for name in audit.__struct_fields__}
    touched = redactor.suspects(set().union(*texts.values())) | ids.keys()
    changes = {
        name: _cleaned(
            getattr(audit, name), lambda text: (ids.get(text) or scrub(text)) if text in touched else text
        )
        for name, held in texts.items()
        if not held.isdisjoint(touched)
    }
    return structs.replace(audit, **changes) if changes else audit


def _not_among(taken: Container[str], name: str) -> str:
    """Return the name, with the first free number where it is taken."""
    numbered = (f"{name} ({number})" for number in count(2))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def _clean_each(
    items: tuple[T, ...],
    texts: Callable[[Sequence[T]], set[str]],
    redactor: Redactor,
    cleaned: Callable[[T], T],
    pieces: Callable[[Sequence[T]], set[str]] | None = None,
) -> tuple[T, ...]:
    """Clean records without taking each apart, as most hold no hint; the same tuple where nothing changes."""
    result: list[T] = []
    for start in range(0, len(items), _BATCH):
        batch: Sequence[T] = items[start : start + _BATCH]
        hinted = pieces is None or redactor.is_hinted(pieces(batch))
        if hinted and redactor.may_hold(texts(batch)):
            for first in range(0, len(batch), _PART):
                part = batch[first : first + _PART]
                if redactor.may_hold(texts(part)):
                    part = [cleaned(item) if redactor.may_hold(texts((item,))) else item for item in part]
                result += part
        else:
            result += batch
    return items if all(map(_same, result, items)) else tuple(result)


def _pieces(cases: Sequence[JoinedCase]) -> set[str]:
    return pieces_of(cases, _OVERLAP)


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
