"""How long reading and merging takes: `python benchmarks/consolidate.py [FILES]`.

Prints milliseconds per file for calamine alone, for reading a submission, for reading and
checking it, and the seconds of a whole `consolidate` run over that many communes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from python_calamine import CalamineWorkbook

from cchc_xl.gateways.samples import load_sample
from cchc_xl.gateways.schemas import load_form
from cchc_xl.gateways.submissions import read_submission
from cchc_xl.usecases.check import check_file
from cchc_xl.usecases.new import new_workbook
from cchc_xl.usecases.parent import make_parent_workbook


def main(files: int) -> None:
    sample = load_sample("but-son-2022-Q1")
    form = load_form(sample.form)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "in"
        for number in range(files):
            new_workbook(
                folder / f"xa-{number:05}.xlsx",
                form,
                unit=f"Xã Số {number}",
                unit_code="",
                period=sample.period,
                values={**sample.values, "1.1.3": number},
            )
        paths = sorted(folder.iterdir())
        _report("calamine, all sheets", paths, _calamine)
        _report("read_submission", paths, lambda path: read_submission(path, [form]))
        _report("check_file", paths, lambda path: check_file(path, [form]))
        started = time.perf_counter()
        make_parent_workbook(
            folder, Path(place) / "out.xlsx", form, name="Tỉnh Mẫu", period=sample.period
        )
        print(f"consolidate, {files} files: {time.perf_counter() - started:.2f} s")


def _calamine(path: Path) -> None:
    workbook = CalamineWorkbook.from_path(str(path))
    for name in workbook.sheet_names:
        workbook.get_sheet_by_name(name).to_python()


def _report(name: str, paths: list[Path], work: Callable[[Path], object]) -> None:
    work(paths[0])
    started = time.perf_counter()
    for path in paths:
        work(path)
    print(f"{name}: {(time.perf_counter() - started) / len(paths) * 1000:.1f} ms per file")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 170)
