"""A layer, subject or criterion that is not there is told at the key that names it, with the nearest one."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.config import load_config
from reportgen.config.overrides import Overrides
from reportgen.errors import ConfigError

STATED = """\
[layers.unit]
match = ["tests/unit/**"]
[subjects.pay]
paths = ["src/pay/**"]
"""
NO_LAYER, NO_SUBJECT = "there is no layer 'unti'", "there is no subject 'pya'"


@pytest.mark.parametrize(
    ("text", "where", "told"),
    [
        ('[gates.x]\npass = "layers.unti.tests.failed == 0"', "6: gates.x.pass", NO_LAYER),
        ('[gates.x]\ncondition = "layers.unti.tests.failed == 0"', "6: gates.x.condition", NO_LAYER),
        (
            '[gates.x]\npass = "tests.failed == 0"\nwarn = "layers.unti.tests.failed == 0"',
            "7: gates.x.warn",
            NO_LAYER,
        ),
        ('[gates.x]\npass = "tests.failed == 0"\nlayer = "unti"', "7: gates.x.layer", NO_LAYER),
        ('[gates.x]\npass = "tests.failed == 0"\nsubject = "pya"', "7: gates.x.subject", NO_SUBJECT),
        (
            '[gates.no-new-failure]\npass = "changes.new_failures == 0 or layers.unti.tests.failed == 0"',
            "6: gates.no-new-failure.pass",
            NO_LAYER,
        ),
        ('[subjects.x]\npaths = ["a"]\nlayers = ["unit", "unti"]', "7: subjects.x.layers[1]", NO_LAYER),
        ('[[requirements.items]]\nid = "R"\nlayers = ["unti"]', "r.toml: R", NO_LAYER),
        ('[matrix]\nlayers = ["unti"]', "6: matrix.layers[0]", NO_LAYER),
        ('[slas.x]\nlimit = 1\nlayer = "unti"', "7: slas.x.layer", NO_LAYER),
        (
            '[criteria.x]\nweight = 1\nchecks = [{id = "q", pass = "subjects.pya.tests.failed == 0"}]',
            "7: criteria.x.checks[0].pass",
            NO_SUBJECT,
        ),
    ],
)
def test_what_is_not_there_is_told_where_it_is_named(
    tmp_path: Path, text: str, where: str, told: str
) -> None:
    (tmp_path / "r.toml").write_text(f"{STATED}{text}\n")
    with pytest.raises(ConfigError) as caught:
        load_config(Path("r.toml"), cwd=tmp_path)
    assert where in caught.value.message
    assert told in caught.value.message
    assert caught.value.hint in {"did you mean 'unit'?", "did you mean 'pay'?", ""}


def test_the_layer_of_an_expected_input_is_told(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text(f'expected = ["a", {{path = "b", layer = "unti"}}]\n{STATED}')
    with pytest.raises(ConfigError, match=r"r\.toml:1: expected\[1\]\.layer: there is no layer 'unti'"):
        load_config(Path("r.toml"), cwd=tmp_path)


def test_a_flag_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text(STATED)
    with pytest.raises(ConfigError, match=r"^--gate: there is no subject 'pya'"):
        load_config(
            Path("r.toml"), cwd=tmp_path, overrides=Overrides(gates=("subjects.pya.tests.failed == 0",))
        )


def test_where_no_layer_is_stated_the_evidence_may_have_any(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text('[matrix]\nlayers = ["anything"]\n')
    assert load_config(Path("r.toml"), cwd=tmp_path).policy.matrix.layers == ("anything",)
