"""The findings about whose file it is, of which period, and which of several counts.

Their sentences stand here: where, what is wrong, what to do. Which of them is due is decided by
whoever calls.
"""

from __future__ import annotations

from cchc_xl.core.findings import Finding, Severity

COPIES = "RK13"


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
    """The previous period is not the one before, begins otherwise, and is of another kind."""
    return Finding(
        rule="RK4",
        severity=Severity.WARNING,
        message=(
            f"Kỳ trước ({previous}) không phải kỳ liền trước, kỳ ngắn hơn cùng ngày bắt đầu hay "
            f"cùng kỳ của năm trước so với kỳ này ({period}); không so sánh."
        ),
        advice="Đề nghị chọn tệp của kỳ liền trước, của kỳ ngắn hơn trong cùng năm, hoặc của "
        "cùng kỳ năm trước.",
        found=previous,
    )


def no_previous_figures(unit: str) -> Finding:
    """The previous period's file has no figures of the unit."""
    return Finding(
        rule="RK11",
        severity=Severity.INFO,
        message=f"Tệp kỳ trước không có số liệu của {unit}; không so sánh với kỳ trước.",
        advice="Nếu đơn vị đã đổi tên, đề nghị tự đối chiếu với số liệu kỳ trước.",
    )


def previous_is_a_sum(unit: str, predecessors: list[str]) -> Finding:
    """The unit is made of others, whose figures of the previous period are added up."""
    return Finding(
        rule="RK13",
        severity=Severity.INFO,
        message=(
            f"Số liệu kỳ trước của {unit} là {'tổng của ' if len(predecessors) > 1 else 'của '}"
            f"{', '.join(predecessors)} (đã sáp nhập, đổi tên)."
        ),
        advice="Đơn vị nhập từ nhiều đơn vị chỉ so sánh được các số cộng được; không cần làm gì.",
    )


def previous_is_not_whole(unit: str, given: list[str], wanting: list[str]) -> Finding:
    """Not all of the units that the unit is made of have figures of the previous period."""
    return Finding(
        rule="RK14",
        severity=Severity.INFO,
        message=(
            f"{unit} được sáp nhập từ nhiều đơn vị; tệp kỳ trước có số liệu của "
            f"{', '.join(given)} nhưng không có của {', '.join(wanting)}; không so sánh."
        ),
        advice="Đề nghị dùng tệp kỳ trước có đủ các đơn vị này, hoặc tự đối chiếu.",
    )


def added_up(unit: str, files: list[str]) -> Finding:
    """The figures of the unit for a period are those of several reports, each of a part of it."""
    return Finding(
        rule="RK15",
        severity=Severity.INFO,
        message=(
            f"Số liệu của {unit} trong kỳ là tổng của {len(files)} tệp do sáp nhập: "
            f"{'; '.join(files)}."
        ),
        advice="Số hiện có lấy theo báo cáo sau cùng; đề nghị xem lại tổng ở trang Tổng hợp.",
    )


def part_is_missing(unit: str, missing: list[str]) -> Finding:
    """A part of the period, or of the merged units, is not in the unit's figures."""
    return Finding(
        rule="RK16",
        severity=Severity.WARNING,
        message=f"Số liệu trong kỳ của {unit} còn thiếu phần của {', '.join(missing)}.",
        advice="Đề nghị bổ sung báo cáo của phần còn thiếu, hoặc xác nhận số liệu đã bao gồm.",
    )


def counted_twice(unit: str, files: list[str]) -> Finding:
    """The unit and one that it is made of have both reported the same days."""
    return Finding(
        rule="RK17",
        severity=Severity.ERROR,
        message=(
            f"{unit} và đơn vị đã sáp nhập vào {unit} cùng báo cáo một thời gian: "
            f"{'; '.join(files)}; chưa tệp nào được tổng hợp để không tính hai lần."
        ),
        advice=(
            "Nếu một tệp đã gồm cả tệp kia, đề nghị đánh dấu x vào cột Chọn ở tệp đó rồi chạy "
            "lại; nếu không, đề nghị ghi rõ ngày đầu, ngày cuối của kỳ trong từng tệp."
        ),
    )


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
        advice="Đề nghị đánh dấu x vào cột Chọn ở trang Đơn vị rồi chạy lại.",
    )


def not_chosen(chosen: str) -> Finding:
    """Another file of the same unit was chosen."""
    return Finding(
        rule="RK8",
        severity=Severity.INFO,
        message=f"Không dùng tệp này vì đã chọn tệp {chosen} của cùng đơn vị.",
        advice="Không cần làm gì.",
    )


def corrected_since(slip: str) -> Finding:
    """A return slip with the unit's corrections has come back for this very file."""
    return Finding(
        rule="RK12",
        severity=Severity.INFO,
        message=f"Không dùng tệp này vì phiếu {slip} là bản đã sửa của chính tệp này.",
        advice="Không cần làm gì; muốn dùng tệp này thì đánh dấu x vào cột Chọn ở trang Đơn vị.",
    )


def same_content(counted: str, copies: list[str]) -> Finding:
    """Files of one unit are the same to the last byte, and are counted once."""
    return Finding(
        rule=COPIES,
        severity=Severity.INFO,
        message=f"Có {len(copies) + 1} tệp giống hệt nhau của cùng đơn vị: "
        f"{', '.join([counted, *copies])}; chỉ tính một lần, từ tệp {counted}.",
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


def code_of_another_unit(code: str, coded: str, named: str) -> Finding:
    """The code and the name of a file mean two units of the list."""
    return Finding(
        rule="RK10",
        severity=Severity.ERROR,
        message=f"Mã {code} là của {coded} nhưng tệp ghi tên {named}; không được tổng hợp.",
        advice="Đề nghị sửa mã hoặc tên đơn vị trong tệp.",
        found=named,
        expected=coded,
    )
