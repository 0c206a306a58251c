"""The command `proofread`: what a report in words states, and what of it does not hold."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_xl import cli_json
from cchc_xl.core.claims import Claim, ClaimVerdict
from cchc_xl.core.proof_ratios import ALONE
from cchc_xl.core.text import printable

if TYPE_CHECKING:
    # Only its shape is needed here; importing it would load the Word and Excel libraries.
    from cchc_xl.usecases.proofread import ProofResult

NOTHING_WRONG, FOUND_WRONG = 0, 1
VERDICT_WORDS = {
    ClaimVerdict.OK: "Đúng",
    ClaimVerdict.TRUNCATED: "Cắt bớt",
    ClaimVerdict.WRONG: "Sai",
    ClaimVerdict.UNVERIFIABLE: "Chưa kiểm được",
}
_SENTENCE = re.compile(r"[.;](?=\s)|\n")
_AROUND = 70


def add_proofread(commands: Any) -> argparse.ArgumentParser:
    """Add the command; `run_proofread` runs it."""
    command: argparse.ArgumentParser = commands.add_parser(
        "proofread", help="soát lỗi báo cáo bằng lời (.docx, .txt, .xlsx)"
    )
    command.add_argument("file", type=Path, metavar="TỆP")
    command.add_argument(
        "--against", type=Path, metavar="TỆP.xlsx", help="đối chiếu với tệp số liệu"
    )
    command.add_argument(
        "-o", "--output", type=Path, metavar="TỆP.docx", help="ghi bản sao có chú thích"
    )
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.set_defaults(run=run_proofread)
    return command


def run_proofread(options: argparse.Namespace) -> int:
    """Proofread one file; 1 where a claim is wrong."""
    from cchc_xl.usecases.proofread import proofread

    result = proofread(options.file, against=options.against, output=options.output)
    options.activity.counts = {verdict.value: n for verdict, n in result.counts.items()}
    if options.format == "json":
        print(cli_json.dumps(proof_json(result)))
    else:
        print(proof_text(result))
    return FOUND_WRONG if result.counts[ClaimVerdict.WRONG] else NOTHING_WRONG


def proof_json(result: ProofResult) -> cli_json.Json:
    return {
        "claims": [_claim_json(claim) for claim in result.claims],
        "counts": {verdict.value: number for verdict, number in result.counts.items()},
    }


def _claim_json(claim: Claim) -> cli_json.Json:
    return {
        "text": claim.text,
        "where": claim.passage.where,
        "start": claim.passage.offset + claim.start,
        "end": claim.passage.offset + claim.end,
        "kind": claim.kind.value,
        "numerator": cli_json.value_json(claim.numerator),
        "denominator": cli_json.value_json(claim.denominator),
        "stated": cli_json.value_json(claim.stated),
        "actual": cli_json.value_json(claim.actual),
        "verdict": claim.verdict.value,
        "rule": claim.rule,
        "message": claim.message,
    }


def proof_text(result: ProofResult) -> str:
    """Return what does not hold, sentence by sentence, and how much was looked at."""
    about = f" ({result.period.name})" if result.period else ""
    lines = [f"{result.file}{about}:"]
    alone = [claim for claim in result.claims if _stands_alone(claim)]
    for claim in result.claims:
        if claim.verdict is not ClaimVerdict.OK and (len(alone) < 2 or claim not in alone):
            lines += _claim_lines(claim)
    if len(alone) > 1:
        lines += _lines_of_rates(alone)
    counts = result.counts
    if not any(counts[verdict] for verdict in ClaimVerdict if verdict is not ClaimVerdict.OK):
        lines.append("  Không phát hiện chỗ nào phải sửa.")
    against = f", đã đối chiếu với {result.against}" if result.against else ""
    lines.append(
        f"Đã soát {len(result.claims)} chỗ{against}: {counts[ClaimVerdict.OK]} đúng, "
        f"{counts[ClaimVerdict.WRONG]} sai, {counts[ClaimVerdict.TRUNCATED]} cắt bớt số lẻ, "
        f"{counts[ClaimVerdict.UNVERIFIABLE]} chưa kiểm được."
    )
    if result.output:
        lines.append(f"Bản có chú thích: {result.output}; báo cáo gốc được giữ nguyên.")
    return printable("\n".join(lines))


def _stands_alone(claim: Claim) -> bool:
    """Whether a rate has no count beside it: one remark on all of these says enough."""
    return claim.rule == "PR4" and ALONE in claim.message


def _lines_of_rates(alone: list[Claim]) -> Iterator[str]:
    rates: dict[str, list[str]] = {}
    for claim in alone:
        rates.setdefault(claim.passage.where, []).append(claim.text)
    places = "; ".join(f"{where} ({', '.join(texts)})" for where, texts in rates.items())
    verdict = VERDICT_WORDS[ClaimVerdict.UNVERIFIABLE]
    yield f"  {verdict} (PR4), {len(alone)} tỷ lệ {ALONE}: {places}"
    yield "      Đề nghị ghi kèm tử số và mẫu số để kiểm tra được."


def _claim_lines(claim: Claim) -> Iterator[str]:
    verdict = VERDICT_WORDS[claim.verdict]
    yield f"  {verdict} ({claim.rule}), {claim.passage.where}: {_quoted(claim)}"
    yield f"      {claim.message}"


def _quoted(claim: Claim) -> str:
    """Return the sentence of a claim, the claim itself in «», what is far from it left out."""
    words = claim.passage.text
    stops = [m.end() for m in _SENTENCE.finditer(words)]
    start = max((stop for stop in stops if stop <= claim.start), default=0)
    # The dot behind the number of a heading ends no sentence.
    end = min((stop for stop in stops if stop > claim.end + 1), default=len(words))
    before, behind = words[start : claim.start].lstrip(), words[claim.end : end].rstrip()
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:].partition(" ")[2]
    if len(behind) > _AROUND:
        behind = behind[:_AROUND].rpartition(" ")[0] + "…"
    return " ".join(f"{before}«{claim.text}»{behind}".split())
