"""The result of `consolidate` as one JSON object, numbers unrounded."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cchc_xl.cli_json import (
    Json,
    comparison_json,
    counts_json,
    finding_json,
    forms_json,
    value_json,
)
from cchc_xl.core.changes import Change, Figure
from cchc_xl.core.consolidation import Received
from cchc_xl.core.ratios import RatioValue
from cchc_xl.core.roll_up import RolledIndicator, RolledRatio
from cchc_xl.core.submission import Status
from cchc_xl.core.values import State, Value
from cchc_xl.usecases.parent import ParentResult


def consolidation_json(result: ParentResult) -> Json:
    data = result.data
    return {
        "name": data.name,
        "period": data.period.id,
        "units": [_received_json(entry) for entry in data.received],
        "indicators": {
            code: _indicator_json(rolled) for code, rolled in data.rolled.indicators.items()
        },
        "ratios": {
            ratio_id: _ratio_json(rolled) for ratio_id, rolled in data.rolled.ratios.items()
        },
        "findings": [finding_json(finding) for finding in data.findings],
        "comparison": comparison_json(data.comparison) if data.comparison else None,
        "changes": [_change_json(change) for change in result.changes or ()],
        "output": str(result.output),
    }


def _received_json(entry: Received) -> Json:
    named = next((finding.unit for finding in entry.findings if finding.unit), None)
    return {
        "unit": entry.unit.name if entry.unit else named,
        "file": entry.file,
        "status": entry.status.value,
        "findings": counts_json(entry.counts),
        "forms": forms_json(entry.submission),
    }


def _change_json(change: Change) -> Json:
    def plain(value: Figure | Status) -> str | int | float | None:
        return value.value if isinstance(value, Status) else value_json(value)

    return {
        "unit": change.unit,
        "indicator": change.indicator,
        "was": plain(change.was),
        "now": plain(change.now),
        "file": change.file or None,
        "cell": change.cell or None,
    }


def _indicator_json(rolled: RolledIndicator) -> Json:
    detail = {key: _plain(value) for key, value in rolled.detail.items()}
    if rolled.stands_on != rolled.reporting:
        detail["stands_on"] = rolled.stands_on
    return {
        "aggregation": rolled.indicator.aggregation.value,
        "value": value_json(rolled.value),
        "reporting": rolled.reporting,
        "expected": rolled.expected,
        "by_unit": {key: _unit_value(value) for key, value in rolled.by_unit.items()},
        "detail": detail or None,
    }


def _unit_value(value: Value) -> str | int | float | None:
    if value.is_numeric:
        return value_json(value.number)
    return "KAD" if value.state is State.NOT_APPLICABLE else None


def _ratio_json(rolled: RolledRatio) -> Json:
    return {
        **_parts(rolled.value),
        "stands_on": rolled.stands_on,
        "by_unit": {key: _parts(value) for key, value in rolled.by_unit.items()},
    }


def _parts(value: RatioValue) -> Json:
    return {
        "numerator": value_json(value.numerator),
        "denominator": value_json(value.denominator),
        "percent": value_json(value.percent),
    }


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return value_json(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value
