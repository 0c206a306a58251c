"""What a click replaced, as texts that the cells of a hidden sheet hold until it is undone."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from cchc_xl.core.blocks import Block, Formula, Shown

# How many cells, one below the other, the texts take at most.
MOST_TEXTS = 200
# A cell holds 32,767 characters.
_LONGEST = 30_000
# Before every text, so that none looks like a number or a formula to Excel.
_MARK = "z"


@dataclass(frozen=True, slots=True)
class Replaced:
    """What the last click replaced: cells of the workbook, and the file that it wrote."""

    action: str
    blocks: tuple[Block, ...]
    shown: tuple[Shown, ...]
    file: str


def texts_of(replaced: Replaced) -> list[str]:
    """Return the texts that hold what was replaced; none where `MOST_TEXTS` are too few."""
    kept = {
        "action": replaced.action,
        "blocks": [_packed(block) for block in replaced.blocks],
        "shown": [asdict(entry) for entry in replaced.shown],
        "file": replaced.file,
    }
    packed = base64.b64encode(zlib.compress(json.dumps(kept).encode())).decode()
    starts = range(0, len(packed), _LONGEST)
    if len(starts) > MOST_TEXTS:
        return []
    return [_MARK + packed[start : start + _LONGEST] for start in starts]


def replaced_of(texts: Iterable[str]) -> Replaced | None:
    """Return what was replaced from the texts of `texts_of`, None where there are none."""
    packed = "".join(text.removeprefix(_MARK) for text in texts)
    if not packed:
        return None
    kept = json.loads(zlib.decompress(base64.b64decode(packed)))
    return Replaced(
        kept["action"],
        tuple(_unpacked(block) for block in kept["blocks"]),
        tuple(Shown(**entry) for entry in kept["shown"]),
        kept["file"],
    )


def _packed(block: Block) -> dict[str, Any]:
    rows = [[[c.text] if isinstance(c, Formula) else c for c in row] for row in block.rows]
    return {
        "sheet": block.sheet, "row": block.row, "column": block.column, "rows": rows,
        "literal": sorted(block.literal),
    }  # fmt: skip


def _unpacked(kept: dict[str, Any]) -> Block:
    rows = tuple(
        tuple(Formula(c[0]) if isinstance(c, list) else c for c in row) for row in kept["rows"]
    )
    literal = frozenset(kept["literal"])
    return Block(kept["sheet"], kept["row"], kept["column"], rows, literal)
