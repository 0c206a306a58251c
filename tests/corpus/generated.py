"""A mutated file by its seed, and the oracle that says what reading it may come to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from cchc_xl.core.findings import Finding, Severity
from cchc_xl.core.submission import Status
from cchc_xl.usecases.check import CheckedFile
from tests.corpus.drafts import Draft, Line, drafted
from tests.corpus.mutations import TABLE_MUTATIONS, Mutation
from tests.corpus.row_mutations import ROW_MUTATIONS
from tests.corpus.value_mutations import VALUE_MUTATIONS
from tests.gateways.reading import table_of

MUTATIONS: dict[str, Mutation] = {
    **{mutation.__name__.replace("_", " "): mutation for mutation in TABLE_MUTATIONS},
    **{mutation.__name__.replace("_", " "): mutation for mutation in ROW_MUTATIONS},
    **VALUE_MUTATIONS,
}
# The rules of the form speak of relations, not of reading.
_RELATION = re.compile(r"R\d+")


def mutated(seed: int) -> Draft:
    """Return the draft of a seed: one to four mutations, one after the other."""
    random = Random(seed)  # noqa: S311
    draft = drafted(random)
    names = list(MUTATIONS)
    # Every mutation comes first in turn, so that none is left out by chance.
    wanted = [names[seed % len(names)], *random.choices(names, k=random.randint(0, 3))]
    for name in wanted:
        if MUTATIONS[name](draft):
            draft.done.append(name)
    return draft


def complaints(draft: Draft, checked: CheckedFile) -> Iterator[str]:
    """Yield whatever reading did to the mutated file that it must not do."""
    if checked.status not in (Status.ACCEPTED, Status.ACCEPTED_WITH_ERRORS):
        yield f"not accepted: {checked.status} {[f.message for f in checked.findings]}"
        return
    told = [f for f in checked.findings if _RELATION.fullmatch(f.rule) is None]
    yield from _numbers(draft, checked, told)
    yield from _unread(draft, checked, told)
    named = {finding.cell for finding in told}
    for line in draft.lines:
        if line.loud and not draft.nothing_read and draft.cell(line) not in named:
            yield f"nothing said of {draft.cell(line)} ({line.code}: {line.cells})"
    for line, column in draft.loud_headers:
        cell = draft.cell(line, column)
        if cell not in named and not any(f"(ô {cell})" in f.message for f in told):
            yield f"nothing said of the header {draft.cell(line, column)}"


def _numbers(draft: Draft, checked: CheckedFile, told: list[Finding]) -> Iterator[str]:
    """No number but the true one from its true cell, unless a warning names that very cell."""
    lines = {line.code: line for line in draft.rows()}
    warned = {f.cell for f in told if f.severity is not Severity.INFO}
    for code, entry in table_of(checked).entries.items():
        if not entry.value.is_numeric:
            continue
        line = lines.get(code)
        is_true = line is not None and (line.truth, draft.cell(line)) == (
            entry.value.number,
            entry.cell,
        )
        if line is not None and line.unread:
            yield f"{code} was read as {entry.value.number} from {line.cells['value']!r}"
        elif not is_true and entry.cell not in warned:
            truth = None if line is None else (line.truth, draft.cell(line))
            yield f"{code} is {entry.value.number} from {entry.cell}, in truth {truth}"
        if draft.nothing_read:
            yield f"{code} was chosen from one of two columns"


def _unread(draft: Draft, checked: CheckedFile, told: list[Finding]) -> Iterator[str]:
    """Every figure is read, or a finding names its cell, or lists its row as missing."""
    entries = table_of(checked).entries
    for line in draft.rows():
        if line.code is None or line.truth is None or draft.nothing_read:
            continue
        entry = entries.get(line.code)
        if entry is not None and entry.value.is_numeric:
            continue
        if line.must_read:
            yield f"{line.code} was not read from {draft.cell(line)}: {line.cells}"
        if not any(f.cell == draft.cell(_told_at(line)) for f in told):
            yield f"{line.code} was dropped at {draft.cell(line)}: {line.cells}"
    missing = " ".join(f.message for f in told if f.rule in ("RB5", "RB6"))
    for code in draft.deleted:
        if re.search(rf"(?<![\w.]){re.escape(code)}(?![\w]|\.\w)", missing) is None:
            yield f"the deleted row {code} is not listed as missing"


def _told_at(line: Line) -> Line:
    return line.told_at or line


def written(draft: Draft, folder: Path) -> Path:
    return draft.save(folder / "bao-cao.xlsx")
