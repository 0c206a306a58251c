"""What `check` answers: the shape of its JSON, its exit codes, several files at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.conftest import Answer, Command
from tests.support.handmade import cell_of, hash_of, replace_cell, report, save

FILE_KEYS = {"file", "unit", "period", "form", "status", "forms", "findings"}
FINDING_KEYS = {
    "rule", "severity", "indicator", "sheet", "cell", "found", "expected", "message", "advice",
    "unit", "file",
}  # fmt: skip
STATUSES = {
    "accepted", "accepted_with_errors", "missing", "duplicate", "unknown_unit", "wrong_period",
    "wrong_form", "unreadable", "ignored",
}  # fmt: skip


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return save(tmp_path / "tot.xlsx", report())


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    return save(tmp_path / "sai.xlsx", report({"3.3.2.a": 595}))


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "hong.xlsx"
    path.write_bytes(b"PK\x03\x04")
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return save(tmp_path / "trong.xlsx", [["Báo cáo"]])


class DescribeTheJson:
    @pytest.fixture
    def answer(self, check: Command, good: Path, wrong: Path, empty: Path, broken: Path) -> Answer:
        return check(good, wrong, empty, broken)

    def it_is_one_object_with_files_and_counts(self, answer: Answer) -> None:
        assert set(answer.json) == {"files", "counts"}

    def it_gives_each_file_its_facts(self, answer: Answer) -> None:
        assert [set(file) for file in answer.json["files"]] == [FILE_KEYS] * 4

    def it_gives_each_finding_its_eleven_facts(self, answer: Answer) -> None:
        assert all(set(finding) == FINDING_KEYS for finding in answer.findings)

    def it_counts_by_severity(self, answer: Answer) -> None:
        severities = [finding["severity"] for finding in answer.findings]

        assert answer.json["counts"] == {
            severity: severities.count(severity) for severity in ("error", "warning", "info")
        }

    def it_knows_three_severities(self, answer: Answer) -> None:
        assert {finding["severity"] for finding in answer.findings} <= {"error", "warning", "info"}

    def it_uses_the_statuses_of_the_roll_up(self, answer: Answer) -> None:
        statuses = [file["status"] for file in answer.json["files"]]

        assert statuses == ["accepted", "accepted_with_errors", "wrong_form", "unreadable"]
        assert set(statuses) <= STATUSES

    def it_says_nothing_but_the_json(self, answer: Answer) -> None:
        assert answer.out.lstrip().startswith("{")
        assert answer.out.rstrip().endswith("}")

    def it_writes_vietnamese_as_it_is(self, answer: Answer) -> None:
        assert "Thị trấn Bút Sơn" in answer.out

    def it_names_the_files_in_the_order_asked(
        self, answer: Answer, good: Path, wrong: Path, empty: Path, broken: Path
    ) -> None:
        named = [Path(file["file"]).name for file in answer.json["files"]]

        assert named == [path.name for path in (good, wrong, empty, broken)]

    def it_names_unit_and_file_in_each_finding(self, answer: Answer) -> None:
        for file in answer.json["files"]:
            assert {finding["file"] for finding in file["findings"]} == {file["file"]}
            assert {finding["unit"] for finding in file["findings"]} == {file["unit"]}

    def it_has_a_sentence_and_advice_for_everything(self, answer: Answer) -> None:
        assert all(finding["message"] and finding["advice"] for finding in answer.findings)

    def it_gives_null_where_nothing_applies(self, answer: Answer) -> None:
        unreadable = answer.json["files"][3]

        assert [unreadable[key] for key in ("unit", "period", "form")] == [None, None, None]

    def it_gives_numbers_as_numbers(self, check: Command, wrong: Path) -> None:
        (finding,) = [f for f in check(wrong).findings if f["rule"] == "R20"]

        assert (finding["found"], finding["expected"]) == (770, 771)

    def it_gives_a_fraction_with_all_its_digits(self, check: Command, tmp_path: Path) -> None:
        path = save(tmp_path / "a.xlsx", report({"3.3.1": 3.278}))

        (finding,) = [f for f in check(path).findings if f["rule"] == "RF1"]

        assert (finding["found"], finding["expected"]) == (3.278, 3278)

    def it_gives_text_as_text(self, check: Command, tmp_path: Path) -> None:
        path = save(tmp_path / "a.xlsx", report({"3.3.1": "nt"}))

        (finding,) = [f for f in check(path).findings if f["rule"] == "RF1"]

        assert finding["found"] == "nt"

    @pytest.mark.parametrize("spelling", [("--format", "json"), ("--format=json",)])
    def it_comes_for_both_spellings_of_the_option(
        self, cchc: Command, good: Path, spelling: tuple[str, ...]
    ) -> None:
        assert cchc("check", good, *spelling).json["counts"]["error"] == 0


class DescribeTheExitCode:
    def it_is_0_where_there_is_no_error(self, check: Command, good: Path) -> None:
        assert check(good).code == 0

    def it_is_0_for_people_too(self, cchc: Command, good: Path) -> None:
        assert cchc("check", good).code == 0

    def it_is_1_where_an_error_is_found(self, check: Command, wrong: Path) -> None:
        assert check(wrong).code == 1

    def it_is_1_where_one_of_several_holds_an_error(
        self, check: Command, good: Path, wrong: Path
    ) -> None:
        assert check(good, wrong, good).code == 1

    def it_is_1_where_the_file_holds_no_table(self, check: Command, empty: Path) -> None:
        assert check(empty).code == 1

    def it_is_1_where_one_of_several_cannot_be_read(
        self, check: Command, good: Path, broken: Path
    ) -> None:
        assert check(good, broken).code == 1

    @pytest.mark.parametrize("name", ["hong.xlsx", "thieu.xlsx", "thu-muc", "bang.csv", "cu.xls"])
    def it_is_2_where_the_only_file_cannot_be_read(
        self, check: Command, tmp_path: Path, name: str
    ) -> None:
        if name == "thu-muc":
            (tmp_path / name).mkdir()
        elif name != "thieu.xlsx":
            (tmp_path / name).write_bytes(b"1;2;3")

        assert check(tmp_path / name).code == 2

    def it_is_2_where_the_previous_file_cannot_be_read(
        self, check: Command, good: Path, broken: Path
    ) -> None:
        assert check(good, "--previous", broken).code == 2

    @pytest.mark.parametrize(
        "words",
        [
            (), ("check",), ("check", "--format", "json"), ("kiem-tra",), ("--khong-co",),
            ("check", "a.xlsx", "--format", "xml"), ("check", "a.xlsx", "--khong-co"),
        ],
    )  # fmt: skip
    def it_is_2_where_the_command_is_not_understood(
        self, cchc: Command, words: tuple[str, ...]
    ) -> None:
        assert cchc(*words).code == 2


class DescribeWhatCannotBeDone:
    @pytest.mark.parametrize("name", ["hong.xlsx", "thieu.xlsx"])
    def it_is_said_in_json_with_code_message_and_advice(
        self, check: Command, broken: Path, name: str
    ) -> None:
        error = check(broken.with_name(name)).json["error"]

        assert set(error) == {"code", "message", "advice"}
        assert all(error.values())

    def it_is_said_in_json_where_the_command_is_not_understood(self, check: Command) -> None:
        assert set(check("a.xlsx", "--khong-co").json["error"]) == {"code", "message", "advice"}

    def it_is_said_to_people_in_plain_words(self, cchc: Command, broken: Path) -> None:
        answer = cchc("check", broken)

        assert "Đề nghị" in answer.out + answer.err

    def it_never_blames_the_program_for_the_file(self, cchc: Command, broken: Path) -> None:
        answer = cchc("check", broken)

        assert "ngoài dự kiến" not in answer.out + answer.err


class DescribeSeveralFiles:
    def it_checks_the_others_where_one_cannot_be_read(
        self, check: Command, good: Path, broken: Path, wrong: Path
    ) -> None:
        files = check(broken, good, wrong).json["files"]

        assert [file["status"] for file in files] == [
            "unreadable",
            "accepted",
            "accepted_with_errors",
        ]

    def it_checks_the_others_where_one_is_missing(
        self, check: Command, good: Path, tmp_path: Path
    ) -> None:
        files = check(tmp_path / "thieu.xlsx", good).json["files"]

        assert [file["status"] for file in files] == ["unreadable", "accepted"]

    @pytest.mark.parametrize(
        "cell",
        [
            '<c r="{}" t="e"><v>#SPILL!</v></c>',
            '<c r="{}" t="s"><v>99999</v></c>',
            '<c r="{}"><v>NaN</v></c>',
            '<c r="{}"><v>1e999</v></c>',
        ],
    )
    def it_checks_the_others_where_one_holds_a_cell_that_nobody_foresaw(
        self, check: Command, good: Path, tmp_path: Path, cell: str
    ) -> None:
        rows = report()
        address = cell_of(rows, "3.3.1")
        strange = replace_cell(save(tmp_path / "la.xlsx", rows), address, cell.format(address))

        answer = check(strange, good)

        assert answer.json["files"][1]["status"] == "accepted"

    def it_finds_the_same_whatever_the_order(
        self, check: Command, good: Path, wrong: Path, empty: Path
    ) -> None:
        one = {file["file"]: file for file in check(good, wrong, empty).json["files"]}
        other = {file["file"]: file for file in check(empty, wrong, good).json["files"]}

        assert one == other

    def it_tells_people_about_each(
        self, cchc: Command, good: Path, wrong: Path, broken: Path
    ) -> None:
        told = cchc("check", good, wrong, broken).out

        assert all(path.name in told for path in (good, wrong, broken))


class DescribeTheFilesChecked:
    def it_leaves_them_as_they_are(
        self, cchc: Command, good: Path, wrong: Path, broken: Path, empty: Path
    ) -> None:
        files = (good, wrong, broken, empty)
        before = [hash_of(path) for path in files]

        cchc("check", *files, "--previous", good)

        assert [hash_of(path) for path in files] == before

    def it_leaves_nothing_beside_them(self, cchc: Command, good: Path) -> None:
        before = sorted(good.parent.iterdir())

        cchc("check", good)

        assert sorted(good.parent.iterdir()) == before
