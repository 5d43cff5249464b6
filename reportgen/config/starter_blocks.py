"""The parts of a first configuration that follow from the project's own folders, owners and requirements."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from reportgen.config.tables.subjects import PROPERTIES
from reportgen.model.facts import Facts

_MOST = 3
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_EXAMPLE = """\
# [subjects.payments]
# title = "Payments"
# kind = "component"  # or "risk"
# owner = "payments team"
# criticality = "critical"
# value = "$500K ARR"
# paths = ["src/payments/**"]
# tests = [{path = "tests/payments/**"}, {class = "*Payment*"}, {property = {component = "payments"}}]"""
_REQUIREMENTS = """\
# [requirements]
# files = ["requirements.csv"]  # id,title,owner,criticality,value,paths,tests
# properties = ["requirement"]"""
_ITEM = """\
# [[requirements.items]]
# id = "REQ-NEW"
# title = "A payment is taken once"
# tests = ["test_payment_is_taken_once"]"""

SIGNING = """\
# Matrix: where every subject wants tests that pass.
# [matrix]
# layers = ["unit", "e2e"]

# Checklist: what has to be looked at besides what ships, by a condition or by a person. What people answer
# and decide stands in signoff.toml, beside this file: [[answers]] have item, state, by, date and revision,
# approvals have role, name, decision, date and revision. It counts for that revision and no other.
# [[checklist]]
# id = "no-skipped-unit-test"
# text = "No unit test is skipped"
# condition = "layers.unit.tests.skipped == 0"
# [[checklist]]
# id = "upgrade-tried"
# text = "The upgrade was tried on a copy of the data"
# who = "the release manager"
# [gates.approved]  # with approvals = ["lead"], above
# pass = "approvals.approved == approvals.asked and checklist.manual_not_done == 0"

# Waivers: what is accepted for a while; the report and `reportgen explain` print fingerprints and content.
# [[waivers]]
# id = "W-1"
# rule = "S105"
# path = "src/payments/keys.py"
# content = "155e1af0b5232345"
# reason = "A name, no password"
# owner = "ana"
# approver = "ben"
# created = 2026-01-15
# expires = 2026-04-15"""


def source_folders(facts: Iterable[Facts]) -> tuple[str, ...]:
    """Name the folders of sources that coverage lists, `src/payments`, those with the most files first."""
    found: Counter[str] = Counter()
    for each in facts:
        for file in each.coverage.files if each.coverage is not None else ():
            pure = PurePosixPath(file.path.replace("\\", "/"))
            names = pure.parent.parts
            if names and not pure.is_absolute() and ".." not in names and not set("*?[]") & set(file.path):
                found["/".join(names[:2])] += 1
    inner = [folder for folder in found if "/" in folder] or list(found)
    return tuple(sorted(inner, key=lambda folder: (-found[folder], folder))[:_MOST])


def subject_blocks(folders: Sequence[str], owners: Mapping[str, str]) -> Iterator[str]:
    """Show how components are stated, by the project's own folders where there are any."""
    if not folders:
        yield _EXAMPLE
    for number, folder in enumerate(folders):
        name = folder.rpartition("/")[2]
        yield f"# [subjects.{name if _BARE.fullmatch(name) else _text(name)}]"
        yield f"# paths = [{_text(f'{folder}/**')}]"
        if owners.get(folder):
            yield f"# owner = {_text(owners[folder])}"
        if not number:
            yield '# criticality = "critical"  # high, medium, low'
            yield '# value = "$500K ARR"  # what hangs on it'
            path, word = _text(f"tests/{name}/**"), _text(f"*{name.capitalize()}*")
            yield f"# tests = [{{path = {path}}}, {{class = {word}}}]  # else those that run its code"


def requirement_blocks(files: Sequence[str], facts: Iterable[Facts]) -> Iterator[str]:
    """State the files of requirements that are there, and the properties by which tests name them."""
    named = _properties(facts)
    if not files and not named:
        yield _REQUIREMENTS
    else:
        yield "[requirements]"
        yield f"files = [{', '.join(map(_text, files))}]" if files else '# files = ["requirements.csv"]'
        mark = "" if named else "# "
        yield f"{mark}properties = [{', '.join(map(_text, named or ('requirement',)))}]"
    yield _ITEM


def _properties(facts: Iterable[Facts]) -> list[str]:
    """Name the properties that tests carry, of those that stand for requirements."""
    told = {
        name
        for each in facts
        for suite in (each.tests.suites if each.tests is not None else ())
        for case in suite.cases
        for name, _ in case.properties
    }
    return [name for name in PROPERTIES if name in told]


def _text(value: str) -> str:
    return json.dumps(value.encode("utf-8", "replace").decode(), ensure_ascii=False).replace(
        "\x7f", "\\u007f"
    )
