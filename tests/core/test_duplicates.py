"""Which of several files of one unit counts."""

from __future__ import annotations

from cchc_xl.core.consolidation import Received
from cchc_xl.core.duplicates import settle_duplicates
from cchc_xl.core.findings import Severity
from cchc_xl.core.submission import Status
from cchc_xl.core.units import ReportingUnit

NOBODY: frozenset[str] = frozenset()


def received(file: str, sha256: str) -> Received:
    return Received(Status.ACCEPTED, ReportingUnit("Xã A"), file, sha256)


def settled(*files: Received, preferred: frozenset[str] = NOBODY) -> dict[str, Received]:
    entries, _ = settle_duplicates(files, preferred, NOBODY)
    return {entry.file or "": entry for entry in entries}


class DescribeCopiesOfOneFile:
    def it_counts_one_of_them(self) -> None:
        files = settled(received("a.xlsx", "1"), received("b.xlsx", "1"))

        assert {name: entry.status for name, entry in files.items()} == {
            "a.xlsx": Status.ACCEPTED,
            "b.xlsx": Status.DUPLICATE,
        }

    def it_says_so_once_and_names_them_all(self) -> None:
        files = settled(received("a.xlsx", "1"), received("b.xlsx", "1"), received("c.xlsx", "1"))

        (finding,) = [f for entry in files.values() for f in entry.findings]
        assert (finding.rule, finding.severity) == ("RK13", Severity.INFO)
        assert "a.xlsx, b.xlsx, c.xlsx" in finding.message

    def it_counts_the_one_that_the_official_prefers(self) -> None:
        files = settled(
            received("a.xlsx", "1"), received("b.xlsx", "1"), preferred=frozenset({"b.xlsx"})
        )

        assert [name for name, entry in files.items() if entry.is_counted] == ["b.xlsx"]

    def it_counts_one_where_several_copies_are_preferred(self) -> None:
        files = settled(
            received("a.xlsx", "2"), received("b.xlsx", "1"), received("c.xlsx", "1"),
            preferred=frozenset({"b.xlsx", "c.xlsx"}),
        )  # fmt: skip

        assert [name for name, entry in files.items() if entry.is_counted] == ["b.xlsx"]

    def but_a_file_with_other_content_leaves_all_uncounted(self) -> None:
        files = settled(received("a.xlsx", "1"), received("b.xlsx", "1"), received("c.xlsx", "2"))

        assert not any(entry.is_counted for entry in files.values())

    def and_files_without_a_fingerprint_are_no_copies(self) -> None:
        files = settled(received("a.xlsx", ""), received("b.xlsx", ""))

        assert not any(entry.is_counted for entry in files.values())
