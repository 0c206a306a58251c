"""The story of the parent unit: a folder of communes becomes one workbook."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from cchc_xl.core.submission import Submission
from cchc_xl.gateways.submissions import read_submission
from tests.support.handmade import BUT_SON_TITLE, hash_of, report, save, table, titled
from tests.support.once import once_per_run
from tests.support.parents import (
    NAME,
    SOUND,
    Json,
    Said,
    choose,
    chosen_files,
    commune,
    consolidate,
    lines_of,
    log_of,
    own_sentences,
    run,
    sheet_of,
    units_csv,
    write_own_sentence,
)
from tests.support.roll_up_reference import differences, write_folder

# CCHC_ROLL_UP_SEED draws other folders; a failure names the seed.
FIRST_SEED = int(os.environ.get("CCHC_ROLL_UP_SEED", "1"))
SEEDS = range(FIRST_SEED, FIRST_SEED + 8)
TOPICS = (
    "value", "reporting", "expected", "by_unit", "stands_on", "differ", "share", "counts",
    "ratio", "ratio_stands_on", "unit_ratio",
)  # fmt: skip


class DescribeTheFiguresOfRandomFolders:
    """Every figure against the independent calculation of `tests.support.roll_up_reference`."""

    @pytest.fixture(params=SEEDS)
    def found(
        self, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
    ) -> dict[str, list[str]]:
        seed: int = request.param

        def make() -> dict[str, list[str]]:
            folder = tmp_path_factory.mktemp(f"seed-{seed}")
            units, listed = write_folder(folder, seed)
            said = consolidate(folder / "don-vi", folder / "out.xlsx", "--units", listed)
            return differences(units, said.json, seed)

        return once_per_run(tmp_path_factory, f"roll-up-{seed}", make)

    @pytest.mark.parametrize("topic", TOPICS)
    def it_says_what_an_independent_calculation_says(
        self, found: dict[str, list[str]], topic: str
    ) -> None:
        assert found[topic] == []


def three(folder: Path, code: str, *amounts: Any) -> None:
    """Three sound communes, A, B and C, with other amounts of one indicator."""
    for letter, amount in zip("ABC", amounts, strict=True):
        commune(folder / f"{letter}.xlsx", f"Xã {letter}", {**SOUND, code: amount})


class DescribeAFigure:
    def it_sums_what_is_reported(self, folder: Path, output: Path) -> None:
        three(folder, "1.1.3", 4, 5, 6)

        said = consolidate(folder, output)

        assert said.value("1.1.3") == 15

    def it_is_null_where_no_unit_reports(self, folder: Path, output: Path) -> None:
        three(folder, "1.1.3", None, None, None)

        said = consolidate(folder, output)

        assert said.value("1.1.3") is None

    def but_it_is_zero_where_one_unit_reports_that_nothing_arose(
        self, folder: Path, output: Path
    ) -> None:
        three(folder, "1.1.3", "KPS", None, None)

        said = consolidate(folder, output)

        assert (said.value("1.1.3"), said.json["indicators"]["1.1.3"]["reporting"]) == (0, 1)

    @pytest.mark.parametrize("bad", ["nt", 3.278, -4])
    def it_leaves_out_a_value_that_fails_its_kind(
        self, folder: Path, output: Path, bad: str | float
    ) -> None:
        three(folder, "1.1.3", 4, bad, 6)

        figure = consolidate(folder, output).json["indicators"]["1.1.3"]

        assert (figure["value"], figure["reporting"], figure["expected"]) == (10, 2, 3)

    def it_counts_a_value_that_only_offends_a_relation(self, folder: Path, output: Path) -> None:
        three(folder, "1.1.2", 4, 9999, 6)

        said = consolidate(folder, output)

        assert said.value("1.1.2") == 10009

    def it_says_to_how_many_units_it_applies(self, folder: Path, output: Path) -> None:
        three(folder, "1.1.3", 4, "KAD", None)

        figure = consolidate(folder, output).json["indicators"]["1.1.3"]

        assert (figure["reporting"], figure["expected"], figure["by_unit"]) == (
            1,
            2,
            {"Xã A": 4, "Xã B": "KAD", "Xã C": None},
        )

    def it_never_sums_a_list_that_all_communes_share(self, folder: Path, output: Path) -> None:
        three(folder, "3.1.3", 193, 193, 193)

        said = consolidate(folder, output)

        assert said.value("3.1.3") == 193

    def it_takes_the_first_value_met_on_a_tie(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        commune(folder / "1.xlsx", "Xã A", {**SOUND, "3.1.3": 200})
        commune(folder / "2.xlsx", "Xã B", {**SOUND, "3.1.3": 193})
        listed = units_csv(tmp_path / "units.csv", [",Xã B,", ",Xã A,"])

        said = consolidate(folder, output, "--units", listed)

        assert said.value("3.1.3") == 193

    def it_names_the_units_that_differ(self, folder: Path, output: Path) -> None:
        three(folder, "3.1.3", 193, 189, 193)

        figure = consolidate(folder, output).json["indicators"]["3.1.3"]

        assert figure["detail"]["differ"] == {"Xã B": 189}

    def it_weighs_a_percent_by_its_base(self, folder: Path, output: Path) -> None:
        commune(folder / "a.xlsx", "Xã A", {**SOUND, "7.2.2": 10, "7.2.2.a": 100})
        commune(folder / "b.xlsx", "Xã B", {**SOUND, "7.2.2": 90, "7.2.2.a": 50})

        said = consolidate(folder, output)

        assert said.value("7.2.2.a") == 55

    def but_a_unit_without_its_base_is_not_in_the_mean(self, folder: Path, output: Path) -> None:
        commune(folder / "a.xlsx", "Xã A", {**SOUND, "7.2.2": None, "7.2.2.a": 100})
        commune(folder / "b.xlsx", "Xã B", {**SOUND, "7.2.2": 90, "7.2.2.a": 50})

        figure = consolidate(folder, output).json["indicators"]["7.2.2.a"]

        assert (figure["value"], figure["reporting"], figure["detail"]["stands_on"]) == (50, 2, 1)

    def it_does_not_round_a_percent(self, folder: Path, output: Path) -> None:
        commune(folder / "a.xlsx", "Xã A", {**SOUND, "1.1.1": 3, "1.1.2": 1})

        said = consolidate(folder, output)

        assert said.json["ratios"]["T01"]["percent"] == pytest.approx(100 / 3, rel=1e-12)

    def it_recomputes_a_rate_and_never_averages_it(self, folder: Path, output: Path) -> None:
        commune(folder / "a.xlsx", "Xã A", {**SOUND, "1.1.1": 10, "1.1.2": 10})
        commune(folder / "b.xlsx", "Xã B", {**SOUND, "1.1.1": 90, "1.1.2": 1})

        said = consolidate(folder, output)

        assert said.json["ratios"]["T01"]["percent"] == 11

    def it_lets_only_units_with_both_parts_into_a_rate(self, folder: Path, output: Path) -> None:
        commune(folder / "a.xlsx", "Xã A", {**SOUND, "1.1.1": 10, "1.1.2": None})
        commune(folder / "b.xlsx", "Xã B", {**SOUND, "1.1.1": 90, "1.1.2": 9})

        ratio = consolidate(folder, output).json["ratios"]["T01"]

        assert (ratio["denominator"], ratio["percent"], ratio["stands_on"]) == (90, 10, 1)

    def it_takes_a_blank_part_for_zero_where_the_units_total_proves_it(
        self, folder: Path, output: Path
    ) -> None:
        parts = {"3.3.1": 770, "3.3.1.a": 590, "3.3.1.b": None, "3.3.1.c": 91, "3.3.1.d": 85}
        commune(folder / "a.xlsx", "Xã A", {**SOUND, **parts, "S.KY_TRUOC": 4})

        ratio = consolidate(folder, output).json["ratios"]["T05"]

        assert (ratio["numerator"], ratio["denominator"]) == (176, 766)

    def but_not_where_the_total_leaves_a_rest(self, folder: Path, output: Path) -> None:
        parts = {"3.3.1": 771, "3.3.1.a": 590, "3.3.1.b": None, "3.3.1.c": 91, "3.3.1.d": 85}
        commune(folder / "a.xlsx", "Xã A", {**SOUND, **parts, "S.KY_TRUOC": 4})

        ratio = consolidate(folder, output).json["ratios"]["T05"]

        assert (ratio["percent"], ratio["stands_on"]) == (None, 0)

    def it_is_kept_apart_from_a_unit_of_the_same_short_name(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        commune(folder / "1.xlsx", "Xã Lộc", {**SOUND, "1.1.3": 3}, code="01")
        commune(folder / "2.xlsx", "Phường Lộc", {**SOUND, "1.1.3": 5}, code="02")
        listed = units_csv(tmp_path / "units.csv", ["01,Lộc,Xã", "02,Lộc,Phường"])

        said = consolidate(folder, output, "--units", listed)

        assert said.json["indicators"]["1.1.3"]["by_unit"] == {"01": 3, "02": 5}


class DescribeAFileOfTheFolder:
    """Every status occurs where it should, and the rest goes on."""

    @pytest.fixture
    def said(self, tmp_path_factory: pytest.TempPathFactory) -> Said:
        return once_per_run(tmp_path_factory, "statuses", lambda: self._made(tmp_path_factory))

    def _made(self, factory: pytest.TempPathFactory) -> Said:
        base = factory.mktemp("statuses")
        folder = base / "don-vi"
        commune(folder / "tot.xlsx", "Xã An Bình", {**SOUND, "1.1.3": 1}, code="001")
        commune(folder / "loi.xlsx", "Xã Bình Hòa", {**SOUND, "1.1.3": 2, "1.1.2": 21})
        commune(folder / "hai-1.xlsx", "Xã Cẩm Lâm", {**SOUND, "1.1.3": 4})
        commune(folder / "con" / "hai-2.xlsx", "Xã Cẩm Lâm", {**SOUND, "1.1.3": 8})
        commune(folder / "la.xlsx", "Xã An Bỉnh", {**SOUND, "1.1.3": 16})
        commune(folder / "quy-2.xlsx", "Xã Đông Sơn", {**SOUND, "1.1.3": 32}, period="2022-Q2")
        foreign = Workbook()
        foreign.worksheets[0].append(["Danh sách cán bộ"])
        foreign.save(folder / "Xã Gia Phú.xlsx")
        (folder / "Xã Hòa Lạc.xlsx").write_bytes(b"PK\x03\x04 half a file")
        for name in ("Xã Kim Tân.doc", "bao-cao.pdf", "nen.zip", "so-lieu.xlsb"):
            (folder / name).write_bytes(b"something")
        for name in ("anh.jpg", "ghi-chu.txt", "~$tot.xlsx", ".an.xlsx"):
            (folder / name).write_bytes(b"something")
        (folder / ".cchc").mkdir()
        commune(folder / ".cchc" / "tot.1.xlsx", "Xã An Bình", {**SOUND, "1.1.3": 64})
        names = (
            "An Bình", "Bình Hòa", "Cẩm Lâm", "Đông Sơn", "Gia Phú", "Hòa Lạc", "Kim Tân",
            "Long Thủy",
        )  # fmt: skip
        listed = units_csv(
            base / "units.csv",
            [f"{place:03d},Xã {name},Xã" for place, name in enumerate(names, start=1)],
        )
        return consolidate(folder, base / "out.xlsx", "--units", listed)

    @pytest.mark.parametrize(
        ("file", "status"),
        [
            ("tot.xlsx", "accepted"),
            ("loi.xlsx", "accepted_with_errors"),
            ("hai-1.xlsx", "duplicate"),
            ("con/hai-2.xlsx", "duplicate"),
            ("la.xlsx", "unknown_unit"),
            ("quy-2.xlsx", "wrong_period"),
            ("Xã Gia Phú.xlsx", "wrong_form"),
            ("Xã Hòa Lạc.xlsx", "unreadable"),
            ("Xã Kim Tân.doc", "unreadable"),
            ("bao-cao.pdf", "unreadable"),
            ("nen.zip", "unreadable"),
            ("so-lieu.xlsb", "unreadable"),
            ("anh.jpg", "ignored"),
            ("ghi-chu.txt", "ignored"),
            ("~$tot.xlsx", "ignored"),
            (".an.xlsx", "ignored"),
            (".cchc/tot.1.xlsx", "ignored"),
            ("Xã Long Thủy", "missing"),
        ],
    )
    def it_has_its_status(self, said: Said, file: str, status: str) -> None:
        assert said.statuses().get(file) == status

    def it_stands_once_in_the_answer(self, said: Said) -> None:
        named = [line["file"] or line["unit"] for line in said.json["units"]]

        assert len(named) == len(set(named)) == 18

    def it_is_in_the_figures_only_where_it_is_accepted(self, said: Said) -> None:
        assert said.value("1.1.3") == 3

    def it_counts_no_unit_twice_among_the_expected(self, said: Said) -> None:
        figure = said.json["indicators"]["1.1.3"]

        assert (figure["reporting"], figure["expected"]) == (2, 8)

    def it_is_told_which_names_of_the_list_are_near(self, said: Said) -> None:
        (finding,) = said.findings("RK6")

        assert "Xã An Bình" in finding["message"]

    def it_shows_in_the_exit_code_that_not_all_is_well(self, said: Said) -> None:
        assert said.code == 1

    def it_keeps_the_codes_of_the_list_as_keys(self, said: Said) -> None:
        by_unit: Json = said.json["indicators"]["1.1.3"]["by_unit"]

        assert list(by_unit) == [f"{place:03d}" for place in range(1, 9)]


class DescribeTheExitCode:
    def it_is_zero_where_every_unit_is_in_without_an_error(
        self, folder: Path, output: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã A")

        said = consolidate(folder, output)

        assert said.code == 0

    def it_is_one_where_an_expected_unit_is_missing(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã A")
        listed = units_csv(tmp_path / "units.csv", [",Xã A,", ",Xã B,"])

        said = consolidate(folder, output, "--units", listed)

        assert said.code == 1

    def it_is_one_where_a_unit_has_an_error(self, folder: Path, output: Path) -> None:
        commune(folder / "a.xlsx", "Xã A", {**SOUND, "1.1.2": 21})

        said = consolidate(folder, output)

        assert said.code == 1

    @pytest.mark.parametrize(
        "words",
        [
            ("nowhere", "-o", "x.xlsx", "--name", NAME, "--period", "2022-Q1"),
            (".", "-o", "x.xlsx", "--name", NAME, "--period", "quý một"),
            (".", "-o", "x.xlsx", "--name", NAME),
            (".", "-o", "x.docx", "--name", NAME, "--period", "2022-Q1"),
            (".", "-o", "x.xlsx", "--name", NAME, "--period", "2022-Q1", "--units", "none.csv"),
            (".", "-o", "x.xlsx", "--name", NAME, "--period", "2022-Q1", "--jobs", "0"),
            (".", "-o", "x.xlsx", "--name", NAME, "--period", "2022-Q1", "--form", "khac"),
        ],
    )
    def it_is_two_where_it_cannot_be_done(
        self, words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)

        said = run("consolidate", *words)

        assert (said.code, said.out) == (2, "")

    def it_is_two_where_the_folder_is_empty(self, folder: Path, output: Path) -> None:
        folder.mkdir()

        said = consolidate(folder, output)

        assert (said.code, set(said.json)) == (2, {"error"})

    def it_says_in_json_what_cannot_be_done(self, folder: Path, output: Path) -> None:
        error = consolidate(folder, output).json["error"]

        assert all(error[key] for key in ("code", "message", "advice"))


class DescribeTwoFilesOfOneUnit:
    @pytest.fixture
    def both(self, folder: Path) -> Path:
        commune(folder / "dau.xlsx", "Xã Hòa Lạc", {**SOUND, "1.1.3": 3})
        commune(folder / "sau.xlsx", "Xã Hòa Lạc", {**SOUND, "1.1.3": 5})
        commune(folder / "khac.xlsx", "Xã An Bình", {**SOUND, "1.1.3": 100})
        return folder

    def it_counts_none_before_one_is_chosen(self, both: Path, output: Path) -> None:
        said = consolidate(both, output)

        assert (said.value("1.1.3"), said.code) == (100, 1)

    def it_counts_the_preferred_one(self, both: Path, output: Path) -> None:
        said = consolidate(both, output, "--prefer", "sau.xlsx")

        assert (said.value("1.1.3"), said.statuses()["sau.xlsx"]) == (105, "accepted")

    def it_takes_the_preferred_file_with_its_folder_too(self, both: Path, output: Path) -> None:
        said = consolidate(both, output, "--prefer", both / "sau.xlsx")

        assert said.value("1.1.3") == 105

    def it_leaves_the_other_one_a_duplicate(self, both: Path, output: Path) -> None:
        said = consolidate(both, output, "--prefer", "sau.xlsx")

        assert said.statuses()["dau.xlsx"] == "duplicate"

    def it_is_all_well_once_one_is_chosen(self, both: Path, output: Path) -> None:
        said = consolidate(both, output, "--prefer", "sau.xlsx")

        assert said.code == 0

    def it_counts_the_one_with_an_x_in_the_sheet(self, both: Path, output: Path) -> None:
        consolidate(both, output)
        choose(output, "dau.xlsx")

        said = consolidate(both, output)

        assert said.value("1.1.3") == 103

    def it_keeps_the_x_in_the_sheet(self, both: Path, output: Path) -> None:
        consolidate(both, output)
        choose(output, "dau.xlsx")
        consolidate(both, output)

        said = consolidate(both, output)

        assert (chosen_files(output), said.value("1.1.3")) == ({"dau.xlsx"}, 103)

    def it_keeps_the_x_of_a_file_with_two_spaces_in_its_name(
        self, both: Path, output: Path
    ) -> None:
        (both / "dau.xlsx").rename(both / "Hòa Lạc  (2).xlsx")
        consolidate(both, output)
        choose(output, "Hòa Lạc  (2).xlsx")

        said = consolidate(both, output)

        assert said.value("1.1.3") == 103

    def it_counts_neither_where_both_are_chosen(self, both: Path, output: Path) -> None:
        said = consolidate(both, output, "--prefer", "sau.xlsx", "dau.xlsx")

        assert said.value("1.1.3") == 100

    def it_is_one_unit_though_only_one_file_gives_its_code(
        self, folder: Path, output: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã Hòa Lạc", {**SOUND, "1.1.3": 3}, code="07")
        commune(folder / "b.xlsx", "Xã Hòa Lạc", {**SOUND, "1.1.3": 5})

        said = consolidate(folder, output)

        assert set(said.statuses().values()) == {"duplicate"}

    def it_is_one_unit_though_its_name_is_spelt_in_two_ways(
        self, folder: Path, output: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã Hòa Lạc", {**SOUND, "1.1.3": 3})
        commune(folder / "b.xlsx", "XÃ HOÀ LẠC", {**SOUND, "1.1.3": 5})

        said = consolidate(folder, output, "--prefer", "b.xlsx")

        assert (said.value("1.1.3"), said.code) == (5, 0)

    def it_loses_no_unit_to_a_duplicate_that_cannot_be_read(self, both: Path, output: Path) -> None:
        (both / "sau.xlsx").write_bytes(b"broken")

        said = consolidate(both, output)

        assert said.value("1.1.3") == 103


class DescribeASecondRun:
    @pytest.fixture
    def made(self, folder: Path, output: Path) -> Path:
        three(folder, "1.1.3", 4, 5, 6)
        consolidate(folder, output)
        return folder

    def it_gives_the_same_bytes(self, made: Path, output: Path) -> None:
        before = hash_of(output)

        consolidate(made, output)

        assert hash_of(output) == before

    def it_keeps_the_officials_sentence(self, made: Path, output: Path) -> None:
        write_own_sentence(output, "I.1", "Câu của  huyện, 12 văn bản.")

        consolidate(made, output)

        assert own_sentences(output)["I.1"] == "Câu của  huyện, 12 văn bản."

    def it_keeps_the_sentence_over_many_runs(self, made: Path, output: Path) -> None:
        write_own_sentence(output, "I.1", "Câu của huyện.")
        consolidate(made, output)
        commune(made / "D.xlsx", "Xã D")

        consolidate(made, output)

        assert own_sentences(output)["I.1"] == "Câu của huyện."

    def it_says_that_the_figures_behind_the_sentence_have_changed(
        self, made: Path, output: Path
    ) -> None:
        write_own_sentence(output, "I.1", "Câu của huyện.")
        commune(made / "D.xlsx", "Xã D", {**SOUND, "1.1.3": 9})

        consolidate(made, output)

        states = {line["Mã câu"]: line["Trạng thái"] for line in self._narrative(output)}
        assert "số liệu đã đổi" in str(states["I.1"])

    @staticmethod
    def _narrative(output: Path) -> list[dict[str, Any]]:
        return lines_of(sheet_of(output, "Báo cáo"))

    def it_leaves_the_log_alone_where_nothing_has_changed(self, made: Path, output: Path) -> None:
        before = log_of(output)

        consolidate(made, output)

        assert log_of(output) == before

    def it_appends_to_the_log_where_a_file_has_changed(self, made: Path, output: Path) -> None:
        before = log_of(output)
        commune(made / "A.xlsx", "Xã A", {**SOUND, "1.1.3": 9})

        consolidate(made, output)

        after = log_of(output)
        assert (after[:3], {line[0] for line in after[3:]}) == (before, {2})

    def it_names_every_file_with_its_fingerprint_in_the_log(self, made: Path, output: Path) -> None:
        logged = {row[1]: row[4] for row in log_of(output)}

        assert logged == {f"{name}.xlsx": hash_of(made / f"{name}.xlsx") for name in "ABC"}

    def it_takes_a_corrected_figure(self, made: Path, output: Path) -> None:
        commune(made / "A.xlsx", "Xã A", {**SOUND, "1.1.3": 9})

        said = consolidate(made, output)

        assert said.value("1.1.3") == 20

    def it_keeps_the_version_before_beside_it(self, made: Path, output: Path) -> None:
        before = output.read_bytes()
        commune(made / "A.xlsx", "Xã A", {**SOUND, "1.1.3": 9})

        consolidate(made, output)

        kept = [path.read_bytes() for path in (output.parent / ".cchc").iterdir()]
        assert before in kept


class DescribeAnOutputInsideTheFolder:
    @pytest.fixture
    def inside(self, folder: Path) -> Path:
        three(folder, "1.1.3", 4, 5, 6)
        return folder / "tong-hop.xlsx"

    def it_is_no_submission_of_the_next_run(self, folder: Path, inside: Path) -> None:
        consolidate(folder, inside)

        said = consolidate(folder, inside)

        assert (said.value("1.1.3"), said.statuses()["tong-hop.xlsx"]) == (15, "ignored")

    def it_settles_to_the_same_bytes(self, folder: Path, inside: Path) -> None:
        for _ in range(2):
            consolidate(folder, inside)
        settled = hash_of(inside)

        consolidate(folder, inside)

        assert hash_of(inside) == settled

    def it_does_not_fill_the_log_with_itself(self, folder: Path, inside: Path) -> None:
        for _ in range(2):
            consolidate(folder, inside)
        before = log_of(inside)

        consolidate(folder, inside)

        assert log_of(inside) == before


class DescribeAForeignOutput:
    def it_is_refused(self, folder: Path, output: Path) -> None:
        three(folder, "1.1.3", 4, 5, 6)
        save(output, table())

        said = consolidate(folder, output)

        assert (said.code, set(said.json)) == (2, {"error"})

    @pytest.mark.parametrize("content", [b"", b"the official's own words", None])
    def it_stays_as_it_was(self, folder: Path, output: Path, content: bytes | None) -> None:
        three(folder, "1.1.3", 4, 5, 6)
        if content is None:
            save(output, table())
        else:
            output.write_bytes(content)
        before = output.read_bytes()

        consolidate(folder, output)

        assert output.read_bytes() == before

    def it_is_refused_where_it_is_a_communes_workbook(self, folder: Path, output: Path) -> None:
        three(folder, "1.1.3", 4, 5, 6)
        commune(output, "Xã A")
        before = output.read_bytes()

        consolidate(folder, output)

        assert output.read_bytes() == before


class DescribeTheInputs:
    def it_leaves_every_file_as_it_was(self, folder: Path, output: Path) -> None:
        three(folder, "1.1.3", 4, "nt", 6)
        (folder / "hong.xlsx").write_bytes(b"broken")
        before = {path: hash_of(path) for path in folder.rglob("*")}

        consolidate(folder, output)

        assert {path: hash_of(path) for path in folder.rglob("*")} == before

    def it_gives_the_same_workbook_with_several_processes(self, folder: Path, output: Path) -> None:
        three(folder, "1.1.3", 4, "nt", 6)
        (folder / "hong.xlsx").write_bytes(b"broken")
        consolidate(folder, output)
        alone = output.read_bytes()
        output.unlink()

        consolidate(folder, output, "--jobs", "2")

        assert output.read_bytes() == alone

    def it_gives_the_same_workbook_in_whatever_order_the_folder_lists_them(
        self, folder: Path, output: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        three(folder, "3.1.3", 189, 193, 200)
        consolidate(folder, output)
        forwards = output.read_bytes()
        output.unlink()
        listed = Path.iterdir
        monkeypatch.setattr(Path, "iterdir", lambda path: iter(sorted(listed(path), reverse=True)))

        consolidate(folder, output)

        assert output.read_bytes() == forwards

    def it_gives_the_same_figures_whatever_the_files_are_called(
        self, folder: Path, output: Path
    ) -> None:
        three(folder, "3.1.3", 189, 193, 200)
        before = consolidate(folder, output).json["indicators"]
        for old, new in (("A", "z"), ("B", "y"), ("C", "x")):
            (folder / f"{old}.xlsx").rename(folder / f"{new}.xlsx")

        after = consolidate(folder, output).json["indicators"]

        assert after == before

    def it_takes_hand_made_reports_by_the_words_above_the_table(
        self, folder: Path, output: Path
    ) -> None:
        folder.mkdir()
        save(folder / "bao-cao.xlsx", report())

        said = consolidate(folder, output)

        assert said.json["indicators"]["3.3.1"]["by_unit"] == {"Thị trấn Bút Sơn": 770}

    def it_takes_the_unit_from_the_file_name_where_the_file_names_none(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        folder.mkdir()
        save(folder / "Báo cáo Xã Tùng Châu.xlsx", titled(table(), "Quý I năm 2022"))
        listed = units_csv(tmp_path / "units.csv", ["7,Xã Tùng Châu,", "8,Xã Tùng Lộc,"])

        said = consolidate(folder, output, "--units", listed)

        assert said.json["indicators"]["3.3.1"]["by_unit"] == {"7": 770, "8": None}

    def it_takes_the_period_asked_for_where_the_file_names_none(
        self, folder: Path, output: Path
    ) -> None:
        folder.mkdir()
        save(folder / "a.xlsx", titled(table(), BUT_SON_TITLE[2]))

        said = consolidate(folder, output)

        severities = [finding["severity"] for finding in said.json["findings"]]
        assert (said.value("3.3.1"), "warning" in severities) == (770, True)


class DescribeTheListOfUnits:
    """Leading zeros, separators and dates as Excel on a Vietnamese Windows leaves them."""

    @pytest.fixture
    def sent(self, folder: Path) -> Path:
        commune(folder / "a.xlsx", "Xã A", code="00123")
        return folder

    @pytest.mark.parametrize(
        "content",
        [
            b"code,name\n00123,X\xc3\xa3 A\n00124,X\xc3\xa3 B\n",
            b"code;name\r\n00123;X\xc3\xa3 A\r\n00124;X\xc3\xa3 B\r\n",
            b"\xef\xbb\xbfcode;name\r\n00123;X\xc3\xa3 A\r\n00124;X\xc3\xa3 B\r\n",
            b'\xef\xbb\xbf"code","name"\n"00123","X\xc3\xa3 A"\n"00124","X\xc3\xa3 B"\n',
            b"name,code\nX\xc3\xa3 A,00123\n\nX\xc3\xa3 B,00124\n",
        ],
    )
    def it_is_read_as_csv(self, sent: Path, output: Path, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "u.csv").write_bytes(content)

        said = consolidate(sent, output, "--units", tmp_path / "u.csv")

        assert list(said.json["indicators"]["1.1.1"]["by_unit"]) == ["00123", "00124"]

    def it_is_read_from_a_workbook(self, sent: Path, output: Path, tmp_path: Path) -> None:
        book = Workbook()
        book.worksheets[0].append(["code", "name", "type"])
        book.worksheets[0].append(["00123", "Xã A", "Xã"])
        book.worksheets[0].append(["00124", "Xã B", None])
        book.save(tmp_path / "u.xlsx")

        said = consolidate(sent, output, "--units", tmp_path / "u.xlsx")

        assert said.json["indicators"]["1.1.1"]["by_unit"] == {"00123": 20, "00124": None}

    def it_needs_names_only(self, sent: Path, output: Path, tmp_path: Path) -> None:
        listed = units_csv(tmp_path / "u.csv", ["Xã A", "Xã B"], header="name")

        said = consolidate(sent, output, "--units", listed)

        assert said.json["indicators"]["1.1.1"]["by_unit"] == {"Xã A": 20, "Xã B": None}

    @pytest.mark.parametrize(
        ("dates", "is_expected"),
        [
            (",", True),
            ("2022-03-14,", True),
            ("2022-03-15,", False),
            (",2022-03-14", True),
            (",2022-03-13", False),
            ("01/01/2020,14/03/2022", True),
        ],
    )
    def it_expects_the_units_that_exist_on_the_last_day(
        self, sent: Path, output: Path, tmp_path: Path, dates: str, is_expected: bool
    ) -> None:
        lines = ["00123,Xã A,,", f"00124,Xã B,{dates}"]
        listed = units_csv(tmp_path / "u.csv", lines, "code,name,valid_from,valid_to")

        said = consolidate(sent, output, "--units", listed)

        assert ("00124" in said.json["indicators"]["1.1.1"]["by_unit"]) is is_expected

    @pytest.mark.parametrize("lines", [["1,Xã A", "1,Xã B"], [",Xã A", ",XÃ A"]])
    def it_is_refused_where_two_units_are_one(
        self, sent: Path, output: Path, tmp_path: Path, lines: list[str]
    ) -> None:
        listed = units_csv(tmp_path / "u.csv", lines, "code,name")

        said = consolidate(sent, output, "--units", listed)

        assert (said.code, output.exists()) == (2, False)

    def it_is_refused_without_names(self, sent: Path, output: Path, tmp_path: Path) -> None:
        listed = units_csv(tmp_path / "u.csv", ["1"], "code")

        said = consolidate(sent, output, "--units", listed)

        assert said.code == 2

    def it_finds_a_unit_by_name_where_the_file_has_no_code(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        commune(folder / "a.xlsx", "UBND XÃ HOÀ LẠC")
        listed = units_csv(tmp_path / "u.csv", ["7,Xã Hòa Lạc"], "code,name")

        said = consolidate(folder, output, "--units", listed)

        assert said.json["indicators"]["1.1.1"]["by_unit"] == {"7": 20}

    def but_it_never_takes_a_name_that_is_only_alike(
        self, folder: Path, output: Path, tmp_path: Path
    ) -> None:
        commune(folder / "a.xlsx", "Xã Hoa Lạc")
        listed = units_csv(tmp_path / "u.csv", ["7,Xã Hòa Lạc"], "code,name")

        said = consolidate(folder, output, "--units", listed)

        assert said.statuses()["a.xlsx"] == "unknown_unit"


class DescribeTheChecksOfUnitsTogether:
    def it_names_each_unit_that_differs_from_its_type(self, folder: Path, output: Path) -> None:
        three(folder, "3.1.3", 193, 189, 193)

        (finding,) = [f for f in consolidate(folder, output).findings("RA1")
                      if f["indicator"] == "3.1.3"]  # fmt: skip

        assert (finding["unit"], finding["found"], finding["expected"], finding["file"]) == (
            "Xã B", 189, 193, "B.xlsx",
        )  # fmt: skip

    def but_two_types_may_differ(self, folder: Path, output: Path) -> None:
        three(folder, "3.1.3", 193, 193, 193)
        commune(folder / "P.xlsx", "Phường P", {**SOUND, "3.1.3": 220})

        said = consolidate(folder, output)

        assert said.findings("RA1") == []

    def it_names_the_units_of_two_conventions(self, folder: Path, output: Path) -> None:
        carried = {"S.KY_TRUOC": 4, "S.DANG_GQ": 14, "S.DANG_TRONG_HAN": 14}
        commune(folder / "a.xlsx", "Xã Trong", {**SOUND, **carried, "3.3.1": 104})
        commune(folder / "b.xlsx", "Xã Ngoài", {**SOUND, **carried, "3.3.1": 100})

        (finding,) = consolidate(folder, output).findings("RA2")

        assert "Xã Trong" in finding["message"]
        assert "Xã Ngoài" in finding["message"]

    def but_a_unit_with_nothing_carried_over_follows_both(self, folder: Path, output: Path) -> None:
        carried = {"S.KY_TRUOC": 4, "S.DANG_GQ": 14, "S.DANG_TRONG_HAN": 14}
        commune(folder / "a.xlsx", "Xã Trong", {**SOUND, **carried, "3.3.1": 104})
        commune(folder / "b.xlsx", "Xã Không", SOUND)

        said = consolidate(folder, output)

        assert said.findings("RA2") == []


class DescribeAnInterruption:
    @pytest.fixture
    def interrupted(
        self, folder: Path, output: Path, monkeypatch: pytest.MonkeyPatch
    ) -> tuple[Said, Path]:
        three(folder, "1.1.3", 4, 5, 6)
        read = 0

        def stopped(path: Path, forms: Any, asked: Any) -> Submission:
            nonlocal read
            read += 1
            if read == 2:
                raise KeyboardInterrupt
            return read_submission(path, forms, asked)

        monkeypatch.setattr("cchc_xl.usecases.reading.read_submission", stopped)
        before = set(output.parent.rglob("*"))
        said = run("consolidate", folder, "-o", output, "--name", NAME, "--period", "2022-Q1")
        assert set(output.parent.rglob("*")) == before
        return said, output

    def it_ends_with_two(self, interrupted: tuple[Said, Path]) -> None:
        assert interrupted[0].code == 2

    def it_leaves_no_output(self, interrupted: tuple[Said, Path]) -> None:
        assert not interrupted[1].exists()

    def it_says_one_plain_sentence(self, interrupted: tuple[Said, Path]) -> None:
        assert len(interrupted[0].err.strip().splitlines()) == 1


class DescribeTheProgress:
    def it_is_silent_in_a_pipe(self, folder: Path, output: Path) -> None:
        three(folder, "1.1.3", 4, 5, 6)

        said = consolidate(folder, output)

        assert said.err == ""

    def it_shows_how_far_it_is_on_a_terminal(self, folder: Path, output: Path) -> None:
        three(folder, "1.1.3", 4, 5, 6)

        said = run(
            "consolidate", folder, "-o", output, "--name", NAME, "--period", "2022-Q1",
            on_terminal=True,
        )  # fmt: skip

        assert "3/3" in said.err

    def but_it_never_shows_on_the_standard_output(self, folder: Path, output: Path) -> None:
        three(folder, "1.1.3", 4, 5, 6)

        said = run(
            "consolidate", folder, "-o", output, "--name", NAME, "--period", "2022-Q1",
            "--format", "json", on_terminal=True,
        )  # fmt: skip

        assert said.value("1.1.3") == 15
