"""The tables behind a report: the main form, and the annexes that its outline names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cchc_xl.core.annex import Annex, AnnexRow, matrices
from cchc_xl.core.cells import Kind
from cchc_xl.core.form import Form
from cchc_xl.core.period import Period
from cchc_xl.gateways.word_appendix import Appendix, AppendixRow, HeaderCell

Figures = Mapping[str, tuple[str, str]]
_FORM_WEIGHTS = (22, 116, 42, 34, 38)
_SMALL_FROM = 8


def appendices(
    form: Form,
    wanted: Sequence[str],
    figures: Figures,
    *,
    unit: str,
    period: Period,
    labels: Mapping[str, str],
) -> tuple[Appendix, ...]:
    """Return the tables in the order in which `wanted` names them, the main form by its id.

    An annex that the set of forms has not, or that holds no figure, is left out; so is the main
    form where it is one of several.
    """
    made: list[Appendix] = []
    annexes = {annex.id: annex for annex in matrices(form)}
    for name in wanted:
        if name == form.id and is_printed(form, wanted, figures):
            made.append(_main(form, figures, unit, period))
        elif name in annexes and any(figures.get(c, ("", ""))[0] for c in annexes[name].cells):
            made.append(_annex(annexes[name], figures, unit, period, labels))
    return tuple(made)


def is_printed(form: Form, wanted: Sequence[str], figures: Figures) -> bool:
    """Whether the main form stands behind the report."""
    has_figures = any(figures[row.code][0] for row in form.printed)
    return form.id in wanted and (len(wanted) == 1 or has_figures)


def _main(form: Form, figures: Figures, unit: str, period: Period) -> Appendix:
    return Appendix(
        name=form.name,
        title=_titled(form.title, unit),
        about=_capitalised(period.name),
        header=tuple(
            HeaderCell(0, place, 0, place, column.header)
            for place, column in enumerate(form.columns)
        ),
        rows=tuple(
            AppendixRow((row.number, row.label, row.unit, *figures[row.code]), is_header=heading)
            for row in form.printed
            for heading in (row.kind is Kind.HEADER,)
        ),
        weights=_FORM_WEIGHTS,
    )


def _annex(
    annex: Annex, figures: Figures, unit: str, period: Period, labels: Mapping[str, str]
) -> Appendix:
    has_units = any(row.unit or row.is_open for row in annex.rows)
    first = 3 if has_units else 2
    is_many = len(annex.columns) >= _SMALL_FROM
    return Appendix(
        name=annex.name,
        title=_titled(annex.title, unit),
        about=_capitalised(period.name),
        header=tuple(_header(annex, first, period.years)),
        rows=tuple(
            row for line in annex.rows for row in _row(annex, line, figures, labels, has_units)
        ),
        weights=(
            1.8 if has_units else 1.2,
            7.0 if is_many else 10.0,
            *((2.4,) if has_units else ()),
            *([2.0 if is_many else 2.6] * len(annex.columns)),
        ),
        is_wide=len(annex.columns) > 4,
        is_small=is_many,
    )


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _titled(title: Sequence[str], unit: str) -> tuple[str, ...]:
    return tuple(line.replace("{UNIT}", unit.upper()) for line in title)


def _header(annex: Annex, first: int, years: Sequence[int]) -> Iterator[HeaderCell]:
    depth = max(len(column.groups) for column in annex.columns)
    yield HeaderCell(0, 0, depth, 0, "TT")
    yield HeaderCell(0, 1, depth, 1, annex.row_header)
    if first > 2:
        yield HeaderCell(0, 2, depth, 2, "Đơn vị tính")
    for place, column in enumerate(annex.columns, start=first):
        words = f"{column.header_for(years)} {column.number}".strip()
        yield HeaderCell(len(column.groups), place, depth, place, words)
    for level in range(depth):
        start = first
        while start < first + len(annex.columns):
            path = annex.columns[start - first].groups[: level + 1]
            stop = start
            while (
                stop + 1 < first + len(annex.columns)
                and annex.columns[stop + 1 - first].groups[: level + 1] == path
            ):
                stop += 1
            if len(path) > level:
                yield HeaderCell(level, start, level, stop, path[-1])
            start = stop + 1


def _row(
    annex: Annex, row: AnnexRow, figures: Figures, labels: Mapping[str, str], has_units: bool
) -> Iterator[AppendixRow]:
    texts = [figures.get(annex.code(row.id, c.id), ("", ""))[0] for c in annex.columns]
    if row.is_open and not any(texts):
        return
    words = labels.get(f"{annex.prefix}.{row.id}", "") if row.is_open else row.label
    unit = (row.unit,) if has_units else ()
    is_bold = row.is_heading or bool(annex.parts(row.id))
    yield AppendixRow((row.number, words, *unit, *texts), is_header=is_bold)
