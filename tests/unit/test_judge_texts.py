"""Looking texts up by pattern comes to the same as holding the pattern to each of them."""

from __future__ import annotations

from hypothesis import given, strategies as st

from reportgen.judge.counting.texts import Texts
from reportgen.model.globs import fits
from reportgen.model.placing import like

_words = st.text(alphabet="ab1_./-é", max_size=7)
_patterns = st.text(alphabet="ab1_./-é*", max_size=6)
_globs = st.text(alphabet="ab1_./-*?[]", max_size=7)


@given(st.lists(_words, max_size=8), _patterns)
def test_texts_like_a_pattern(texts: list[str], pattern: str) -> None:
    assert set(Texts(texts).like(pattern)) == {text for text in texts if like(pattern, text)}


@given(st.lists(_words, max_size=8), _globs)
def test_texts_that_a_glob_fits(texts: list[str], glob: str) -> None:
    assert set(Texts(texts).fit(glob)) == {text for text in texts if fits(glob, text)}


def test_a_pattern_without_a_beginning_is_found_by_a_whole_word() -> None:
    texts = Texts(f"tests.test_req_{n}.C.test_{n}" for n in range(2000))
    assert texts.like("*_req_77.*") == ("tests.test_req_77.C.test_77",)
    assert texts.like("tests.test_req_7.*") == ("tests.test_req_7.C.test_7",)
    assert len(texts.like("*_req_7*")) == 111  # 7, 70-79, 700-799
