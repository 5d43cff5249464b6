"""Which spellings are one file."""

from __future__ import annotations

import pytest

from reportgen.merge.paths import Listing, settle


def L(*paths: str, roots: tuple[str, ...] = ()) -> Listing:  # noqa: N802 - the tables below are read, not written
    return Listing(roots, paths)


NAMES = [
    pytest.param([L("src/a.py"), L("a.py")], (), ["src/a.py"], id="suffix"),
    pytest.param([L("a.py"), L("/ci/w/a.py")], (), ["a.py"], id="absolute prefix"),
    pytest.param([L("/ci/w/a.py")], (), ["/ci/w/a.py"], id="nothing known of the prefix"),
    pytest.param([L("/ci/w/src/a.py"), L("src/a.py"), L("a.py")], (), ["src/a.py"], id="a chain"),
    pytest.param([L("/ci/w/src/a.py")], ("/ci/w",), ["src/a.py"], id="project root"),
    pytest.param([L("C:\\w\\src\\a.cs"), L("src/a.cs")], (), ["src/a.cs"], id="Windows"),
    pytest.param([L("/_/src/a.cs"), L("src/a.cs")], (), ["src/a.cs"], id="deterministic .NET"),
    pytest.param([L("./a.py"), L("a.py"), L(".\\a.py")], (), ["a.py"], id="dots and backslashes"),
    pytest.param([L("ba.py"), L("a.py")], (), ["a.py", "ba.py"], id="only whole segments"),
    pytest.param([L("A.py"), L("a.py")], (), ["A.py", "a.py"], id="case counts"),
    pytest.param([L("a.py", "src/a.py")], (), ["a.py", "src/a.py"], id="two of one listing are two"),
    pytest.param(
        [L("__init__.py", "p/__init__.py"), L("/ci/__init__.py", "/ci/p/__init__.py")],
        (),
        ["__init__.py", "p/__init__.py"],
        id="two of one listing in another spelling",
    ),
    pytest.param(
        [L("conftest.py", "src/a.py"), L("tests/conftest.py", "src/a.py")],
        (),
        ["conftest.py", "src/a.py", "tests/conftest.py"],
        id="two of two listings that have one root",
    ),
    pytest.param(
        [L("a.py", "b.py"), L("src/a.py", "b.py")],
        (),
        ["b.py", "src/a.py"],
        id="a bare name alike is no sign of one root",
    ),
    pytest.param([L("/ci/w/a.py", "a.py")], (), ["a.py"], id="absolute and relative in one listing"),
    pytest.param([L("a.py", roots=("/ci/w",)), L("/ci/w/a.py")], (), ["a.py"], id="source root"),
    pytest.param([L("a.py", roots=("/ci/w/src",))], ("/ci/w",), ["src/a.py"], id="source under the project"),
    pytest.param(
        [L("m.py", roots=("/ci/one",)), L("m.py", roots=("/ci/two",))],
        ("/ci",),
        ["one/m.py", "two/m.py"],
        id="two services of one project",
    ),
    pytest.param(
        [L("m.py", roots=("/ci/one",)), L("m.py", roots=("/ci/two",)), L("one/m.py"), L("two/m.py")],
        (),
        ["one/m.py", "two/m.py"],
        id="two services told apart by other evidence",
    ),
    pytest.param(
        [L("../src/a.c", "src/a.c", roots=("/ci/w/build",))],
        ("/ci/w",),
        ["build/src/a.c", "src/a.c"],
        id="above the source root",
    ),
    pytest.param([L("m.py", roots=("/app",)), L("m.py", roots=("/ci/w",))], (), ["m.py"], id="container"),
    pytest.param(
        [L("x.py", roots=("w1", "w2")), L("w2/x.py")], (), ["w2/x.py"], id="several roots, one fits"
    ),
    pytest.param(
        [L("x.py", roots=("/ci/w1", "/ci/w2")), L("/ci/w2/x.py"), L("/else/x.py")],
        (),
        ["/ci/w2/x.py", "/else/x.py"],
        id="several roots settle what suffixes do not",
    ),
    pytest.param([L("", "a.py"), L("")], (), ["", "a.py"], id="no path"),
    pytest.param([L("../../etc/passwd"), L("etc/passwd")], (), ["etc/passwd"], id="outside the project"),
]


@pytest.mark.parametrize(("listings", "roots", "names"), NAMES)
def test_names(listings: list[Listing], roots: tuple[str, ...], names: list[str]) -> None:
    settled = settle(listings, roots)
    assert sorted({name for named in settled.names for name in named.values()}) == names
    assert settled.unsettled == ()
    turned = settle(listings[::-1], roots)
    assert turned.names == settled.names[::-1]


TORN = [
    pytest.param([L("x.py"), L("a/x.py"), L("b/x.py")], "x.py", ("a/x.py", "b/x.py"), id="two fit"),
    pytest.param([L("x.py"), L("/a/x.py"), L("C:/b/x.py")], "x.py", ("/a/x.py", "C:/b/x.py"), id="absolute"),
    pytest.param([L("x.py", roots=("w1", "w2"))], "x.py", ("w1/x.py", "w2/x.py"), id="gc_rel"),
    pytest.param(
        [L("x.py", roots=("/ci/w1", "/ci/w2"))], "x.py", ("/ci/w1/x.py", "/ci/w2/x.py"), id="gc_src2"
    ),
    pytest.param(
        [L("x.py", roots=("/ci/w1", "/ci/w2")), L("/ci/w1/x.py", "/ci/w2/x.py")],
        "x.py",
        ("/ci/w1/x.py", "/ci/w2/x.py"),
        id="both roots have it",
    ),
]


@pytest.mark.parametrize(("listings", "raw", "fits"), TORN)
def test_a_path_that_fits_several_files_stays_and_is_told(
    listings: list[Listing], raw: str, fits: tuple[str, ...]
) -> None:
    settled = settle(listings, ())
    assert [(one.listing, one.raw, one.fits) for one in settled.unsettled] == [(0, raw, fits)]
    assert settled.names[0] == {raw: raw}


def test_files_of_one_listing_that_differ_in_how_far_up_they_lie_are_told() -> None:
    settled = settle([L("a.c", "../a.c", "./a.c", "../b.c"), L("../a.c")], ())
    assert [(one.listing, one.raw, one.fits) for one in settled.unsettled] == [
        (0, "../a.c", ("../a.c", "a.c"))
    ]


def test_different_roots_of_one_path_are_remembered() -> None:
    settled = settle([L("m.py", roots=("/app",)), L("m.py", roots=("/ci/w",))], ())
    assert settled.claims == {"m.py": ("/app/m.py", "/ci/w/m.py")}


def test_many_files_of_one_name_and_deep_paths_are_no_trouble() -> None:
    many = tuple(f"pkg{number}/sub/__init__.py" for number in range(5_000))
    deep = tuple("a/" * depth + "x.py" for depth in range(1_000))
    settled = settle([L(*many), L(*(f"/ci/{path}" for path in many)), L(*deep), L("x.py")], ())
    assert len({name for named in settled.names[:2] for name in named.values()}) == 5_000
