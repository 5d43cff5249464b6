from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.errors import ConfigError
from reportgen.model.profile import Profile
from reportgen.model.section import Section
from reportgen.model.states import State
from reportgen.render.profiles import list_profiles, load_profile, profile_source, section_names


def test_the_default_profile_has_all_sections_but_those_of_other_profiles() -> None:
    profile = load_profile("default")
    assert profile.name == "default"
    assert profile.names[:4] == ("header", "verdict", "summary", "score")
    assert profile.names[-4:] == ("evidence", "problems", "ledger", "method")
    assert {"gates", "changes", "tests", "failures", "plan", "waivers", "approvals", "notes"} <= set(
        profile.names
    )
    assert profile in list_profiles()
    assert not profile.rearranged


@pytest.mark.parametrize("profile", list_profiles(), ids=lambda profile: profile.name)
def test_each_profile_that_ships_says_what_it_is_and_can_be_started_from(profile: Profile) -> None:
    assert profile.summary
    assert set(profile.names) <= set(section_names())
    assert "sections" in profile_source(profile.name)


def own(folder: Path, text: str, name: str = "mine") -> Path:
    (folder / "profiles").mkdir(exist_ok=True)
    (folder / "profiles" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


RANGE = '[[score_words]]\nleast = {}\nword = "{}"\nstate = "{}"\n'
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
        (GOOD + "numbering = 4\n", "`numbering` is 4", ""),
        (GOOD + 'unnumbered = ["score"]\n', "`unnumbered` names 'score'", ""),
        (GOOD + "scale = 5\n", "$.scale", ""),
        (GOOD + 'icons = "emojis"\n', "$.icons", ""),
        (GOOD + '[words]\nscore = "{grad}"\n', "`words.score` has no {grad}", ""),
        (GOOD + '[words]\nscore = "{score:>99999}"\n', "stands alone", ""),
        (GOOD + '[words]\nscore = "{score"\n', "`words.score`", ""),
        (GOOD + '[words]\nscore = "{0}"\n', "has no {0}", ""),
        (GOOD + '[words]\nscore = "{score.real}"\n', "has no {score.real}", ""),
        (GOOD + '[words]\nscor = "x"\n', "no phrase 'scor'", ""),
        (GOOD + '[[score_words]]\nleast = 1\nword = "x"\nstate = "fail"\n', "no word for a score of 0", ""),
        (
            GOOD + f"{RANGE.format(0, 'x', 'pass')}{RANGE.format(50, 'y', 'fail')}",
            "better than the higher 'y'",
            "",
        ),
        (GOOD + f"{RANGE.format(0, 'x', 'fail')}{RANGE.format(50, 'X', 'pass')}", "'pass' alike", ""),
        (GOOD + f"{RANGE.format(0, 'x', 'fail')}{RANGE.format(0, 'y', 'pass')}", "two words from 0 on", ""),
        (GOOD + RANGE.format("nan", "x", "fail"), "`least` is NaN; it is 0 to 100", ""),
        (GOOD + RANGE.format(101, "x", "fail"), "`least` is 101", ""),
        (GOOD + RANGE.format(0, "EXCELLENT", "fail"), "says that all is well", ""),
        (GOOD + RANGE.format(0, "x", "unknown"), "and not unknown", ""),
        (GOOD + '[verdict_words]\nfail = "Approved!"\n', "says that all is well", ""),
        (GOOD + '[verdict_words]\nunknown = "pass"\n', "for 'unknown' and for 'pass' alike", ""),
        (GOOD + '[icons]\nfail = "🚀"\n', "says that all is well", ""),
        ('summary = ""\nsections = [{section = "gates", title = "✅ All well"}]\n', "tells a state", ""),
        ('summary = ""\nsections = [{section = "gates", otherwise = "❌ none"}]\n', "tells a state", ""),
        ('summary = ""\nsections = [{section = "gates", titel = "x"}]\n', "`titel`", "did you mean 'title'?"),
        ('summary = ""\nsections = [{section = "gtes"}]\n', "no section 'gtes'", "did you mean 'gates'?"),
        ('summary = ""\nsections = [{level = 3}]\n', "a `section`, a `title`, or both", ""),
        ('summary = ""\nsections = [{section = "gates", level = 7}]\n', "`level` is 7", ""),
        ('summary = ""\nsections = [{section = "gates", level = 3}]\n', "none above it", ""),
        ('extends = "defalt"\n', "no profile 'defalt'", "did you mean 'default'?"),
        ("sections = [\n", "it is no TOML", "mend the line"),
        ('sections = ["header"]\n', "missing required field `summary`", ""),
    ],
)
def test_a_wrong_profile_is_told_with_file_key_and_nearest_name(
    tmp_path: Path, text: str, message: str, hint: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load_profile("mine", own(tmp_path, text))
    assert "profiles/mine.toml" in caught.value.message or "defalt" in text
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


def test_a_profile_extends_another(tmp_path: Path) -> None:
    templates = own(tmp_path, 'extends = "default"\nnumbering = 2\nicons = "plain"\n')
    profile, base = load_profile("mine", templates), load_profile("default")
    assert (profile.name, profile.sections, profile.numbering) == ("mine", base.sections, 2)
    assert profile.icon(State.FAIL) == "✗"
    own(tmp_path, 'extends = "mine"\nicons = "none"\n', "third")
    assert (
        load_profile("third", templates).numbering,
        load_profile("third", templates).icon(State.FAIL),
    ) == (2, "")


@pytest.mark.parametrize("other", ["mine", "third"])
def test_a_profile_does_not_extend_itself(tmp_path: Path, other: str) -> None:
    own(tmp_path, 'extends = "mine"\n', "third")
    with pytest.raises(ConfigError, match="the profile itself, or one that extends it"):
        load_profile("mine", own(tmp_path, f'extends = "{other}"\n'))


def test_a_place_says_more_of_a_section(tmp_path: Path) -> None:
    place = '{section = "gates", title = "x", options = {only = ["a"], n = 3}}'
    places = load_profile("mine", own(tmp_path, f'summary = ""\nsections = ["header", {place}]\n')).places
    assert places[1] == Section(section="gates", title="x", options={"only": ["a"], "n": 3})


@pytest.mark.parametrize(
    "words", ["NOT APPROVED", "HOLD DEPLOYMENT", "DO NOT DEPLOY", "INCOMPLETE", "NO GO", "Nicht bestanden"]
)
def test_a_failure_may_be_worded_as_one(tmp_path: Path, words: str) -> None:
    profile = load_profile("mine", own(tmp_path, f'{GOOD}[verdict_words]\nfail = "{words}"\n'))
    assert profile.verdict_word(State.FAIL) == words
