"""The table of formats. The first row whose `sniff` says yes reads the file, so the order matters."""

from __future__ import annotations

from reportgen.readers.base import Reader

READERS: tuple[Reader, ...] = (
    Reader("junit", "xml", "junit", "JUnit XML", "pytest, Surefire, Gradle, Jest, …"),
    Reader("cobertura", "xml", "cobertura", "Cobertura XML", "coverage.py, gcovr, coverlet, PHPUnit, …"),
    Reader("jacoco", "xml", "jacoco", "JaCoCo XML", "JaCoCo, Kover, Pester, gcovr"),
    Reader("clover", "xml", "clover", "Clover XML", "OpenClover, PHPUnit, Istanbul, gcovr"),
    Reader("checkstyle", "xml", "checkstyle", "Checkstyle XML", "Checkstyle, ESLint, PHPStan, ktlint, …"),
    Reader("sarif", "json", "sarif", "SARIF 2.1.0", "ruff, CodeQL, Semgrep, ESLint, …"),
    Reader("coveragepy-json", "json", "coveragepy_json", "coverage.py JSON", "coverage json"),
    Reader("istanbul", "json", "istanbul", "Istanbul JSON", "nyc, Jest, Vitest, c8"),
    Reader("gcovr-json", "json", "gcovr_json", "gcovr JSON", "gcovr --json"),
    Reader("pylint", "json", "pylint", "pylint JSON and JSON2", "pylint -f json, json2"),
    Reader("ruff", "json", "ruff", "ruff JSON", "ruff check --output-format json, json-lines"),
    Reader("bandit", "json", "bandit", "bandit JSON", "bandit -f json"),
    Reader("eslint", "json", "eslint", "ESLint JSON", "eslint -f json, json-with-metadata"),
    Reader("flake8", "json", "flake8", "flake8 JSON", "flake8 with flake8-json"),
    Reader("codequality", "json", "codequality", "Code Quality JSON", "GitLab, Code Climate, ruff, …"),
    Reader("mypy", "json", "mypy", "mypy JSON lines", "mypy --output json"),
    Reader(
        "mypy", "text", "mypy", "mypy JSON lines", "mypy --output json, where a line of text stands first"
    ),
    Reader("ruff", "text", "ruff", "ruff JSON", "ruff json-lines, where a line of text stands first"),
    Reader("pylint", "text", "pylint", "pylint JSON and JSON2", "pylint, which wrote plain text: refused"),
    Reader("lcov", "text", "lcov", "LCOV trace file", "lcov, coverage.py, Istanbul, gcovr, grcov"),
    Reader("go", "text", "go", "Go cover profile", "go test -coverprofile"),
    Reader(
        "coveragepy-sqlite",
        "sqlite",
        "coveragepy_sqlite",
        "coverage.py data file",
        "coverage run, pytest-cov",
    ),
    Reader("coveragepy-sqlite", "text", "coveragepy_v4", "coverage.py 4 data file", "coverage.py before 5.0"),
)
