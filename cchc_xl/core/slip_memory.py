"""What a return slip remembers: how the file stood when it was sent back, and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cchc_xl.core.findings import Finding, Shown

MEMORY_SHEET = "_phieu"
SLIP_SHEET = "Phiếu đề nghị chỉnh sửa"


@dataclass(frozen=True, slots=True)
class RememberedFigure:
    """An indicator as it was typed, and where."""

    sheet: str
    cell: str
    typed: Shown


@dataclass(frozen=True, slots=True)
class SlipMemory:
    """The file that a slip speaks of: `source` is its name, `period` the id that was asked for.

    `state` tells whether anything that is read from the slip has changed since.
    """

    unit: str
    period: str
    form: str
    source: str
    sha256: str
    figures: Mapping[str, RememberedFigure]
    findings: tuple[Finding, ...]
    state: str = ""
