"""A wrong key or value is told with its file, its line, its key path and the nearest right name."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest

from reportgen.config.decode import decode
from reportgen.config.place import Place
from reportgen.config.settings import Settings
from reportgen.errors import ConfigError, ExitCode


def settings(text: str) -> Settings:
    return decode(tomllib.loads(text, parse_float=Decimal), Settings, Place("r.toml", text))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('tilte = "x"', "r.toml:1: tilte: there is no such key", "did you mean 'title'?"),
        ('slow_seconds = "2"', "r.toml:1: slow_seconds: expected a number, got the text '2'", ""),
        ("jobs = 3", "r.toml:1: jobs: there is no such key", "all keys: reportgen schema --config"),
        ("\n\ntitle = 3", "r.toml:3: title: expected text, got 3", ""),
        ('title = ""', "r.toml:1: title: the text is empty", ""),
        (
            "[criteria.tests]\nweigth = 1",
            "r.toml:2: criteria.tests.weigth: there is no such key",
            "did you mean 'weight'?",
        ),
        (
            '[criteria.tests]\nweight = 1\n[criteria.coverage]\nweight = "x"',
            "r.toml:4: criteria.coverage.weight: expected a number, got the text 'x'",
            "",
        ),
        (
            'inputs = [\n "a",\n {path = "x", layr = "u"},\n "b"]',
            "r.toml:3: inputs[1].layr: there is no such key",
            "did you mean 'layer'?",
        ),
        ('inputs = [{layer = "u"}]', "r.toml:1: inputs[0]: the key 'path' is missing", ""),
        ("inputs = [3]", "r.toml:1: inputs[0]: expected text, or a table, got 3", ""),
        ('inputs = "a"', "r.toml:1: inputs: expected a list, got the text 'a'", ""),
        (
            '[severity]\nE1 = "low"\nE501 = "hgih"',
            "r.toml:3: severity.E501: 'hgih' is none of critical, high, info, low, medium",
            "did you mean 'high'?",
        ),
        (
            '[gates.cover]\notherwise = "fial"',
            "r.toml:2: gates.cover.otherwise: 'fial' is none of fail, unknown, warn",
            "did you mean 'fail'?",
        ),
        ("[gates]\ncover = 3", "r.toml:2: gates.cover: expected true or false, or a table, got 3", ""),
        (
            "[effort]\nlow = -1",
            "r.toml:2: effort.low: expected a whole number of at least 0, got -1",
            "",
        ),
        (
            '[effort.rules]\n"E 1" = true',
            'r.toml:2: effort.rules."E 1": expected a whole number, got true',
            "",
        ),
        (
            "[limits]\nfile_byte = 3",
            "r.toml:2: limits.file_byte: there is no such key",
            "did you mean 'file_bytes'?",
        ),
        (
            'without = ["test"]',
            "r.toml:1: without[0]: 'test' is none of coverage, findings, tests",
            "did you mean 'tests'?",
        ),
        (
            'formats = ["md", "docx"]',
            "r.toml:1: formats[1]: 'docx' is none of html, json, md",
            "one of: html, json, md",
        ),
        ('repeats = ["worst"]', "r.toml:1: repeats: expected text, got a list", ""),
        ("layers = 1.5", "r.toml:1: layers: expected a table, got 1.5", ""),
    ],
)
def test_what_is_wrong_is_told(text: str, message: str, hint: str) -> None:
    with pytest.raises(ConfigError) as told:
        settings(text)
    assert (told.value.message, told.value.hint) == (message, hint)
    assert told.value.exit_code is ExitCode.USAGE


def test_numbers_stay_as_they_were_written() -> None:
    assert settings("slow_seconds = 0.1").slow_seconds == Decimal("0.1")
    assert settings("fail_under = 80").fail_under == Decimal(80)


def test_of_many_entries_the_wrong_one_is_found() -> None:
    rows = "\n".join(f"R{n} = {'-1' if n == 173 else n}" for n in range(300))
    with pytest.raises(ConfigError, match=r"^r\.toml:175: effort\.rules\.R173: expected a whole number"):
        settings(f"[effort.rules]\n{rows}")
