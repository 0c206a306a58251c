"""What the buttons call: one function for each, on the workbook from which it was clicked.

Nothing leaves a function but one sentence: no exception, no traceback. The sentence stands in the
status bar (where the macro looks whether Python was reached at all), in a box, and on the start
page of a master.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from cchc_xl import __version__
from cchc_xl.build.master_book import CHARTS
from cchc_xl.core.workbook_names import FORM_NAME, ROLE_NAME, STATUS_NAME
from cchc_xl.errors import CchcError, OutputRefused, UsageError, why
from cchc_xl.excel import other_workbooks
from cchc_xl.gateways.activity_log import Activity
from cchc_xl.gateways.open_workbook import OpenWorkbook
from cchc_xl.gateways.versions import bring_back
from cchc_xl.usecases import master
from cchc_xl.usecases.master import Clicked
from cchc_xl.usecases.master_reading import Master, read_master
from cchc_xl.usecases.proofread_sheet import proofread_sheet

# In the status bar: how far the reading is, in so many steps, whatever the number of files.
_STEPS = 8

_Action = Callable[[OpenWorkbook], str]


def check() -> None:
    """Kiểm tra: the typed form, or every file of the folder."""
    _click(_check)


def ratios() -> None:
    """Tính tỷ lệ: work the ratios out anew and say what is wanting."""
    _click(_ratios)


def roll_up() -> None:
    """Tổng hợp: merge the folder into the sheets of the parent unit."""
    _click(_roll_up)


def return_slips() -> None:
    """Phiếu đề nghị: slips for the units with errors, reminders for those without a file."""
    _click(_return_slips)


def draft() -> None:
    """Soạn báo cáo: draft the sentences of the report."""
    _click(_draft)


def proofread() -> None:
    """Soát lỗi: proofread the sentences of the report against the figures."""
    _click(_proofread)


def check_figures() -> None:
    """Soát số liệu: mark the figures of the report that no longer match the tables."""
    _click(_check_figures)


def export_word() -> None:
    """Xuất Word: write the report to a Word file beside the workbook."""
    _click(_export_word)


def undo() -> None:
    """Hoàn tác: bring back what the last click replaced; once more brings it forth again."""
    _click(_undo)


def ping() -> None:
    """Say in the status bar that Python was reached: the version, and which Python it is."""
    OpenWorkbook.caller().say(f"cchc-xl {__version__}, {sys.executable}")


def _click(action: _Action) -> None:
    book = OpenWorkbook.caller()
    activity = Activity(f"excel{action.__name__}")
    try:
        _refuse_foreign(book)
        sentence = action(book)
        if book.has_name(ROLE_NAME):
            _note(book, sentence)
    except CchcError as error:
        activity.error = error.code
        sentence = f"{error.message} {error.advice}"
    except OSError as error:
        activity.failed(error)
        sentence = f"Không mở được tệp hoặc thư mục ({why(error)}). Đề nghị kiểm tra rồi bấm lại."
    except Exception as error:  # noqa: BLE001  # the one place where nothing may pass
        sentence = (
            f"Chương trình gặp lỗi ngoài dự kiến ({type(error).__name__}, mã "
            f"{activity.failed(error)}); bảng tính được giữ như "
            "trước khi bấm. Đề nghị chạy cchc-xl doctor và báo cho người hỗ trợ."
        )
    activity.end(0 if activity.error is None else 2)
    book.say(sentence)
    book.alert(sentence)


def _refuse_foreign(book: OpenWorkbook) -> None:
    if not book.has_name(FORM_NAME):
        raise UsageError(
            "Tệp đang mở không phải tệp của cchc-xl.",
            "Đề nghị mở cchc-master.xlsm hoặc tệp theo mẫu cchc-commune.xlsx rồi bấm lại.",
        )


def _note(book: OpenWorkbook, sentence: str) -> None:
    """Leave the sentence on the start page; where Excel refuses, it was still said."""
    try:
        book.set_cell(STATUS_NAME, sentence)
    except Exception:  # noqa: BLE001  # COM's own error; the sentence is shown all the same
        return


def _progress(book: OpenWorkbook) -> Callable[[int, int], None]:
    def show(done: int, of: int) -> None:
        step = max(1, -(-of // _STEPS))
        if done % step == 0:
            book.say(f"Đã đọc {done}/{of} tệp…")

    return show


def _written(book: OpenWorkbook, action: str, clicked: Clicked) -> str:
    if clicked.blocks or clicked.shown:
        book.write(action, clicked.blocks, shown=clicked.shown)
    if clicked.go_to:
        book.go_to(clicked.go_to)
    return clicked.sentence


def _is_master(book: OpenWorkbook) -> bool:
    return book.has_name(ROLE_NAME)


def _check(book: OpenWorkbook) -> str:
    if not _is_master(book):
        return other_workbooks.check(book)
    known = read_master(book)
    book.calculate()
    return _written(book, "check", master.check(book, known, _progress(book)))


def _ratios(book: OpenWorkbook) -> str:
    book.calculate()
    if not _is_master(book):
        return other_workbooks.show_ratios(book)
    return _written(book, "ratios", master.ratios(book, read_master(book)))


def _roll_up(book: OpenWorkbook) -> str:
    known = _master_of(book)
    book.need([CHARTS])
    return _written(book, "roll_up", master.roll_up(book, known, _progress(book)))


def _return_slips(book: OpenWorkbook) -> str:
    known = _master_of(book)
    return master.return_slips(book, known, book.path().parent, _progress(book)).sentence


def _draft(book: OpenWorkbook) -> str:
    known = _master_of(book)
    book.calculate()
    return _written(book, "draft", master.draft(book, known))


def _proofread(book: OpenWorkbook) -> str:
    known = _master_of(book)
    book.calculate()
    return _written(book, "proofread", proofread_sheet(book, known))


def _check_figures(book: OpenWorkbook) -> str:
    known = _master_of(book)
    book.calculate()
    return _written(book, "check_figures", master.check_figures(book, known, _folder_of(book)))


def _folder_of(book: OpenWorkbook) -> Path | None:
    """Return where the workbook lies, None where it is on the web or was never saved."""
    try:
        return book.path().parent
    except OutputRefused:
        return None


def _export_word(book: OpenWorkbook) -> str:
    if not _is_master(book):
        return other_workbooks.export_word(book)
    known = read_master(book)
    folder = book.path().parent
    book.calculate()
    clicked, _ = master.export_word(book, known, folder)
    book.write("export_word", (), file=clicked.file)
    return clicked.sentence


def _undo(book: OpenWorkbook) -> str:
    known = _master_of(book)
    replaced = book.replaced()
    if replaced is None:
        raise UsageError("Chưa có lần bấm nào để hoàn tác.", "Không có gì bị thay đổi.")
    if replaced.file:
        path = Path(replaced.file)
        if not bring_back(path):
            raise OutputRefused(
                f"Tệp {path.name} là tệp mới, lần bấm trước không thay tệp nào.",
                "Nếu không cần, đề nghị tự xóa tệp này.",
            )
        return f"Đã trả lại bản trước của {path.name}; bấm Hoàn tác lần nữa để lấy lại bản mới."
    now = master.shown_now(known) if replaced.shown else ()
    shown = tuple(zip(now, replaced.shown, strict=True))
    book.write(replaced.action, replaced.blocks, shown=shown)
    return "Đã trả lại như trước lần bấm gần nhất; bấm Hoàn tác lần nữa để lấy lại."


def _master_of(book: OpenWorkbook) -> Master:
    if not _is_master(book):
        raise UsageError(
            "Việc này làm trong tệp cchc-master.xlsm; tệp đang mở là tệp khác của cchc-xl.",
            "Đề nghị mở cchc-master.xlsm rồi bấm lại.",
        )
    return read_master(book)
