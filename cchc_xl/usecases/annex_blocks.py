"""The formulas that print the totals on the annexes of an open master."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_xl.build.annex_places import AnnexPlaces, computed_formula
from cchc_xl.build.annex_totals_sheet import annex_figure
from cchc_xl.build.master_book import IS_PARENT, master_places
from cchc_xl.core.annex import matrices
from cchc_xl.core.blocks import Block, BlockCell, Formula, padded
from cchc_xl.core.form import Form, Indicator
from cchc_xl.errors import UsageError
from cchc_xl.usecases.master_reading import SheetReader


def annex_blocks(book: SheetReader, form: Form) -> Iterator[Block]:
    """Yield the formulas that print the totals on each annex.

    In the other role a total row adds up its own parts again. Raises UsageError where figures
    are typed there, which would be overwritten, or where rows or columns have moved.
    """
    for annex in matrices(form):
        places = AnnexPlaces(annex)
        _refuse_to_overwrite(book, places)
        rows = [
            tuple(_cell(form, places, row.id, column.id) for column in annex.columns)
            for row in annex.rows
        ]
        yield padded(annex.name, places.first_row, places.first_column, rows)


def _refuse_to_overwrite(book: SheetReader, places: AnnexPlaces) -> None:
    annex = places.annex
    sheet = book.grid(annex.name, places.message_column, places.last_row + 1)
    codes = [sheet.text(row, 0) for row in range(places.first_row, places.last_row + 1)]
    numbers = [sheet.text(places.number_row, column) for column in places.columns.values()]
    if codes != [f"{annex.prefix}.{row.id}" for row in annex.rows] or numbers != [
        column.number for column in annex.columns
    ]:
        raise UsageError(
            f"Trang {annex.name} đã bị thêm, bớt hoặc đổi chỗ dòng, cột.",
            "Đề nghị trả lại đúng các dòng, cột của biểu, hoặc dùng một bản cchc-master.xlsm mới.",
        )
    standing = book.formula_cells(
        annex.name, places.first_row, places.first_column, len(annex.rows), len(annex.columns)
    )
    typed = [
        code
        for code, place in places.cells.items()
        if not sheet.cell(*place).is_empty and place not in standing
    ]
    if typed:
        raise UsageError(
            f"Trang {annex.name} còn {len(typed)} số nhập tay ({', '.join(typed[:3])}…), "
            "sẽ bị số tổng hợp thay mất.",
            "Đề nghị chuyển các số đó sang trang Số liệu của đơn vị (hoặc xóa) rồi bấm lại.",
        )


def _cell(form: Form, places: AnnexPlaces, row_id: str, column_id: str) -> BlockCell:
    indicator = form.by_code.get(places.annex.code(row_id, column_id))
    figure = annex_figure(indicator, master_places(form)) if indicator is not None else None
    if indicator is None or figure is None:
        return None
    return Formula(f"IF({IS_PARENT},{figure},{_own(indicator, places)})")


def _own(indicator: Indicator, places: AnnexPlaces) -> str:
    """Return what a cell is worth in the role of a reporting unit: nothing unless computed."""
    if indicator.computed is None:
        return '""'
    return computed_formula(indicator, {code: places.reference(code) for code in places.cells})
