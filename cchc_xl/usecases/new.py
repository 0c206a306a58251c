"""Makes the workbook of a reporting unit for a period."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from cchc_xl.build.commune_book import CommuneWorkbook, LastPeriod
from cchc_xl.build.commune_workbook import commune_workbook
from cchc_xl.core.cells import Typed
from cchc_xl.core.form import Form
from cchc_xl.core.period import Period
from cchc_xl.core.register import registers
from cchc_xl.core.register_lines import record_of
from cchc_xl.core.workbook_names import FORM_NAME
from cchc_xl.errors import OutputRefused, UnreadableFile, UsageError, why
from cchc_xl.gateways.files import write_file
from cchc_xl.gateways.folder import is_parent_workbook
from cchc_xl.gateways.submissions import read_submission
from cchc_xl.gateways.xlsx_package import XlsxPackage
from cchc_xl.usecases.earlier import earlier_table, read_earlier

_LONGEST_TEXT = 32_767
_LARGEST_NUMBER = 1e307


def new_workbook(
    path: Path,
    form: Form,
    *,
    unit: str,
    unit_code: str,
    period: Period,
    values: Mapping[str, Typed] | None = None,
    lists: Mapping[str, Sequence[str]] | None = None,
    notes: Mapping[str, str] | None = None,
    previous: Path | None = None,
    stamp: str = "",
) -> None:
    """Write a workbook to `path`; the values go in as given, valid or not, and are not checked.

    `lists` are the lines of registers by their prefix: "Kế hoạch số 12/KH-UBND ngày 21/02/2022 …".
    What the unit reported in the file `previous` stands beside the inputs. Raises UsageError for a
    code that the form does not have, or where `previous` is another unit's or of a period in no
    relation to this one; UnreadableFile where it cannot be read; OutputRefused where a file stands
    that is not ours or that somebody has filled.
    """
    if path.suffix.lower() != ".xlsx":
        raise UsageError(
            f"Tên tệp {path.name} không có đuôi .xlsx.", "Đề nghị đặt tên tệp kết thúc bằng .xlsx."
        )
    known = {*form.by_code, *form.open_rows}
    prefixes = {register.prefix for register in registers(form)}
    unknown = [code for code in (values or {}) if code not in known]
    unknown += [prefix for prefix in (lists or {}) if prefix not in prefixes]
    if unknown:
        raise UsageError(
            f"Biểu mẫu {form.name} không có chỉ tiêu: {', '.join(unknown)}.",
            "Đề nghị sửa mã chỉ tiêu trong tệp số liệu.",
        )
    if path.exists():
        _refuse_to_lose(path, form, unit, period, is_blank=not values)
    last = _last_period(previous, form, unit, period) if previous is not None else None
    records = {
        register.id: tuple(
            record_of(line, register) for line in (lists or {}).get(register.prefix, ())
        )
        for register in registers(form)
    }
    content = CommuneWorkbook(form, unit, unit_code, period, values, notes, records, stamp, last)
    write_file(path, commune_workbook(content))


def _last_period(path: Path, form: Form, unit: str, period: Period) -> LastPeriod:
    earlier = read_earlier(path, [form])
    found, why_not = earlier_table(earlier, unit, period)
    if found is None or earlier.period is None:
        raise UsageError(why_not[0].message, why_not[0].advice)
    return LastPeriod(earlier.period, found.table)


def read_values(path: Path) -> tuple[dict[str, Typed], dict[str, list[str]]]:
    """Return the values of a JSON file `{CODE: value}`: numbers, strings or null.

    Apart from them, the lines of registers: `{"VB": ["Kế hoạch số 12/KH-UBND ngày …"]}`.
    """
    try:
        values: object = json.loads(
            path.read_text(encoding="utf-8-sig"), parse_constant=_refuse_constant
        )
    except OSError as error:
        raise UsageError(
            f"Không đọc được tệp số liệu {path.name} ({why(error)}).",
            "Đề nghị kiểm tra lại tên tệp.",
        ) from None
    except ValueError:  # of JSON, of UTF-8, of NaN
        raise UsageError(
            f"Tệp số liệu {path.name} không phải JSON (UTF-8).",
            'Đề nghị ghi theo dạng {"1.1.1": 28, "1.1.2": null}.',
        ) from None
    if not isinstance(values, dict):
        raise UsageError(
            f"Tệp số liệu {path.name} phải là một đối tượng JSON.",
            'Đề nghị ghi theo dạng {"1.1.1": 28, "1.1.2": null}.',
        )
    lists = {code: value for code, value in values.items() if _is_list_of_lines(value)}
    for code in lists:
        del values[code]
    for code, value in values.items():
        if not _can_stand_in_a_cell(value):
            raise UsageError(
                f"Giá trị của {code} trong tệp {path.name} không ghi được vào ô.",
                "Đề nghị dùng số, chữ (không quá 32.767 ký tự) hoặc null.",
            )
    return values, lists


def _is_list_of_lines(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(line, str) and _can_stand_in_a_cell(line) for line in value
    )


def _refuse_constant(name: str) -> float:
    raise ValueError(name)


def _can_stand_in_a_cell(value: object) -> bool:
    if isinstance(value, str):
        has_halves = any(0xD800 <= ord(character) < 0xE000 for character in value)
        return not has_halves and len(value) <= _LONGEST_TEXT
    if isinstance(value, bool):
        return False
    return value is None or (isinstance(value, int | float) and abs(value) < _LARGEST_NUMBER)


def _refuse_to_lose(path: Path, form: Form, unit: str, period: Period, *, is_blank: bool) -> None:
    """Raise OutputRefused where a file stands that is none of ours, or that somebody has filled.

    Only other figures of the same unit and period may take the place of figures.
    """
    try:
        is_input = FORM_NAME in XlsxPackage(path).names and not is_parent_workbook(path)
        submission = read_submission(path, [form]) if is_input else None
    except (UnreadableFile, OSError):
        submission = None
    if submission is None:
        raise OutputRefused(
            f"Tệp {path.name} đã có và không phải tệp nhập liệu do cchc-xl tạo ra.",
            "Đề nghị chọn tên tệp khác; tệp cũ được giữ nguyên.",
        )
    is_filled = any(
        not entry.raw.is_empty for table in submission.tables for entry in table.entries.values()
    )
    is_same = submission.unit == unit and submission.period == period
    if is_filled and (is_blank or not is_same):
        named = f" {submission.period.name}" if submission.period else ""
        raise OutputRefused(
            f"Tệp {path.name} đã có số liệu của {submission.unit}{named}.",
            "Đề nghị chọn tên tệp khác; tệp cũ được giữ nguyên.",
        )
