"""Reads a submission from a file: our own workbook, or any workbook that carries the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from cchc_xl.build.parent_book import OWN_FIGURES, TOTALS
from cchc_xl.core import file_findings
from cchc_xl.core.findings import Finding
from cchc_xl.core.form import Form
from cchc_xl.core.grid import Grid
from cchc_xl.core.identity import period_above, unit_in_words, unit_name, words_above
from cchc_xl.core.period import Period, period_in_words
from cchc_xl.core.submission import Submission
from cchc_xl.core.table_matching import MatchedTable, match_table
from cchc_xl.core.table_reading import read_table
from cchc_xl.core.text import clean, match_key
from cchc_xl.core.workbook_names import (
    FORM_NAME,
    PANEL_LABELS,
    PERIOD_LABEL,
    SETTINGS_SHEET,
    UNIT_CODE_LABEL,
    UNIT_LABEL,
)
from cchc_xl.errors import UnreadableFile, why
from cchc_xl.gateways.xlsx_package import SheetEntry, XlsxPackage

_OLE_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP_SIGNATURE = b"PK"
_WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm"})
_CALAMINE_ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!"}
)


def read_submission(path: Path, forms: Sequence[Form]) -> Submission:
    """Return what `path` reports, read with the one of `forms` whose table it carries.

    A submission without tables carries none of them; UnreadableFile where the file cannot be
    opened at all. The file is never changed.
    """
    _check_signature(path)
    workbook = _Workbook(path)
    return submission_of(
        workbook.grids(), forms, path, own=workbook.is_ours, form_version=workbook.form_version
    )


def submission_of(
    grids: Iterable[Grid], forms: Sequence[Form], path: Path, *, own: bool, form_version: str = ""
) -> Submission:
    """Return what the sheets of a workbook report, read from a file or from an open workbook.

    `path` names the workbook; `own` says that it is one of ours, made from `form_version`.
    """
    matched, others = _best_table(grids, forms, own=own)
    if matched is None:
        names = [form.name for form in forms]
        return Submission(
            path.name, file_stem(path), None, None, (), (file_findings.no_table(names),)
        )
    if own and form_version not in ("", matched.form.version):
        finding = file_findings.outdated_form(matched.form.name, "kỳ này")
        return Submission(path.name, file_stem(path), None, None, (), (finding,))
    table, findings = read_table(matched, own_template=own)
    notes = list(findings)
    if others:
        notes.append(file_findings.more_than_one_table(matched.grid.sheet, others))
    if not matched.filled:
        notes.append(file_findings.no_figures(matched.grid.sheet))
    above = words_above(matched.grid, matched.layout.header_row)
    panel = _panel(matched) if own else {}
    unit = panel.get(UNIT_LABEL) or _unit(path, above, notes)
    period = period_in_words(panel.get(PERIOD_LABEL, "")) or _period(above, notes)
    code = panel.get(UNIT_CODE_LABEL) or None
    return Submission(path.name, unit, code, period, (table,), tuple(notes))


def _panel(matched: MatchedTable) -> dict[str, str]:
    """Return what stands beside the labels above a table of ours, whatever was inserted there."""
    grid = matched.grid
    return {
        label: grid.text(row, column + 1)
        for row in range(matched.layout.header_row)
        for column in range(len(grid.rows[row]))
        for label in PANEL_LABELS
        if match_key(grid.text(row, column)) == match_key(label)
    }


def first_sheet(path: Path) -> Grid:
    """Return the first sheet that people see; UnreadableFile where there is none."""
    _check_signature(path)
    for grid in _Workbook(path).grids():
        return grid
    raise UnreadableFile(f"Tệp {path.name} không có trang nào.", "Đề nghị kiểm tra lại tệp.")


def read_sheets(path: Path) -> tuple[Grid, ...]:
    """Return every sheet of a workbook; UnreadableFile where it cannot be opened."""
    _check_signature(path)
    return tuple(_Workbook(path).grids())


def settings_of(path: Path) -> dict[str, str]:
    """Return the settings of one of our workbooks; UnreadableFile where it cannot be opened."""
    _check_signature(path)
    return _Workbook(path).settings()


def _check_signature(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(8)
    except FileNotFoundError:
        raise UnreadableFile(
            f"Không tìm thấy tệp {path.name}.", "Đề nghị kiểm tra lại tên tệp và thư mục."
        ) from None
    except IsADirectoryError:
        raise UnreadableFile(
            f"{path.name} là một thư mục, không phải tệp.", "Đề nghị chọn một tệp Excel."
        ) from None
    except OSError as error:
        raise UnreadableFile(
            f"Không mở được tệp {path.name} ({why(error)}).",
            "Đề nghị đóng tệp nếu đang mở trong Excel và kiểm tra quyền đọc tệp.",
        ) from None
    if start.startswith(_ZIP_SIGNATURE) and path.suffix.lower() in _WORKBOOK_ENDINGS:
        return
    if start == _OLE_SIGNATURE and path.suffix.lower() in _WORKBOOK_ENDINGS:
        raise UnreadableFile(
            "Tệp có mật khẩu hoặc là tệp Excel kiểu cũ mang đuôi mới.",
            "Đề nghị mở tệp bằng Excel, bỏ mật khẩu, lưu lại dưới dạng .xlsx rồi gửi lại.",
        )
    raise UnreadableFile(
        "Tệp không phải tệp Excel dạng .xlsx hoặc .xlsm.",
        "Đề nghị mở tệp bằng chương trình đã tạo ra nó, lưu lại dưới dạng .xlsx rồi gửi lại.",
    )


class _Workbook:
    """An .xlsx read sheet by sheet, each only after its XML was found harmless."""

    def __init__(self, path: Path) -> None:
        self._package = XlsxPackage(path)
        self._path = path
        self._read: dict[str, Grid] = {}

    @cached_property
    def _calamine(self) -> Any:
        # Imported here: a command that reads nothing does not wait for it.
        from python_calamine import CalamineWorkbook

        return CalamineWorkbook.from_path(str(self._path))

    def settings(self) -> dict[str, str]:
        """Return the settings of one of our workbooks by their keys; none of another's."""
        entry = next((e for e in self._package.sheets if e.name == SETTINGS_SHEET), None)
        grid = self._grid(entry) if entry is not None else None
        rows = range(len(grid.rows)) if grid is not None else range(0)
        return {grid.text(row, 0): grid.text(row, 1) for row in rows} if grid else {}

    @property
    def is_ours(self) -> bool:
        """Whether our own program made the workbook, or the one that it was copied from."""
        return FORM_NAME in self._package.names

    @property
    def form_version(self) -> str:
        """The version of the form that one of our workbooks was made from, "" where unknown."""
        return self.settings().get("form_version", "")

    def grids(self) -> Iterable[Grid]:
        """Yield the sheets that people see, then the hidden ones; of ours only the former."""
        visible = [entry for entry in self._package.sheets if entry.visible]
        hidden = [entry for entry in self._package.sheets if not entry.visible]
        for entry in visible if self.is_ours and visible else visible + hidden:
            yield self._grid(entry)

    def _grid(self, entry: SheetEntry) -> Grid:
        if entry.name not in self._read:
            special = self._package.special_cells(entry)
            unknown = {cell.error for cell in special.values() if cell.error} - _CALAMINE_ERRORS
            rows = self._rows(entry, unknown_errors=unknown)
            merged = self._package.merged[entry.name]
            self._read[entry.name] = Grid(entry.name, rows, special, entry.visible, merged)
        return self._read[entry.name]

    def _rows(self, entry: SheetEntry, *, unknown_errors: set[str]) -> Any:
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            calamine = self._calamine
            if unknown_errors:
                # calamine gives up a whole sheet over an error that it does not know (#SPILL!).
                package = self._package.with_known_errors(entry, unknown_errors)
                calamine = CalamineWorkbook.from_filelike(package)
            return calamine.get_sheet_by_name(entry.name).to_python(skip_empty_area=False)
        except (CalamineError, OSError, ValueError) as error:
            raise UnreadableFile(
                "Tệp bị hỏng nên không đọc được.",
                "Đề nghị mở tệp bằng Excel, lưu lại dưới dạng .xlsx rồi gửi lại.",
            ) from error


def _best_table(
    grids: Iterable[Grid], forms: Sequence[Form], *, own: bool
) -> tuple[MatchedTable | None, list[str]]:
    """Return the table with the most rows, and the other sheets that carry one with figures."""
    found = [
        table for grid in grids for form in forms if (table := match_table(grid, form)) is not None
    ]
    if not found:
        return None, []
    if own:
        # A master has other sheets with the rows of the form; a copied sheet is none of them.
        found = [t for t in found if t.grid.sheet not in (TOTALS, OWN_FIGURES)] or found
    best = max(
        found,
        key=lambda t: (t.grid.visible, t.filled > 0, len(t.codes), t.filled),
    )
    others = [table.grid.sheet for table in found if table.grid is not best.grid and table.filled]
    return best, list(dict.fromkeys(others))


def _unit(path: Path, above: Sequence[str], notes: list[Finding]) -> str:
    named = unit_in_words(above)
    if named is not None:
        return named
    notes.append(file_findings.unit_from_file_name(file_stem(path)))
    return file_stem(path)


def file_stem(path: Path) -> str:
    """Return the file's name as a unit's name: the last thing to go by."""
    return unit_name(clean(path.stem.replace("_", " ")))


def _period(above: Sequence[str], notes: list[Finding]) -> Period | None:
    period = period_above(above)
    if period is None:
        notes.append(file_findings.period_unknown())
    return period
