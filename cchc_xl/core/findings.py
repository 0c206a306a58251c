"""The finding: one thing that is wrong, missing or worth a look, as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypeAlias


class Severity(Enum):
    """How much a finding weighs: lỗi, cảnh báo, lưu ý."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


Shown: TypeAlias = str | Decimal | int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found; `indicator`, `sheet` and `cell` are those of the rule's first code."""

    rule: str
    severity: Severity
    message: str
    advice: str
    indicator: str | None = None
    sheet: str | None = None
    cell: str | None = None
    found: Shown = None
    expected: Shown = None
    unit: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings there are of each severity."""

    error: int = 0
    warning: int = 0
    info: int = 0


def count(findings: Iterable[Finding]) -> Counts:
    """Return how many `findings` there are of each severity."""
    severities = [finding.severity for finding in findings]
    return Counts(*(severities.count(severity) for severity in Severity))
