"""The errors that mean "this cannot be done"; a wrong input is a finding, never one of these."""

from __future__ import annotations

import errno

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
# What Windows says of a file that another program holds, and of a name beyond its limit.
_SHARING_VIOLATIONS = {32, 33}
_TOO_LONG = 206


def why(error: OSError) -> str:
    """Return in plain words why the system refused."""
    windows = getattr(error, "winerror", None)
    if windows in _SHARING_VIOLATIONS:
        return "tệp đang mở trong chương trình khác, ví dụ Excel"
    if windows == _TOO_LONG or error.errno == errno.ENAMETOOLONG:
        return "tên tệp hoặc đường dẫn quá dài"
    if error.errno in _FULL:
        return "ổ đĩa đã đầy"
    if error.errno == errno.EROFS:
        return "ổ đĩa chỉ cho đọc"
    if error.errno == errno.EIO:
        return "ổ đĩa báo lỗi khi đọc hoặc ghi"
    match error:
        case FileNotFoundError():
            return "không có tệp hoặc thư mục này"
        case PermissionError():
            return "không có quyền, hoặc tệp đang mở"
        case IsADirectoryError():
            return "đây là một thư mục"
        case NotADirectoryError() | FileExistsError():
            return "đường dẫn đi qua một tệp"
        case _:
            return "lỗi hệ thống"


class CchcError(Exception):
    """The task cannot be done; `message` says why and `advice` what to do, both in Vietnamese."""

    code = "khong_thuc_hien_duoc"

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class UsageError(CchcError):
    """The command was called with words it does not know."""

    code = "sai_cach_goi"


class FormDefinitionError(CchcError):
    """A form file under `schemas/` breaks its own rules."""

    code = "bieu_mau_sai"


class UnreadableFile(CchcError):
    """A file cannot be opened as a workbook."""

    code = "khong_doc_duoc"


class OutputRefused(CchcError):
    """The output cannot be written, or stands where somebody else's file is."""

    code = "khong_ghi_duoc"
