"""`[matrix]`: the layers and environments in which every subject is to be protected."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct, field

from reportgen.model.matrices import MatrixPolicy

Name = Annotated[str, Meta(min_length=1)]


class MatrixTable(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every subject wants: tests that pass in each of `layers`, and in each of `environments`.

    Without them the layers and environments of the evidence are wanted. A subject may state `layers` of its
    own.
    """

    layers: list[Name] = field(default_factory=list)
    environments: list[Name] = field(default_factory=list)


def matrix_of(table: MatrixTable) -> MatrixPolicy:
    """Make the policy of the matrices; a name that stands twice is wanted once."""
    return MatrixPolicy(
        layers=tuple(dict.fromkeys(table.layers)), environments=tuple(dict.fromkeys(table.environments))
    )
