"""The main job on shipped figures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cchc_xl.core.ratios import ratios
from cchc_xl.gateways.samples import Sample, load_sample
from cchc_xl.gateways.schemas import load_form
from cchc_xl.usecases.check import CheckedFile, check_file
from cchc_xl.usecases.new import new_workbook

_SAMPLE = "but-son-2022-Q1"


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demonstration made and found."""

    sample: Sample
    workbook: Path
    checked: CheckedFile
    ratios_known: int
    ratios_all: int


def run_demo(folder: Path) -> DemoResult:
    """Make the workbook of Bút Sơn from its own report in `folder`, and check it."""
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
    known = (
        [value for value in ratios(table).values() if value.percent is not None] if table else []
    )
    return DemoResult(sample, workbook, checked, len(known), len(form.ratios))
