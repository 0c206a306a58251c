"""The sentences that findings speak; the only place in the core that words what people read.

A rule's own sentences stand in its form file. Here are those of reading: where, what is wrong,
what to do.
"""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal

from cchc_xl.core.cells import Content, Kind, RawCell, Reading, Remark
from cchc_xl.core.evaluation import Hint
from cchc_xl.core.findings import Finding, Severity, Shown
from cchc_xl.core.form import Indicator, Rule
from cchc_xl.core.numerals import from_cell, plain, vietnamese, vietnamese_percent
from cchc_xl.core.submission import Entry, Status

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
    number = vietnamese(reading.value.number, 6)
    match reading.remark:
        case Remark.COMMA_THOUSANDS:
            return f"«{typed}» được đọc là {number} (dấu phẩy ngăn cách hàng nghìn)."
        case Remark.SPACE_THOUSANDS:
            return f"«{typed}» được đọc là {number} (dấu cách ngăn cách hàng nghìn)."
        case Remark.LEFT_OVER_DOTS:
            return f"«{typed}» còn dấu chấm thừa sau số; được đọc là {number}."
        case Remark.PERCENT_AS_TYPED:
            return f"«{typed}» được dùng đúng như đã gõ, nghĩa là {number}%."
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


def remark_advice(reading: Reading, kind_rule: Rule | None) -> str:
    """Return what to do about a remark."""
    match reading.remark:
        case Remark.SWALLOWED_THOUSANDS:
            return f"Đề nghị gõ lại {plain(reading.readings[0])} (không dùng dấu ngăn cách)."
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
        case Kind.FLAG | Kind.CODE:
            return choices(indicator)
        case Kind.HEADER:
            return "để trống"


def choices(indicator: Indicator) -> str:
    """Return the choices of a flag or code: `0 = Không; 1 = Có`."""
    return "; ".join(f"{code} = {label}" for code, label in sorted(indicator.choices.items()))


def hint_sentence(hint: Hint) -> str:
    """Return what the blanks would have to make up for the rule to hold."""
    blanks = ", ".join(f"{c.code} kỳ trước" if c.previous else c.code for c in hint.blanks)
    words = " ".join(hint_parts(blanks, hint.relation))
    gap = "" if hint.relation == "enough" else f" {plain(hint.gap)}"
    return f"{words}{gap}; hãy nhập."


def hint_parts(blanks: str, relation: str) -> tuple[str, str, str]:
    """Return the words of a hint before the gap; the native formulas put them together again."""
    return "Chỉ đúng nếu các ô trống", f"({blanks})", f"cộng lại {_RELATIONS[relation]}"


def expected_relation(operator: str, amount: Decimal) -> str:
    """Return the relation that a figure should stand in: `≤ 28`."""
    return f"{_COMPARED[operator]} {vietnamese(amount, 6)}"


def label_differs(indicator: Indicator, label: str, entry: Entry) -> Finding:
    """The words of a row are not those of the indicator that it was read as."""
    return Finding(
        rule="RB1",
        severity=Severity.WARNING,
        message=f"Dòng «{label}» được đọc là chỉ tiêu {indicator.code} «{indicator.label}».",
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
    severity: Severity, label: str, raw: RawCell, sheet: str, cell: str
) -> Finding:
    """A row of the table speaks of no indicator of the form."""
    used = "" if severity is Severity.INFO else " Số liệu ở dòng này không được dùng."
    return Finding(
        rule="RB4",
        severity=severity,
        message=f"Không nhận ra dòng «{label}» trong biểu mẫu.{used}",
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
            "Nên dùng mẫu cchc-commune.xlsx để nhập thêm; thiếu các số này thì không tính được "
            "tỷ lệ giải quyết đúng hạn."
        ),
        sheet=sheet,
    )


def more_than_one_table(sheet: str, others: list[str]) -> Finding:
    """Several sheets of a file carry the table."""
    return Finding(
        rule="RB7",
        severity=Severity.WARNING,
        message="Tệp có hơn một bảng của biểu mẫu; "
        f"số liệu được đọc từ trang «{sheet}», không đọc: "
        + ", ".join(f"«{other}»" for other in others)
        + ".",
        advice="Đề nghị chỉ để lại một bảng, hoặc kiểm tra rằng trang được đọc là trang đúng.",
        sheet=sheet,
    )


def no_table(form_names: list[str]) -> Finding:
    """No sheet of the file carries a table that we know."""
    return Finding(
        rule="RB8",
        severity=Severity.ERROR,
        message=f"Không tìm thấy bảng {' hoặc '.join(form_names)} trong tệp.",
        advice="Đề nghị dùng mẫu cchc-commune.xlsx, hoặc giữ dòng tiêu đề «Chỉ tiêu thống kê» và "
        "«Số liệu» như biểu in.",
    )


def unit_from_file_name(unit: str) -> Finding:
    """Nothing inside the file names the unit."""
    return Finding(
        rule="RK1",
        severity=Severity.INFO,
        message=f"Trong tệp không ghi tên đơn vị; tạm lấy theo tên tệp: «{unit}».",
        advice="Nên ghi tên đơn vị ở phần tiêu đề của bảng.",
        found=unit,
    )


def period_unknown() -> Finding:
    """Nothing inside the file names the period."""
    return Finding(
        rule="RK2",
        severity=Severity.WARNING,
        message="Không nhận ra kỳ báo cáo ghi trong tệp.",
        advice="Đề nghị ghi kỳ báo cáo ở phần tiêu đề, ví dụ «Quý I năm 2022».",
    )


def previous_of_other_unit(unit: str, previous_unit: str) -> Finding:
    """The previous submission is another unit's."""
    return Finding(
        rule="RK3",
        severity=Severity.WARNING,
        message=f"Tệp kỳ trước là của «{previous_unit}», không phải của «{unit}»; không so sánh.",
        advice="Đề nghị chọn tệp kỳ trước của đúng đơn vị.",
        found=previous_unit,
        expected=unit,
    )


def previous_not_comparable(period: str, previous: str) -> Finding:
    """The previous submission neither ends where this one begins, nor begins with it."""
    return Finding(
        rule="RK4",
        severity=Severity.WARNING,
        message=(
            f"Kỳ trước ({previous}) không liền trước và không cùng ngày bắt đầu với kỳ này "
            f"({period}); không so sánh."
        ),
        advice="Đề nghị chọn tệp của kỳ liền trước, hoặc của kỳ ngắn hơn trong cùng năm.",
        found=previous,
    )


def unreadable(message: str, advice: str) -> Finding:
    """The file cannot be opened."""
    return Finding(rule="RB9", severity=Severity.ERROR, message=message, advice=advice)


def wrong_period(found: str, asked: str) -> Finding:
    """The file speaks of another period than the one asked for."""
    return Finding(
        rule="RK5",
        severity=Severity.ERROR,
        message=f"Tệp là báo cáo {found}, không phải {asked}; không được tổng hợp.",
        advice="Đề nghị đơn vị gửi báo cáo của đúng kỳ.",
        found=found,
        expected=asked,
    )


def unknown_unit(name: str, nearest: tuple[str, ...]) -> Finding:
    """The file's unit does not stand in the list of units."""
    near = f" Tên gần nhất trong danh sách: {', '.join(nearest)}." if nearest else ""
    return Finding(
        rule="RK6",
        severity=Severity.ERROR,
        message=f"Đơn vị «{name}» không có trong danh sách; không được tổng hợp.{near}",
        advice="Đề nghị sửa tên hoặc mã đơn vị trong tệp, hoặc bổ sung danh sách đơn vị.",
        found=name,
        expected=nearest[0] if nearest else None,
    )


def duplicate_files(unit: str, files: list[str]) -> Finding:
    """Two or more files of one unit; none is counted before the official chooses."""
    return Finding(
        rule="RK7",
        severity=Severity.ERROR,
        message=f"{unit} có {len(files)} tệp: {', '.join(files)}; chưa tệp nào được tổng hợp.",
        advice="Đề nghị đánh dấu x vào cột Chọn ở trang Đơn vị (hoặc dùng --prefer) rồi chạy lại.",
    )


def not_chosen(chosen: str) -> Finding:
    """Another file of the same unit was chosen."""
    return Finding(
        rule="RK8",
        severity=Severity.INFO,
        message=f"Không dùng tệp này vì đã chọn tệp {chosen} của cùng đơn vị.",
        advice="Không cần làm gì.",
    )


def unit_missing(unit: str) -> Finding:
    """An expected unit has sent nothing."""
    return Finding(
        rule="RK9",
        severity=Severity.WARNING,
        message=f"{unit} chưa gửi báo cáo.",
        advice="Đề nghị đôn đốc đơn vị gửi báo cáo.",
    )
