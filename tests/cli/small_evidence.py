"""Evidence small enough to read in a test."""

from __future__ import annotations

HEALTHY = '<testsuite name="s"><testcase classname="a.b" name="c" time="0.1"/></testsuite>'
FAILING = (
    '<testsuite name="s"><testcase classname="a.b" name="c">'
    '<failure message="::error::owned&#x202e;&#x9b;31m">x</failure></testcase></testsuite>'
)
EMPTY = '<testsuite name="s"/>'
COVERAGE = (
    '<coverage line-rate="0.5"><packages><package name="p"><classes>'
    '<class name="a.py" filename="a.py"><lines>'
    '<line number="1" hits="1"/><line number="2" hits="0"/>'
    "</lines></class></classes></package></packages></coverage>"
)
