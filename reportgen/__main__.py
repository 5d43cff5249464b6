"""`python -m reportgen` is the command `reportgen`."""

from __future__ import annotations

from reportgen.cli import entry

if __name__ == "__main__":
    entry()
