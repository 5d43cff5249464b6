"""Profiles, templates and notes of the user's own, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli

JUNIT = (
    '<testsuite name="s"><testcase classname="a.b" name="t[|*]"/>'
    '<testcase classname="a.b" name="u"><failure message="boom"/></testcase></testsuite>'
)
MINE = """extends = "default"
summary = "ours"
numbering = 2
sections = ["header", "verdict", "mine", {section = "gates", title = "Release gates"}, "evidence"]
"""
SECTION = """{% block section %}
## Ours

{{ audit.verdict | verdict }} and {{ profile.name }}, {{ options.words | default("no words") }}.

| State | Gate | Evidence |
| --- | --- | --- |
{% for gate in audit.gates if gate.state != "pass" %}
| {{ gate.state | badge }} | {{ gate.title }} | {{ gate.evidence | marks }} |
{% endfor %}

{% for case in audit.tests.cases %}
- {{ case.name }}, {{ case.seconds | seconds }}, {{ case.name | code }}
{% endfor %}

{{ audit.tests.total | plural("test") }}, {{ audit.coverage }}, {{ audit.score.lower | score }},
{{ none | percent }}, {{ 75 | minutes }}, {{ audit.score.value | score_mark }}
{% endblock %}
"""


@pytest.fixture
def project(folder: Path) -> Path:
    """A project with evidence, and a templates folder that has a profile and a section."""
    (folder / "j.xml").write_text(JUNIT)
    sections = folder / "ours" / "markdown" / "sections"
    sections.mkdir(parents=True)
    (folder / "ours" / "profiles").mkdir()
    (folder / "ours" / "profiles" / "mine.toml").write_text(MINE)
    (sections / "mine.md.j2").write_text(SECTION)
    (folder / "reportgen.toml").write_text('inputs = ["j.xml"]\ntemplates = "ours"\nprofiles = ["mine"]\n')
    return folder


def test_a_section_of_ones_own_reads_the_model(cli: Cli, project: Path) -> None:
    assert project.is_dir()
    ran = cli("build")
    assert ran.code == 1
    ours = ran.out.partition("\n## 2. Ours\n")[2].partition("\n## ")[0]
    assert "\n❌ **FAIL** and mine, no words.\n" in ours
    assert "| ❌ **FAIL** | No test failed or errored | [E1](#4-evidence-index) |" in ours
    assert "- t\\[\\|\\*\\], n/a, t\\[\\|\\*\\]\n- u, n/a, `u`" in ours
    assert "\n2 tests, n/a, 30.0/100,\nn/a, 1 h 15 min," in ours
    assert "## 3. Release gates\n" in ran.out


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{{ profile.name }}", "{{ profile.nam }}", "mine.md.j2:4: 'reportgen"),
        ("{{ gate.title }}", "{{ gate.title | badge }}", "mine.md.j2:9: TypeError: a state is asked for"),
        ("{{ audit.coverage }}", "{{ audit.coverage }", "mine.md.j2:16: "),
        ("{{ audit.coverage }}", "{{ audit.coverage | nosuch }}", "mine.md.j2:16: No filter named 'nosuch'"),
        ("{{ audit.coverage }}", "{% include 'nosuch' %}", "no template 'nosuch'"),
    ],
)
def test_an_error_in_a_template_of_ones_own_names_file_and_line(
    cli: Cli, project: Path, old: str, new: str, told: str
) -> None:
    path = project / "ours" / "markdown" / "sections" / "mine.md.j2"
    path.write_text(SECTION.replace(old, new))
    ran = cli("build")
    assert ran.code not in {0, 70}
    assert told in ran.err
    assert ran.out == ""


def test_what_is_shown_of_a_profile_is_one_to_start_from(cli: Cli, project: Path) -> None:
    for name in ("default", "nightly", "mine"):
        shown = cli("profiles", "--show", name)
        assert shown.code == 0
        (project / "ours" / "profiles" / "copy.toml").write_text(shown.out)
        again = cli("profiles", "--show", "copy")
        assert [line for line in again.out.splitlines()[6:] if line and not line.startswith("#")] == [
            line for line in shown.out.splitlines()[3:] if line and not line.startswith("#")
        ]
        pages = [cli("build", "-p", each, "--format", "md").out for each in (name, "copy")]
        assert pages[0].replace("and mine,", "and copy,") == pages[1]


def test_profiles_are_listed_with_ones_own(cli: Cli, project: Path) -> None:
    assert project.is_dir()
    assert ["mine", "ours"] in [line.split() for line in cli("profiles").out.splitlines()]


def test_a_note_is_printed_in_its_section(cli: Cli, project: Path) -> None:
    (project / "risk.md").write_text("# Risk\n\nWe *know*. <b>x</b>\n")
    with (project / "reportgen.toml").open("a") as config:
        config.write('[[notes]]\nsection = "mine"\nby = "Ann"\ndate = 2026-01-02\nfile = "risk.md"\n')
    page = cli("build").out
    ours = page.partition("\n## 2. Ours\n")[2].partition("\n## ")[0]
    assert ours.endswith("> **Note** by Ann, 2026-01-02:\n>\n> **Risk**\n>\n> We _know_. `<b>x</b>`\n")
    assert cli("build", "--format", "json").out.count('"path": "risk.md"') == 1


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ('section = "gats"\ntext = "x"', ": notes[0].section: there is no section 'gats'"),
        ('section = "gates"\nfile = "gone.md"', "'gone.md' cannot be read: No such file"),
        ('section = "gates"\nfile = "bad.md"', "'bad.md' is not UTF-8"),
        ('section = "gates"\nfile = "big.md"', "'big.md' is larger than 65,536 bytes"),
        ('section = "gates"\nfile = "."', "'.' cannot be read: Is a directory"),
        ('section = "gates"\nfile = "a\\u0000b"', "cannot be read"),
        ('section = "gates"\ntext = " "', "the note says nothing"),
        ('section = "gates"', "either a `file` or a `text`"),
        ('section = "gates"\ntext = "x"\nfile = "y"', "either a `file` or a `text`"),
        ('sction = "gates"\ntext = "x"', "did you mean 'section'?"),
    ],
)
def test_a_note_that_cannot_be_printed_is_told(cli: Cli, project: Path, note: str, told: str) -> None:
    (project / "bad.md").write_bytes(b"\xff\xfe")
    (project / "big.md").write_text("x" * 65_537)
    with (project / "reportgen.toml").open("a") as config:
        config.write(f'[[notes]]\nby = "Ann"\ndate = 2026-01-02\n{note}\n')
    ran = cli("build")
    assert ran.code == 2
    assert told in ran.err


def test_a_secret_in_a_note_is_taken_out(cli: Cli, project: Path) -> None:
    with (project / "reportgen.toml").open("a") as config:
        config.write(
            '[[notes]]\nby = "A"\ndate = 2026-01-02\nsection = "gates"\ntext = "password = hunter2hunter2"\n'
        )
    assert "hunter2" not in cli("build", "--format", "json").out
    assert "hunter2" not in cli("build").out


def test_the_nightly_report_says_what_changed_first(cli: Cli, project: Path) -> None:
    assert cli("build", "--format", "json", "-o", "before.json").code == 1
    (project / "j.xml").write_text(
        '<testsuite name="s"><testcase classname="a.b" name="u"/>'
        '<testcase classname="a.b" name="w"><failure/></testcase></testsuite>'
    )
    page = cli("build", "-p", "nightly", "--baseline", "before.json").out
    changed, _, why = page.partition("\n## Why\n")
    assert changed.index("## What changed") < changed.index("- New failures: 1 test")
    assert "- Fixed: 1 test\n  - `" in changed
    assert "- Vanished: 1 test\n  - default/s/a.b::t\\[\\|\\*\\]\n" in changed
    assert "❌ **FAIL** No test failed or errored: " in why
    assert "not read" not in page


def test_the_nightly_report_is_one_screen_when_all_is_well(cli: Cli, project: Path) -> None:
    (project / "j.xml").write_text('<testsuite name="s"><testcase classname="a.b" name="u"/></testsuite>')
    assert cli("build", "--format", "json", "-o", "before.json").code == 0
    page = cli("build", "-p", "nightly", "--baseline", "before.json").out
    assert len(page.splitlines()) < 24
    assert "✅ **PASS**" in page
    assert "Then" not in page
