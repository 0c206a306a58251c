"""Writes `Bắt đầu`: whose report, the five steps with their buttons, and how things stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.commune_book import PERIODS
from cchc_xl.build.machine_sheet import MACHINE
from cchc_xl.build.master_book import (
    CHART_DATA,
    IS_PARENT,
    MOST_FILES,
    START,
    UNIT_COUNT,
    MasterBook,
)
from cchc_xl.build.parent_book import FINDINGS, UNITS
from cchc_xl.core.cells import Kind
from cchc_xl.core.findings import Severity
from cchc_xl.core.form import Form
from cchc_xl.core.submission import Status
from cchc_xl.core.wording import SEVERITY_WORDS, STATUS_WORDS
from cchc_xl.core.workbook_names import (
    FOLDER_NAME,
    PARENT_ROLE,
    PERIOD_NAME,
    REPORTING_ROLE,
    ROLE_NAME,
    STATUS_NAME,
    UNIT_CODE_NAME,
    UNIT_NAME,
)

_LABEL, _VALUE, _BESIDE, _MISSING = 1, 2, 3, 5
FIRST_INPUT = 4
_FIRST_STEP = 11
_FIRST_STATE = 21
# How many units that have not reported are listed; more are counted.
_LISTED = 18


@dataclass(frozen=True, slots=True)
class Input:
    """A cell of the start page that the official fills."""

    name: str
    label: str
    prompt: str
    value: str = ""
    choices: tuple[str, ...] | str = ()


@dataclass(frozen=True, slots=True)
class Button:
    """A button: its macro, what stands on it, and what it does."""

    macro: str
    label: str
    does: str


INPUTS = (
    Input(
        ROLE_NAME, "Vai trò",
        "Đơn vị báo cáo nhập số liệu vào Phụ lục 01b; đơn vị tổng hợp gom tệp của các đơn vị.",
        REPORTING_ROLE, (REPORTING_ROLE, PARENT_ROLE),
    ),
    Input(UNIT_NAME, "Đơn vị", "Ghi đủ loại và tên, ví dụ: Xã Tùng Châu, Tỉnh Gia Lai"),
    Input(UNIT_CODE_NAME, "Mã đơn vị (nếu có)", "Mã số đơn vị hành chính"),
    Input(
        PERIOD_NAME, "Kỳ báo cáo",
        "Chọn trong danh sách, hoặc gõ: từ ngày 01/01/2021 đến ngày 31/8/2023",
        choices=f"={PERIODS}",
    ),
    Input(
        FOLDER_NAME, "Thư mục báo cáo",
        "Đơn vị tổng hợp: thư mục chứa tệp của các đơn vị; bấm Chọn thư mục hoặc dán đường dẫn.",
    ),
)  # fmt: skip
STEPS = (
    Button("CchcCheck", "Kiểm tra",
           "Tìm chỗ chưa khớp, ghi vào trang Kiểm tra kèm đường dẫn tới từng ô và cách sửa."),
    Button("CchcRatios", "Tính tỷ lệ",
           "Tính lại các tỷ lệ từ số đếm, cho biết tỷ lệ nào còn thiếu số liệu."),
    Button("CchcRollUp", "Tổng hợp",
           "Đơn vị tổng hợp: gom mọi tệp trong thư mục vào trang Tổng hợp; tệp gốc không bị sửa."),
    Button("CchcReturnSlips", "Phiếu đề nghị",
           "Đơn vị tổng hợp: làm phiếu cho đơn vị có lỗi, ô sai tô màu; và lời nhắc nộp."),
    Button("CchcDraft", "Soạn báo cáo",
           "Soạn phần lời vào trang Báo cáo; câu do đơn vị viết được giữ nguyên."),
    Button("CchcProofread", "Soát lỗi",
           "Soát các câu ở trang Báo cáo: con số so với biểu, kỳ, ngày, số văn bản, ký tự lạ."),
    Button("CchcCheckFigures", "Soát số liệu",
           "Đọc lại phần lời và tệp Word đã xuất, chỉ ra số nào không còn khớp với bảng."),
    Button("CchcExportWord", "Xuất Word",
           "Xuất báo cáo kèm phụ lục ra tệp Word, đặt cạnh tệp này."),
)  # fmt: skip
CHOOSE_FOLDER = Button("CchcChooseFolder", "Chọn thư mục", "Chọn thư mục chứa tệp của các đơn vị.")
UNDO_BUTTON = Button("CchcUndo", "Hoàn tác", "Trả lại những gì lần bấm gần nhất đã thay.")
CHECK_MACHINE = Button(
    "CchcCheckMachine", "Kiểm tra máy", "Xem macro và Python trên máy này có chạy được không."
)
BUTTONS = (*STEPS, CHOOSE_FOLDER, UNDO_BUTTON, CHECK_MACHINE)


def input_cells() -> dict[str, str]:
    """Return the absolute reference of each input by its defined name."""
    return {
        entry.name: f"'{START}'!$C${FIRST_INPUT + place + 1}" for place, entry in enumerate(INPUTS)
    }


def write_start(book: MasterBook, sheet: Worksheet) -> None:
    """Write the page onto `sheet`, which was made first so that it stands first."""
    for column, width in enumerate((2, 24, 62, 16, 3, 34)):
        sheet.set_column(column, column, width, book.formats.text(12))
    _write_title(book, sheet)
    _write_inputs(book, sheet)
    _write_steps(book, sheet)
    _write_states(book, sheet)
    _write_missing(book, sheet)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.set_margins(left=0.59, right=0.59, top=0.79, bottom=0.79)
    sheet.protect("", {"format_rows": True, "format_columns": True})
    sheet.set_selection(FIRST_INPUT, _VALUE, FIRST_INPUT, _VALUE)


def _write_title(book: MasterBook, sheet: Worksheet) -> None:
    band = book.formats.text(20, bold=True, font_color="#FFFFFF", bg_color=palette.BAND, indent=1)
    below = book.formats.text(12, font_color="#FFFFFF", bg_color=palette.BAND, indent=1)
    sheet.merge_range(0, 0, 0, _MISSING, "BÁO CÁO CẢI CÁCH HÀNH CHÍNH", band)
    about = f"{book.data.form.name}: nhập, kiểm tra, tổng hợp và soạn báo cáo mà không rời Excel"
    sheet.merge_range(1, 0, 1, _MISSING, about, below)
    sheet.set_row(0, 36)
    sheet.set_row(1, 22)


def _head(book: MasterBook, sheet: Worksheet, row: int, column: int, text: str) -> None:
    style = book.formats.text(13, bold=True, font_color=palette.BAND, bottom=2,
                              bottom_color=palette.BAND)  # fmt: skip
    sheet.write_string(row, column, text, style)
    if column == _LABEL:
        for beside in (_VALUE, _BESIDE):
            sheet.write_blank(row, beside, None, style)
    sheet.set_row(row, 22)


def _write_inputs(book: MasterBook, sheet: Worksheet) -> None:
    _head(book, sheet, FIRST_INPUT - 1, _LABEL, "Thông tin chung")
    label = book.formats.text(12, align="left")
    entry = book.formats.text(
        12, bg_color=palette.INPUT, border=1, border_color=palette.LINE, locked=False,
        num_format="@", indent=1,
    )  # fmt: skip
    for row, field in enumerate(INPUTS, start=FIRST_INPUT):
        sheet.write_string(row, _LABEL, field.label, label)
        sheet.write(row, _VALUE, field.value, entry)
        sheet.set_row(row, 22)
        book.book.define_name(field.name, f"={input_cells()[field.name]}")
        rule: dict[str, Any] = {"validate": "any"}
        if field.choices:
            source = field.choices if isinstance(field.choices, str) else list(field.choices)
            rule = {"validate": "list", "source": source}
            if isinstance(source, str):
                # Free dates may be typed too.
                rule["error_type"] = "warning"
            else:
                rule |= {"error_title": "Chưa đúng", "error_message": "Chọn một vai trò."}
        sheet.data_validation(
            row, _VALUE, row, _VALUE,
            {**rule, "input_title": field.label[:32], "input_message": field.prompt},
        )  # fmt: skip
    _button(sheet, FIRST_INPUT + len(INPUTS) - 1, _BESIDE, CHOOSE_FOLDER, 112, 26)


def _write_steps(book: MasterBook, sheet: Worksheet) -> None:
    _head(book, sheet, _FIRST_STEP - 1, _LABEL, "Các bước")
    does = book.formats.text(12, text_wrap=True)
    for row, step in enumerate(STEPS, start=_FIRST_STEP):
        sheet.set_row(row, 38)
        _button(sheet, row, _LABEL, step, 166, 40)
        sheet.merge_range(row, _VALUE, row, _BESIDE, step.does, does)
    row = _FIRST_STEP + len(STEPS)
    sheet.set_row(row, 30)
    _button(sheet, row, _LABEL, UNDO_BUTTON, 80, 28)
    _button(sheet, row, _LABEL, CHECK_MACHINE, 84, 28, shift=84)
    quiet = book.formats.text(11, italic=True, font_color=palette.QUIET, text_wrap=True)
    sheet.merge_range(
        row, _VALUE, row, _BESIDE,
        f"Nút không chạy? Xem trang {MACHINE}. Số liệu, tỷ lệ và phần kiểm tra trên biểu vẫn tự "
        "tính khi không có macro.",
        quiet,
    )  # fmt: skip


def _button(
    sheet: Worksheet, row: int, column: int, button: Button, width: int, height: int, shift: int = 0
) -> None:
    sheet.insert_button(
        row, column,
        {
            "macro": button.macro, "caption": button.label, "width": width, "height": height,
            "x_offset": 2 + shift, "y_offset": 4, "description": button.does,
        },
    )  # fmt: skip


def _states(form: Form) -> list[tuple[str, str, str]]:
    """Return how things stand: label, formula, and what it gives in a new master."""
    found = [
        f'COUNTIF(\'{FINDINGS}\'!$B:$B,"{SEVERITY_WORDS[severity]}")&" {words}"'
        for severity, words in ((Severity.ERROR, "lỗi"), (Severity.WARNING, "cảnh báo"))
    ]
    accepted = f"COUNTIF('{UNITS}'!$F:$F,\"{STATUS_WORDS[Status.ACCEPTED]}*\")"
    files = f"COUNTA('{UNITS}'!$F:$F)"
    asked = sum(row.kind is not Kind.HEADER for row in form.main.indicators)
    return [
        ("Trang Kiểm tra ghi", f'={found[0]}&", "&{found[1]}', "0 lỗi, 0 cảnh báo"),
        (
            "Đơn vị đã nộp",
            f'=IF({IS_PARENT},IF({files}<2,"chưa tổng hợp lần nào",{accepted}&"/"&{UNIT_COUNT}'
            f'&" đơn vị"),"(chỉ dùng cho đơn vị tổng hợp)")',
            "(chỉ dùng cho đơn vị tổng hợp)",
        ),
        (
            "Chỉ tiêu đã điền",
            f"=IF({IS_PARENT},\"xem trang Biểu đồ\",ROUND('{CHART_DATA}'!$G$2*{asked}/100,0)"
            f'&"/{asked} chỉ tiêu")',
            f"0/{asked} chỉ tiêu",
        ),
    ]


def _write_states(book: MasterBook, sheet: Worksheet) -> None:
    _head(book, sheet, _FIRST_STATE - 2, _LABEL, "Tình trạng")
    label = book.formats.text(12)
    shown = book.formats.text(12, bold=True, text_wrap=True)
    status = book.formats.text(
        12, bg_color=palette.GOOD, text_wrap=True, valign="top", locked=False, border=1,
        border_color=palette.LINE,
    )  # fmt: skip
    row = _FIRST_STATE - 1
    sheet.write_string(row, _LABEL, "Lần bấm gần nhất", label)
    sheet.merge_range(row, _VALUE, row, _BESIDE, "Chưa bấm nút nào.", status)
    sheet.set_row(row, 54)
    book.book.define_name(STATUS_NAME, f"='{START}'!$C${row + 1}")
    for place, (text, formula, value) in enumerate(_states(book.data.form), start=row + 1):
        sheet.write_string(place, _LABEL, text, label)
        sheet.write_formula(place, _VALUE, formula, shown, value)


def _write_missing(book: MasterBook, sheet: Worksheet) -> None:
    _head(book, sheet, FIRST_INPUT - 1, _MISSING, "Đơn vị chưa nộp")
    name = book.formats.text(12, font_color=palette.ALARM)
    missing = f"'{CHART_DATA}'!$L$2:$L${MOST_FILES + 1}"
    for place in range(_LISTED):
        row = FIRST_INPUT + place
        found = f"SMALL({missing},{place + 1})"
        formula = f"=IFERROR(INDEX('{UNITS}'!$C$6:$C${MOST_FILES + 5},{found}),\"\")"
        sheet.write_formula(row, _MISSING, formula, name, "")
    more = book.formats.text(11, italic=True, font_color=palette.QUIET)
    beyond = f"COUNT({missing})-{_LISTED}"
    sheet.write_formula(
        FIRST_INPUT + _LISTED, _MISSING,
        f'=IF({beyond}>0,"và "&({beyond})&" đơn vị khác (trang {UNITS})","")', more, "",
    )  # fmt: skip
