"""What belongs to the project besides code: texts, versions, templates, and nothing of any machine."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import reportgen
from reportgen.render.profiles import list_profiles
from reportgen.render.views.table import VIEWS
from tests.house.modules import PACKAGE, ROOT

TEMPLATES = ROOT / "templates"
LEFT_OUT = {"__pycache__", "out", "dist", "build", "node_modules"}
SECTION = "markdown/sections/{}.md.j2"


def project() -> dict[str, Any]:
    loaded = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(loaded["project"])


def texts() -> Iterator[tuple[str, str]]:
    """Yield (path, text) of every file of the project that is text; not what is made from it."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = parts[0].startswith(".") and parts[0] not in {".ci", ".gitignore"}
        if hidden or not path.is_file() or LEFT_OUT & set(parts[:-1]):
            continue
        data = path.read_bytes()
        if b"\0" not in data[:8192]:
            yield path.relative_to(ROOT).as_posix(), data.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("LICENSE", "Apache License"),
        ("README.md", "reportgen build"),
        ("CHANGELOG.md", "## "),
        ("Makefile", "demo:"),
        (".ci/run", "make test"),
        ("requirements.lock", "lxml=="),
        ("reportgen/py.typed", ""),
    ],
)
def test_what_a_project_has_is_there(name: str, says: str) -> None:
    assert says in (ROOT / name).read_text(encoding="utf-8")


def test_the_version_is_one() -> None:
    assert project()["version"] == reportgen.__version__
    assert reportgen.__version__ in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8") or (
        "Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    )


def test_each_dependency_is_locked_and_used() -> None:
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    for wish in project()["dependencies"]:
        name = re.split(r"[<>=~!\[ ;]", wish)[0].lower()
        assert f"\n{name}==" in f"\n{locked}", f"{name} is not locked"
        imported = name.replace("-", "_").removesuffix("_py")
        assert re.search(rf"^\s*(?:import|from) {imported}\b", code, re.MULTILINE), f"{name} is not used"


def test_no_text_names_a_path_of_a_machine() -> None:
    folders = "work|root|workspace"
    machine = re.compile(
        rf"(?<![\w.~$}}/-])/(?:{folders})/(?=\w)|{re.escape(str(ROOT))}\b|{re.escape(str(Path.home()))}/"
    )
    ours = ((path, text) for path, text in texts() if not path.startswith(("samples/", "tests/formats/")))
    wrong = [
        f"{path}:{text.count(chr(10), 0, found.start()) + 1} {found[0]}"
        for path, text in ours
        for found in machine.finditer(text)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_text_names_the_host_of_a_package_registry() -> None:
    host = re.compile(r"\b(?:pypi\.(?:org|python)|" + "pythonhosted|index" + r"-url|extra-index)\b")
    wrong = [
        f"{path} {found[0]}"
        for path, text in texts()
        if not path.startswith(("samples/", "tests/")) and path != "Makefile"
        for found in host.finditer(text)
    ]
    assert not wrong, "\n".join(wrong)


def template_names() -> set[str]:
    return {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()}


def sections() -> set[str]:
    """Return the templates that some profile prints, and those of the sections that a view is made for."""
    profiles = list_profiles()
    assert profiles
    names = {name for profile in profiles for name in profile.names}
    return {SECTION.format(name) for name in names | set(VIEWS)}


def test_each_section_of_a_profile_has_its_template() -> None:
    assert sections() - template_names() == set()


def test_each_template_can_be_reached() -> None:
    """From the code, from a profile, or from another template that can be reached."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "render").rglob("*.py"))
    reached = {name for name in template_names() if f'"{name}"' in code or name.startswith("profiles/")}
    waiting = sections() | reached
    while waiting:
        reached |= waiting
        text = "\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in waiting)
        waiting = {name for name in template_names() - reached if f'"{name}"' in text}
    assert template_names() - reached == set()


def imported_by(*arguments: str) -> set[str]:
    """Return the names of all modules that a fresh Python imports."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    rows = (row.rsplit("|", 1) for row in run.stderr.splitlines() if row.startswith("import time:"))
    return {name.strip() for _, name in rows}


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (
            ["-c", "import reportgen"],
            {"lxml", "jinja2", "click", "rich", "msgspec", "markdown_it", "junitparser"},
        ),
        (
            ["-m", "reportgen", "--version"],
            {"lxml", "jinja2", "rich", "markdown_it", "junitparser", "sqlite3"},
        ),
    ],
)
def test_what_is_not_needed_is_not_imported(arguments: list[str], heavy: set[str]) -> None:
    names = imported_by(*arguments)
    assert "reportgen" in names
    assert {name.partition(".")[0] for name in names} & heavy == set()
