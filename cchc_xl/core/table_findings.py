"""The findings about which of a file's tables is read, and about tables in parts."""

from __future__ import annotations

from collections.abc import Sequence

from cchc_xl.core.findings import Finding, Severity


def more_than_one_table(read: str, others: Sequence[str], sheet: str) -> Finding:
    """Several tables of the form stand in the file; `read` and `others` say where."""
    return Finding(
        rule="RB7",
        severity=Severity.WARNING,
        message="Tệp có hơn một bảng của biểu mẫu; "
        f"số liệu được đọc từ bảng ở {read}, không đọc: {', '.join(others)}.",
        advice="Đề nghị chỉ để lại một bảng, hoặc kiểm tra rằng bảng được đọc là bảng đúng.",
        sheet=sheet,
    )


def same_table_again(read: str, others: Sequence[str], sheet: str) -> Finding:
    """The table stands in the file more than once, each time with the same figures."""
    return Finding(
        rule="RB7",
        severity=Severity.INFO,
        message=f"Bảng ở {read} có thêm bản giống hệt ở {', '.join(others)}; "
        "số liệu được lấy một lần.",
        advice="Nên xóa bảng thừa.",
        sheet=sheet,
    )


def tables_differ(first: str, others: Sequence[str], sheet: str, cell: str) -> Finding:
    """Several tables of the form differ and nothing tells which one counts, so none does."""
    return Finding(
        rule="RB30",
        severity=Severity.ERROR,
        message=f"Tệp có {1 + len(others)} bảng với số liệu khác nhau: {first} và "
        f"{', '.join(others)}; không rõ bảng nào là của kỳ báo cáo nên không bảng nào được tính.",
        advice="Đề nghị chỉ để lại bảng của kỳ báo cáo rồi gửi lại.",
        sheet=sheet,
        cell=cell,
    )


def tables_of_several_units(tables: Sequence[tuple[str, str]], sheet: str, cell: str) -> Finding:
    """The tables of a file are those of several units; `tables` are units and places."""
    named = "; ".join(f"{unit} ở {place}" for unit, place in tables)
    return Finding(
        rule="RB31",
        severity=Severity.ERROR,
        message=f"Tệp có bảng của nhiều đơn vị ({named}); không bảng nào được tính.",
        advice="Đề nghị mỗi đơn vị gửi một tệp riêng, chỉ có bảng của đơn vị đó.",
        sheet=sheet,
        cell=cell,
        found=named,
    )


def table_in_parts(first: str, others: Sequence[str], sheet: str) -> Finding:
    """A table that stands in several places was read as one."""
    return Finding(
        rule="RB32",
        severity=Severity.INFO,
        message=f"Bảng gồm {1 + len(others)} phần ở {first} và {', '.join(others)}; "
        "được đọc như một bảng.",
        advice="Nên để cả bảng liền nhau trên một trang.",
        sheet=sheet,
    )
