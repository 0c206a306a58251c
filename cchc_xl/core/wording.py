"""The sentences that findings speak; the only place in the core that words what people read.

A rule's own sentences stand in its form file. Here are those of reading: where, what is wrong,
what to do.
"""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal

from cchc_xl.core.annex_states import AnnexState
from cchc_xl.core.cells import Content, Kind, RawCell, Reading, Remark
from cchc_xl.core.evaluation import Hint
from cchc_xl.core.findings import Severity, Shown
from cchc_xl.core.form import Indicator, Rule
from cchc_xl.core.marked_text import Mark
from cchc_xl.core.numerals import from_cell, plain, vietnamese, vietnamese_percent
from cchc_xl.core.submission import Status
from cchc_xl.core.text import clean

SEVERITY_WORDS = {
    Severity.ERROR: "Lỗi",
    Severity.WARNING: "Cảnh báo",
    Severity.INFO: "Lưu ý",
}
STATUS_WORDS = {
    Status.ACCEPTED: "đã nhận",
    Status.ACCEPTED_WITH_ERRORS: "đã nhận, có lỗi",
    Status.MISSING: "chưa nộp",
    Status.DUPLICATE: "trùng đơn vị",
    Status.UNKNOWN_UNIT: "đơn vị lạ",
    Status.WRONG_PERIOD: "khác kỳ",
    Status.WRONG_FORM: "không đúng biểu mẫu",
    Status.UNREADABLE: "không đọc được",
    Status.IGNORED: "bỏ qua",
}
_MARKS = {
    Mark.RAISED: "viết nhỏ ở trên hoặc dưới dòng",
    Mark.STRUCK: "bị gạch ngang",
    Mark.HIDDEN: "là chữ ẩn",
    Mark.DELETED: "đã xóa nhưng còn chờ duyệt (Track Changes)",
}
STATE_WORDS = {
    AnnexState.LEFT_OUT: "không có biểu",
    AnnexState.BLANK: "để trống",
    AnnexState.ZERO: "toàn số 0",
    AnnexState.FILLED: "đã điền",
}
HAS_TO_BE_EMPTY = "để trống"
_RELATIONS = {"==": "bằng", ">=": "ít nhất bằng", ">": "lớn hơn", "enough": "đủ lớn"}
_COMPARED = {"<=": "≤", ">=": "≥", "<": "<", ">": ">", "==": "=", "!=": "≠"}


def as_typed(raw: RawCell) -> Shown:
    """Return what an official sees in a cell: a number as it is, a date as a date."""
    if raw.error is not None:
        return raw.error
    if raw.no_cached_value:
        return "công thức chưa có kết quả"
    return _content(raw.content, raw.percent_format)


def _content(content: Content, percent_format: bool) -> Shown:
    if isinstance(content, bool):
        return "TRUE" if content else "FALSE"
    if isinstance(content, float) and not math.isfinite(content):
        return str(content)
    if isinstance(content, (int, float)):
        number = from_cell(content)
        return vietnamese_percent(number * 100) if percent_format else number
    if isinstance(content, datetime):
        return f"{content.day}/{content.month}/{content.year}"
    if isinstance(content, date):
        return f"{content.day}/{content.month}/{content.year}"
    return None if content is None else str(content)


def shown(value: Shown) -> str:
    """Return a found or expected value as text for people."""
    if value is None:
        return ""
    return vietnamese(value, 6) if isinstance(value, Decimal) else str(value)


def remark_message(indicator: Indicator, raw: RawCell, reading: Reading) -> str:
    """Return what is to be said of how a cell was read."""
    typed = shown(as_typed(raw))
    if reading.value.is_numeric:
        return _used_message(typed, vietnamese(reading.value.number, 6), reading.remark)
    match reading.remark:
        case Remark.SET_OFF:
            return _set_off_message(typed, raw)
        case Remark.WORDS_BEHIND:
            return (
                f"«{typed}» có chữ sau số, không phải đơn vị tính của dòng này; "
                "số này không được dùng."
            )
        case Remark.DITTO:
            return f"«{typed}» nghĩa là như trên, không phải một con số; ô này không được dùng."
        case Remark.SWALLOWED_THOUSANDS:
            thousands = vietnamese(reading.readings[0])
            return (
                f"Ô đang chứa số lẻ {typed}; có thể đã gõ {thousands} "
                "nhưng Excel hiểu dấu ngăn cách hàng nghìn là dấu thập phân. "
                "Số này không được dùng."
            )
        case Remark.NOT_WHOLE:
            return f"Ô đang chứa số lẻ {typed}; chỉ tiêu này phải là số nguyên."
        case Remark.NEGATIVE:
            return f"Ô đang chứa số âm {typed}; chỉ tiêu này phải từ 0 trở lên."
        case Remark.TOO_LARGE:
            return f"Số {typed} quá lớn nên Excel không giữ đủ các chữ số."
        case Remark.DATE:
            return (
                f"Ô đang chứa ngày tháng ({typed}); "
                "Excel đã đổi số gõ vào (ví dụ 07/28) thành ngày."
            )
        case Remark.BOOLEAN:
            return f"Ô đang chứa {typed}, không phải số."
        case Remark.ERROR_CELL:
            return f"Ô đang báo lỗi {typed}."
        case Remark.NO_CACHED_VALUE:
            return "Ô chứa công thức chưa được tính nên chưa biết kết quả."
        case Remark.PERCENT_FORMAT:
            return f"Ô đang định dạng phần trăm ({typed}) nhưng chỉ tiêu này không phải tỷ lệ."
        case Remark.OUT_OF_RANGE:
            return f"Tỷ lệ «{typed}» không nằm trong khoảng từ 0 đến 100."
        case Remark.PERCENT_OR_FRACTION | Remark.DECIMAL_OR_THOUSANDS:
            one, other = (vietnamese(r, 6) for r in reading.readings)
            other = f"{other}%" if reading.remark is Remark.PERCENT_OR_FRACTION else other
            return f"«{typed}» có thể hiểu là {one}% hoặc {other} nên không được dùng."
        case Remark.NOT_A_CHOICE:
            return f"«{typed}» không có trong các lựa chọn: {choices(indicator)}."
        case _:
            return f"«{typed}» không đọc được thành số."


def _set_off_message(typed: str, raw: RawCell) -> str:
    looks = [(clean(run.text), _MARKS[run.mark]) for run in raw.set_off if run.mark is not None]
    whole = clean(raw.content) if isinstance(raw.content, str) else looks[0][0]
    if [text for text, _ in looks] == [whole]:
        return f"Ô đang chứa «{clean(typed)}» {looks[0][1]}; ô này không được dùng."
    parts = ", ".join(f"«{text}» {look}" for text, look in looks)
    return f"Trong «{clean(typed)}» có {parts}; ô này không được dùng."


def _set_off_advice(raw: RawCell) -> str:
    if any(run.mark is Mark.DELETED for run in raw.set_off):
        return "Đề nghị duyệt hết các thay đổi (Review > Accept All Changes), rồi kiểm tra con số."
    return (
        "Đề nghị gõ lại chỉ con số đúng bằng chữ thường; chú thích thì ghi ở cột Ghi chú. Nếu "
        "không báo cáo, đề nghị để ô trống."
    )


def _used_message(typed: str, number: str, remark: Remark | None) -> str:
    match remark:
        case Remark.COMMA_THOUSANDS:
            return f"«{typed}» được đọc là {number} (dấu phẩy ngăn cách hàng nghìn)."
        case Remark.SPACE_THOUSANDS:
            return f"«{typed}» được đọc là {number} (dấu cách ngăn cách hàng nghìn)."
        case Remark.LEFT_OVER_DOTS:
            return f"«{typed}» còn dấu chấm thừa sau số; được đọc là {number}."
        case Remark.PERCENT_AS_TYPED:
            return f"«{typed}» được dùng đúng như đã gõ, nghĩa là {number}%."
        case Remark.UNIT_BEHIND:
            return f"«{typed}» được đọc là {number} (bỏ đơn vị tính ghi sau số)."
        case _:
            return f"«{typed}» được đọc là {number}."


def remark_advice(raw: RawCell, reading: Reading, kind_rule: Rule | None) -> str:
    """Return what to do about a remark."""
    match reading.remark:
        case Remark.SET_OFF:
            return _set_off_advice(raw)
        case Remark.SWALLOWED_THOUSANDS:
            return f"Đề nghị gõ lại {plain(reading.readings[0])} (không dùng dấu ngăn cách)."
        case Remark.UNIT_BEHIND:
            return f"Nên gõ lại chỉ con số {vietnamese(reading.value.number, 6)}."
        case Remark.WORDS_BEHIND:
            number = plain(reading.readings[0])
            return f"Nếu số đúng là {number}, đề nghị gõ lại chỉ con số {number}."
        case Remark.DITTO:
            return "Đề nghị gõ con số của chính dòng này."
        case Remark.COMMA_THOUSANDS | Remark.SPACE_THOUSANDS | Remark.LEFT_OVER_DOTS:
            return f"Nếu đúng, đề nghị gõ lại {plain(reading.value.number)}; nếu sai, đề nghị sửa."
        case Remark.PERCENT_AS_TYPED:
            return "Nếu muốn ghi tỷ lệ khác, đề nghị gõ theo phần trăm (ví dụ 98,87)."
        case Remark.PERCENT_OR_FRACTION | Remark.DECIMAL_OR_THOUSANDS:
            one = vietnamese(reading.readings[0], 6)
            return f"Đề nghị gõ lại kèm dấu %, ví dụ {one}%."
        case Remark.DATE:
            return "Đề nghị gõ lại số nguyên; tỷ số a/b thì nhập a và b vào hai ô riêng."
        case Remark.NO_CACHED_VALUE:
            return "Đề nghị mở tệp bằng Excel, bấm lưu rồi gửi lại, hoặc gõ thẳng con số."
        case Remark.ERROR_CELL:
            return "Đề nghị sửa công thức hoặc gõ thẳng con số vào ô."
    if kind_rule is not None:
        return kind_rule.advice
    return "Đề nghị xem lại ô này."


def remark_expected(indicator: Indicator, reading: Reading) -> Shown:
    """Return what the cell should hold: a number where only one comes into question."""
    if len(reading.readings) == 1:
        return reading.readings[0]
    if reading.readings:
        return " hoặc ".join(vietnamese(r, 6) for r in reading.readings)
    match indicator.kind:
        case Kind.COUNT:
            return "số nguyên không âm, KPS hoặc KAD"
        case Kind.PERCENT:
            return "tỷ lệ từ 0 đến 100, hoặc KAD"
        case Kind.POINTS:
            return "số điểm từ 0 trở lên, hoặc KAD"
        case Kind.FLAG | Kind.CODE:
            return choices(indicator)
        case Kind.HEADER:
            return HAS_TO_BE_EMPTY


def choices(indicator: Indicator) -> str:
    """Return the choices of a flag or code: `0 = Không; 1 = Có`."""
    return "; ".join(f"{code} = {label}" for code, label in sorted(indicator.choices.items()))


def hint_sentence(hint: Hint) -> str:
    """Return what the blanks would have to make up for the rule to hold."""
    blanks = ", ".join(f"{c.code} kỳ trước" if c.previous else c.code for c in hint.blanks)
    words = " ".join(hint_parts(blanks, hint.relation))
    gap = "" if hint.relation == "enough" else f" {plain(hint.gap)}"
    return f"{words}{gap}; đề nghị nhập."


def hint_parts(blanks: str, relation: str) -> tuple[str, str, str]:
    """Return the words of a hint before the gap; the native formulas put them together again."""
    return "Chỉ đúng nếu các ô trống", f"({blanks})", f"cộng lại {_RELATIONS[relation]}"


def relation_sign(operator: str) -> str:
    """Return how people write a comparison of the rule language: `≤`."""
    return _COMPARED[operator]


def about_as_before(amount: Decimal) -> str:
    """Return what a count is held against that jumped."""
    return f"gần với kỳ trước ({vietnamese(amount, 6)})"


def expected_relation(operator: str, amount: Decimal) -> str:
    """Return the relation that a figure should stand in: `≤ 28`."""
    return f"{_COMPARED[operator]} {vietnamese(amount, 6)}"
