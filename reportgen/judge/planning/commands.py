"""The command that shows that a step is done: the configured one, else what the producer's tool takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from shlex import join, quote

from reportgen.judge.planning.runners import RUNNERS, files_of, selectors
from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.model.guidance import placeholders

MOST = 20
"""How many tests or files a command names; for more it names the files of the tests, or the folder."""
_LONGEST = 2_000
_BRACES = re.compile(r"\{([^{}]*)\}")
_RULE = re.compile(r"[A-Za-z][\w./@-]{0,80}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200b-\u200f]")

_LINTERS: Mapping[str, Callable[[str, Sequence[str]], list[str]]] = {
    "ruff": lambda rule, paths: ["ruff", "check", *(("--select", rule) if rule else ()), *paths],
    "pylint": lambda rule, paths: ["pylint", "--disable=all", f"--enable={rule or 'all'}", *paths],
    "flake8": lambda rule, paths: ["flake8", *(("--select", rule) if rule else ()), *paths],
    "mypy": lambda _rule, paths: ["mypy", *paths],
    "bandit": lambda rule, paths: ["bandit", "-r", *(("-t", rule) if rule else ()), *paths],
    # With its own options, which `--rule` would take from it.
    "eslint": lambda _rule, paths: ["npx", "eslint", *paths],
}


def command_of_tests(producer: str, cases: Sequence[JoinedCase], verify: Mapping[str, str]) -> str:
    """Return the command that runs just these tests; empty where none can be told for sure."""
    template = verify.get(producer.lower()) or verify.get("tests") or ""
    names = selectors(producer, cases) or []
    files = files_of(cases)
    many = len(names) > MOST
    if template:
        shown = files if many or not names else names
        return _filled(template, {"tests": shown, "paths": files, "rule": []})
    runner = RUNNERS.get(producer)
    if runner is None or not names:
        return ""
    if many and producer == "pytest" and 0 < len(files) <= MOST:
        return _bounded(join(["pytest", *files]))
    return "" if many else _bounded(runner.command(names))


def command_of_findings(findings: Sequence[JoinedFinding], verify: Mapping[str, str]) -> str:
    """Return the command that looks for the findings of one rule again; empty where none is known."""
    tools = {each.tools[0] if each.tools else "" for each in findings}
    rules = {each.rule for each in findings}
    paths = list(dict.fromkeys(each.path for each in findings if each.path))
    if len(tools) != 1 or len(rules) != 1 or any(map(_is_odd, paths)):
        return ""
    tool, rule = tools.pop(), rules.pop()
    if rule and not _RULE.fullmatch(rule):
        return ""
    shown = ["."] if len(paths) > MOST or not paths else [_no_option(path) for path in paths]
    template = verify.get(tool) or verify.get("findings") or ""
    if template:
        return _filled(template, {"tests": [], "paths": shown, "rule": [rule] if rule else []})
    linter = _LINTERS.get(tool)
    named = rule if any(letter.isdigit() for letter in rule) or tool == "pylint" else ""
    return _bounded(join(linter(named, shown))) if linter else ""


def command_of_reading(paths: Sequence[str]) -> str:
    """Return the command that reads artifacts again; empty for members of archives, and for very many."""
    if not paths or len(paths) > MOST or any(_is_odd(path) or "!/" in path for path in paths):
        return ""
    return _bounded(join(["reportgen", "inspect", *map(_no_option, paths)]))


def _is_odd(path: str) -> bool:
    return _CONTROL.search(path) is not None


def _no_option(path: str) -> str:
    return f"./{path}" if path.startswith("-") else path


def _filled(template: str, words: Mapping[str, Sequence[str]]) -> str:
    """Put quoted words into a command; empty where it asks for what is not known."""
    if any(not words.get(name) or len(words[name]) > MOST for name in placeholders(template)):
        return ""
    return _bounded(_BRACES.sub(lambda found: " ".join(map(quote, words[found[1]])), template))


def _bounded(command: str) -> str:
    return command if len(command) <= _LONGEST else ""
