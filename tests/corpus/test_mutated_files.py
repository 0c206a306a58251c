"""Hundreds of files as communes send them, drawn by seed: the truth is read, or it is said.

A failing seed prints itself and its mutations; `mutated(SEED)` makes the same file again.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.generated import MUTATIONS, complaints, mutated, written
from tests.gateways.reading import look
from tests.support.handmade import hash_of

FILES = 1500


class DescribeMutatedFiles:
    @pytest.mark.parametrize("seed", range(FILES))
    def it_reads_the_truth_or_says_what_is_wrong(self, tmp_path: Path, seed: int) -> None:
        draft = mutated(seed)
        path = written(draft, tmp_path)
        before = hash_of(path)

        found = list(complaints(draft, look(path)))

        assert found == [], f"seed {seed}: {draft.done}"
        assert hash_of(path) == before

    def it_draws_every_mutation(self) -> None:
        done = {name for seed in range(FILES) for name in mutated(seed).done}

        assert done == set(MUTATIONS)

    def it_draws_the_same_file_again_by_its_seed(self) -> None:
        def contents(seed: int) -> list[object]:
            return [line.cells for line in mutated(seed).lines]

        assert contents(7) == contents(7)
