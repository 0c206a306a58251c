"""What each button of the master does: read, work out, and say what is to be written.

Nothing is written here: a click gets its blocks, and one sentence for the official.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from xlsxwriter.utility import xl_col_to_name

from cchc_xl import __version__
from cchc_xl.build.chart_sheets import FIRST_SHOWN, SHOWN
from cchc_xl.build.master_book import CHARTS, MOST_UNITS
from cchc_xl.build.parent_book import FIRST_ROW, NARRATIVE, RATIOS, UNITS
from cchc_xl.build.ratio_sheet import RATIO_FIRST_ROW, RATIO_ROWS, RATIO_TOTAL
from cchc_xl.build.unit_blocks import unit_blocks, unit_columns
from cchc_xl.core.blocks import Block, Shown
from cchc_xl.core.checks import check_table
from cchc_xl.core.consolidation import Consolidation
from cchc_xl.core.findings import Counts, Finding, count
from cchc_xl.core.ledger import log_lines
from cchc_xl.core.narrative_rows import (
    NARRATIVE_HEADERS,
    former_drafts,
    kept_sentences,
    narrative_rows,
)
from cchc_xl.core.numerals import round_half_up
from cchc_xl.core.ratios import RatioValue, ratio
from cchc_xl.core.submission import Status
from cchc_xl.errors import OutputRefused, UsageError
from cchc_xl.gateways.folder import is_word_report
from cchc_xl.usecases.annex_blocks import annex_blocks
from cchc_xl.usecases.consolidate import Progress, consolidate
from cchc_xl.usecases.draft import DraftResult, drafted, write_report
from cchc_xl.usecases.figure_check import checked_states, claims_of_sheet, claims_of_word
from cchc_xl.usecases.ledger_blocks import (
    finding_blocks,
    log_blocks,
    narrative_blocks,
    printed_blocks,
    refuse_moved_rows,
    state_blocks,
    unit_rows_blocks,
)
from cchc_xl.usecases.master_reading import (
    Master,
    SheetReader,
    expected_units,
    own_submission,
    parent_sheets,
)
from cchc_xl.usecases.report_source import (
    ReportSource,
    consolidation_of,
    parent_source,
    unit_source,
)
from cchc_xl.usecases.return_slips import make_slips


@dataclass(frozen=True, slots=True)
class Clicked:
    """What a click came to: the cells to write, what is shown, where to look, what to say."""

    sentence: str
    go_to: str
    blocks: tuple[Block, ...] = ()
    # What is shown now, and what shall be.
    shown: tuple[tuple[Shown, Shown], ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class RatioCheck:
    """How the ratios of the sheet stand to those that Python works out."""

    known: int
    wanting: tuple[str, ...]
    wrong_cells: tuple[str, ...]
    of: int


def check(book: SheetReader, master: Master, progress: Progress | None = None) -> Clicked:
    """Check the typed form, or in the role of a parent unit every file of its folder.

    Raises UsageError where the start page lacks what is needed.
    """
    if master.is_parent:
        chosen = parent_sheets(book, master, with_figures=False).kept.chosen
        data = _consolidated(book, master, chosen, progress)
        blocks = (
            *unit_rows_blocks(book, data),
            *finding_blocks(book, data.findings, master.form, _unit_places(data)),
        )
        sentence = f"Đã kiểm tra các tệp: {_counted(data)}; {_found(data.findings)}."
        where = f" Xem trang {UNITS} và Kiểm tra."
        return Clicked(sentence + where, "Kiểm tra", blocks)
    submission = own_submission(book, master)
    findings = (*submission.findings, *check_table(submission.tables[0], master.period))
    blocks = tuple(finding_blocks(book, findings, master.form, None))
    if not findings:
        return Clicked("Đã kiểm tra: chưa phát hiện vấn đề nào.", master.form.name, blocks)
    sentence = f"Đã kiểm tra {master.form.name}: {_found(findings)}. Xem trang Kiểm tra."
    return Clicked(sentence, "Kiểm tra", blocks)


def roll_up(book: SheetReader, master: Master, progress: Progress | None = None) -> Clicked:
    """Merge the folder into the sheets of the parent unit.

    Raises UsageError where this is not a parent unit's master, or where typed figures would be
    overwritten.
    """
    if not master.is_parent:
        raise UsageError(
            "Tổng hợp dành cho đơn vị tổng hợp; tệp này đang ở vai trò đơn vị báo cáo.",
            "Nếu cần tổng hợp, đề nghị chọn lại Vai trò ở trang Bắt đầu.",
        )
    refuse_moved_rows(book, master.form)
    printed = [*printed_blocks(book, master.form), *annex_blocks(book, master.form)]
    before = parent_sheets(book, master, with_figures=False).kept
    data = _consolidated(book, master, before.chosen, progress)
    if len(data.tables) > MOST_UNITS:
        raise UsageError(
            f"Có {len(data.tables)} đơn vị, nhiều hơn {MOST_UNITS} cột của trang Tổng hợp.",
            "Đề nghị dùng lệnh cchc-xl consolidate, hoặc tách thư mục.",
        )
    lines = log_lines(data, before.log, f"cchc-xl {__version__}")
    new_lines = lines[len(before.log) :]
    units = len(data.tables)
    blocks = (
        *unit_blocks(data, master.folder, master.units_shown),
        *unit_rows_blocks(book, data),
        *finding_blocks(book, data.findings, master.form, _unit_places(data)),
        *log_blocks(len(before.log), new_lines),
        *printed,
    )
    shown = zip(_shown(master.units_shown), _shown(units), strict=True)
    sentence = f"Đã tổng hợp {_counted(data)}; {_found(data.findings)}."
    where = f" Xem trang {UNITS} và Kiểm tra." if not data.is_clean else " Xem trang Tổng hợp."
    go_to = "Tổng hợp" if data.is_clean else UNITS
    return Clicked(sentence + where, go_to, blocks, tuple(shown))


def return_slips(
    book: SheetReader, master: Master, beside: Path, progress: Progress | None = None
) -> Clicked:
    """Write return slips and reminders into a folder in `beside`; no sheet is touched.

    Raises UsageError where this is not a parent unit's master, OutputRefused as `make_slips`.
    """
    if not master.is_parent:
        raise UsageError(
            "Phiếu đề nghị dành cho đơn vị tổng hợp; tệp này đang ở vai trò đơn vị báo cáo.",
            "Nếu cần làm phiếu, đề nghị chọn lại Vai trò ở trang Bắt đầu.",
        )
    folder = _folder(master)
    result = make_slips(
        folder,
        beside / f"phieu-de-nghi-{master.known_period.id}",
        master.form,
        name=master.known_unit,
        period=master.known_period,
        units=expected_units(book),
        chosen_before=parent_sheets(book, master, with_figures=False).kept.chosen,
        leave_out=_place_of(book),
        progress=progress,
    )
    if not result.slips and not result.reminders:
        return Clicked("Không đơn vị nào cần phiếu đề nghị hay lời nhắc.", "")
    units = {slip.unit for slip in result.slips if slip.unit}
    files = sum(slip.slip is not None for slip in result.slips)
    nobodys = sum(slip.unit is None for slip in result.slips)
    aside = f" Có {nobodys} tệp chưa rõ của đơn vị nào, xem {result.overview.name}."
    sentence = (
        f"Đã làm {files} phiếu đề nghị chỉnh sửa cho {len(units)} đơn vị "
        f"và {len(result.reminders)} lời nhắc, trong thư mục {result.output.name} cạnh tệp này."
    )
    return Clicked(sentence + (aside if nobodys else ""), "")


def ratios(book: SheetReader, master: Master) -> Clicked:
    """Work the ratios out anew and compare them with what the sheet shows."""
    found = compare_ratios(book, master)
    if found.wrong_cells:
        cells = ", ".join(found.wrong_cells)
        raise UsageError(
            f"Trang {RATIOS} có ô khác với kết quả tính lại: {cells}; công thức đã bị sửa.",
            "Đề nghị dùng một bản cchc-master.xlsm mới, hoặc chép lại công thức của ô.",
        )
    sentence = f"Tính được {found.known}/{found.of} tỷ lệ"
    if found.wanting:
        sentence += f"; còn thiếu số liệu: {', '.join(found.wanting)}"
    return Clicked(f"{sentence}. Xem trang {RATIOS}.", RATIOS)


def compare_ratios(book: SheetReader, master: Master) -> RatioCheck:
    """Return how the native ratios of the sheet stand to those of the engine."""
    form = master.form
    if master.is_parent:
        data = consolidation_of(parent_sheets(book, master, with_figures=True))
        worked_out = [data.rolled.ratios[row.id].value for row in form.ratios]
    else:
        table = own_submission(book, master).tables[0]
        worked_out = [ratio(row, table) for row in form.ratios]
    shown = book.area(RATIOS, RATIO_FIRST_ROW, RATIO_TOTAL, RATIO_ROWS * len(form.ratios), 1)
    wanting: list[str] = []
    wrong: list[str] = []
    for place, (row, value) in enumerate(zip(form.ratios, worked_out, strict=True)):
        if value.percent is None:
            wanting.append(row.id)
        for line, amount in enumerate(_parts(value)):
            at = RATIO_ROWS * place + line
            if not _same(shown.content(at, 0), amount):
                wrong.append(f"{xl_col_to_name(RATIO_TOTAL)}{RATIO_FIRST_ROW + at + 1}")
    known = len(form.ratios) - len(wanting)
    return RatioCheck(known, tuple(wanting), tuple(wrong), len(form.ratios))


def _parts(value: RatioValue) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    percent = None if value.percent is None else round_half_up(value.percent, 2)
    return value.numerator, value.denominator, percent


def _same(shown: object, amount: Decimal | None) -> bool:
    if amount is None:
        return shown is None or shown == ""
    return isinstance(shown, float) and abs(shown - float(amount)) <= 1e-9 * max(1.0, abs(shown))


def draft(book: SheetReader, master: Master) -> Clicked:
    """Draft the sentences of the report beside those that the official wrote."""
    source = report_source(book, master)
    before = book.grid(NARRATIVE, len(NARRATIVE_HEADERS))
    rows = list(
        narrative_rows(drafted(source), source.kept, source.bind, former_drafts(before, FIRST_ROW))
    )
    gaps = sum(row.has_gaps for row in rows)
    own = sum(bool(row.own_text) for row in rows)
    asking = sum(row.asks for row in rows)
    sentence = f"Đã soạn {len(rows)} câu"
    if own:
        sentence += f", giữ nguyên {own} câu của đơn vị"
    if asking:
        sentence += f" ({asking} câu cần soát vì số liệu đã đổi)"
    if gaps:
        sentence += f"; {gaps} câu còn chỗ trống"
    blocks = tuple(narrative_blocks(before, rows))
    return Clicked(f"{sentence}. Xem trang {NARRATIVE}.", NARRATIVE, blocks)


def check_figures(book: SheetReader, master: Master, folder: Path | None) -> Clicked:
    """Mark the figures of `Báo cáo` that no longer match the tables; look at the Word file too.

    The Word file is that of `export_word` in `folder`, where there is one. Raises UsageError where
    no sentence has been drafted yet.
    """
    source = report_source(book, master)
    grid = book.grid(NARRATIVE, len(NARRATIVE_HEADERS))
    claims = claims_of_sheet(grid, source)
    if not claims:
        raise UsageError(
            f"Trang {NARRATIVE} chưa có câu nào có số liệu để soát.",
            "Đề nghị bấm Soạn báo cáo trước.",
        )
    wrong = sum(not claim.is_right for claim in claims)
    sentence = f"Đã soát {len(claims)} số liệu trong phần lời: {_mismatches(wrong)}"
    report = None if folder is None else folder / _report_name(master)
    if report is not None and is_word_report(report):
        in_word = [claim for claim in claims_of_word(report, source) if not claim.is_right]
        sentence += f"; tệp {report.name}: {_mismatches(len(in_word))}"
        if in_word:
            sentence += f", đầu tiên là {in_word[0].words}"
    states = tuple(checked_states(grid, claims))
    return Clicked(f"{sentence}. Xem trang {NARRATIVE}.", NARRATIVE, tuple(state_blocks(states)))


def _mismatches(count: int) -> str:
    return f"{count} chỗ không khớp" if count else "đều khớp với bảng"


def _report_name(master: Master) -> str:
    return f"bao-cao-cchc-{master.known_period.id}.docx"


def export_word(book: SheetReader, master: Master, folder: Path) -> tuple[Clicked, DraftResult]:
    """Write the report to a Word file in `folder`; raises as `write_report`."""
    output = folder / _report_name(master)
    result = write_report(report_source(book, master), output)
    sentence = f"Đã xuất {output.name}, cạnh tệp này"
    if result.redraft is not None:
        sentence += ", giữ nguyên những chỗ đơn vị đã sửa trong tệp Word"
        if result.redraft.choices:
            sentence += f" ({len(result.redraft.choices)} chỗ cần chọn)"
    if result.open_points:
        sentence += f"; còn {len(result.open_points)} chỗ cần hoàn thiện, ghi ở trang cuối"
    return Clicked(f"{sentence}.", "", file=str(output)), result


def report_source(book: SheetReader, master: Master) -> ReportSource:
    """Return what the report is drafted from: the typed form, or the figures of the units."""
    _ = master.known_unit, master.known_period
    if not master.is_parent:
        kept = kept_sentences(book.grid(NARRATIVE, len(NARRATIVE_HEADERS)), FIRST_ROW)
        return unit_source(own_submission(book, master), kept)
    if not master.units_shown:
        raise UsageError(
            "Chưa tổng hợp lần nào nên chưa có số liệu để soạn báo cáo.",
            "Đề nghị bấm Tổng hợp trước.",
        )
    return parent_source(parent_sheets(book, master, with_figures=True))


def _consolidated(
    book: SheetReader, master: Master, chosen: frozenset[str], progress: Progress | None
) -> Consolidation:
    return consolidate(
        _folder(master),
        master.form,
        name=master.known_unit,
        period=master.known_period,
        units=expected_units(book),
        chosen_before=chosen,
        leave_out=_place_of(book),
        progress=progress,
    )


def _folder(master: Master) -> Path:
    """Return the folder of the units' files; UsageError where none can be read."""
    if not master.folder:
        raise UsageError(
            "Chưa chọn thư mục báo cáo của các đơn vị.",
            "Đề nghị bấm Chọn thư mục ở trang Bắt đầu rồi bấm lại.",
        )
    if master.folder.lower().startswith(("http:", "https:")):
        raise UsageError(
            "Thư mục báo cáo đang là địa chỉ web (OneDrive, SharePoint).",
            "Đề nghị chọn thư mục trên máy.",
        )
    return Path(master.folder)


def _place_of(book: SheetReader) -> Path | None:
    """Return where the master lies, None where it is on the web or was never saved."""
    try:
        return book.path()
    except OutputRefused:
        return None


def _unit_places(data: Consolidation) -> dict[str, int]:
    return {entry.unit.name: place for place, entry in enumerate(data.tables)}


def shown_now(master: Master) -> tuple[Shown, ...]:
    """Return what of the columns and rows that stand ready is shown now."""
    return _shown(master.units_shown)


def _shown(units: int) -> tuple[Shown, ...]:
    charted = min(max(units, 1), SHOWN)
    return (*unit_columns(units), Shown(CHARTS, FIRST_SHOWN, SHOWN, charted, is_rows=True))


def _counted(data: Consolidation) -> str:
    words = f"{len(data.tables) - len(data.missing)}/{len(data.tables)} đơn vị, {data.period.name}"
    statuses = [entry.status for entry in data.received]
    for status, said in ((Status.MISSING, "chưa nộp"), (Status.DUPLICATE, "tệp trùng")):
        if statuses.count(status):
            words += f", {statuses.count(status)} {said}"
    unused = (Status.UNKNOWN_UNIT, Status.WRONG_PERIOD, Status.WRONG_FORM, Status.UNREADABLE)
    others = sum(statuses.count(status) for status in unused)
    return words + (f", {others} tệp không dùng được" if others else "")


def _found(findings: tuple[Finding, ...]) -> str:
    counts: Counts = count(findings)
    return f"{counts.error} lỗi, {counts.warning} cảnh báo, {counts.info} lưu ý"
