"""What a return slip, its message and a reminder say; the only place that words them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cchc_xl.core import unit_findings
from cchc_xl.core.findings import Finding, Severity, count
from cchc_xl.core.period import Period, short_date
from cchc_xl.core.slip_memory import SLIP_SHEET, SlipMemory
from cchc_xl.core.units import in_a_sentence, type_of
from cchc_xl.core.wording import SEVERITY_WORDS, shown

SLIP_HEADS = ("Mức độ", "Chỉ tiêu", "Nội dung", "Đang là", "Cần", "Đề nghị", "Trang", "Ô")
OVERVIEW_HEADS = ("Đơn vị", "Tệp", "Trạng thái", "Lỗi", "Cảnh báo", "Phiếu", "Nội dung gửi",
                  "Đã sửa")  # fmt: skip
OVERVIEW = "tong-hop-phieu.csv"
SLIP_ENDING, TEXT_ENDING, REMINDER_ENDING = (
    "phieu-de-nghi-chinh-sua.xlsx",
    "noi-dung-gui.txt",
    "nhac-nop.txt",
)
NOTE_MARK = f"— {SLIP_SHEET} —"
WITHOUT_MACROS = "Bản phiếu này không kèm macro; tệp gốc của đơn vị được giữ nguyên."
_DUPLICATE = "RK7"
# What the parent unit has to settle, and no unit can correct.
_NOT_FOR_UNITS = frozenset({"RK3", "RK4", "RK8", "RK9", "RK11", "RK12", unit_findings.COPIES})
# The findings that advise the parent unit, and what a unit can do about them.
_ADVICE_TO_UNITS = {
    "RK6": "Đề nghị sửa tên hoặc mã đơn vị trong tệp.",
    _DUPLICATE: "Đề nghị cho biết tệp nào là báo cáo chính thức.",
    **dict.fromkeys(
        ("RB8", "RB10"),
        "Đề nghị nhập số liệu vào mẫu nhập liệu của đơn vị tổng hợp rồi gửi lại; nếu chưa có mẫu, "
        "đề nghị báo để được gửi.",
    ),
    "RB6": "Nên nhập thêm vào khối số liệu bổ sung của mẫu nhập liệu; thiếu các số này thì một số "
    "tỷ lệ không tính được.",
    "RB15": "Đề nghị mở tệp bằng Excel, lưu lại dưới dạng .xlsx rồi gửi lại.",
    "RK5": "Đề nghị gửi báo cáo của đúng kỳ, hoặc sửa kỳ báo cáo ghi trong tệp.",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """Who writes to whom about what; `sender` is "" and `deadline` None where not given."""

    sender: str
    unit: str
    period: Period
    form: str
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file of the unit and what is wrong in it; `slip` is "" where only a text is sent."""

    file: str
    findings: tuple[Finding, ...]
    slip: str = ""
    without_macros: bool = False


@dataclass(frozen=True, slots=True)
class SlipPage:
    """The page of a slip: its lines above and below the table, and the findings in it."""

    title: str
    above: tuple[str, ...]
    findings: tuple[Finding, ...]
    below: tuple[str, ...]
    memory: SlipMemory


def for_the_unit(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what a unit is told, worst first, each with the advice to a unit."""
    told = [
        replace(f, advice=_ADVICE_TO_UNITS.get(f.rule, f.advice))
        for f in findings
        if f.rule not in _NOT_FOR_UNITS
    ]
    return tuple(sorted(told, key=lambda f: list(Severity).index(f.severity)))


def is_due(findings: Iterable[Finding]) -> bool:
    """Whether a file has to go back to its unit."""
    return any(f.severity is not Severity.INFO for f in findings)


def is_to_correct(findings: Iterable[Finding]) -> bool:
    """Whether something in the file has to be corrected, not only a question answered."""
    return is_due(f for f in findings if f.rule != _DUPLICATE)


def slip_page(
    letter: Letter, findings: tuple[Finding, ...], memory: SlipMemory, *, without_macros: bool
) -> SlipPage:
    """Return the page that lists what a unit is asked to correct."""
    above = [
        f"Đơn vị: {letter.unit}",
        f"Báo cáo: {letter.form}, {letter.period.name}; tệp đã nhận: {memory.source}",
        f"Kết quả kiểm tra: {_counted(findings)}.",
    ]
    if letter.sender:
        above.insert(0, f"Đơn vị tổng hợp: {letter.sender}")
    if letter.deadline:
        above.append(f"Thời hạn gửi lại: {short_date(letter.deadline)}")
    below = [
        "Cách làm: bấm vào địa chỉ ở cột Ô để đến ô cần xem; ô có lỗi tô màu đỏ nhạt, ô có cảnh "
        "báo tô màu vàng, ghi chú ở ô nói rõ lý do.",
        "Đề nghị sửa ngay trong tệp này, lưu và gửi lại; không cần xóa trang này, màu hay ghi chú.",
        "Nếu số liệu đã đúng, đề nghị ghi lý do vào cột Ghi chú của dòng đó.",
    ]
    if without_macros:
        below.append(WITHOUT_MACROS)
    return SlipPage(SLIP_SHEET.upper(), tuple(above), findings, tuple(below), memory)


def note_text(findings: Sequence[Finding]) -> str:
    """Return the note at a cell."""
    lines = [NOTE_MARK]
    for finding in findings:
        wanted = f" Cần: {shown(finding.expected)}." if shown(finding.expected) else ""
        lines.append(f"{SEVERITY_WORDS[finding.severity]}: {finding.message}{wanted}")
        lines.append(finding.advice)
    return "\n".join(lines)


def message(letter: Letter, files: Sequence[ReturnedFile]) -> str:
    """Return the text that goes to a unit with its slips."""
    lines = [_greeting(letter.unit), ""]
    lines += _question_of_duplicates(files)
    for file in files:
        findings = [f for f in file.findings if f.rule != _DUPLICATE]
        lines.append(f"{_has_received(letter)} tệp «{file.file}» ({_report(letter)}).")
        if findings:
            lines += [f"Qua kiểm tra có {_counted(findings)}, cụ thể:", ""]
            for number, finding in enumerate(findings, start=1):
                lines += _numbered(number, finding)
        lines += [*_about_slip(file), ""]
    corrects = any(is_to_correct(file.findings) for file in files)
    request = "kiểm tra, chỉnh sửa và gửi lại" if corrects else "trả lời"
    lines += [f"Đề nghị đơn vị {request}{_until(letter)}.", "", "Trân trọng cảm ơn."]
    return _signed(lines, letter)


def reminder(letter: Letter) -> str:
    """Return the text that reminds a unit of its report."""
    who = f"{letter.sender} chưa nhận được" if letter.sender else "vẫn chưa nhận được"
    lines = [
        _greeting(letter.unit),
        "",
        f"Đến nay {who} {_report(letter)} của đơn vị.",
        f"Đề nghị đơn vị gửi tệp số liệu (dạng .xlsx){_until(letter)}. Nếu đã gửi, đề nghị "
        "báo lại hoặc gửi lại tệp.",
        "",
        "Trân trọng cảm ơn.",
    ]  # fmt: skip
    return _signed(lines, letter)


def _greeting(unit: str) -> str:
    named = f"UBND {in_a_sentence(unit)}" if type_of(unit) else unit
    return f"Kính gửi: {named}"


def _report(letter: Letter) -> str:
    return f"báo cáo cải cách hành chính {letter.period.name}, {letter.form}"


def _has_received(letter: Letter) -> str:
    return f"{letter.sender} đã nhận" if letter.sender else "Đã nhận"


def _question_of_duplicates(files: Sequence[ReturnedFile]) -> list[str]:
    twice = [f for file in files for f in file.findings if f.rule == _DUPLICATE]
    if not twice:
        return []
    # The finding says how many files there are and how they are called.
    return [f"{twice[0].message} {twice[0].advice}", ""]


def _counted(findings: Iterable[Finding]) -> str:
    counts = count(findings)
    parts = [(counts.error, "lỗi"), (counts.warning, "cảnh báo"), (counts.info, "lưu ý")]
    return ", ".join(f"{number} {word}" for number, word in parts if number)


def _numbered(number: int, finding: Finding) -> list[str]:
    place = [
        f"trang «{finding.sheet}»" if finding.sheet else "",
        f"ô {finding.cell}" if finding.cell else "",
        f"chỉ tiêu {finding.indicator}" if finding.indicator else "",
    ]
    where = ", ".join(part for part in place if part) or "cả tệp"
    lines = [f"{number}. [{SEVERITY_WORDS[finding.severity]}] {where[:1].upper()}{where[1:]}: "
             f"{finding.message}"]  # fmt: skip
    found, wanted = shown(finding.found), shown(finding.expected)
    if found and wanted:
        lines.append(f"   Đang là: {found}; cần: {wanted}.")
    lines.append(f"   {finding.advice}")
    return lines


def _about_slip(file: ReturnedFile) -> list[str]:
    if not file.slip:
        return []
    has_cells = any(finding.cell for finding in file.findings)
    marked = "các ô cần xem đã được tô màu và có ghi chú; " if has_cells else ""
    lines = ["", f"Gửi kèm tệp «{file.slip}»: {marked}đề nghị sửa ngay trong tệp này."]
    if file.without_macros:
        lines.append(WITHOUT_MACROS)
    return lines


def _until(letter: Letter) -> str:
    return f" trước ngày {short_date(letter.deadline)}" if letter.deadline else ""


def _signed(lines: Sequence[str], letter: Letter) -> str:
    ending = [letter.sender] if letter.sender else []
    return "\n".join([*lines, *ending, ""])


# File names.

_MOST_CHARACTERS, _MOST_BYTES = 60, 180
_FORBIDDEN = frozenset('<>:"/\\|?*')
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
)


def file_name(unit: str, ending: str, number: int = 1) -> str:
    """Return a file name that every system takes: `Xã A - nhac-nop.txt`.

    From `number` 2 on it carries the number: `Xã A - nhac-nop (2).txt`.
    """
    kept = "".join(
        " " if c in _FORBIDDEN or unicodedata.category(c)[0] in "CZ" else c
        for c in unicodedata.normalize("NFC", unit)
    )
    words = " ".join(kept.split())[:_MOST_CHARACTERS]
    words = words.encode()[:_MOST_BYTES].decode(errors="ignore")
    # A leading dot or ~ hides a file, Windows drops the dots at the end.
    words = words.strip(" .~") or "don-vi"
    if words.partition(".")[0].strip().lower() in _RESERVED:
        words = f"_{words}"
    if number == 1:
        return f"{words} - {ending}"
    stem, _, suffix = ending.rpartition(".")
    return f"{words} - {stem} ({number}).{suffix}"
