"""The workbook that is open in Excel: reads and writes it in exactly sized blocks.

The only module that owns xlwings. A block costs two calls into Excel, read or written, because
the values go as they are (`Range.Value`) and `com_values` cleans them; xlwings' own conversions
would take a hundred. Whatever fails, the workbook is as it was before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cchc_xl.build.master_book import UNDO
from cchc_xl.core.blocks import Block, Shown, as_typed_in
from cchc_xl.core.grid import Grid, Place, address
from cchc_xl.errors import OutputRefused, UnreadableFile
from cchc_xl.gateways.com_values import as_it_stands, grid_of, rows_of
from cchc_xl.gateways.replaced import MOST_TEXTS, Replaced, replaced_of, texts_of

_MANUAL, _AUTOMATIC = -4135, -4105  # xlCalculationManual, xlCalculationAutomatic
# Excel refuses a longer text in its status bar.
_LONGEST_STATUS = 200


class OpenWorkbook:
    """A workbook in a running Excel."""

    def __init__(self, book: Any) -> None:
        """Take an `xlwings.Book`."""
        self._book = book
        self._api: Any = book.api
        self._app: Any = book.app
        self._all_sheets: Any = self._api.Worksheets
        self._sheets: dict[str, Any] = {}
        self._used: dict[str, int] = {}

    @classmethod
    def caller(cls) -> OpenWorkbook:
        """Return the workbook from which Python was called."""
        import xlwings as xw  # imported late: it costs 0.3 s

        return cls(xw.Book.caller())

    @property
    def name(self) -> str:
        return str(self._api.Name)

    @property
    def location(self) -> str:
        """The full name: a path, or a web address on OneDrive and SharePoint."""
        return str(self._api.FullName)

    def path(self) -> Path:
        """Return where the workbook lies; OutputRefused where that is no folder of this machine."""
        location = self.location
        if location.lower().startswith(("http:", "https:")):
            raise OutputRefused(
                "Tệp này đang nằm trên OneDrive hoặc SharePoint, không có thư mục trên máy.",
                "Đề nghị lưu tệp vào một thư mục trên máy (Lưu thành…) rồi bấm lại.",
            )
        if "\\" not in location and "/" not in location:
            raise OutputRefused(
                "Tệp này chưa được lưu lần nào.", "Đề nghị lưu tệp vào một thư mục rồi bấm lại."
            )
        return Path(location)

    def is_saved(self) -> bool:
        """Whether the file on the disk is what is open."""
        return bool(self._api.Saved)

    def has_name(self, name: str) -> bool:
        """Whether the workbook has a defined name."""
        try:
            return self._api.Names(name) is not None
        except Exception:  # noqa: BLE001  # Excel says so by an error of COM
            return False

    def need(self, sheets: Sequence[str]) -> None:
        """Look the sheets up; UnreadableFile names the one that is not there."""
        for sheet in sheets:
            self._sheet(sheet)

    def _sheet(self, name: str) -> Any:
        if name not in self._sheets:
            try:
                self._sheets[name] = self._all_sheets(name)
            except Exception as error:  # COM's own error, of a type that other systems lack
                raise UnreadableFile(
                    f"Không thấy trang «{name}»; trang này đã bị đổi tên hoặc bị xóa.",
                    "Đề nghị đặt lại đúng tên trang, hoặc mở một bản cchc-master.xlsm mới.",
                ) from error
        return self._sheets[name]

    def grid(self, sheet: str, columns: int, rows: int | None = None) -> Grid:
        """Return the first `columns` and `rows` of a sheet; all rows in use without `rows`."""
        return self.area(sheet, 0, 0, rows or self.used_rows(sheet), columns)

    def used_rows(self, sheet: str) -> int:
        """Return how many rows of a sheet were in use when it was first asked for."""
        if sheet not in self._used:
            used = self._sheet(sheet).UsedRange
            self._used[sheet] = max(1, int(used.Row) + int(used.Rows.Count) - 1)
        return self._used[sheet]

    def formula_cells(
        self, sheet: str, row: int, column: int, rows: int, columns: int
    ) -> frozenset[Place]:
        """Return which cells of a block hold formulas, as places on the sheet."""
        formulas = rows_of(self._range(sheet, row, column, rows, columns).Formula)
        return frozenset(
            (row + down, column + across)
            for down, texts in enumerate(formulas)
            for across, text in enumerate(texts)
            if str(text).startswith("=")
        )

    def area(self, sheet: str, row: int, column: int, rows: int, columns: int) -> Grid:
        """Return a block of cells as a grid of its own, its first cell at (0, 0)."""
        return grid_of(sheet, self._range(sheet, row, column, rows, columns).Value)

    def calculate(self) -> None:
        self._app.api.Calculate()

    def say(self, text: str) -> None:
        """Show a text in the status bar."""
        self._app.api.StatusBar = text[:_LONGEST_STATUS]

    def alert(self, text: str) -> None:
        """Show a text in a box that waits for a click."""
        self._app.alert(text, title="cchc-xl")

    def go_to(self, sheet: str) -> None:
        """Show a sheet."""
        self._sheet(sheet).Activate()

    def write(
        self,
        action: str,
        blocks: Sequence[Block],
        *,
        shown: Sequence[tuple[Shown, Shown]] = (),
        file: str = "",
    ) -> None:
        """Write all blocks or none; what they replace is kept for `replaced`.

        `shown` pairs what is shown with what shall be. Raises OutputRefused, with the workbook as
        it was, where Excel refuses.
        """
        if self._api.ReadOnly:
            raise OutputRefused(
                "Tệp đang mở ở chế độ chỉ đọc nên không ghi được.",
                "Đề nghị lưu thành một tệp khác, hoặc đóng ở máy đang mở, rồi bấm lại.",
            )
        filled = [block for block in blocks if block.rows and block.width]
        self.need([UNDO, *(block.sheet for block in filled), *(new.sheet for _, new in shown)])
        with self._quiet(), self._unlocked([b.sheet for b in filled] + [n.sheet for _, n in shown]):
            before: list[Block] = []
            try:
                for block in filled:
                    cells = self._of(block)
                    before.append(as_it_stands(block, cells.Formula, cells.Value))
                    _put(block, cells)
                for _, new in shown:
                    self._show(new)
                self._keep(Replaced(action, tuple(before), tuple(o for o, _ in shown), file))
            except Exception as error:
                for block in reversed(before):
                    _put(block, self._of(block))
                for old, _ in shown:
                    self._show(old)
                raise OutputRefused(
                    "Excel không cho ghi vào bảng tính; mọi thứ được giữ như trước khi bấm.",
                    "Đề nghị thoát khỏi ô đang gõ dở, bỏ bảo vệ bảng tính nếu có, rồi bấm lại.",
                ) from error

    def set_cell(self, name: str, text: str) -> None:
        """Write a text into the cell that a defined name points to."""
        self._api.Names(name).RefersToRange.Value = as_typed_in(text, literal=False)

    def replaced(self) -> Replaced | None:
        """Return what the last click replaced, None where there is nothing."""
        kept = self.grid(UNDO, 1, MOST_TEXTS)
        return replaced_of(str(text) for (text,) in kept.rows if text)

    def _range(self, sheet: str, row: int, column: int, rows: int, columns: int) -> Any:
        first, last = address(row, column), address(row + rows - 1, column + columns - 1)
        return self._sheet(sheet).Range(f"{first}:{last}")

    def _of(self, block: Block) -> Any:
        return self._range(block.sheet, block.row, block.column, block.height, block.width)

    def _keep(self, replaced: Replaced) -> None:
        texts = texts_of(replaced)
        lines = [[text] for text in texts] + [[None]] * (MOST_TEXTS - len(texts))
        self._range(UNDO, 0, 0, MOST_TEXTS, 1).Value = lines

    def _show(self, entry: Shown) -> None:
        sheet = self._sheet(entry.sheet)
        spans = (
            (entry.first, entry.first + entry.count - 1, False),
            (entry.first + entry.count, entry.first + entry.capacity - 1, True),
        )
        for first, last, hidden in spans:
            if last < first:
                continue
            if entry.is_rows:
                sheet.Rows(f"{first + 1}:{last + 1}").Hidden = hidden
            else:
                letters = (address(0, column)[:-1] for column in (first, last))
                sheet.Columns(":".join(letters)).Hidden = hidden

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        """Let Excel neither draw nor calculate until everything is written."""
        app = self._app.api
        calculation = app.Calculation
        try:
            app.ScreenUpdating = False
            app.Calculation = _MANUAL
            yield
        finally:
            app.Calculation = calculation
            app.ScreenUpdating = True
        if calculation != _AUTOMATIC:
            # Whoever calculates by hand must not read totals of before the click.
            app.Calculate()

    @contextmanager
    def _unlocked(self, sheets: Sequence[str]) -> Iterator[None]:
        """Take the protection off the sheets that have it, and put it on again."""
        taken: list[Any] = []
        try:
            for name in dict.fromkeys(sheets):
                sheet = self._sheet(name)
                if sheet.ProtectContents:
                    self._unlock(sheet, name)
                    taken.append(sheet)
            yield
        finally:
            for sheet in taken:
                sheet.Protect(
                    DrawingObjects=True, Contents=True, Scenarios=True, AllowFormattingRows=True,
                    AllowFormattingColumns=True, AllowFiltering=True,
                )  # fmt: skip

    @staticmethod
    def _unlock(sheet: Any, name: str) -> None:
        try:
            # With an empty password Excel refuses where there is one; without, it would ask.
            sheet.Unprotect("")
        except Exception as error:
            raise OutputRefused(
                f"Trang «{name}» được bảo vệ bằng mật khẩu nên không ghi được.",
                "Đề nghị bỏ bảo vệ trang (Review > Unprotect Sheet) rồi bấm lại.",
            ) from error


def _put(block: Block, cells: Any) -> None:
    rows = [
        [as_typed_in(cell, literal=x in block.literal) for x, cell in enumerate(row)]
        for row in block.rows
    ]
    if block.has_formulas:
        cells.Formula = rows
    else:
        cells.Value = rows
