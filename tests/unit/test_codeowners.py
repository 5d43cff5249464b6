"""Who owns a file, by the rules of GitHub's and GitLab's documentation."""

from __future__ import annotations

import pytest

from reportgen.codeowners import parse_owners

GITHUB = """\
# the examples of GitHub's documentation
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/github
!/nobody/ @x
"""

GITLAB = """\
* @default
[Documentation][2] @docs-team
docs/
README.md @writer
^[Database] @db-team @second
model/db/ # a comment
config/db/setup\\ file.rb @dba
[Ruby]
*.rb @ruby
!spec.rb
"""


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("a.py", ("@global-owner1", "@global-owner2")),
        ("deep/er/a.js", ("@js-owner",)),
        ("a.go", ("docs@example.com",)),
        ("x/y.txt", ("@octo-org/octocats",)),
        ("build/logs/a.py", ("@octocat",)),  # **/logs comes later
        ("x/build/x.py", ("@global-owner1", "@global-owner2")),
        ("other/docs/a.py", ("@global-owner1", "@global-owner2")),
        ("docs/a/b.py", ("@doctocat",)),
        ("x/apps/y/z.py", ("@octocat",)),
        ("apps/github/x.py", ()),
        ("scripts/run.py", ("@doctocat", "@octocat")),
        ("deeply/nested/logs/a", ("@octocat",)),
        ("/etc/passwd", ()),
        ("a/../b.js", ()),
        ("", ()),
    ],
)
def test_github(path: str, owners: tuple[str, ...]) -> None:
    assert parse_owners(GITHUB).of(path) == owners


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("a.py", ("@default",)),
        ("docs/a.md", ("@default", "@docs-team")),
        ("x/README.md", ("@default", "@writer")),
        ("model/db/x.sql", ("@default", "@db-team", "@second")),
        ("config/db/setup file.rb", ("@default", "@dba", "@ruby")),
        ("lib/spec.rb", ("@default",)),
    ],
)
def test_gitlab(path: str, owners: tuple[str, ...]) -> None:
    assert parse_owners(GITLAB).of(path) == owners


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("docs/*", "docs/a.md", True),
        ("docs/*", "docs/a/b.md", False),
        ("docs/**", "docs/a/b.md", True),
        ("a/**/b", "a/b", True),
        ("a/**/b", "a/x/y/b/c.py", True),
        ("*.py", "x/a.py", True),
        ("a?.py", "ab.py", True),
        ("[ab].py", "a.py", False),
        ("/", "a.py", True),
        ("*" * 30 + "b", "a" * 2000, False),
    ],
)
def test_patterns(pattern: str, path: str, fits: bool) -> None:
    assert bool(parse_owners(f"{pattern} @me").of(path)) is fits


@pytest.mark.parametrize("text", ["", "# only\n", "a", "[", "[x", "^[]", "\\", "@me", "a b c", "\x00 @x\x00"])
def test_odd_files_name_nobody(text: str) -> None:
    assert parse_owners(text).of("x.py") == ()
