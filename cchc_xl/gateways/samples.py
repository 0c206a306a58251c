"""The shipped samples: figures of real reports, each with the place that it comes from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from cchc_xl.core.cells import Typed
from cchc_xl.core.period import Period, parse_period_id
from cchc_xl.errors import FormDefinitionError
from cchc_xl.gateways.data_files import data_folder


@dataclass(frozen=True, slots=True)
class Sample:
    """One unit's figures for one period, and the report that they stand in."""

    id: str
    unit: str
    period: Period
    form: str
    source: str
    values: dict[str, Typed]
    notes: dict[str, str]
    places: dict[str, str]


def load_sample(sample_id: str) -> Sample:
    """Return a shipped sample by its id, such as `but-son-2022-Q1`."""
    path = data_folder("schemas") / "samples" / f"{sample_id}.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    period = parse_period_id(content["period"])
    if period is None:
        raise FormDefinitionError(
            f"Tệp mẫu {path.name}: kỳ «{content['period']}» không đúng.",
            "Đề nghị sửa mục period.",
        )
    figures: dict[str, dict[str, Any]] = content["figures"]
    return Sample(
        id=sample_id,
        unit=content["unit"],
        period=period,
        form=content["form"],
        source=content["source"],
        values={code: figure["value"] for code, figure in figures.items()},
        notes={code: figure["note"] for code, figure in figures.items() if "note" in figure},
        places={code: figure["place"] for code, figure in figures.items()},
    )


def sample_ids() -> tuple[str, ...]:
    """Return the ids of the shipped samples."""
    return tuple(sorted(path.stem for path in (data_folder("schemas") / "samples").glob("*.json")))
