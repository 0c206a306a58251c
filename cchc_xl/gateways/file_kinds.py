"""Which kind of file stands behind a name: told by its content, for names lie.

What we cannot read is refused here in one sentence, with the way out.
"""

from __future__ import annotations

import stat
from enum import Enum
from pathlib import Path

from cchc_xl.errors import UnreadableFile, why
from cchc_xl.gateways.xlsx_package import open_package, plain_errors


class FileKind(Enum):
    """The kinds of files that may carry a submission."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    DOCX = "docx"


# What may be a unit's report by its name; an archive of another name stays an archive.
_PACKAGES = frozenset(
    {".xlsx", ".xlsm", ".xlsb", ".xltx", ".xltm", ".xls", ".ods", ".odt", ".docx", ".docm", ".doc"}
)
_ZIP, _OLE = b"PK", bytes.fromhex("D0CF11E0A1B11AE1")
# The first record of a workbook of Excel 2 to 4, which stood in no OLE container.
_OLD_WORKBOOKS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_SAVE_AS = "lưu lại dưới dạng Excel Workbook (.xlsx) rồi gửi lại."
_HEAD = 2048


def kind_of(path: Path) -> FileKind:
    """Return what kind of file `path` is; UnreadableFile with advice where it is none of ours."""
    head = _head(path)
    if not head:
        raise UnreadableFile(
            "Tệp rỗng, không có nội dung nào (0 byte).", "Đề nghị đơn vị gửi lại tệp đầy đủ."
        )
    if head.startswith(_ZIP):
        return _kind_of_package(path)
    if head.startswith(_OLE):
        return _kind_of_compound_file(path)
    if head.startswith(_OLD_WORKBOOKS):
        return FileKind.XLS
    raise _refusal(head.lstrip(b"\xef\xbb\xbf \t\r\n"), path.suffix.lower())


def _head(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            # Whoever opens a pipe may wait for ever.
            raise UnreadableFile(
                f"{path.name} không phải tệp (thiết bị, ống dẫn hoặc ổ cắm).",
                "Đề nghị chọn một tệp Excel.",
            )
        with path.open("rb") as file:
            return file.read(_HEAD)
    except FileNotFoundError:
        raise UnreadableFile(
            f"Không tìm thấy tệp {path.name}.", "Đề nghị kiểm tra lại tên tệp và thư mục."
        ) from None
    except IsADirectoryError:
        raise UnreadableFile(
            f"{path.name} là một thư mục, không phải tệp.", "Đề nghị chọn một tệp Excel."
        ) from None
    except OSError as error:
        raise UnreadableFile(
            f"Không mở được tệp {path.name} ({why(error)}).",
            "Đề nghị đóng tệp nếu đang mở trong Excel và kiểm tra quyền đọc tệp.",
        ) from None


def _kind_of_package(path: Path) -> FileKind:
    if path.suffix.lower() not in _PACKAGES:
        raise _archive()
    with plain_errors(), open_package(path) as package:
        names = set(package.namelist())
        mime = b""
        if "mimetype" in names:
            with package.open("mimetype") as part:
                mime = part.read(_HEAD)
    if "xl/workbook.bin" in names:
        raise UnreadableFile(
            "Tệp ở dạng Excel nhị phân (.xlsb), cchc-xl không đọc dạng này.",
            f"Đề nghị mở tệp bằng Excel, {_SAVE_AS}",
        )
    if b"opendocument.spreadsheet" in mime:
        return FileKind.ODS
    if mime:
        raise UnreadableFile(
            "Tệp ở dạng OpenDocument nhưng không phải bảng tính.",
            f"Đề nghị chép bảng sang một bảng tính, {_SAVE_AS}",
        )
    if "word/document.xml" in names:
        return FileKind.DOCX
    if "_rels/.rels" in names or "[Content_Types].xml" in names:
        return FileKind.XLSX
    raise _archive() if names else _broken()


def _kind_of_compound_file(path: Path) -> FileKind:
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as container:
            streams = {"/".join(entry).lower() for entry in container.listdir()}
    except Exception as error:
        # olefile lets what struct and its own lists raise pass on a damaged container
        # (decalage2/olefile#9, #26).
        raise _broken() from error
    if "encryptedpackage" in streams:
        raise UnreadableFile(
            "Tệp có mật khẩu nên không đọc được.",
            "Đề nghị mở tệp bằng Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ làm việc), lưu "
            "rồi gửi lại.",
        )
    if streams & {"workbook", "book"}:
        return FileKind.XLS
    if "worddocument" in streams:
        raise UnreadableFile(
            "Tệp ở dạng Word cũ (.doc), cchc-xl không đọc dạng này.",
            "Đề nghị mở tệp bằng Word, lưu lại dưới dạng .docx, hoặc tốt hơn là nhập số liệu vào "
            "mẫu cchc-commune.xlsx.",
        )
    raise _broken()


def _broken() -> UnreadableFile:
    return UnreadableFile(
        "Tệp bị hỏng hoặc tải về chưa hết nên không mở được.",
        "Đề nghị đơn vị mở lại tệp gốc bằng Excel, " + _SAVE_AS,
    )


def _archive() -> UnreadableFile:
    return UnreadableFile(
        "Đây là tệp nén, không phải tệp Excel.",
        "Đề nghị giải nén và để các tệp Excel bên trong vào thư mục báo cáo.",
    )


def _refusal(start: bytes, ending: str) -> UnreadableFile:
    """Return what to say of a file that is neither a package nor a compound file."""
    lower = start[:512].lower()
    if start.startswith(b"%PDF"):
        return UnreadableFile(
            "Tệp ở dạng PDF, không lấy được số liệu một cách chắc chắn.",
            "Đề nghị đơn vị gửi tệp Excel (.xlsx) đã dùng để in ra tệp PDF này.",
        )
    if start.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        return _archive()
    if start.startswith(b"{\\rtf"):
        return UnreadableFile(
            "Tệp ở dạng RTF, không phải tệp Excel hay Word (.docx).",
            "Đề nghị mở tệp bằng Word, lưu lại dưới dạng .docx rồi gửi lại.",
        )
    if b"<html" in lower or b"<table" in lower or b"<!doctype html" in lower:
        return UnreadableFile(
            f"Tệp là một trang web mang đuôi {ending or 'lạ'}, không phải tệp Excel thật.",
            f"Đề nghị mở tệp bằng Excel, {_SAVE_AS}",
        )
    if lower.startswith(b"<?xml"):
        return UnreadableFile(
            "Tệp ở dạng XML, không phải tệp Excel (.xlsx).",
            f"Đề nghị mở tệp bằng Excel, {_SAVE_AS}",
        )
    if _is_text(start):
        return UnreadableFile(
            "Tệp chỉ có chữ (dạng .csv hoặc .txt), không phải tệp Excel.",
            f"Đề nghị mở tệp bằng Excel, {_SAVE_AS}",
        )
    return UnreadableFile(
        "Tệp không phải tệp Excel, hoặc đã bị hỏng.",
        f"Đề nghị mở tệp bằng chương trình đã tạo ra nó, {_SAVE_AS}",
    )


def _is_text(start: bytes) -> bool:
    try:
        # The last letter may be cut in two.
        text = start.decode("utf-8", errors="ignore" if len(start) >= _HEAD - 8 else "strict")
    except UnicodeDecodeError:
        return False
    return all(character.isprintable() or character in "\r\n\t" for character in text)
