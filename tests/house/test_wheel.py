"""What is shipped works where nothing of the checkout is: built, installed afresh, and run from `/`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.house.modules import ROOT

pytestmark = pytest.mark.slow
CLEAN = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV", "PIP_"))}


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed, and return what it prints."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=CLEAN, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, which is built from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    assert len(list(folder.glob("*.tar.gz"))) == 1
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment: our wheel, and the dependencies of the one that runs this."""
    folder = tmp_path_factory.mktemp("fresh")
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    fresh = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(
        *(sys.executable, "-m", "pip", "--python", fresh, "--disable-pip-version-check", "install"),
        *("--quiet", "--no-deps", "--no-index", wheel),
        cwd=folder,
    )
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(run(fresh, "-c", code, cwd=folder).strip())
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return fresh


def test_the_wheel_holds_the_package_and_its_templates_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    templates = {
        f"reportgen/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "templates").rglob("*.*")
    }
    assert templates <= names
    assert "reportgen/py.typed" in names
    assert all(name.startswith("reportgen/") for name in names)
    assert not [name for name in names if "__pycache__" in name]


def test_a_sample_is_rendered_from_the_root_folder_as_from_the_checkout(python: Path, tmp_path: Path) -> None:
    top = Path(tmp_path.anchor)
    shutil.copytree(ROOT / "samples" / "healthy", tmp_path / "healthy")
    build = ("-m", "reportgen", "build", "-c", tmp_path / "healthy" / "reportgen.toml")
    when = ("--generated-at", "2026-11-20T18:00:00Z")
    run(python, *build, "-o", f"{tmp_path / 'fresh'}/", *when, cwd=top)
    run(sys.executable, *build, "-o", f"{tmp_path / 'checkout'}/", *when, cwd=ROOT)
    fresh = {path.name: path.read_bytes() for path in (tmp_path / "fresh").iterdir()}
    assert sorted(fresh) == ["audit.json", "report.html", "report.md"]
    assert b"<table" in fresh["report.html"]
    assert fresh == {path.name: path.read_bytes() for path in (tmp_path / "checkout").iterdir()}


def test_code_and_templates_come_from_the_wheel(python: Path) -> None:
    top = Path(python.anchor)
    code = "from reportgen.render import folders; print(folders.__file__); print(folders.our_templates())"
    for line in run(python, "-c", code, cwd=top).splitlines():
        assert Path(line).is_relative_to(python.parents[1])


def test_the_command_is_there(python: Path) -> None:
    assert "reportgen" in run(python.with_name("reportgen"), "--version", cwd=Path(python.anchor))
