"""Writes the texts of VBA and the descriptions of the functions into a hidden sheet."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cchc_xl.core.excel_texts import VBA_TEXTS
from cchc_xl.core.function_spec import FunctionSpec

TEXTS_NAME = "CCHC_TEXTS"
FUNCTIONS_NAME = "CCHC_FUNCTIONS"


def write_texts(
    book: Workbook, sheet: Worksheet, first_row: int, functions: Sequence[FunctionSpec]
) -> None:
    """Write both tables from `first_row` on (counted from 0), with their defined names."""
    for place, (key, text) in enumerate(VBA_TEXTS.items(), start=first_row):
        sheet.write_string(place, 0, key)
        sheet.write_string(place, 1, text)
    last = first_row + len(VBA_TEXTS)
    book.define_name(TEXTS_NAME, f"='{sheet.name}'!$A${first_row + 1}:$B${last}")
    if not functions:
        return
    first = last + 1
    widest = 2 + max(len(function.arguments) for function in functions)
    for place, function in enumerate(functions, start=first):
        told = [argument.description for argument in function.arguments]
        for column, text in enumerate((function.name, function.description, *told)):
            sheet.write_string(place, column, text)
    end = f"${xl_col_to_name(widest - 1)}${first + len(functions)}"
    book.define_name(FUNCTIONS_NAME, f"='{sheet.name}'!$A${first + 1}:{end}")
