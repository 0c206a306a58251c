"""The parts of a total: what each is called, and which names exclude one another.

Parts prove a total wrong only where they are of one family: dossiers before and after their day
are two parts of one whole, dossiers received online and dossiers resolved in time are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cchc_xl.core.proof_numbers import Figure
from cchc_xl.core.proof_units import KINDS_OF_DOCUMENTS, are_alike

# The members of each family in the order in which they are looked for.
_FAMILIES: dict[str, tuple[tuple[str, str], ...]] = {
    "politics": (
        ("high", r"cao cấp (?:lý luận|chính trị|llct)|cử nhân chính trị"),
        ("middle", r"trung cấp (?:lý luận|chính trị|llct)"),
        ("low", r"sơ cấp (?:lý luận|chính trị|llct)"),
    ),
    "time": (
        (
            "before and on",
            r"trước (?:hạn )?(?:và|,|/) ?đúng hạn|đúng (?:hạn )?(?:và|,|/) ?trước hạn",
        ),
        ("within", r"trong hạn|chưa đến hạn|chưa quá hạn|còn hạn"),
        ("over", r"quá hạn|trễ hạn|chậm hạn|muộn"),
        ("before", r"trước hạn|sớm hạn"),
        ("on", r"đúng hạn"),
    ),
    "sex": (("men", r"\bnam\b"), ("women", r"\bnữ\b")),
    "channel": (
        (
            "previous",
            r"kỳ trước|tháng trước|quý trước|năm trước|tồn (?:đọng|cũ)|chuyển (?:qua|sang)",
        ),
        ("level 2", r"mức độ 2"),
        ("level 3", r"mức độ 3|một phần"),
        ("level 4", r"mức độ 4|toàn trình"),
        ("online", r"trực tuyến|online|qua mạng|môi trường mạng"),
        ("direct", r"trực tiếp"),
        ("post", r"bưu chính|bcci|bưu điện"),
        ("new", r"tiếp nhận mới|mới tiếp nhận|mới trong kỳ|phát sinh mới"),
    ),
    "state": (
        (
            "pending",
            r"đang (?:giải quyết|xử lý|thực hiện|xem xét)|chưa (?:giải quyết|xử lý|hoàn thành)",
        ),
        ("returned", r"trả lại|tạm dừng|rút|bổ sung"),
        ("done", r"đã (?:được )?(?:giải quyết|xử lý|hoàn thành|trả kết quả)|hoàn thành$|xong"),
    ),
    "level": (
        ("central", r"trung ương"),
        ("province", r"cấp tỉnh|thành phố"),
        ("district", r"cấp huyện"),
        ("commune", r"cấp xã"),
    ),
    "degree": (
        ("doctor", r"tiến s[iĩ]"),
        ("master", r"thạc s[iĩ]|sau đại học|trên đại học"),
        ("bachelor", r"đại học"),
        ("college", r"cao đẳng"),
        ("middle", r"trung cấp"),
        ("low", r"sơ cấp"),
        ("none", r"chưa qua đào tạo"),
    ),
    "grade": (
        ("not", r"không (?:hoàn thành|hài lòng|tốt)|chưa hài lòng|yếu|kém"),
        ("excellent", r"xuất sắc|rất hài lòng|rất tốt"),
        ("good", r"hoàn thành tốt|\btốt\b|khá"),
        ("fair", r"trung bình|bình thường"),
        ("content", r"hài lòng"),
    ),
    "office": (
        ("part-time", r"không chuyên trách|bán chuyên trách|hợp đồng"),
        ("civil servants", r"công chức"),
        ("cadres", r"cán bộ"),
        ("public employees", r"viên chức"),
    ),
    "window": (
        ("linked across", r"giữa các cấp"),
        ("linked within", r"cùng cấp"),
        ("linked", r"liên thông"),
        ("one-stop", r"một cửa"),
    ),
    "field": (
        ("social insurance", r"bảo hiểm xã hội|bhxh"),
        ("social aid", r"bảo trợ|btxh"),
        ("merit", r"người có công|ncc"),
        ("land", r"đất đai|địa chính"),
        ("civil status", r"hộ tịch"),
        ("certification", r"chứng thực"),
        ("construction", r"xây dựng(?! (?:kế hoạch|và|chính|hệ thống|quy|nông))"),
        ("environment", r"môi trường(?! (?:điện tử|mạng|số))"),
        ("culture", r"văn hóa|văn hoá"),
        ("education", r"giáo dục"),
        ("health", r"y tế|bảo hiểm y tế"),
        ("labour", r"lao động"),
        ("faith", r"tôn giáo|tín ngưỡng"),
        ("rewards", r"thi đua|khen thưởng"),
        ("trade", r"công thương|kinh doanh|thương mại"),
        ("farming", r"nông nghiệp|lâm nghiệp|thủy lợi|chăn nuôi"),
        ("transport", r"giao thông"),
        ("finance", r"tài chính|thuế"),
        ("police", r"công an|cư trú|thường trú"),
        ("army", r"quân sự"),
        ("justice", r"tư pháp"),
        ("other", r"lĩnh vực khác|\bkhác\b"),
    ),
}
_PATTERNS = {
    family: tuple((member, re.compile(pattern)) for member, pattern in members)
    for family, members in _FAMILIES.items()
}
# Together these leave nothing of a total over.
_WHOLE = {
    "time": (
        {"before", "on", "over"},
        {"within", "over"},
        {"before and on", "over"},
    ),
    "sex": ({"men", "women"},),
    "channel": ({"direct", "online", "post", "previous"}, {"new", "previous"}),
    "state": ({"done", "pending"},),
    "office": ({"cadres", "civil servants"},),
}
_FIELD = re.compile(
    r"lĩnh vực|hộ tịch|đất đai|chứng thực|bảo trợ|người có công|bảo hiểm|liên thông", re.IGNORECASE
)
# Words of a rest that has no number, or that is counted elsewhere.
_REST = re.compile(
    r"còn lại|hợp đồng|viên chức|chuyên trách|\bkhác\b|\brút\b|trả lại", re.IGNORECASE
)
# Labels that begin alike name things of one kind: "xã A", "xã B".
_PARALLEL = re.compile(
    r"(?:lĩnh vực|xã|phường|thị trấn|huyện|thôn|ấp|khu phố|cấp|đơn vị|năm|tháng|quý|tổ|phòng"
    r"|loại|nhóm)\b"
)
_SEPARATOR = re.compile(r"[,;.:()\n\[\]](?!\d)")


@dataclass(frozen=True, slots=True)
class Part:
    """A count among the parts of a total; `family` and `member` are "" where it has none."""

    figure: Figure
    label: str
    family: str
    member: str


def part_of(text: str, figures: Sequence[Figure], figure: Figure) -> Part:
    """Return a count of `text` with its name: the words before it, or those behind."""
    before, behind = _before(text, figures, figure), _behind(text, figures, figure)
    if figure.unit in KINDS_OF_DOCUMENTS:
        return Part(figure, before or behind, "document", figure.unit)
    for label in (before, behind, f"{before} {behind}"):
        family, member = family_of(label)
        if family:
            return Part(figure, label, family, member)
    return Part(figure, before or behind, "", "")


@lru_cache(maxsize=4096)
def family_of(label: str) -> tuple[str, str]:
    """Return the family and the member that a label names, or two empty words."""
    small = " ".join(label.lower().split())
    for family, members in _PATTERNS.items():
        for member, pattern in members:
            if pattern.search(small):
                return family, member
    return "", ""


def may_be_part(part: Part, whole: Figure) -> bool:
    """Whether a count is of the noun of a total, or of a kind of it."""
    is_kind = whole.unit == "văn bản" and part.family == "document"
    return is_kind or are_alike(part.figure.unit, whole.unit)


def names_field(text: str) -> bool:
    """Whether a sentence speaks of one field of procedures only."""
    return _FIELD.search(text) is not None


def are_whole(parts: Sequence[Part], text: str) -> bool:
    """Whether nothing of a total can be left beside these parts, in the passage of the total."""
    if _REST.search(text):
        return False
    members = {part.member for part in parts}
    wholes = _WHOLE.get(parts[0].family, ()) if parts else ()
    if parts and parts[0].family == "channel" and members & {"level 3", "level 4"}:
        members = members | {"online"}
    return any(whole <= members for whole in wholes)


def exclude_one_another(parts: Sequence[Part]) -> bool:
    """Whether no thing is counted in two of the parts, by their names."""
    if len({part.family for part in parts}) == 1 and parts[0].family:
        members = [part.member for part in parts]
        nested = "online" in members and bool({"level 3", "level 4"} & set(members))
        nested |= "new" in members and bool({"online", "direct", "post"} & set(members))
        # What one window takes in may be passed on within the same level.
        nested |= {"one-stop", "linked within"} <= set(members)
        if not nested and (len(set(members)) == len(members)):
            return True
    heads = {match.group() for part in parts if (match := _PARALLEL.match(part.label.lower()))}
    named = [part.label.lower() for part in parts]
    return (
        len(heads) == 1
        and all(_PARALLEL.match(label) for label in named)
        and len(set(named)) == len(named)
    )


def runs(parts: Sequence[Part]) -> list[list[Part]]:
    """Return the parts in runs of one family; a member that comes again begins a new run."""
    found: list[list[Part]] = []
    for part in parts:
        last = found[-1] if found else []
        again = bool(part.family) and part.member in {other.member for other in last}
        if last and last[0].family == part.family and not again:
            last.append(part)
        else:
            found.append([part])
    return found


def total(parts: Sequence[Part]) -> Decimal:
    return sum((part.figure.value for part in parts), Decimal(0))


def _before(text: str, figures: Sequence[Figure], figure: Figure) -> str:
    earlier = [other.end for other in figures if other.end <= figure.start]
    start = earlier[-1] if earlier else 0
    words = text[start : figure.start].rstrip(" :*_=–-\t")
    pieces = _SEPARATOR.split(words)
    if earlier and len(pieces) == 1:
        joined = re.split(r"\s(?:và|còn|với)\s", f"{words} ", maxsplit=1)
        # Without a comma the words behind the count before are its own.
        return joined[1].strip(" *_") if len(joined) > 1 else _without_noun(words)
    return re.sub(r"^[\s*_+\-–•]+|^(?:và|còn)\s+", "", pieces[-1]).strip(" *_")


def _without_noun(words: str) -> str:
    return "" if len(words.split()) < 3 else words.strip(" *_")


def _behind(text: str, figures: Sequence[Figure], figure: Figure) -> str:
    later = [other.start for other in figures if other.start >= figure.end]
    words = text[figure.end : later[0] if later else len(text)]
    piece = _SEPARATOR.split(words)[0]
    return re.split(r"\s(?:và|còn)\s", piece)[0].strip(" *_")
