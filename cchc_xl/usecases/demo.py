"""The main job on shipped figures: one commune's real report, and a made-up parent unit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cchc_xl.core.cells import Typed
from cchc_xl.core.form import Form
from cchc_xl.core.period import parse_period_id
from cchc_xl.core.ratios import ratios
from cchc_xl.core.units import ReportingUnit
from cchc_xl.errors import FormDefinitionError
from cchc_xl.gateways.data_files import data_folder
from cchc_xl.gateways.samples import Sample, load_sample
from cchc_xl.gateways.schemas import load_form
from cchc_xl.usecases.check import CheckedFile, check_file
from cchc_xl.usecases.draft import DraftResult, draft_report
from cchc_xl.usecases.new import new_workbook
from cchc_xl.usecases.parent import ParentResult, make_parent_workbook

_SAMPLE = "but-son-2022-Q1"
_MADE_UP = "huyen-mau-2022-Q1.json"
STAMP = "SỐ LIỆU GIẢ ĐỊNH"


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demonstration made and found, in its two acts."""

    sample: Sample
    workbook: Path
    checked: CheckedFile
    ratios_known: int
    ratios_all: int
    report: DraftResult
    folder: Path
    parent: ParentResult
    parent_report: DraftResult


def run_demo(folder: Path) -> DemoResult:
    """Check and draft Bút Sơn's own figures, then merge the made-up communes of "Huyện Mẫu"."""
    sample = load_sample(_SAMPLE)
    form = load_form(sample.form)
    workbook = folder / f"{sample.id}.xlsx"
    new_workbook(
        workbook,
        form,
        unit=sample.unit,
        unit_code="",
        period=sample.period,
        values=sample.values,
        notes=sample.notes,
    )
    checked = check_file(workbook, [form])
    table = checked.submission.tables[0] if checked.submission else None
    known = sum(value.percent is not None for value in ratios(table).values()) if table else 0
    report = draft_report(workbook, folder / f"{sample.id}.docx")
    communes = folder / "huyen-mau"
    parent = _made_up_parent(communes, folder / "huyen-mau-tong-hop.xlsx", form)
    parent_report = draft_report(parent.output, folder / "huyen-mau-bao-cao.docx", stamp=STAMP)
    return DemoResult(
        sample, workbook, checked, known, len(form.ratios), report, communes, parent, parent_report
    )


def _made_up_parent(communes: Path, output: Path, form: Form) -> ParentResult:
    path = data_folder("schemas") / "samples" / "made-up" / _MADE_UP
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    period = parse_period_id(content["period"])
    if period is None:
        raise FormDefinitionError(f"Tệp {path.name}: sai mục period.", "Đề nghị sửa mục period.")
    units = [ReportingUnit(u["name"], u["code"], u["type"]) for u in content["units"]]
    for file, unit, values in _files(content):
        new_workbook(
            communes / file,
            form,
            unit=unit["name"],
            unit_code=unit["code"],
            period=period,
            values=values,
            stamp=STAMP,
        )
    return make_parent_workbook(
        communes, output, form, name=content["name"], period=period, units=units, stamp=STAMP
    )


def _files(content: dict[str, Any]) -> Iterator[tuple[str, dict[str, str], dict[str, Typed]]]:
    """Yield the file name, unit and values of each made-up submission."""
    common: dict[str, Typed] = content["common"]
    for unit in content["units"]:
        for place, values in enumerate(unit["submissions"], start=1):
            again = f"-lan-{place}" if place > 1 else ""
            yield f"{unit['file']}{again}.xlsx", unit, {**common, **values}
