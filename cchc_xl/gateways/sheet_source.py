"""What every kind of file that carries a submission can be asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from cchc_xl.core.grid import Grid


class SheetSource(Protocol):
    """A file as sheets; each method may raise UnreadableFile."""

    @property
    def is_ours(self) -> bool:
        """Whether our own program made the file, or the one that it was copied from."""

    @property
    def has_external_links(self) -> bool:
        """Whether formulas take values from other workbooks."""

    def grids(self) -> Iterable[Grid]:
        """Yield the sheets that people see, then the hidden ones; of ours only the former."""

    def sheet(self, name: str) -> Grid | None:
        """Return the sheet of a name, hidden or not; None where there is none."""


def settings_in(grid: Grid | None) -> dict[str, str]:
    """Return the settings that the hidden sheet of one of our workbooks holds."""
    if grid is None:
        return {}
    return {grid.text(row, 0): grid.text(row, 1) for row in range(len(grid.rows))}
