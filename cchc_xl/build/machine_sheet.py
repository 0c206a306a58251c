"""Writes `Kiểm tra máy`: VBA leaves raw facts there, native formulas say what they mean."""

from __future__ import annotations

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cchc_xl.build import palette
from cchc_xl.build.formats import Formats
from cchc_xl.core.excel_texts import (
    ALL_WELL,
    MACHINE_FACTS,
    NOT_RUN,
    NOT_WELL,
    SILENT_FACTS,
)

MACHINE = "Kiểm tra máy"
FACTS_NAME = "CCHC_FACTS"
VERDICT_NAME = "CCHC_MACHINE"

_KEY, _FACT, _LABEL, _FOUND, _STATE, _ADVICE, _FINE = range(7)
_FIRST = 5  # the first row of facts, counted from 0
_VERDICT_ROW = 2
_WELL, _NOT_WELL, _KNOW = "tốt", "cần làm", "lưu ý"


def write_machine(book: Workbook, formats: Formats) -> Worksheet:
    """Write the sheet; the hidden columns hold key, fact and judgement of each line."""
    sheet = book.add_worksheet(MACHINE)
    for column, width in enumerate((10, 12, 30, 44, 12, 62, 8)):
        options = {"hidden": True} if column in (_KEY, _FACT, _FINE) else {}
        sheet.set_column(column, column, width, None, options)
    sheet.write_string(0, _LABEL, "KIỂM TRA MÁY", formats.text(14, bold=True))
    for column, title in (
        (_LABEL, "Việc"), (_FOUND, "Tìm thấy"), (_STATE, "Kết quả"), (_ADVICE, "Việc cần làm")
    ):  # fmt: skip
        sheet.write_string(_FIRST - 1, column, title, formats.head(font_size=11))
    keys = [fact.key for fact in MACHINE_FACTS] + list(SILENT_FACTS)
    cells = {key: f"$B${_FIRST + place + 1}" for place, key in enumerate(keys)}
    fact_cell = formats.text(11, num_format="@", locked=False)
    for place, key in enumerate(keys, start=_FIRST):
        sheet.write_string(place, _KEY, key)
        sheet.write_blank(place, _FACT, None, fact_cell)
    has_run = f'{cells["macros"]}<>""'
    _write_lines(sheet, formats, cells, has_run)
    _write_verdict(sheet, formats, has_run)
    book.define_name(FACTS_NAME, f"='{MACHINE}'!$A${_FIRST + 1}:$B${_FIRST + len(keys)}")
    book.define_name(VERDICT_NAME, f"='{MACHINE}'!$C${_VERDICT_ROW + 1}")
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_rows": True, "format_columns": True})
    return sheet


def _write_lines(sheet: Worksheet, formats: Formats, cells: dict[str, str], has_run: str) -> None:
    cell = formats.cell(font_size=11)
    centred = formats.cell(font_size=11, align="center")
    for place, fact in enumerate(MACHINE_FACTS, start=_FIRST):
        here = {"f": cells[fact.key], **cells}
        fine = f"$G${place + 1}"
        sheet.write_string(place, _LABEL, fact.label, cell)
        _formula(sheet, place, _FOUND, f'IF({has_run},{fact.found.format(**here)},"")', cell)
        state = f'IF({fine}=1,"{_WELL}",IF({fine}=0,"{_NOT_WELL}","{_KNOW}"))'
        _formula(sheet, place, _STATE, f'IF({has_run},{state},"")', centred)
        _formula(sheet, place, _ADVICE, f'IF({has_run},IF({fine}=1,"",{fact.advice}),"")', cell)
        _formula(sheet, place, _FINE, f'IF({has_run},{fact.fine.format(**here)},"")', None)
        sheet.set_row(place, 36)
    last = _FIRST + len(MACHINE_FACTS) - 1
    for word, colour in (
        (_WELL, palette.GOOD), (_NOT_WELL, palette.ERROR), (_KNOW, palette.WARNING)
    ):  # fmt: skip
        sheet.conditional_format(
            _FIRST, _STATE, last, _STATE,
            {"type": "cell", "criteria": "==", "value": f'"{word}"',
             "format": formats(bg_color=colour)},
        )  # fmt: skip


def _write_verdict(sheet: Worksheet, formats: Formats, has_run: str) -> None:
    style = formats.text(12, bold=True, text_wrap=True, valign="top")
    sheet.merge_range(_VERDICT_ROW, _LABEL, _VERDICT_ROW, _ADVICE, "", style)
    rows = range(_FIRST + 1, _FIRST + len(MACHINE_FACTS) + 1)
    wanting = "&".join(f'IF($G${row}=0,CHAR(10)&"- "&$C${row}&": "&$F${row},"")' for row in rows)
    area = f"$G${rows[0]}:$G${rows[-1]}"
    verdict = f'IF(COUNTIF({area},0)=0,"{ALL_WELL}","{NOT_WELL}"&{wanting})'
    # Excel takes no text longer than 255 characters inside a formula.
    not_run = "&".join(f'"{NOT_RUN[at : at + 200]}"' for at in range(0, len(NOT_RUN), 200))
    sheet.write_formula(_VERDICT_ROW, _LABEL, f"=IF({has_run},{verdict},{not_run})", style, NOT_RUN)
    sheet.set_row(_VERDICT_ROW, 66)


def _formula(sheet: Worksheet, row: int, column: int, formula: str, style: Format | None) -> None:
    sheet.write_formula(row, column, f"={formula}", style, "")
