"""Writes the workbook of a reporting unit: a plain .xlsx that checks itself.

It holds the printed form with the supplementary block below it, the ratios, a page of advice, and
two hidden sheets. What stands beside the printed columns (the unit, the period, the verdict, a
message beside each wrong row) is not printed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cchc_xl import __version__
from cchc_xl.build import palette
from cchc_xl.build.check_sheet import CheckSheet, ratio_values
from cchc_xl.build.formats import TEXT_IS_TEXT
from cchc_xl.build.input_rules import input_rule
from cchc_xl.core.cells import Kind, RawCell, Typed, read_cell
from cchc_xl.core.findings import Severity
from cchc_xl.core.form import Form, Indicator
from cchc_xl.core.period import Period, PeriodKind, short_date, standard_period
from cchc_xl.core.submission import Entry, Table
from cchc_xl.core.workbook_names import (
    FORM_NAME,
    PANEL_LABELS,
    PERIOD_NAME,
    UNIT_CODE_NAME,
    UNIT_NAME,
)

RATIO_SHEET = "Tỷ lệ"
GUIDE_SHEET = "Hướng dẫn"
SETTINGS_SHEET = "_cchc"
CHECK_SHEET = "_kiem_tra"

# Columns: code, weight (hidden), then the five of the form, then what is said beside a row.
_CODE, _WEIGHT, _NUMBER, _LABEL, _UNIT, _VALUE, _NOTE, _MESSAGE, _PANEL = range(9)
_WIDTHS = (17, 2, 8, 47, 19, 11, 17, 22, 46)
_PRINTED = ("number", "label", "unit", "value", "note")
_PERIODS = "CCHC_PERIODS"
_FIRST_YEAR, _LAST_YEAR = 2021, 2035
# "Trực tuyến = 0 Phát phiếu = 1" reads better with a line for each choice.
_CHOICE_END = re.compile(r"(= \d) (?=\S)")
_CREATED = datetime(2022, 1, 1)  # a fixed date keeps two builds identical


@dataclass(frozen=True, slots=True)
class CommuneWorkbook:
    """What is to stand in a new workbook; `values` are written as given, valid or not."""

    form: Form
    unit: str = ""
    unit_code: str = ""
    period: Period | None = None
    values: Mapping[str, Typed] | None = None
    notes: Mapping[str, str] | None = None
    # Printed on every sheet and page, such as "SỐ LIỆU GIẢ ĐỊNH".
    stamp: str = ""


def commune_workbook(content: CommuneWorkbook) -> bytes:
    """Return the bytes of the workbook; the same content gives the same bytes."""
    buffer = BytesIO()
    book = Workbook(buffer, TEXT_IS_TEXT)
    book.set_properties(
        {"title": content.form.name, "author": f"cchc-xl {__version__}", "created": _CREATED}
    )
    _Writer(book, content).write()
    book.close()
    return buffer.getvalue()


class _Writer:
    """Writes one workbook, sheet by sheet."""

    def __init__(self, book: Workbook, content: CommuneWorkbook) -> None:
        self.book = book
        self.content = content
        self.form = content.form
        self._formats: dict[str, Any] = {}
        self._header_row = 2 + len(self.form.title)
        self._first_row = self._header_row + 2
        self._rows = self._row_places()
        self.sheet: Worksheet = book.add_worksheet(self.form.name)
        sources = {
            code: f"'{self.form.name}'!${_letter(_VALUE)}${row + 1}"
            for code, row in self._rows.items()
        }
        self.checks = CheckSheet(self.form, CHECK_SHEET, sources)
        self.table = self._table()

    def write(self) -> None:
        self._write_form()
        self._write_ratios()
        self._write_guide()
        self._write_settings()
        self._write_checks()
        self._stamp_sheets()
        self.sheet.activate()

    def _stamp_sheets(self) -> None:
        if not self.content.stamp:
            return
        alarm = self._format(**palette.style(13, bold=True, font_color=palette.ALARM))
        for sheet in self.book.worksheets():
            sheet.set_header(palette.stamp_header(self.content.stamp))
            if sheet.name == RATIO_SHEET:
                sheet.write_string(2, 0, self.content.stamp, alarm)
            elif sheet.name == GUIDE_SHEET:
                sheet.write_string(1, 1, self.content.stamp, alarm)

    def _row_places(self) -> dict[str, int]:
        rows = {row.code: self._first_row + place for place, row in enumerate(self.form.printed)}
        # One empty row and the title of the block stand between the two tables.
        first = self._first_row + len(rows) + 2
        rows.update({row.code: first + place for place, row in enumerate(self.form.supplementary)})
        return rows

    def _table(self) -> Table:
        """Return the values as our own reader will read them, for the cached results."""
        values = self.content.values or {}
        entries: dict[str, Entry] = {}
        for code, typed in values.items():
            indicator = self.form.by_code[code]
            raw = RawCell(typed)
            reading = read_cell(indicator.kind, raw, choices=indicator.choices, own_template=True)
            entries[code] = Entry(reading, raw, self.form.name, "")
        return Table(self.form, self.form.name, entries, own_template=True)

    def _format(self, **properties: Any) -> Any:
        key = repr(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]

    # The form.

    def _write_form(self) -> None:
        sheet = self.sheet
        for column, width in enumerate(_WIDTHS):
            options = {"hidden": True} if column == _WEIGHT else {}
            sheet.set_column(column, column, width, self._format(**palette.style(11)), options)
        self._write_title()
        self._write_panel()
        self._write_header()
        for indicator in self.form.printed:
            self._write_row(indicator)
        if self.form.supplementary:
            self._write_supplementary_title()
        for indicator in self.form.supplementary:
            self._write_row(indicator)
        self._colour_rows()
        self._set_up_page()
        sheet.protect("", {"format_rows": True, "format_columns": True})

    def _write_title(self) -> None:
        unit = f"${_letter(_PANEL)}$1"
        stamp = self.content.stamp
        name = f"{self.form.name} - {stamp}" if stamp else self.form.name
        colour = palette.ALARM if stamp else palette.INK
        self._merge(0, name, {**palette.style(13, bold=True, align="center"), "font_color": colour})
        for place, line in enumerate(self.form.title, start=1):
            before, mark, after = line.partition("{UNIT}")
            title = palette.style(12, bold=True, align="center")
            if not mark:
                self._merge(place, line, title)
                continue
            shown = self.content.unit.upper() or "…………………"
            self._merge(place, "", title)
            self.sheet.write_formula(
                place,
                _NUMBER,
                f'="{before}"&IF({unit}="","…………………",UPPER({unit}))&"{after}"',
                self._format(**title),
                f"{before}{shown}{after}",
            )
        row = self._header_row - 1
        quiet = palette.style(12, italic=True, align="center")
        self._merge(row, "", quiet)
        period = f"${_letter(_PANEL)}$3"
        known = f"{SETTINGS_SHEET}!$D$2:$D${self._period_rows + 1}"
        window = f"{SETTINGS_SHEET}!$E$2:$E${self._period_rows + 1}"
        self.sheet.write_formula(
            row,
            _NUMBER,
            f'=IF({period}="","Kỳ báo cáo: …………",{period}'
            f'&IFERROR(" ("&INDEX({window},MATCH({period},{known},0))&")",""))',
            self._format(**quiet),
            self._period_line(),
        )

    def _merge(self, row: int, text: str, style: palette.Format) -> None:
        self.sheet.merge_range(row, _NUMBER, row, _NOTE, text, self._format(**style))

    @property
    def _period_rows(self) -> int:
        return (_LAST_YEAR - _FIRST_YEAR + 1) * (len(PeriodKind) - 1)

    def _period_line(self) -> str:
        period = self.content.period
        if period is None:
            return "Kỳ báo cáo: …………"
        if period.kind is PeriodKind.FREE or not _FIRST_YEAR <= period.year <= _LAST_YEAR:
            return _capitalised(period.name)
        return f"{_capitalised(period.name)} ({_window(period)})"

    def _write_panel(self) -> None:
        """Write what stands beside the title: unit, code, period, verdict, legend."""
        sheet, content = self.sheet, self.content
        label = self._format(**palette.style(11, bold=True, align="right"))
        entry = self._format(
            **palette.style(11, bg_color=palette.INPUT, border=1, border_color=palette.LINE,
                            locked=False, num_format="@")
        )  # fmt: skip
        period = _capitalised(content.period.name) if content.period else ""
        typed = (content.unit, content.unit_code, period)
        for row, ((name, text, prompt), value) in enumerate(zip(_PANEL_ROWS, typed, strict=True)):
            sheet.write_string(row, _MESSAGE, text, label)
            sheet.write(row, _PANEL, value, entry)
            self.book.define_name(name, f"='{self.form.name}'!${_letter(_PANEL)}${row + 1}")
            rule: dict[str, Any] = {"validate": "any"}
            if name == PERIOD_NAME:
                # By name: old Excels take no list from another sheet.
                rule = {"validate": "list", "source": f"={_PERIODS}", "error_type": "warning"}
            sheet.data_validation(
                row, _PANEL, row, _PANEL,
                {**rule, "input_title": text[:32], "input_message": prompt},
            )  # fmt: skip
        self._write_verdict()

    def _write_verdict(self) -> None:
        row = self._header_row - 1
        errors = self.checks.count_of(Severity.ERROR)
        warnings = self.checks.count_of(Severity.WARNING)
        counts = self.checks.counts(self.table)
        last = max(self._rows.values())
        style = palette.style(12, bold=True, bg_color=palette.GOOD, border=1)
        self.sheet.merge_range(row, _MESSAGE, row, _PANEL, "", self._format(**style))
        problems = counts[Severity.ERROR] + counts[Severity.WARNING]
        self.sheet.write_formula(
            row,
            _MESSAGE,
            f'=IF(({errors})+({warnings})=0,"Tự kiểm tra: chưa phát hiện vấn đề nào.",'
            f'"Tự kiểm tra: "&({errors})&" lỗi, "&({warnings})&" cảnh báo.")',
            self._format(**style),
            f"Tự kiểm tra: {counts[Severity.ERROR]} lỗi, {counts[Severity.WARNING]} cảnh báo."
            if problems
            else "Tự kiểm tra: chưa phát hiện vấn đề nào.",
        )
        # Conditional formats look at this sheet only: old Excels know no other sheet there.
        weights = f"${_letter(_WEIGHT)}${self._first_row + 1}:${_letter(_WEIGHT)}${last + 1}"
        for colour, formula in (
            (palette.ERROR, f"=COUNTIF({weights},2)>0"),
            (palette.WARNING, f"=COUNTIF({weights},1)>0"),
        ):
            self.sheet.conditional_format(
                row, _MESSAGE, row, _PANEL,
                {"type": "formula", "criteria": formula, "stop_if_true": True,
                 "format": self._format(bg_color=colour)},
            )  # fmt: skip

    def _write_header(self) -> None:
        sheet, top = self.sheet, self._header_row
        head = self._format(
            **palette.cell(bold=True, align="center", bg_color=palette.HEADER, font_size=11)
        )
        quiet = self._format(
            **palette.style(9, align="center", font_color=palette.QUIET, text_wrap=True)
        )
        sheet.merge_range(top, _CODE, top + 1, _CODE, "Mã chỉ tiêu", quiet)
        groups: dict[str, list[int]] = {}
        for column, column_id in enumerate(_PRINTED, start=_NUMBER):
            known = next((c for c in self.form.columns if c.id == column_id), None)
            if known is None:
                continue
            if known.group is None:
                sheet.merge_range(top, column, top + 1, column, known.header, head)
                continue
            groups.setdefault(known.group, []).append(column)
            sheet.write_string(top + 1, column, known.header, head)
        for group, columns in groups.items():
            if len(columns) > 1:
                sheet.merge_range(top, columns[0], top, columns[-1], group, head)
            else:
                sheet.write_string(top, columns[0], group, head)
        sheet.merge_range(
            top, _MESSAGE, top + 1, _PANEL,
            "Kiểm tra: đỏ là lỗi phải sửa, vàng là cảnh báo cần xem lại.\n"
            "Nhập vào ô nền vàng nhạt. KPS: không phát sinh; KAD: không áp dụng; "
            "để trống: chưa báo cáo.",
            self._format(**palette.style(10, text_wrap=True, font_color=palette.QUIET)),
        )  # fmt: skip
        sheet.set_row(top, 20)
        sheet.set_row(top + 1, 32)
        sheet.freeze_panes(top + 2, 0)
        sheet.repeat_rows(top, top + 1)

    def _write_row(self, indicator: Indicator) -> None:
        sheet, row = self.sheet, self._rows[indicator.code]
        is_header = indicator.kind is Kind.HEADER
        tint = {"bg_color": palette.HEADING} if is_header else {}
        sheet.write_string(
            row, _CODE, indicator.code,
            self._format(**palette.style(9, font_color=palette.QUIET, align="left")),
        )  # fmt: skip
        sheet.write_formula(
            row, _WEIGHT, f"={self.checks.row_weight(indicator.code)}", None,
            self._cached[self.checks.row_weight(indicator.code)],
        )  # fmt: skip
        number = self._format(**palette.cell(align="center", bold=is_header, **tint))
        italic = indicator.number in ("", "Trong đó") and not indicator.supplementary
        label = self._format(**palette.cell(bold=is_header, italic=italic, **tint))
        centred = self._format(**palette.cell(align="center", font_size=11, **tint))
        sheet.write_string(row, _NUMBER, indicator.number, number)
        sheet.write_string(row, _LABEL, indicator.label, label)
        unit = _CHOICE_END.sub(r"\1\n", indicator.unit)
        sheet.write_string(row, _UNIT, unit, centred)
        self._write_input(indicator, row)
        note = (self.content.notes or {}).get(indicator.code, "")
        open_note = self._format(**palette.cell(font_size=11, locked=False, **tint))
        sheet.write_string(row, _NOTE, note, open_note) if note else sheet.write_blank(
            row, _NOTE, None, open_note
        )
        message = self.checks.row_message(indicator.code)
        sheet.write_formula(
            row, _MESSAGE, f"={message}", self._format(**palette.style(11)), self._cached[message]
        )
        lines = max(
            math.ceil(len(indicator.label) / 48),
            sum(math.ceil(len(line) / 21) for line in unit.split("\n")),
            math.ceil(len(note) / 16),
            1,
        )
        sheet.set_row(row, 4 + 15.5 * lines)

    @property
    def _cached(self) -> Mapping[str, Any]:
        if "cells" not in self._formats:
            prefix = f"'{CHECK_SHEET}'!"
            self._formats["cells"] = {
                f"{prefix}${cell.address[0]}${cell.address[1:]}": cell.value
                for cell in self.checks.cells(self.table)
            }
        return self._formats["cells"]  # type: ignore[no-any-return]

    def _write_input(self, indicator: Indicator, row: int) -> None:
        is_header = indicator.kind is Kind.HEADER
        style = palette.cell(
            align="center",
            bg_color=palette.HEADING if is_header else palette.INPUT,
            locked=is_header,
        )
        typed = (self.content.values or {}).get(indicator.code)
        place, shown = (row, _VALUE), self._format(**style)
        if typed is None:
            self.sheet.write_blank(*place, None, shown)
        elif isinstance(typed, str):
            self.sheet.write_string(*place, typed, shown)
        else:
            self.sheet.write_number(*place, typed, shown)
        if not is_header:
            self.sheet.data_validation(
                row, _VALUE, row, _VALUE,
                input_rule(indicator, f"{_letter(_VALUE)}{row + 1}"),
            )  # fmt: skip

    def _write_supplementary_title(self) -> None:
        row = self._first_row + len(self.form.printed) + 1
        self._merge(row, self.form.supplementary_title, palette.style(12, bold=True))
        self.sheet.set_row(row, 22)
        self.sheet.set_h_pagebreaks([row])

    def _colour_rows(self) -> None:
        first, last = self._first_row, max(self._rows.values())
        for weight, colour in ((2, palette.ERROR), (1, palette.WARNING)):
            self.sheet.conditional_format(
                first, _VALUE, last, _VALUE,
                {"type": "formula", "criteria": f"=${_letter(_WEIGHT)}{first + 1}={weight}",
                 "format": self._format(bg_color=colour)},
            )  # fmt: skip

    def _set_up_page(self) -> None:
        sheet = self.sheet
        sheet.set_paper(9)
        sheet.set_portrait()
        # Top and bottom 2 cm, left 3 cm, right 1.5 cm (Decree 30/2020/NĐ-CP), in inches.
        sheet.set_margins(left=1.18, right=0.59, top=0.79, bottom=0.79)
        sheet.set_footer(f'&C&"{palette.FONT}"&11Trang &P/&N')
        sheet.print_area(0, _NUMBER, max(self._rows.values()), _NOTE)
        sheet.fit_to_pages(1, 0)
        sheet.print_black_and_white()
        sheet.set_selection(0, _PANEL, 0, _PANEL)

    # The other sheets.

    def _write_ratios(self) -> None:
        sheet = self.book.add_worksheet(RATIO_SHEET)
        head = self._format(**palette.cell(bold=True, align="center", bg_color=palette.HEADER))
        cell = self._format(**palette.cell())
        number = self._format(**palette.cell(align="center", num_format="#,##0"))
        percent = self._format(**palette.cell(align="center", bold=True, num_format="General"))
        title = self._format(**palette.style(13, bold=True))
        quiet = self._format(**palette.style(11, italic=True, font_color=palette.QUIET))
        for column, width in enumerate((7, 52, 12, 12, 12)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, f"Tỷ lệ tính từ {self.form.name}", title)
        sheet.write_string(
            1, 0, "Tính từ số đếm; ô trống nghĩa là chưa đủ số liệu hoặc mẫu số bằng 0.", quiet
        )
        for column, text in enumerate(("Mã", "Tỷ lệ", "Tử số", "Mẫu số", "Tỷ lệ (%)")):
            sheet.write_string(3, column, text, head)
        for row, ratio in enumerate(self.form.ratios, start=4):
            numerator, denominator, rate = ratio_values(ratio, self.table)
            sheet.write_string(row, 0, ratio.id, cell)
            sheet.write_string(row, 1, ratio.label, cell)
            for column, part, value in (
                (2, "numerator", numerator),
                (3, "denominator", denominator),
            ):
                formula = f"={self.checks.ratio_part(ratio, part)}"
                sheet.write_formula(row, column, formula, number, value)
            a, b = f"C{row + 1}", f"D{row + 1}"
            formula = f'=IF(OR({a}="",{b}="",N({b})=0),"",ROUND(100*{a}/{b},2))'
            sheet.write_formula(row, 4, formula, percent, rate)
        sheet.freeze_panes(4, 0)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f'&C&"{palette.FONT}"&11Trang &P/&N')
        sheet.protect("", {"format_rows": True, "format_columns": True})

    def _write_guide(self) -> None:
        sheet = self.book.add_worksheet(GUIDE_SHEET)
        sheet.set_column(0, 0, 4)
        sheet.set_column(1, 1, 100)
        title = self._format(**palette.style(14, bold=True))
        line = self._format(**palette.style(12, text_wrap=True, valign="top"))
        sheet.write_string(0, 1, f"Cách điền {self.form.name}", title)
        for row, text in enumerate(_GUIDE, start=2):
            sheet.write_number(row, 0, row - 1, line)
            sheet.write_string(row, 1, text, line)
            sheet.set_row(row, 4 + 16 * math.ceil(len(text) / 95))
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.protect("", {"format_rows": True, "format_columns": True})

    def _write_settings(self) -> None:
        sheet = self.book.add_worksheet(SETTINGS_SHEET)
        for row, (key, text) in enumerate(
            (("form", self.form.id), ("form_version", self.form.version), ("tool", __version__))
        ):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, text)
        self.book.define_name(FORM_NAME, f"={SETTINGS_SHEET}!$B$1")
        last = self._period_rows + 1
        self.book.define_name(_PERIODS, f"={SETTINGS_SHEET}!$D$2:$D${last}")
        sheet.write_string(0, 3, "period")
        sheet.write_string(0, 4, "window")
        row = 1
        for year in range(_FIRST_YEAR, _LAST_YEAR + 1):
            for kind in PeriodKind:
                if kind is PeriodKind.FREE:
                    continue
                period = standard_period(year, kind)
                sheet.write_string(row, 3, _capitalised(period.name))
                sheet.write_string(row, 4, _window(period))
                row += 1
        sheet.very_hidden()

    def _write_checks(self) -> None:
        sheet = self.book.add_worksheet(CHECK_SHEET)
        for address, text in self.checks.labels():
            sheet.write_string(address, text)
        for cell in self.checks.cells(self.table):
            sheet.write_formula(cell.address, f"={cell.formula}", None, cell.value)
        sheet.very_hidden()


_PANEL_ROWS = (
    (UNIT_NAME, PANEL_LABELS[0], "Ghi đủ loại và tên đơn vị, ví dụ: Xã Tùng Châu"),
    (UNIT_CODE_NAME, PANEL_LABELS[1], "Mã số đơn vị hành chính, để trống nếu không có"),
    (
        PERIOD_NAME,
        PANEL_LABELS[2],
        "Chọn trong danh sách, hoặc gõ: từ ngày 01/01/2021 đến ngày 31/8/2023",
    ),
)

_GUIDE = (
    "Ở góc phải phía trên trang biểu, ghi đơn vị báo cáo và chọn kỳ báo cáo.",
    "Nhập số liệu vào các ô nền vàng nhạt ở cột Số liệu; ghi chú (nếu có) vào cột Ghi chú. Các ô "
    "khác được khóa để giữ đúng biểu mẫu; khóa không có mật khẩu.",
    "Nhập số nguyên, không dùng dấu ngăn cách hàng nghìn: gõ 3278, không gõ 3.278 hay 3,278.",
    "Tỷ lệ nhập theo phần trăm: gõ 98,87 hoặc 98,87%.",
    "Không phát sinh: gõ KPS (được tính là 0). Không áp dụng tại đơn vị: gõ KAD (không tính vào "
    "tổng hợp). Để trống nghĩa là chưa báo cáo, không phải là 0.",
    "Ô chọn (0, 1, 2): chọn trong danh sách; ý nghĩa của từng mã ghi ở cột Đơn vị tính.",
    "Khối số liệu bổ sung ở cuối biểu cần cho tỷ lệ giải quyết hồ sơ đúng hạn; nên nhập đủ.",
    "Có gì chưa khớp, ô số liệu đổi màu (đỏ: lỗi; vàng: cảnh báo), bên phải dòng đó có lời giải "
    "thích và cách sửa; phía trên có số lỗi, số cảnh báo.",
    "Xong, bấm lưu rồi gửi tệp này cho đơn vị tổng hợp. Không đổi tên trang, không xóa dòng.",
)


def _window(period: Period) -> str:
    return f"số liệu từ ngày {short_date(period.first_day)} đến ngày {short_date(period.last_day)}"


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]


def _letter(column: int) -> str:
    return "ABCDEFGHI"[column]
