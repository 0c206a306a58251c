"""The nouns that officials count with, and which of them are the same."""

from __future__ import annotations

import re

# The common form and the other spellings; longer ones are tried first.
_SPELLINGS = {
    "hồ sơ": "bộ hồ sơ|hồ sơ|hs|bộ hs",
    "người": "người dân|người|đồng chí|đ/c|cán bộ|công chức|viên chức|cbccvc|cbcc|đảng viên"
    "|công dân|nhân sự|học viên|biên chế|thành viên",
    "văn bản": "văn bản|vbqppl|vb",
    "thủ tục": "thủ tục hành chính|thủ tục|tthc",
    "nhiệm vụ": "nhiệm vụ",
    "tin bài": "tin, bài|tin bài|bài viết|tin|bài",
    "hội nghị": "hội nghị",
    "cuộc": "cuộc|buổi",
    "lớp": "lớp",
    "phiếu": "phiếu",
    "đơn": "đơn thư|đơn",
    "đơn vị": "đơn vị|cơ quan|phòng|xã|phường|thị trấn|huyện|thôn|tổ dân phố|khu phố|trường",
    "máy": "máy vi tính|máy tính|máy in|máy|bộ máy",
    "kế hoạch": "kế hoạch",
    "quyết định": "quyết định",
    "công văn": "công văn",
    "báo cáo": "báo cáo",
    "thông báo": "thông báo",
    "tờ trình": "tờ trình",
    "chỉ thị": "chỉ thị",
    "nghị quyết": "nghị quyết",
    "chương trình": "chương trình",
    "phản ánh": "phản ánh|pakn|kiến nghị|ý kiến",
    "điểm": "điểm",
    "tiêu chí": "tiêu chí|chỉ tiêu|chỉ số",
    "lượt": "lượt người|lượt|lần",
    "hộ": "hộ",
    "trường hợp": "trường hợp|vụ việc|vụ",
    "nội dung": "nội dung|mục tiêu|vấn đề",
    "lĩnh vực": "lĩnh vực",
    "dịch vụ": "dịch vụ công|dịch vụ|dvc|dvctt",
    "quy trình": "quy trình",
    "giao dịch": "giao dịch",
    "tài khoản": "tài khoản",
    "sáng kiến": "sáng kiến|mô hình|giải pháp",
    "tổ": "tổ chức|tổ",
    "doanh nghiệp": "doanh nghiệp",
    "giấy": "giấy|thẻ|chứng thư|chữ ký",
    "tỷ": "tỷ|tỉ",
    "triệu": "triệu",
    "đồng": "nghìn đồng|đồng|đ",
    "ha": "ha",
    "km": "km",
    "m2": "m2",
    "kg": "kg",
    "tấn": "tấn",
}
# Kinds of what is counted together as "văn bản".
KINDS_OF_DOCUMENTS = frozenset(
    {
        "kế hoạch",
        "quyết định",
        "công văn",
        "báo cáo",
        "thông báo",
        "tờ trình",
        "chỉ thị",
        "nghị quyết",
        "chương trình",
    }
)
_COMMON = {
    spelling: common
    for common, spellings in _SPELLINGS.items()
    for spelling in spellings.split("|")
}
_GAP = r"(?:[.…]{2,})?[\s*_]*"
_KNOWN = re.compile(
    _GAP
    + "("
    + "|".join(re.escape(word) for word in sorted(_COMMON, key=len, reverse=True))
    + r")(?!\w)",
    re.IGNORECASE,
)
_WORD = re.compile(_GAP + r"([^\W\d_]+)")
# A word behind a number that says how the sentence goes on, not what is counted.
_NO_NOUNS = frozenset(
    [
        "và",
        "hoặc",
        "trong",
        "trên",
        "đạt",
        "được",
        "đã",
        "có",
        "so",
        "là",
        "tại",
        "của",
        "cho",
        "với",
        "qua",
        "do",
        "từ",
        "đến",
        "để",
        "theo",
        "thì",
        "chiếm",
        "bằng",
        "tương",
        "gồm",
        "bao",
        "còn",
        "đang",
        "chưa",
        "không",
        "tăng",
        "giảm",
        "vượt",
        "trước",
        "đúng",
        "quá",
        "thuộc",
        "về",
        "hoàn",
        "tiếp",
        "giải",
        "các",
        "những",
        "mỗi",
        "nên",
        "hay",
        "ở",
    ]
)


def unit_behind(text: str, at: int, *, known: bool = False) -> str:
    """Return what a number that ends `at` counts, in its common form, "" where no noun stands.

    With `known` only a noun of the list will do; else the first word behind it is taken.
    """
    match = _KNOWN.match(text, at)
    if match is not None:
        return _COMMON[match.group(1).lower()]
    if known:
        return ""
    word = _WORD.match(text, at)
    if word is None or word.group(1).lower() in _NO_NOUNS:
        return ""
    return word.group(1).lower()


def noun_end(text: str, at: int) -> int:
    """Return where the noun behind a number that ends `at` ends; `at` where none stands."""
    match = _KNOWN.match(text, at)
    return match.end() if match else at


def are_alike(unit: str, other: str) -> bool:
    """Whether two counts may be of one thing; a count without a noun is like any other."""
    return unit == other or "" in {unit, other}
