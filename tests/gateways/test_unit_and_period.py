"""Which unit and which period a hand-made file speaks of: the words above its table decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_xl.core.findings import Severity
from tests.gateways.reading import look, submission_of, warnings
from tests.support.handmade import BUT_SON_TITLE, Rows, insert_column, save, table, titled

TITLE = "CẢI CÁCH HÀNH CHÍNH CỦA UBND THỊ TRẤN BÚT SƠN"
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bao-cao.xlsx"


def _unit(path: Path, *lines: str) -> str | None:
    return look(save(path, titled(table(), *lines))).unit


def _period(path: Path, *lines: str) -> str | None:
    period = submission_of(look(save(path, titled(table(), *lines)))).period
    return period.id if period else None


class DescribeTheUnit:
    @pytest.mark.parametrize(
        ("named", "unit"),
        [
            ("XÃ HOẰNG ĐẠO", "Xã Hoằng Đạo"),
            ("PHƯỜNG HÒA THUẬN", "Phường Hòa Thuận"),
            ("THỊ TRẤN BÚT SƠN", "Thị trấn Bút Sơn"),
            ("ĐẶC KHU PHÚ QUỐC", "Đặc khu Phú Quốc"),
            ("XÃ EA H'LEO", "Xã Ea H'leo"),
            ("XÃ PHƯỜNG BÌNH", "Xã Phường Bình"),
            ("THỊ TRẤN NĂM CĂN", "Thị trấn Năm Căn"),
            ("XÃ KỲ PHÚ", "Xã Kỳ Phú"),
            ("PHƯỜNG 5", "Phường 5"),
            ("PHƯỜNG 12", "Phường 12"),
        ],
    )
    def it_stands_in_the_title(self, path: Path, named: str, unit: str) -> None:
        assert _unit(path, f"CẢI CÁCH HÀNH CHÍNH CỦA UBND {named}") == unit

    @pytest.mark.parametrize(
        ("named", "unit"),
        [
            ("PHƯỜNG TÂN QUÝ", "Phường Tân Quý"),
            ("PHƯỜNG SƠN KỲ", "Phường Sơn Kỳ"),
            ("XÃ BÌNH NĂM", "Xã Bình Năm"),
            ("XÃ TÂN QUÝ TÂY", "Xã Tân Quý Tây"),
        ],
    )
    def it_keeps_the_words_of_its_name_that_also_stand_in_periods(
        self, path: Path, named: str, unit: str
    ) -> None:
        assert _unit(path, f"CẢI CÁCH HÀNH CHÍNH CỦA UBND {named}") == unit

    @pytest.mark.parametrize(
        "behind",
        [
            " QUÝ I NĂM 2022", " QUÝ I/2022", " NĂM 2022", " 6 THÁNG ĐẦU NĂM 2022", ", QUÝ I",
            " 9 THÁNG NĂM 2022", " TỪ NGÀY 15/12/2021 ĐẾN NGÀY 14/3/2022", " (QUÝ I NĂM 2022)",
            ", HUYỆN HOẰNG HÓA", ", HUYỆN HOẰNG HÓA, TỈNH THANH HÓA", " - HUYỆN HOẰNG HÓA",
            "\nQUÝ I NĂM 2022", "\nHUYỆN HOẰNG HÓA", " HUYỆN HOẰNG HÓA", " TỈNH THANH HÓA",
        ],
    )  # fmt: skip
    def it_ends_before_what_the_title_says_next(self, path: Path, behind: str) -> None:
        assert _unit(path, f"{TITLE}{behind}") == "Thị trấn Bút Sơn"

    @pytest.mark.parametrize(
        "lines",
        [
            ("UBND HUYỆN HOẰNG HÓA", "UBND THỊ TRẤN BÚT SƠN"),
            ("ỦY BAN NHÂN DÂN", "THỊ TRẤN BÚT SƠN"),
            ("ỦY BAN NHÂN DÂN\nTHỊ TRẤN BÚT SƠN",),
            ("UỶ BAN NHÂN DÂN THỊ TRẤN BÚT SƠN",),
            ("Đơn vị báo cáo: UBND thị trấn Bút Sơn",),
            ("THỐNG KÊ SỐ LIỆU CẢI CÁCH HÀNH CHÍNH CỦA", "UBND THỊ TRẤN BÚT SƠN"),
            ("Của Ủy ban nhân dân thị trấn Bút Sơn, huyện Hoằng Hóa",),
            ("CU\u0309A UBND THI\u0323 TRA\u0302\u0301N BU\u0301T SO\u031bN",),
            ("CỦA\u00a0UBND\u00a0THỊ\u00a0TRẤN\u00a0BÚT\u00a0SƠN",),
        ],
    )
    def it_is_found_in_every_common_block_of_titles(
        self, path: Path, lines: tuple[str, ...]
    ) -> None:
        assert _unit(path, *lines) == "Thị trấn Bút Sơn"

    def it_is_found_in_any_column_above_the_table(self, path: Path) -> None:
        rows: Rows = [[None, None, None, TITLE, None], *table()]

        assert look(save(path, insert_column(rows, 0))).unit == "Thị trấn Bút Sơn"

    def it_is_the_one_whose_table_it_is_not_one_that_is_mentioned(self, path: Path) -> None:
        assert _unit(path, "Kính gửi: UBND xã Hoằng Đạo", TITLE) == "Thị trấn Bút Sơn"

    @pytest.mark.parametrize(
        "lines",
        [
            (MOTTO, "Phụ lục 01b"),
            ("Phụ lục 01b", "Biểu dùng cho UBND cấp xã"),
            ("Phụ lục 01b", "BIỂU SỐ LIỆU CẤP XÃ QUÝ I NĂM 2022"),
            ("Phụ lục 01b", "Biểu dùng cho UBND cấp xã báo cáo UBND huyện"),
            ("Phụ lục 01b", "(Dùng cho các xã, phường, thị trấn)"),
        ],
    )
    def it_comes_from_the_file_name_where_no_words_name_one(
        self, tmp_path: Path, lines: tuple[str, ...]
    ) -> None:
        assert _unit(tmp_path / "Xã Hoằng Đạo.xlsx", *lines) == "Xã Hoằng Đạo"

    def and_the_official_is_told_so_as_information(self, tmp_path: Path) -> None:
        path = save(tmp_path / "Xã Hoằng Đạo.xlsx", titled(table(), "Quý I năm 2022"))

        told = [f.severity for f in look(path).findings if "Xã Hoằng Đạo" in f.message]

        assert told == [Severity.INFO]

    def it_is_never_the_motto_of_the_state(self, path: Path) -> None:
        assert _unit(path, MOTTO, "UBND THỊ TRẤN BÚT SƠN", "Quý I năm 2022") == "Thị trấn Bút Sơn"

    def it_may_stand_on_one_line_with_the_motto_of_the_state(self, path: Path) -> None:
        rows: Rows = [["UBND THỊ TRẤN BÚT SƠN", None, None, MOTTO, None], *table()]

        assert look(save(path, rows)).unit == "Thị trấn Bút Sơn"


class DescribeThePeriod:
    @pytest.mark.parametrize(
        ("words", "period"),
        [
            ("Quý I năm 2022", "2022-Q1"), ("QUÝ I NĂM 2022", "2022-Q1"), ("Quý I/2022", "2022-Q1"),
            ("quý 1 năm 2022", "2022-Q1"), ("Quý II năm 2022", "2022-Q2"),
            ("Quý III năm 2022", "2022-Q3"), ("QUÝ IV NĂM 2021", "2021-Q4"),
            ("6 tháng đầu năm 2022", "2022-6T"), ("06 THÁNG ĐẦU NĂM 2022", "2022-6T"),
            ("9 tháng năm 2022", "2022-9T"), ("9 tháng đầu năm 2022", "2022-9T"),
            ("Năm 2022", "2022-N"), ("BÁO CÁO NĂM 2022", "2022-N"),
            ("Quy\u0301 I na\u0306m 2022", "2022-Q1"), ("Quý\u00a0I\u00a0năm\u00a02022", "2022-Q1"),
            ("Từ ngày 01/01/2021 đến ngày 31/8/2023", "2021-01-01_2023-08-31"),
        ],
    )  # fmt: skip
    def it_stands_in_words(self, path: Path, words: str, period: str) -> None:
        assert _period(path, TITLE, words) == period

    @pytest.mark.parametrize(
        "words",
        [
            "Báo cáo cải cách hành chính quý I năm 2022, phương hướng quý II năm 2022",
            "BÁO CÁO QUÝ I, NHIỆM VỤ TRỌNG TÂM QUÝ II NĂM 2022",
        ],
    )
    def it_is_the_reported_one_not_the_next(self, path: Path, words: str) -> None:
        assert _period(path, TITLE, words) == "2022-Q1"

    @pytest.mark.parametrize(
        "line",
        [
            "Bút Sơn, ngày 14 tháng 3 năm 2022",
            "(Kèm theo Báo cáo số 52/BC-UBND ngày 14/3/2022 của UBND thị trấn Bút Sơn)",
            "(Kèm theo Công văn số 418/UBND-NV ngày 28/02/2022 của UBND huyện Hoằng Hóa)",
            "Mẫu ban hành kèm theo Quyết định số 15/2021/QĐ-UBND",
            "Theo Thông tư 03/2025/TT-VPCP",
            "Thực hiện Kế hoạch cải cách hành chính năm 2022",
            "THỐNG KÊ CẢI CÁCH HÀNH CHÍNH NĂM 2022",
        ],
    )
    def it_is_not_the_date_or_number_of_a_document_above_it(self, path: Path, line: str) -> None:
        assert _period(path, TITLE, line, "Quý I năm 2022") == "2022-Q1"

    @pytest.mark.parametrize(
        "line",
        [
            "Bút Sơn, ngày 14 tháng 3 năm 2022",
            "(Kèm theo Báo cáo số 52/BC-UBND ngày 14/3/2022 của UBND thị trấn Bút Sơn)",
            "Theo Thông tư 03/2025/TT-VPCP",
            "Tháng 3 năm 2022",
            "6 tháng cuối năm 2022",
            "Quý 5 năm 2022",
            "Quý I",
        ],
    )
    def it_stays_unknown_where_only_a_date_or_another_span_is_named(
        self, path: Path, line: str
    ) -> None:
        assert _period(path, TITLE, line) is None

    @pytest.mark.parametrize(
        "line",
        ["(Từ ngày 01/01/2022 đến ngày 31/03/2022)", "Từ ngày 01/01/2022 đến 31/03/2022",
         "3 tháng đầu năm 2022"],
    )  # fmt: skip
    def it_is_the_quarter_that_its_days_or_months_say(self, path: Path, line: str) -> None:
        assert _period(path, TITLE, line) == "2022-Q1"

    @pytest.mark.parametrize(
        "line",
        ["(Số liệu so với Quý IV năm 2021)", "(Kèm theo Công văn Quý IV năm 2021 của UBND huyện)",
         "(Ban hành theo Quyết định quý IV năm 2021)"],
    )  # fmt: skip
    def it_is_not_what_a_line_compares_with_or_refers_to(self, path: Path, line: str) -> None:
        assert _period(path, line, TITLE, "Quý I năm 2022") == "2022-Q1"

    def it_is_missed_where_nobody_filled_in_the_quarter(self, path: Path) -> None:
        checked = look(save(path, titled(table(), TITLE, "Quý …. năm 2022")))

        assert submission_of(checked).period is None
        assert "RK2" in {finding.rule for finding in warnings(checked)}

    def it_is_never_the_whole_year_where_kind_and_year_stand_on_two_lines(self, path: Path) -> None:
        assert _period(path, TITLE, "QUÝ I", "NĂM 2022") in {"2022-Q1", None}

    def it_keeps_its_kind_where_its_window_stands_behind_it(self, path: Path) -> None:
        words = "Quý I năm 2022 (từ ngày 15/12/2021 đến ngày 14/3/2022)"

        assert _period(path, TITLE, words) == "2022-Q1"

    def it_is_not_the_window_written_in_words_cut_to_a_year(self, path: Path) -> None:
        words = "Từ ngày 15 tháng 12 năm 2021 đến ngày 14 tháng 3 năm 2022"

        assert _period(path, TITLE, words) in {"2021-12-15_2022-03-14", "2022-Q1", None}

    def it_never_comes_from_the_header_of_the_form(self, path: Path) -> None:
        header = "Chỉ tiêu thống kê (Sử dụng trong kỳ báo cáo hàng quý, 6 tháng, 9 tháng, năm)"

        assert _period(path, TITLE, header.removeprefix("Chỉ tiêu thống kê ")) is None

    def it_is_missed_with_a_warning(self, path: Path) -> None:
        checked = look(save(path, titled(table(), TITLE)))

        assert any(not finding.indicator and "kỳ" in finding.message
                   for finding in warnings(checked))  # fmt: skip

    def and_nothing_is_missed_where_it_stands(self, path: Path) -> None:
        checked = look(save(path, titled(table(), *BUT_SON_TITLE)))

        assert [f for f in warnings(checked) if f.indicator is None] == []
