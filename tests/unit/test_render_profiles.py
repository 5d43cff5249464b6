from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.errors import ConfigError
from reportgen.render.profiles import list_profiles, load_profile, section_names


def test_the_default_profile_has_the_sections_in_their_order() -> None:
    profile = load_profile("default")
    assert profile.name == "default"
    assert " ".join(profile.sections) == (
        "header verdict summary score gates changes tests failures attention coverage changed_lines "
        "findings hotspots plan checklist waivers approvals evidence problems ledger method"
    )
    assert profile in list_profiles()
    assert set(profile.sections) <= set(section_names())


def own(folder: Path, text: str, name: str = "mine") -> Path:
    (folder / "profiles").mkdir(exist_ok=True)
    (folder / "profiles" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


GOOD = 'summary = "short"\nsections = ["header", "verdict"]\n'


def test_a_profile_of_the_users_own(tmp_path: Path) -> None:
    templates = own(tmp_path, f'{GOOD}list_limit = 5\n[verdict_words]\nfail = "HOLD"\n')
    profile = load_profile("mine", templates)
    assert (profile.name, profile.sections, profile.list_limit) == ("mine", ("header", "verdict"), 5)
    assert [one.name for one in list_profiles(templates)] == sorted(
        ["mine", *(one.name for one in list_profiles())]
    )


def test_a_profile_of_the_same_name_stands_in_for_ours(tmp_path: Path) -> None:
    assert load_profile("default", own(tmp_path, GOOD, "default")).summary == "short"


def test_a_section_of_the_users_own_is_known(tmp_path: Path) -> None:
    sections = tmp_path / "markdown" / "sections"
    sections.mkdir(parents=True)
    (sections / "greeting.md.j2").write_text("## Hello\n\nthere\n", encoding="utf-8")
    assert load_profile("mine", own(tmp_path, 'summary = ""\nsections = ["greeting"]\n')).sections


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (GOOD + "list_limt = 5\n", "`list_limt`", "did you mean 'list_limit'?"),
        (GOOD + 'list_limit = "x"\n', "$.list_limit", "the keys are summary, sections"),
        (GOOD + "list_limit = 0\n", "must be at least 1", ""),
        (GOOD + '[state_words]\nfial = "x"\n', "`key` in `$.state_words`", "did you mean 'fail'?"),
        (GOOD + '[icons]\nunknown = "✅"\n', "for 'unknown' and for 'pass' alike", ""),
        ('summary = ""\nsections = ["verdct"]\n', "no section 'verdct'", "did you mean 'verdict'?"),
        ('summary = ""\nsections = []\n', "is empty", ""),
        ('summary = ""\nsections = ["score", "score"]\n', "stands twice", ""),
        ("sections = [\n", "it is no TOML", "mend the line"),
        ('sections = ["header"]\n', "missing required field `summary`", ""),
    ],
)
def test_a_wrong_profile_is_told_with_file_key_and_nearest_name(
    tmp_path: Path, text: str, message: str, hint: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load_profile("mine", own(tmp_path, text))
    assert "profiles/mine.toml" in caught.value.message
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize("name", ["defalt", "../profiles/default", "", "default/"])
def test_an_unknown_profile_is_told_with_the_nearest_name(name: str) -> None:
    with pytest.raises(ConfigError, match="there is no profile") as caught:
        load_profile(name)
    assert "default" in caught.value.hint


def test_a_templates_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is not there"):
        load_profile("default", tmp_path / "nowhere")
