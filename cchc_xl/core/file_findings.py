"""The findings that reading makes about files, tables, rows and cells.

Their sentences stand here, as those of the rules stand in the form files: where, what is wrong,
what to do. Which of them is due is decided by whoever calls; those of units and periods stand in
`unit_findings`.
"""

from __future__ import annotations

from cchc_xl.core.cells import RawCell
from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.form import Form, Indicator
from cchc_xl.core.submission import Entry
from cchc_xl.core.wording import as_typed, shown

# The rule of the finding that says that reading itself failed.
DEFECT = "RB15"
# The rule of the finding that says that a file carries no table of ours.
NO_TABLE = "RB8"
# More addresses than these are not read; whoever moves a column finds the others below.
_MOST_CELLS_NAMED = 8


def label_differs(indicator: Indicator, label: str, entry: Entry, number: str = "") -> Finding:
    """The words of a row are not those of the indicator that it was read as.

    `number` is the code of another indicator where the row has one.
    """
    message = f"Dòng «{label}» được đọc là chỉ tiêu {indicator.code} «{indicator.label}»."
    if number:
        message = (
            f"Dòng có mã (STT) {number} nhưng tên là «{label}»; được đọc theo tên là chỉ tiêu "
            f"{indicator.code} «{indicator.label}»."
        )
    return Finding(
        rule="RB1",
        severity=Severity.WARNING,
        message=message,
        advice="Nếu không phải chỉ tiêu này, đề nghị sửa mã hoặc tên chỉ tiêu theo biểu mẫu.",
        indicator=indicator.code,
        sheet=entry.sheet,
        cell=entry.cell,
        found=label,
        expected=indicator.label,
    )


def row_twice(indicator: Indicator, kept: Entry, other: Entry) -> Finding:
    """Two rows speak of one indicator, and one of them adds nothing."""
    return Finding(
        rule="RB2",
        severity=Severity.INFO,
        message=(
            f"Chỉ tiêu {indicator.code} có hai dòng (ô {kept.cell} và ô {other.cell}); "
            f"số liệu được lấy một lần, từ ô {kept.cell}."
        ),
        advice="Nên xóa dòng thừa.",
        indicator=indicator.code,
        sheet=kept.sheet,
        cell=other.cell,
        found=as_typed(other.raw),
        expected=as_typed(kept.raw),
    )


def row_twice_differently(indicator: Indicator, first: Entry, second: Entry) -> Finding:
    """Two rows give two figures of one indicator, so neither is used."""
    return Finding(
        rule="RB3",
        severity=Severity.ERROR,
        message=(
            f"Chỉ tiêu {indicator.code} có hai số khác nhau: {shown(as_typed(first.raw))} "
            f"(ô {first.cell}) và {shown(as_typed(second.raw))} (ô {second.cell}); "
            "không số nào được dùng."
        ),
        advice="Đề nghị giữ lại một dòng với số đúng.",
        indicator=indicator.code,
        sheet=first.sheet,
        cell=second.cell,
        found=as_typed(second.raw),
        expected=as_typed(first.raw),
    )


def row_not_recognised(
    severity: Severity,
    label: str,
    raw: RawCell,
    sheet: str,
    cell: str,
    taken: Indicator | None = None,
) -> Finding:
    """A row of the table speaks of no indicator of the form, or of one `taken` by another row."""
    message = f"Không nhận ra dòng «{label}» trong biểu mẫu."
    if taken is not None:
        message = (
            f"Dòng «{label}» có mã (STT) và tên không khớp nhau; chỉ tiêu {taken.code} "
            f"«{taken.label}» đã có ở dòng khác."
        )
    used = "" if severity is Severity.INFO else " Số liệu ở dòng này không được dùng."
    return Finding(
        rule="RB4",
        severity=severity,
        message=f"{message}{used}",
        advice="Nếu là một chỉ tiêu của biểu mẫu, đề nghị ghi đúng mã (STT) và tên chỉ tiêu.",
        sheet=sheet,
        cell=cell,
        found=as_typed(raw),
    )


def rows_missing(codes: list[str], sheet: str) -> Finding:
    """The table lacks rows that the form prints."""
    return Finding(
        rule="RB5",
        severity=Severity.WARNING,
        message=f"Bảng thiếu {len(codes)} dòng của biểu mẫu: {', '.join(codes)}.",
        advice="Đề nghị bổ sung các dòng thiếu; dòng thiếu được coi là chưa báo cáo.",
        sheet=sheet,
    )


def supplementary_missing(codes: list[str], all_of_them: int, sheet: str) -> Finding:
    """The table lacks the block of supplementary figures, or a part of it."""
    what = "khối số liệu bổ sung" if len(codes) == all_of_them else "một phần số liệu bổ sung"
    return Finding(
        rule="RB6",
        severity=Severity.INFO,
        message=f"Tệp không có {what} ({', '.join(codes)}).",
        advice=(
            "Nên dùng mẫu cchc-commune.xlsx để nhập thêm; thiếu các số này thì một số tỷ lệ "
            "không tính được."
        ),
        sheet=sheet,
    )


def no_table(form_names: list[str], other: str | None = None) -> Finding:
    """No sheet of the file carries a table that we know; `other` is the form that it names."""
    wanted = " hoặc ".join(form_names)
    message = f"Không tìm thấy bảng {wanted} trong tệp."
    if other is not None:
        message = f"Tệp là «{other}», không phải {wanted}; không được tổng hợp."
    return Finding(
        rule=NO_TABLE,
        severity=Severity.ERROR,
        message=message,
        advice="Đề nghị dùng mẫu cchc-commune.xlsx (trong thư mục workbooks, hoặc tạo bằng lệnh "
        "cchc-xl new), hoặc giữ dòng tiêu đề «Chỉ tiêu thống kê» và «Số liệu» như biểu in.",
        found=other,
    )


def legacy_font(encoding: str, sheet: str) -> Finding:
    """The text was typed with the fonts of before Unicode and converted for reading."""
    return Finding(
        rule="RB13",
        severity=Severity.INFO,
        message=f"Tệp gõ bằng phông chữ cũ ({encoding}); chữ đã được chuyển sang Unicode để đọc.",
        advice="Nên gõ bằng bảng mã Unicode, phông Times New Roman.",
        sheet=sheet,
        found=encoding,
    )


def external_links() -> Finding:
    """The workbook takes values from other workbooks; those kept at its last saving were read."""
    return Finding(
        rule="RB14",
        severity=Severity.INFO,
        message="Tệp có công thức lấy số liệu từ tệp khác; được đọc theo giá trị của lần lưu cuối.",
        advice="Nên thay các công thức đó bằng số liệu trước khi gửi.",
    )


def outdated_version(form: Form, version: str) -> Finding:
    """One of our workbooks was made from another version of the form."""
    return Finding(
        rule="RB10",
        severity=Severity.ERROR,
        message=f"Tệp theo mẫu {form.name} phiên bản {version}; mẫu đang dùng là phiên bản "
        f"{form.version}; không được tổng hợp.",
        advice="Đề nghị nhập lại vào mẫu cchc-commune.xlsx mới nhất (trong thư mục workbooks, hoặc "
        "tạo bằng lệnh cchc-xl new).",
        found=version,
        expected=form.version,
    )


def unreadable(message: str, advice: str) -> Finding:
    """The file cannot be opened."""
    return Finding(rule="RB9", severity=Severity.ERROR, message=message, advice=advice)


def reader_failed(code: str) -> Finding:
    """Reading the file came upon a defect of ours; `code` is how the log knows it."""
    return Finding(
        rule=DEFECT,
        severity=Severity.ERROR,
        message=f"Chương trình gặp lỗi {code} khi đọc tệp này.",
        advice="Đề nghị mở tệp bằng Excel, lưu lại dưới dạng .xlsx rồi gửi lại; nếu vẫn lỗi, báo "
        "cho người phụ trách cchc-xl.",
    )


def outdated_form(form: str, period: str) -> Finding:
    """The form, or its version, is not the one for the period."""
    return Finding(
        rule="RB10",
        severity=Severity.ERROR,
        message=f"{form} trong tệp không phải mẫu đang dùng cho {period}; không được tổng hợp.",
        advice="Đề nghị nhập lại vào mẫu cchc-commune.xlsx mới nhất (trong thư mục workbooks, hoặc "
        "tạo bằng lệnh cchc-xl new).",
    )


def no_figures(sheet: str) -> Finding:
    """The table is there, but nobody has filled it."""
    return Finding(
        rule="RB11",
        severity=Severity.WARNING,
        message="Bảng chưa có số liệu nào.",
        advice="Đề nghị đơn vị nhập số liệu rồi gửi lại.",
        sheet=sheet,
    )


def own_result() -> Finding:
    """The file is a parent unit's workbook that this program made."""
    return Finding(
        rule="RB12",
        severity=Severity.INFO,
        message="Đây là tệp kết quả tổng hợp của cchc-xl, không phải báo cáo của một đơn vị.",
        advice="Không cần kiểm tra tệp này; các vấn đề nằm ở trang Kiểm tra của nó.",
    )


def several_value_columns(headers: list[tuple[str, str]], sheet: str) -> Finding:
    """Several columns claim to be the figures of the period; `headers` are words and cells."""
    named = _named_columns(headers)
    return Finding(
        rule="RB21",
        severity=Severity.ERROR,
        message=f"Bảng có {len(headers)} cột số liệu: {named}; không rõ cột nào là của kỳ báo cáo "
        "nên không số nào được dùng.",
        advice="Đề nghị chỉ để lại một cột «Số liệu» của kỳ báo cáo rồi gửi lại.",
        sheet=sheet,
        cell=headers[0][1],
        found=named,
        expected="Số liệu",
    )


def other_columns(read: tuple[str, str], others: list[tuple[str, str]], sheet: str) -> Finding:
    """Beside the column that was read stand other numbers; a column without words has no title."""
    named = _named_columns(others)
    return Finding(
        rule="RB22",
        severity=Severity.WARNING,
        message=f"Số liệu được đọc từ cột {_named_columns([read])}; không đọc cột {named}.",
        advice="Đề nghị kiểm tra rằng cột được đọc là số liệu của kỳ báo cáo, rồi bỏ cột thừa.",
        sheet=sheet,
        cell=others[0][1],
        found=named,
    )


def _named_columns(headers: list[tuple[str, str]]) -> str:
    return ", ".join(
        f"«{words}» (ô {cell})" if words else f"không tên (từ ô {cell})" for words, cell in headers
    )


def no_header(cell: str, sheet: str) -> Finding:
    """The table has no header; its figures are those of the column that begins at `cell`."""
    return Finding(
        rule="RB26",
        severity=Severity.WARNING,
        message="Bảng không có dòng tiêu đề; các cột được nhận ra theo nội dung, số liệu từ ô "
        f"{cell}.",
        advice="Đề nghị giữ dòng tiêu đề «Chỉ tiêu thống kê» và «Số liệu» như biểu in.",
        sheet=sheet,
        cell=cell,
    )


def misplaced_figures(header: str, cells: list[str], first: RawCell, sheet: str) -> Finding:
    """Numbers stand under `header` in rows that have no figure."""
    rest = len(cells) - _MOST_CELLS_NAMED
    named = ", ".join(cells[:_MOST_CELLS_NAMED]) + (f" và {rest} ô khác" if rest > 0 else "")
    return Finding(
        rule="RB25",
        severity=Severity.WARNING,
        message=f"Cột «{header}» có số ở dòng chưa có số liệu (ô {named}); không được dùng.",
        advice="Nếu đó là số liệu, đề nghị chuyển sang cột «Số liệu».",
        sheet=sheet,
        cell=cells[0],
        found=as_typed(first),
    )


def number_undecided(
    codes: tuple[str, ...], label: str, raw: RawCell, sheet: str, cell: str
) -> Finding:
    """The number of a row may be that of several indicators, and its words do not tell."""
    words = f" «{label}»" if label else ""
    return Finding(
        rule="RB23",
        severity=Severity.INFO if raw.is_empty else Severity.WARNING,
        message=f"Dòng{words} có số thứ tự có thể là {' hoặc '.join(codes)} (Excel bỏ số 0 ở "
        "cuối); số liệu ở dòng này không được dùng.",
        advice="Đề nghị định dạng cột STT là văn bản rồi gõ lại đúng số thứ tự, hoặc ghi đúng tên "
        "chỉ tiêu.",
        sheet=sheet,
        cell=cell,
        found=as_typed(raw),
        expected=" hoặc ".join(codes),
    )


def shared_figure(codes: list[str], raw: RawCell, sheet: str, cell: str) -> Finding:
    """One figure stands in a cell merged over the rows of several indicators."""
    return Finding(
        rule="RB24",
        severity=Severity.WARNING,
        message=f"Ô {cell} được gộp cho {len(codes)} chỉ tiêu ({', '.join(codes)}); "
        f"số liệu chỉ được tính cho {codes[0]}.",
        advice="Đề nghị bỏ gộp ô và ghi số liệu riêng cho từng chỉ tiêu.",
        indicator=codes[0],
        sheet=sheet,
        cell=cell,
        found=as_typed(raw),
    )
