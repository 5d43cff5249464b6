"""Files of requirements: CSV and JSON, right ones and each way to be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.config.place import Place
from reportgen.config.requirements import load_requirements
from reportgen.errors import ConfigError
from reportgen.model.placing import Pattern
from reportgen.model.subjects import Subject

PLACE = Place("reportgen.toml", "").at("requirements", "files", 0)


def read(folder: Path, name: str, data: str | bytes) -> tuple[Subject, ...]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return load_requirements(path, name, PLACE)


def test_a_csv_has_a_header_and_a_row_a_requirement(tmp_path: Path) -> None:
    text = (
        "\ufeffID, Title ,owner,criticality,value,paths,tests,layers,kind\r\n"
        'REQ-1,"Pays, once",ana,High,$2M,src/pay/**;src/cart.py,tests/pay/**; test_pay*,unit;e2e,\r\n'
        "\r\n"
        "RISK-1,A race\r\n"
        ",,,,,,,,\r\n"
        'R-3,"two\nlines",,,,,,,risk\r\n'
    )
    assert read(tmp_path, "r.csv", text) == (
        Subject(
            name="REQ-1",
            kind="requirement",
            title="Pays, once",
            owner="ana",
            criticality="high",
            value="$2M",
            paths=("src/pay/**", "src/cart.py"),
            tests=(Pattern(path="tests/pay/**"), Pattern(test="test_pay*")),
            source="r.csv:2",
            layers=("unit", "e2e"),
        ),
        Subject(name="RISK-1", kind="requirement", title="A race", source="r.csv:4"),
        Subject(name="R-3", kind="risk", title="two\nlines", source="r.csv:6"),
    )


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_csv_may_have_another_separator(tmp_path: Path, sign: str) -> None:
    text = f'id{sign}title{sign}tests\n1{sign}One{sign}"a;b"\n'
    (one,) = read(tmp_path, "r.csv", text)
    assert (one.name, one.title, one.tests) == ("1", "One", (Pattern(test="a"), Pattern(test="b")))


@pytest.mark.parametrize("wrapped", [False, True])
def test_json_is_a_list_of_objects(tmp_path: Path, wrapped: bool) -> None:
    rows = (
        '[{"id": 7, "title": "Seven", "tests": ["a::b"], "criticality": "LOW"}, {"id": "x", "paths": "p;q"}]'
    )
    text = f'{{"requirements": {rows}}}' if wrapped else rows
    assert read(tmp_path, "r.json", text) == (
        Subject(
            name="7",
            kind="requirement",
            title="Seven",
            criticality="low",
            tests=(Pattern(test="a::b"),),
            source="r.json: requirements[0]",
        ),
        Subject(name="x", kind="requirement", paths=("p", "q"), source="r.json: requirements[1]"),
    )


BROKEN = [
    ("r.csv", "", "r.csv: the file is empty"),
    ("r.csv", "\n \n", "r.csv: the file is empty"),
    ("r.csv", "title\nA\n", "r.csv:1: the column 'id' is missing"),
    ("r.csv", "id,titel\nA,B\n", "r.csv:1: there is no column 'titel' did you mean 'title'?"),
    ("r.csv", "id,title,ID\nA,B,C\n", "r.csv:1: the column 'id' is there twice"),
    ("r.csv", "id,title\n\nA,B,C\n", "r.csv:3: the row has 3 cells, and the header 2"),
    ("r.csv", "id,title\n,B\n", "r.csv:2: id: the text is empty"),
    (
        "r.csv",
        "id,criticality\nA,hgih\n",
        "r.csv:2: criticality: 'hgih' is none of critical, high, low, medium",
    ),
    ("r.csv", "id,kind\nA,story\n", "r.csv:2: kind: 'story' is none of component, requirement, risk"),
    ("r.csv", 'id,title\n"A,B\n', "not well-formed CSV"),
    ("r.csv", b"id,title\nA,\xff\n", "r.csv:2: not UTF-8 text"),
    ("r.csv", 'id,title\nA,"' + "x" * 200_000 + '"\n', "r.csv:2: not well-formed CSV"),
    ("r.json", "", "r.json: not well-formed JSON"),
    ("r.json", "[{}", "r.json: not well-formed JSON"),
    ("r.json", "[" * 100_000, "nested too deeply"),
    ("r.json", "3", "r.json: expected a list of objects"),
    ("r.json", "{}", "r.json: requirements: expected a list, got None"),
    ("r.json", "[3]", "r.json: requirements[0]: expected a table, got 3"),
    ("r.json", "[{}]", "r.json: requirements[0]: the key 'id' is missing"),
    ("r.json", '[{"id": ""}]', "r.json: requirements[0].id: the text is empty"),
    ("r.json", '[{"id": "  "}]', "r.json: requirements[0].id: the id is empty"),
    (
        "r.json",
        '[{"id": "a", "test": "b"}]',
        "requirements[0].test: there is no such key did you mean 'tests'?",
    ),
    ("r.json", '[{"id": "a", "tests": 3}]', "r.json: requirements[0].tests: expected text, or a list, got 3"),
    (
        "r.json",
        '{"requirement": []}',
        "r.json: requirement: there is no such key did you mean 'requirements'?",
    ),
]


@pytest.mark.parametrize(("name", "data", "told"), BROKEN)
def test_what_is_wrong_is_told_with_file_and_row(
    tmp_path: Path, name: str, data: str | bytes, told: str
) -> None:
    with pytest.raises(ConfigError) as error:
        read(tmp_path, name, data)
    assert told in f"{error.value.message} {error.value.hint}"


def test_a_folder_is_no_file_of_requirements(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"requirements.files\[0\]: x cannot be read"):
        load_requirements(tmp_path, "x", PLACE)
