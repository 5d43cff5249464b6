"""Each folder of samples/ that has a reportgen.toml renders to what stands in its `expected/`, byte for byte.

`expected/` holds `audit.json`, `exit-code` and each report in Markdown (`report.md`, or one a profile where
the sample has several), and `.html` where the sample keeps one (an empty file asks for it). The command
is that of the demo: see samples/build.py.
"""

from __future__ import annotations

import importlib.util
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
ALWAYS = ("audit.json", "exit-code")


def sample_names() -> list[str]:
    return sorted(path.parent.name for path in SAMPLES.glob("*/reportgen.toml"))


def command(sample: Path, out: Path) -> list[str]:
    spec = importlib.util.spec_from_file_location("samples_build", SAMPLES / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast(list[str], module.command(sample, out))


@cache
def built(name: str) -> Mapping[str, bytes]:
    """Build one sample from another working folder, and return what came of it by file name."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        done = subprocess.run(
            command(SAMPLES / name, out), cwd=folder, check=False, capture_output=True, text=True
        )
        assert done.returncode in {0, 1, 4}, done.stderr
        files = {path.name: path.read_bytes() for path in out.iterdir()}
    return {**files, "exit-code": f"{done.returncode}\n".encode()}


def kept(name: str) -> list[str]:
    """Name the files that a sample keeps: every page in Markdown, and those in HTML that it asks for."""
    expected = SAMPLES / name / "expected"
    pages = [file for file in sorted(built(name)) if file.endswith(".md")]
    return [*ALWAYS, *pages, *sorted(path.name for path in expected.glob("*.html"))]


@pytest.mark.slow
@pytest.mark.parametrize("name", sample_names())
def test_a_sample_renders_to_what_is_expected(name: str, request: pytest.FixtureRequest) -> None:
    expected = SAMPLES / name / "expected"
    files = built(name)
    if request.config.getoption("--accept", default=False):
        expected.mkdir(exist_ok=True)
        for gone in {path.name for path in expected.iterdir()} - set(kept(name)):
            (expected / gone).unlink()
        for file in kept(name):
            (expected / file).write_bytes(files[file])
    assert {path.name for path in expected.iterdir()} == set(kept(name))
    for file in kept(name):
        assert (expected / file).is_file(), f"{expected / file} is not there; `make golden` writes it"
        assert files[file].decode() == (expected / file).read_text(encoding="utf-8"), f"{name}: {file}"


def test_there_are_samples() -> None:
    assert sample_names()
