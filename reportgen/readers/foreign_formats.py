# ruff: noqa: E501 - a table reads best with a row a line
"""The formats that are evidence and that reportgen does not read, each with its marks and how to convert it.

What marks each is from its own documentation or schema: the root element of XML, members of the outermost
object (or of the first item or line) of JSON, the first words of text, the first bytes of binary data.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_JUNIT = "Have the tool write JUnit XML, or convert it"
_SARIF = "Have the tool write SARIF"
_COBERTURA = "Convert it to Cobertura: reportgenerator -reporttypes:Cobertura"


class ForeignXml(NamedTuple):
    """XML with this root element, and with `mark` somewhere in its first 64 KiB."""

    root: str
    mark: str
    name: str
    how: str


class ForeignJson(NamedTuple):
    """JSON whose outermost (or first) object has all of `members`, of which `mark` is found in the text."""

    members: str
    mark: str
    name: str
    how: str


class ForeignText(NamedTuple):
    """Text that this pattern finds at the beginning of a line near its start."""

    pattern: re.Pattern[str]
    name: str
    how: str


class ForeignBytes(NamedTuple):
    """Data that begins with these bytes; `raw` data lies about where a report was made from it, and is none."""

    start: bytes
    name: str
    how: str
    raw: bool


XML = (
    ForeignXml("TestRun", "FailedTests", "a CppUnit result", f"{_JUNIT}: CppUnit's XmlOutputter with a JUnit style sheet."),
    ForeignXml("TestRun", "", "a Visual Studio test result (TRX)", f"{_JUNIT}: dotnet test --logger junit (JunitXml.TestLogger)."),
    ForeignXml("test-results", "", "an NUnit 2 result", f"{_JUNIT}: nunit3-console --result=junit.xml;transform=nunit3-junit.xslt."),
    ForeignXml("test-run", "", "an NUnit 3 result", f"{_JUNIT}: nunit3-console --result=junit.xml;transform=nunit3-junit.xslt."),
    ForeignXml("assemblies", "", "an xUnit.net result", f"{_JUNIT}: the -junit option of the xUnit.net runner, or dotnet test --logger junit."),
    ForeignXml("assembly", "<class", "an xUnit.net 1 result", f"{_JUNIT}: the -junit option of the xUnit.net runner."),
    ForeignXml("testng-results", "", "a TestNG result", "Give the JUnit XML that TestNG writes to junitreports/, or Surefire's TEST-*.xml."),
    ForeignXml("robot", "", "a Robot Framework output", f"{_JUNIT}: rebot --xunit junit.xml output.xml."),
    ForeignXml("Site", "<Testing", "a CTest dashboard file", f"{_JUNIT}: ctest --output-junit junit.xml."),
    ForeignXml("Site", "<Coverage", "a CTest dashboard file", "Give the coverage as LCOV or Cobertura: gcovr --cobertura."),
    ForeignXml("events", "opentest4j.org", "an Open Test Reporting file", f"{_JUNIT}: the legacy XML reports of the JUnit Platform, Gradle or Surefire."),
    ForeignXml("execution", "opentest4j.org", "an Open Test Reporting file", f"{_JUNIT}: the legacy XML reports of the JUnit Platform, Gradle or Surefire."),
    ForeignXml("testsuites", "check.sourceforge.net", "a result of Check for C", f"{_JUNIT} with a style sheet, or run Check with TAP and tap-junit."),
    ForeignXml("Catch", "", "a Catch result", f"{_JUNIT}: the option -r junit of the test program."),
    ForeignXml("Catch2TestRun", "", "a Catch2 result", f"{_JUNIT}: the option -r junit of the test program."),
    ForeignXml("doctest", "", "a doctest result", f"{_JUNIT}: the option -r=junit of the test program."),
    ForeignXml("TestLog", "", "a Boost.Test log", f"{_JUNIT}: the options --log_format=JUNIT --log_sink=junit.xml."),
    ForeignXml("TestResult", "", "a Boost.Test report", f"{_JUNIT}: the options --log_format=JUNIT --log_sink=junit.xml."),
    ForeignXml("TestCase", "<Environment", "a Qt Test result", f"{_JUNIT}: the option -o junit.xml,junitxml of the test program."),
    ForeignXml("unittest-results", "", "a UnitTest++ result", f"{_JUNIT} with a style sheet."),
    ForeignXml("CUNIT_TEST_RUN_REPORT", "", "a CUnit result", f"{_JUNIT} with a style sheet."),
    ForeignXml("gtester", "", "a GLib gtester result", f"{_JUNIT}: run the tests by meson, or with TAP and tap-junit."),
    ForeignXml("testExecutions", "", "a SonarQube test execution report", f"{_JUNIT} at its source."),
    ForeignXml("testResults", "ample", "a JMeter result", f"{_JUNIT}: jtl2junit or the like."),
    ForeignXml("tests", "testCaseClass", "PHPUnit's list of tests", "It says nothing of how they ended: give phpunit --log-junit junit.xml."),
    ForeignXml("test-suite", "allure", "an Allure 1 result", f"{_JUNIT} at its source."),
    ForeignXml("result", "<suites>", "Jenkins' own test result", "Give the JUnit XML files that Jenkins read."),
    ForeignXml("valgrindoutput", "", "a Valgrind report", "Give the JUnit XML of the tests that ran under it."),
    ForeignXml("coverage", '<coverage version="1"', "a SonarQube coverage report", "Have the tool write Cobertura, JaCoCo or LCOV."),
    ForeignXml("coverage", "profilerVersion", "an NCover report", f"{_COBERTURA}."),
    ForeignXml("CoverageSession", "", "an OpenCover report", f"{_COBERTURA}, or coverlet --format cobertura."),
    ForeignXml("results", "<module", "a Visual Studio coverage report", "Convert it: dotnet-coverage merge -f cobertura."),
    ForeignXml("CoverageDSPriv", "", "a Visual Studio coverage report", "Convert it: dotnet-coverage merge -f cobertura."),
    ForeignXml("Root", "CoveredStatements", "a dotCover report", f"{_COBERTURA} from dotCover's DetailedXML."),
    ForeignXml("PartCoverReport", "", "a PartCover report", f"{_COBERTURA}."),
    ForeignXml("BullseyeCoverage", "", "a BullseyeCoverage report", "Convert it to Cobertura."),
    ForeignXml("scoverage", "", "a scoverage report", "Give the cobertura.xml that scoverage writes beside it."),
    ForeignXml("report", "<stats>", "an EMMA report", "Use JaCoCo, whose XML is read."),
    ForeignXml("phpunit", "schema.phpunit.de/coverage", "PHPUnit's XML coverage", "Have PHPUnit write Cobertura or Clover: --coverage-cobertura, --coverage-clover."),
    ForeignXml("crap_result", "", "a Crap4j report", "Have PHPUnit write Clover: --coverage-clover."),
    ForeignXml("pmd", "", "a PMD report", f"{_SARIF}: pmd check -f sarif."),
    ForeignXml("pmd-cpd", "", "a CPD report", "Copies are no findings of a rule; give PMD's SARIF."),
    ForeignXml("BugCollection", "", "a SpotBugs report", f"{_SARIF}: spotbugs -sarif."),
    ForeignXml("issues", "<issue", "an Android Lint report", f"{_SARIF}: sarifReport true."),
    ForeignXml("results", "<cppcheck", "a Cppcheck report", f"{_SARIF}: cppcheck --output-format=sarif."),
    ForeignXml("Report", "ToolsVersion", "a ReSharper report", f"{_SARIF}: inspectcode --format=Sarif."),
    ForeignXml("FxCopReport", "", "an FxCop report", f"{_SARIF}: the analyzers' ErrorLog option."),
    ForeignXml("StyleCopViolations", "", "a StyleCop report", f"{_SARIF}: the analyzers' ErrorLog option."),
    ForeignXml("jslint", "", "a JSLint XML report", f"{_SARIF}, Checkstyle XML or JUnit XML."),
    ForeignXml("lint", "<file", "a lint XML report", f"{_SARIF} or Checkstyle XML."),
    ForeignXml("OWASPZAPReport", "", "a ZAP report", f"{_SARIF}: the sarif-json report template."),
    ForeignXml("CxXMLResults", "", "a Checkmarx report", f"{_SARIF}."),
    ForeignXml("analysis", "dependency-check", "a Dependency-Check report", f"{_SARIF}: --format SARIF."),
)  # fmt: skip

JSON = (
    ForeignJson("exitcode summary root", "", "a pytest-json-report", f"{_JUNIT}: pytest --junitxml=junit.xml."),
    ForeignJson("numTotalTests testResults", "", "a Jest or Vitest JSON report", f"{_JUNIT}: the jest-junit reporter, or vitest --reporter=junit."),
    ForeignJson("stats tests passes failures", "", "a Mocha JSON report", f"{_JUNIT}: mocha --reporter xunit."),
    ForeignJson("stats results meta", "", "a mochawesome report", f"{_JUNIT}: mocha --reporter mocha-junit-reporter."),
    ForeignJson("config suites stats", "", "a Playwright JSON report", f"{_JUNIT}: playwright test --reporter=junit."),
    ForeignJson("Action Package", "", "go test -json output", f"{_JUNIT}: gotestsum --junitfile junit.xml."),
    ForeignJson("type event", "", "cargo test JSON", f"{_JUNIT}: cargo nextest run with a junit path in its profile."),
    ForeignJson("protocolVersion runnerVersion", "", "dart test JSON", f"{_JUNIT}: tojunit."),
    ForeignJson("elements keyword", "", "a Cucumber JSON report", f"{_JUNIT}: cucumber --format junit."),
    ForeignJson("meta", "protocolVersion", "Cucumber messages", f"{_JUNIT}: cucumber --format junit."),
    ForeignJson("uuid status steps", "", "an Allure result", f"{_JUNIT} at its source."),
    ForeignJson("examples summary_line", "", "an RSpec JSON report", f"{_JUNIT}: rspec --format RspecJunitFormatter."),
    ForeignJson("testsuites tests failures", "", "a googletest JSON report", f"{_JUNIT}: the option --gtest_output=xml of the test program."),
    ForeignJson("collection run", '"executions"', "a Newman report", f"{_JUNIT}: newman run --reporters junit."),
    ForeignJson("root_group metrics", "", "a k6 summary", f"{_JUNIT}: handleSummary with jUnit()."),
    ForeignJson("data type version", "llvm.coverage", "an llvm-cov export", "Have it write LCOV: llvm-cov export -format=lcov."),
    ForeignJson("gcovr/summary_format_version files", "", "gcovr's coverage summary", "Give what gcovr --json (or --cobertura) writes, which lists the lines."),
    ForeignJson("DotCoverVersion", "", "a dotCover report", "Have dotCover write Cobertura, or DetailedXML and convert that: reportgenerator -reporttypes:Cobertura."),
    ForeignJson("total", '"statements"', "Istanbul's coverage summary", "Give coverage-final.json (reporter json), which lists the lines."),
    ForeignJson("result", '"scriptId"', "raw V8 coverage", "Have c8 write LCOV or Cobertura from it."),
    ForeignJson("source_files", "", "a Coveralls report", "Have the tool write LCOV or Cobertura."),
    ForeignJson("coverage messages", "", "a Codecov report", "Have the tool write LCOV or Cobertura."),
    ForeignJson("RSpec", '"coverage"', "a SimpleCov result set", "Have SimpleCov write LCOV or Cobertura (simplecov-lcov, simplecov-cobertura)."),
    ForeignJson("Minitest", '"coverage"', "a SimpleCov result set", "Have SimpleCov write LCOV or Cobertura (simplecov-lcov, simplecov-cobertura)."),
    ForeignJson("traces coverable", "", "a tarpaulin report", "Have tarpaulin write LCOV or Cobertura: --out Lcov."),
    ForeignJson("targets lineCoverage", "", "an Xcode coverage report", "Convert it to Cobertura: xcresultparser -o cobertura."),
    ForeignJson("", '"Branches": [', "a Coverlet JSON report", "Have Coverlet write Cobertura: coverlet --format cobertura, or CoverletOutputFormat."),
    ForeignJson("gcc_version files", "", "a gcov JSON file", "Give gcovr's report of it: gcovr --json or --cobertura."),
    ForeignJson("results errors paths", "", "a Semgrep report", f"{_SARIF}: semgrep --sarif."),
    ForeignJson("Issues Report", "", "a golangci-lint report", f"{_SARIF}: --out-format sarif."),
    ForeignJson("GosecVersion Issues", "", "a gosec report", f"{_SARIF}: gosec -fmt sarif."),
    ForeignJson("Issues Stats", "Golang errors", "a gosec report", f"{_SARIF}: gosec -fmt sarif."),
    ForeignJson("file line endLine level code message", "", "a ShellCheck report", "Have ShellCheck write Checkstyle XML: shellcheck -f checkstyle."),
    ForeignJson("comments", '"endLine"', "a ShellCheck report", "Have ShellCheck write Checkstyle XML: shellcheck -f checkstyle."),
    ForeignJson("file line level code message", "", "a Hadolint report", f"{_SARIF}: hadolint -f sarif."),
    ForeignJson("line_from file_path snippet", "", "a Psalm report", f"{_SARIF}: psalm --report=psalm.sarif."),
    ForeignJson("file errors", '"rule"', "a ktlint report", f"{_SARIF}: ktlint --reporter=sarif."),
    ForeignJson("ruleName ruleSeverity startPosition", "", "a TSLint report", "Have TSLint write Checkstyle XML: tslint --format checkstyle."),
    ForeignJson("vulnerabilities version scan", "", "a GitLab security report", f"{_SARIF} at its source."),
    ForeignJson("metadata files summary", "rubocop", "a RuboCop report", f"{_SARIF}, or JUnit XML: rubocop --format junit."),
    ForeignJson("scan_info warnings", "", "a Brakeman report", f"{_SARIF}: brakeman -f sarif."),
    ForeignJson("SchemaVersion ArtifactName", "", "a Trivy report", f"{_SARIF}: trivy --format sarif."),
    ForeignJson("vulnerabilities ok", "", "a Snyk report", f"{_SARIF}: snyk test --sarif."),
    ForeignJson("auditReportVersion vulnerabilities", "", "an npm audit report", f"{_SARIF}: npm-audit-sarif or the like."),
    ForeignJson("matches descriptor", "", "a Grype report", f"{_SARIF}: grype -o sarif."),
    ForeignJson("check_type results", "", "a Checkov report", f"{_SARIF}: checkov -o sarif."),
    ForeignJson("RuleID Match", "", "a Gitleaks report", f"{_SARIF}: gitleaks --report-format sarif."),
    ForeignJson("generalDiagnostics", "", "a Pyright report", f"{_SARIF} or Code Quality JSON, by a converter such as pyright-to-gitlab-ci."),
    ForeignJson("totals files errors", "", "a PHPStan report", "Have PHPStan write Checkstyle or Code Quality: --error-format=checkstyle, gitlab."),
    ForeignJson("source warnings deprecations", "", "a Stylelint report", "Have Stylelint write Checkstyle or JUnit XML, or Code Quality."),
    ForeignJson("reason message target", "compiler-", "Cargo's messages", f"{_SARIF}: cargo clippy --message-format=json | clippy-sarif."),
    ForeignJson("rule_id reason severity", "", "a SwiftLint report", f"{_SARIF}: swiftlint --reporter sarif."),
    ForeignJson("diagnostics source", "", "a reviewdog report", f"{_SARIF} at its source."),
    ForeignJson("issues components", "", "a SonarQube answer", f"{_SARIF} at its source."),
    ForeignJson("issues", "engineId", "a SonarQube issue report", f"{_SARIF} at its source."),
    ForeignJson("bomFormat specVersion", "", "a CycloneDX list of parts", "A list of parts is no finding: give the scanner's SARIF."),
    ForeignJson("spdxVersion", "", "an SPDX list of parts", "A list of parts is no finding: give the scanner's SARIF."),
    ForeignJson("results", '"tests"', "a CTRF report", f"{_JUNIT} at its source."),
)  # fmt: skip

TEXT = (
    ForeignText(re.compile(r"\A\s*TAP version \d+|^1\.\.\d+\s*\n(?:#.*\n)*(?:ok|not ok)\b|\A(?:ok|not ok) \d+\b", re.MULTILINE), "TAP output", f"{_JUNIT}: tap-junit, or prove --formatter TAP::Formatter::JUnit."),
    ForeignText(re.compile(r"^=== RUN  ", re.MULTILINE), "go test output", f"{_JUNIT}: gotestsum, or go-junit-report."),
    ForeignText(re.compile(r"\A\s+-:\s+0:Source:"), "a gcov file", "Give gcovr's report of it: gcovr --cobertura or --json."),
)  # fmt: skip

BYTES = (
    ForeignBytes(b"\x81rforpl\xff", "an LLVM raw profile", "Convert it: llvm-profdata merge, llvm-cov export -format=lcov.", raw=True),
    ForeignBytes(b"\xfflprofr\x81", "an LLVM raw profile", "Convert it: llvm-profdata merge, llvm-cov export -format=lcov.", raw=True),
    ForeignBytes(b"\xfflprofi\x81", "an LLVM profile", "Convert it: llvm-cov export -format=lcov.", raw=True),
    ForeignBytes(b"\x01\xc0\xc0", "JaCoCo execution data", "Have JaCoCo write its XML report from it.", raw=True),
    ForeignBytes(b"adcg", "gcov data (gcda)", "Give gcovr's report of it: gcovr --cobertura or --json.", raw=True),
    ForeignBytes(b"oncg", "gcov notes (gcno)", "Give gcovr's report of it: gcovr --cobertura or --json.", raw=True),
    ForeignBytes(b"\x00cvm", "Go coverage data", "Convert it: go tool covdata textfmt -o profile.out.", raw=True),
    ForeignBytes(b"\x00cwm", "Go coverage data", "Convert it: go tool covdata textfmt -o profile.out.", raw=True),
    ForeignBytes(b"\x1f\x8b", "gzip-compressed data", "Give it by its path, so that it is opened for what it holds.", raw=False),
    ForeignBytes(b"PK\x03\x04", "a zip archive", "Give it by its path, so that it is opened for what it holds.", raw=False),
)  # fmt: skip
