"""What Python and the native formulas say of the same submissions, side by side.

The blank workbook of a form gets wrong results behind every formula, random figures are typed
into it, LibreOffice calculates it anew. Then everything that both sides know is put into pairs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from cchc_xl.build.check_sheet import Cached, CheckSheet, ratio_values
from cchc_xl.build.commune_book import CHECK_SHEET, RATIO_SHEET, CommuneWorkbook
from cchc_xl.build.commune_workbook import commune_workbook
from cchc_xl.core.cells import Kind, RawCell, Typed
from cchc_xl.core.checks import check_table
from cchc_xl.core.evaluation import evaluate
from cchc_xl.core.findings import count
from cchc_xl.core.form import Form, Rule
from cchc_xl.core.period import PeriodKind, standard_period
from cchc_xl.core.submission import Submission, Table, lookup
from cchc_xl.gateways.submissions import read_submission
from tests.support.libreoffice import need_soffice, recalculated
from tests.support.random_figures import random_figures
from tests.support.workbook_parts import Shown, filled, shown_cells, spoiled

SEED_VARIABLE = "CCHC_SEED"
VERDICT_START = "Tự kiểm tra: "
_MOST_LINES = 10
# How many calls of LibreOffice share the work.
CALLS = min(os.cpu_count() or 1, 8)

Sheets = Mapping[str, Mapping[str, Shown]]


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing that both sides say: of what kind, of which rule or row, and what each says.

    `codes` are the cells that it depends on first of all.
    """

    kind: str  # verdict, state, weight, message, numerator, denominator, percent or counts
    name: str
    python: Shown
    native: Shown
    codes: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether both say the same; a number in a file has fifteen digits."""
        if isinstance(self.python, str) or isinstance(self.native, str):
            return self.python == self.native
        return f"{self.python:.12g}" == f"{self.native:.12g}"


@dataclass(frozen=True, slots=True)
class Case:
    """A submission, by its number under the seed, with what was typed and what came of it."""

    number: int
    typed: Mapping[str, RawCell]
    pairs: tuple[Pair, ...]


def seed() -> str:
    """Return the seed of the random submissions; the environment can give another one."""
    return os.environ.get(SEED_VARIABLE, "phu-luc-01b")


@cache
def blank_workbook(form: Form) -> bytes:
    """Return the workbook of a form as an official gets it."""
    period = standard_period(2022, PeriodKind.Q1)
    return commune_workbook(CommuneWorkbook(form, "Xã Tùng Châu", "", period))


def input_cells(form: Form, folder: Path) -> dict[str, str]:
    """Return the addresses of the input cells, by code, as our own reader finds them."""
    file = folder / "blank.xlsx"
    file.write_bytes(blank_workbook(form))
    entries = read_submission(file, [form]).tables[0].entries
    return {code: entry.cell for code, entry in entries.items()}


def random_workbooks(
    form: Form, how_many: int, folder: Path
) -> tuple[list[dict[str, RawCell]], list[Path]]:
    """Return random figures, and workbooks with them in which every cached result is wrong."""
    places = input_cells(form, folder)
    spoiled_blank = spoiled(blank_workbook(form))
    figures, files = [], []
    for number in range(how_many):
        typed = random_figures(form, Random(f"{seed()}/{number}"))  # noqa: S311
        file = folder / f"{form.id}-{number}.xlsx"
        file.write_bytes(filled(spoiled_blank, {places[code]: typed[code] for code in typed}))
        figures.append(typed)
        files.append(file)
    return figures, files


def compared(form: Form, how_many: int, folder: Path) -> tuple[Case, ...]:
    """Return what both sides say of random submissions of a form."""
    need_soffice()
    figures, files = random_workbooks(form, how_many, folder)
    calculated = folder / "calculated"
    calculated.mkdir()
    copies = recalculated(files, calculated, calls=CALLS)
    places = input_cells(form, folder)
    return tuple(
        Case(
            number,
            typed,
            tuple(
                pairs(
                    form,
                    read_submission(file, [form]),
                    shown_cells(copy, CHECK_SHEET, RATIO_SHEET, form.name),
                    places,
                )
            ),
        )
        for number, (typed, file, copy) in enumerate(zip(figures, files, copies, strict=True))
    )


def written_and_calculated(form: Form, how_many: int, folder: Path) -> tuple[Pair, ...]:
    """Return the results in workbooks written with figures, by sheet and cell, on both sides.

    Helper cells that nobody reads have no result of their own when they are written.
    """
    need_soffice()
    written, to_calculate = folder / "written", folder / "spoiled"
    for place in (written, to_calculate, folder / "calculated"):
        place.mkdir()
    for number in range(how_many):
        content = commune_workbook(_with_figures(form, number))
        (written / f"{number}.xlsx").write_bytes(content)
        (to_calculate / f"{number}.xlsx").write_bytes(spoiled(content))
    checks = CheckSheet(form, CHECK_SHEET, input_cells(form, folder))
    sheets = (form.name, RATIO_SHEET, CHECK_SHEET)
    found: list[Pair] = []
    for copy in recalculated(sorted(to_calculate.iterdir()), folder / "calculated", calls=CALLS):
        python, native = shown_cells(written / copy.name, *sheets), shown_cells(copy, *sheets)
        for sheet in sheets:
            cells = python[sheet].keys() | native[sheet].keys()
            if sheet == CHECK_SHEET:
                cells &= _results(checks)
            found += [
                Pair(sheet, cell, python[sheet].get(cell, ""), native[sheet].get(cell, ""))
                for cell in sorted(cells)
            ]
    return tuple(found)


def _with_figures(form: Form, number: int) -> CommuneWorkbook:
    random = Random(f"{seed()}/written/{number}")  # noqa: S311
    values: dict[str, Typed] = {
        code: raw.content
        for code, raw in random_figures(form, random).items()
        if isinstance(raw.content, str | int | float)
        and not (isinstance(raw.content, bool) or raw.percent_format)
    }
    kind = random.choice([kind for kind in PeriodKind if kind is not PeriodKind.FREE])
    return CommuneWorkbook(form, "Phường Sầm Sơn", "", standard_period(2024, kind), values)


def _results(checks: CheckSheet) -> set[str]:
    """Return the cells of the hidden sheet that other sheets or the tests look at."""
    # The number on a heading is looked at by nobody; only that something stands there.
    numbers = [row.code for row in checks.form.indicators if row.kind is not Kind.HEADER]
    rows = [reference(code) for code in numbers for reference in (checks.at_zero, checks.upper)]
    rows += [
        reference(indicator.code)
        for indicator in checks.form.indicators
        for reference in (checks.state, checks.row_message, checks.row_weight)
    ]
    verdicts = [checks.rule_verdict(rule.id) for rule in native_rules(checks.form)]
    return {on_sheet(reference) for reference in (*rows, *verdicts)}


def native_rules(form: Form) -> tuple[Rule, ...]:
    """Return the rules that need one workbook only."""
    return tuple(
        rule for rule in form.rules if rule.condition is not None and not rule.needs_previous
    )


def pairs(
    form: Form, submission: Submission, native: Sheets, places: dict[str, str]
) -> Iterator[Pair]:
    """Yield all that both sides say of one submission; `native` is what its sheets show."""
    table = submission.tables[0]
    checks = CheckSheet(form, CHECK_SHEET, places)
    hidden = native[CHECK_SHEET]
    for rule in native_rules(form):
        if rule.condition is not None:
            verdict = int(evaluate(rule.condition, lookup(table)).verdict)
            found = hidden.get(on_sheet(checks.rule_verdict(rule.id)), "")
            codes = tuple(cell.code for cell in rule.cells)
            yield Pair("verdict", rule.id, verdict, found, codes)
    yield from _row_pairs(checks, table, hidden)
    yield from _ratio_pairs(form, table, native[RATIO_SHEET])
    counts = count(check_table(table, submission.period))
    verdicts = [
        text
        for text in native[form.name].values()
        if isinstance(text, str) and text.startswith(VERDICT_START)
    ]
    yield Pair("counts", "all", _counted(counts.error, counts.warning), "; ".join(verdicts))


def disagreements(cases: Sequence[Case], kind: str, name: str | None = None) -> str:
    """Return a line for each pair that differs, with what would make it happen again."""
    lines = [
        _line(case, pair)
        for case in cases
        for pair in case.pairs
        if pair.kind == kind and name in (None, pair.name) and not pair.agrees
    ]
    more = f"\n… and {len(lines) - _MOST_LINES} more" if len(lines) > _MOST_LINES else ""
    return "\n".join(lines[:_MOST_LINES]) + more


def _line(case: Case, pair: Pair) -> str:
    typed = ", ".join(f"{code} = {_written(case.typed[code])}" for code in pair.codes)
    return (
        f"seed {seed()}, submission {case.number}, {pair.kind} of {pair.name}: "
        f"Python {pair.python!r}, native {pair.native!r}; {typed}"
    )


def _written(raw: RawCell) -> str:
    return raw.error or f"{raw.content!r}{' (%)' if raw.percent_format else ''}"


def _row_pairs(checks: CheckSheet, table: Table, hidden: Mapping[str, Shown]) -> Iterator[Pair]:
    cached = {cell.address: cell.value for cell in checks.cells(table)}
    for indicator in checks.form.indicators:
        for kind, reference in (
            ("state", checks.state(indicator.code)),
            ("weight", checks.row_weight(indicator.code)),
            ("message", checks.row_message(indicator.code)),
        ):
            cell = on_sheet(reference)
            found = hidden.get(cell, "")
            yield Pair(kind, indicator.code, cached[cell], found, (indicator.code,))


def _ratio_pairs(form: Form, table: Table, sheet: Mapping[str, Shown]) -> Iterator[Pair]:
    rows = {text: cell[1:] for cell, text in sheet.items() if cell.startswith("A")}
    for ratio in form.ratios:
        shown: tuple[Cached, ...] = ratio_values(ratio, table)
        for kind, column, python in zip(
            ("numerator", "denominator", "percent"), "CDE", shown, strict=True
        ):
            found = sheet.get(f"{column}{rows[ratio.id]}", "")
            yield Pair(kind, ratio.id, python, found, tuple(cell.code for cell in ratio.cells))


def _counted(errors: int, warnings: int) -> str:
    if errors + warnings == 0:
        return f"{VERDICT_START}chưa phát hiện vấn đề nào."
    return f"{VERDICT_START}{errors} lỗi, {warnings} cảnh báo."


def on_sheet(reference: str) -> str:
    """Return the address of a reference such as `'_kiem_tra'!$C$7` on its own sheet."""
    return reference.rpartition("!")[2].replace("$", "")
