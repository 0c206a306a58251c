"""How much of what is wrong in real reports is found, and how much of what is found is wrong.

    python benchmarks/proofread.py FOLDER

FOLDER holds reports (.txt, .docx, .xlsx) and `expected.json`:

    {"report.txt": [{"text": "quý II/2021", "kind": "period", "verdict": "wrong"}, …]}

`text` is copied from the report to the letter; a claim answers it where it has the verdict (wrong
or truncated; unverifiable where that is expected) and shares words with it. `kind` only groups the
table. What is called wrong and answers nothing is a false alarm. The reports are not shipped: they
are official documents of other people.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from cchc_xl.core.claims import Claim, ClaimVerdict
from cchc_xl.gateways.passages import read_text
from cchc_xl.usecases.proofread import text_claims

_FAULTS = (ClaimVerdict.WRONG, ClaimVerdict.TRUNCATED)


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    folder = Path(sys.argv[1])
    expected: dict[str, list[dict[str, Any]]] = json.loads(
        (folder / "expected.json").read_text(encoding="utf-8")
    )
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    for name, faults in expected.items():
        claims = text_claims(read_text(folder / name).text)
        for fault in faults:
            wanted[fault["kind"]] += 1
            if any(_answers(claim, fault) for claim in claims):
                found[fault["kind"]] += 1
            else:
                print(f"not found in {name}: {fault['text']}")
        for claim in claims:
            if claim.verdict not in _FAULTS:
                continue
            if any(_shares(claim, fault) for fault in faults):
                right[claim.kind.value] += 1
            else:
                alarms[claim.kind.value] += 1
                print(f"false alarm in {name}, {claim.passage.where}: {claim.text}")
    print("\n| kind | expected | found | called wrong | false alarms |\n|---|---|---|---|---|")
    for kind in sorted({*wanted, *right, *alarms}):
        called = right[kind] + alarms[kind]
        print(f"| {kind} | {wanted[kind]} | {found[kind]} | {called} | {alarms[kind]} |")
    called = right.total() + alarms.total()
    print(
        f"| all | {wanted.total()} | {found.total()} | {called} | {alarms.total()} |\n\n"
        f"recall {found.total() / max(wanted.total(), 1):.1%}, "
        f"precision {right.total() / max(called, 1):.1%}"
    )
    return 0


def _answers(claim: Claim, fault: dict[str, Any]) -> bool:
    verdicts = _FAULTS if fault["verdict"] != "unverifiable" else (ClaimVerdict.UNVERIFIABLE,)
    return claim.verdict in verdicts and _shares(claim, fault)


def _shares(claim: Claim, fault: dict[str, Any]) -> bool:
    """Whether a claim stands on words of the fault, wherever the passage has them."""
    words, text = str(fault["text"]), claim.passage.text
    start = text.find(words)
    while start >= 0:
        if claim.start < start + len(words) and start < claim.end:
            return True
        start = text.find(words, start + 1)
    return False


if __name__ == "__main__":
    sys.exit(main())
