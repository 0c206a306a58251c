"""Proofreads a report in words: what it states, and how that stands; against a workbook or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from cchc_xl.core.claims import Claim, ClaimKind, ClaimVerdict, Text
from cchc_xl.core.period import Period
from cchc_xl.core.proof_against import table_claims
from cchc_xl.core.proof_arithmetic import arithmetic_claims
from cchc_xl.core.proof_form import formal_claims, settled
from cchc_xl.core.proof_title import report_period, title_of
from cchc_xl.errors import CchcError, OutputRefused, UsageError
from cchc_xl.gateways.docx_text import Note, is_own_copy
from cchc_xl.gateways.files import write_file
from cchc_xl.gateways.folder import is_parent_workbook
from cchc_xl.gateways.one_writer import only_writer
from cchc_xl.gateways.outlines import default_outline
from cchc_xl.gateways.parent_files import read_parent_file
from cchc_xl.gateways.passages import TextFile, read_text
from cchc_xl.gateways.schemas import shipped_forms
from cchc_xl.gateways.submissions import read_submission
from cchc_xl.usecases.report_source import ReportSource, parent_source, unit_source


@dataclass(frozen=True, slots=True)
class ProofResult:
    """What was found in a text, in its order; `against` names the tables compared with."""

    file: str
    period: Period | None
    claims: tuple[Claim, ...]
    against: str = ""
    output: Path | None = None

    @property
    def counts(self) -> Mapping[ClaimVerdict, int]:
        met = Counter(claim.verdict for claim in self.claims)
        return {verdict: met[verdict] for verdict in ClaimVerdict}


def proofread(
    path: Path, *, against: Path | None = None, output: Path | None = None
) -> ProofResult:
    """Return what the text at `path` states and how it stands; write a copy with comments.

    Without `against` the tables of the file itself count, where it has any of ours. Raises
    UnreadableFile where a file cannot be read, UsageError where `output` cannot hold comments,
    OutputRefused where a file stands there that is none of our copies.
    """
    if output is not None:
        _refuse_output(path, output)
    read = read_text(path)
    period = report_period(read.text)
    source = _source(against, period) if against else _own_tables(path, period)
    claims = text_claims(read.text, source)
    if not against:
        # Nobody said that these tables hold every figure of the text.
        claims = tuple(claim for claim in claims if not _is_out_of_reach(claim))
    named = against.name if against else path.name
    if output is not None:
        _write_copy(read, claims, output)
    return ProofResult(
        path.name, period or (source.period if source else None), claims,
        named if source else "", output,
    )  # fmt: skip


def text_claims(text: Text, source: ReportSource | None = None) -> tuple[Claim, ...]:
    """Return every claim of a text, its figures against those of `source` too, in order."""
    named = report_period(text)
    period = named or (source.period if source else None)
    claims = [*formal_claims(text, period), *arithmetic_claims(text)]
    if source is not None:
        if named is not None and not named.is_same_window(source.period):
            claims += _other_period(text, source)
        else:
            outline = default_outline(source.level, source.form.id)
            claims += table_claims(text, source.facts, source.form, outline)
    return settled(text, claims)


def _other_period(text: Text, source: ReportSource) -> Iterable[Claim]:
    """Return what is to be said where the tables are of another period than the title."""
    last = title_of(text)[-1]
    yield Claim(
        last, 0, len(last.text), ClaimKind.PERIOD, ClaimVerdict.WRONG, "PK5",
        f"Báo cáo và bảng số liệu không cùng kỳ: bảng là của {source.period.name}; các con số chưa "
        "được đối chiếu.",
        stated=last.text, actual=source.period.name,
    )  # fmt: skip


def _source(path: Path, period: Period | None) -> ReportSource:
    forms = shipped_forms()
    if is_parent_workbook(path):
        return parent_source(read_parent_file(path, forms))
    submission = read_submission(path, forms)
    return unit_source(replace(submission, period=submission.period or period))


def _own_tables(path: Path, period: Period | None) -> ReportSource | None:
    """Return the tables that the report itself carries, None where it carries none of ours."""
    if path.suffix.lower() in (".docx", ".xlsx", ".xlsm"):
        # Nobody asked for them: a file without tables is proofread all the same.
        with suppress(CchcError):
            return _source(path, period)
    return None


def _is_out_of_reach(claim: Claim) -> bool:
    return claim.verdict is ClaimVerdict.UNVERIFIABLE and claim.kind is ClaimKind.REPEAT


def _refuse_output(path: Path, output: Path) -> None:
    if path.suffix.lower() != ".docx" or output.suffix.lower() != ".docx":
        raise UsageError(
            "Chỉ ghi được bản có chú thích từ tệp Word .docx ra tệp .docx.",
            "Đề nghị bỏ -o, hoặc chọn tệp báo cáo .docx và tên kết quả kết thúc bằng .docx.",
        )
    if output.exists() and path.exists() and output.samefile(path):
        raise UsageError(
            "Bản có chú thích không được ghi đè lên chính báo cáo.",
            "Đề nghị chọn tên tệp khác sau -o.",
        )
    if output.exists() and not is_own_copy(output):
        raise OutputRefused(
            f"Tệp {output.name} đã có và không phải bản chú thích còn nguyên của cchc-xl.",
            "Đề nghị chọn tên tệp khác; tệp cũ được giữ nguyên.",
        )


def _write_copy(read: TextFile, claims: Iterable[Claim], output: Path) -> None:
    if read.commented is None:
        raise UsageError(
            "Tệp này không phải tệp Word nên không ghi được chú thích.", "Đề nghị bỏ -o."
        )
    notes = [
        Note(claim.passage, claim.start, claim.end, claim.message)
        for claim in claims
        if claim.verdict is not ClaimVerdict.OK
    ]
    with only_writer(output):
        write_file(output, read.commented(notes))
