"""Puts the parent unit's workbook together: all sheets, in the order that officials read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from cchc_xl import __version__
from cchc_xl.build.annex_states_sheet import write_states
from cchc_xl.build.annex_totals_sheet import write_annex_totals
from cchc_xl.build.comparison_sheet import write_comparison
from cchc_xl.build.formats import Formats, PlainWorkbook
from cchc_xl.build.ledger_sheets import write_changes, write_findings, write_log, write_units
from cchc_xl.build.narrative_sheet import write_narrative
from cchc_xl.build.own_figures_sheet import write_own_figures
from cchc_xl.build.parent_book import SETTINGS, ParentBook, places
from cchc_xl.build.printed_form_sheet import write_printed_form
from cchc_xl.build.ratio_sheet import write_ratios
from cchc_xl.build.totals_sheet import write_helpers, write_totals
from cchc_xl.core.annex import matrices
from cchc_xl.core.changes import Change
from cchc_xl.core.consolidation import Consolidation, Kept
from cchc_xl.core.ledger import change_rows, log_lines
from cchc_xl.core.narrative import Narrative
from cchc_xl.core.workbook_names import PARENT_NAME

_CREATED = datetime(2022, 1, 1)


def parent_workbook(
    data: Consolidation,
    narrative: Narrative,
    *,
    kept: Kept | None = None,
    changes: Sequence[Change] = (),
    folder: str = "",
    stamp: str = "",
) -> bytes:
    """Return the bytes of the workbook; the same data give the same bytes.

    `folder` is where the submissions lie as seen from the workbook, for the links. `stamp` stands
    on every sheet and printed page. `changes` are those against the earlier result; where nothing
    changed, `kept` tells what did the last time.
    """
    buffer = BytesIO()
    book = PlainWorkbook(buffer)
    title = f"Tổng hợp {data.form.name}, {data.name}, {data.period.name}"
    book.set_properties({"title": title, "author": f"cchc-xl {__version__}", "created": _CREATED})
    kept = kept or Kept()
    columns = places(data.form, len(data.tables))
    parent = ParentBook(book, Formats(book), data, columns, folder, kept, stamp)
    write_printed_form(parent)
    for annex in matrices(data.form):
        write_annex_totals(parent, annex)
    totals = write_totals(parent)
    write_ratios(parent)
    if data.comparison is not None:
        write_comparison(parent, data.comparison)
    write_own_figures(parent)
    write_units(parent)
    if data.form.annexes:
        write_states(parent)
    write_findings(parent)
    write_narrative(parent, narrative)
    log = log_lines(data, kept.log, f"cchc-xl {__version__}")
    run = max((line.run for line in log), default=1)
    write_changes(parent, change_rows(changes, run, data.form) or kept.changes)
    write_log(parent, log)
    write_helpers(parent)
    _write_settings(parent)
    totals.activate()
    book.close()
    return buffer.getvalue()


def _write_settings(book: ParentBook) -> None:
    sheet = book.book.add_worksheet(SETTINGS)
    data = book.data
    settings: tuple[tuple[str, str], ...] = (
        ("parent", data.name),
        ("period", data.period.id),
        ("form", data.form.load_id),
        ("form_version", data.form.version),
        ("tool", __version__),
        ("stamp", book.stamp),
    )
    if data.comparison is not None:
        previous = data.comparison.previous
        settings += (("previous", previous.unit), ("previous_period", previous.period.id))
    for row, (key, value) in enumerate(settings):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    book.book.define_name(PARENT_NAME, f"={SETTINGS}!$B$1")
    sheet.very_hidden()
