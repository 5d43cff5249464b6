"""What a JUnit file shows of its producer: the attributes that it writes, and in which order."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SEEN = 5
_REVISION = re.compile(r"(.*[._-])?(revision|commit|sha|commit[._-]?(id|sha|hash)|git[._-]?(sha|hash))")
_HASH = re.compile(r"[0-9a-fA-F]{7,64}")


class Traits:
    """Collected while reading, from the first few suites and cases only.

    `root` is the root's name and `root_attributes` its attributes; `suites` and `cases` are the attributes of
    the first of each; `properties` the properties of the first suites.
    """

    def __init__(self) -> None:
        self.root = ""
        self.root_attributes: Mapping[str, str] = {}
        self.suites: list[Mapping[str, str]] = []
        self.cases: list[Mapping[str, str]] = []
        self.properties: dict[str, str] = {}

    def see_case(self, attributes: Mapping[str, str]) -> None:
        """Note a case's attributes."""
        if len(self.cases) < _SEEN:
            self.cases.append(attributes)

    def see_suite(self, attributes: Mapping[str, str], properties: tuple[tuple[str, str], ...]) -> None:
        """Note a suite's attributes and properties."""
        if len(self.suites) < _SEEN:
            self.suites.append(attributes)
            self.properties.update(properties)

    @property
    def revision(self) -> str:
        """The revision that was tested, where a suite's property names it; else empty."""
        values = (value for key, value in self.properties.items() if _REVISION.fullmatch(key.lower()))
        return next((value for value in values if _HASH.fullmatch(value)), "")

    @property
    def suite(self) -> Mapping[str, str]:
        """The attributes of the first suite that ended; none where there is no suite."""
        return self.suites[0] if self.suites else {}

    @property
    def case(self) -> Mapping[str, str]:
        """The attributes of the first case; none where there is no case."""
        return self.cases[0] if self.cases else {}
