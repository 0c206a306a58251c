"""Where an annex stands on a sheet that an official made."""

from __future__ import annotations

import pytest

from cchc_xl.core.annex import Annex
from cchc_xl.core.annex_layout import SheetWords, find_annex
from cchc_xl.gateways.annexes import load_annex
from tests.support.tables import grid

# As such tables are printed, with fewer columns than the annex has.
PRINTED = {
    "so-hoa": (
        """
        STT | Đơn vị (Cơ quan) | Số hoá hồ sơ TTHC khi Tiếp nhận | | | | | Số hoá kết quả | | |
        | | Số hồ sơ Tiếp nhận | Số hồ sơ chưa số hoá TPHS | Số hồ sơ có số hoá TPHS \
        | Số hồ sơ số hoá đầy đủ TPHS | Tỷ lệ số hoá đầy đủ TPHS | Số hồ sơ đã giải quyết \
        | Số hồ sơ chưa số hoá kết quả | Số hồ sơ có số hoá kết quả | Tỷ lệ số hoá kết quả
        1 | Xã Quốc Tuấn | 3215 | 4 | 3211 | 3184 | 99.04 | 3234 | 13 | 3221 | 99.6
        """,
        ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    ),
    "can-bo-cong-chuc": (
        """
        STT | Đối tượng | Tổng số | Trình độ chuyên môn | | | Trình độ lý luận chính trị | |
        | | | Đại học | Cao đẳng | Trung cấp | Cao cấp | Trung cấp | Sơ cấp
        | Tổng số | 33 | 31 | 0 | 2 | 0 | 30 | 0
        1 | Cán bộ | 10 | 10 | 0 | 0 | 0 | 10 | 0
        2 | Công chức | 23 | 21 | 0 | 2 | 0 | 20 | 0
        """,
        ["TS", "DH", "CD", "TC", "LCC", "LTC", "LSC"],
    ),
    "chi-so-766": (
        """
        STT | Nhóm chỉ số | Điểm tối đa | Điểm đạt được
        1 | Công khai, minh bạch | 18 | 12,3
        2 | Tiến độ giải quyết | 20 | 20
        3 | Dịch vụ công trực tuyến | 12 | 10,5
        """,
        ["TOIDA", "DIEM"],
    ),
    "thiet-bi": (
        """
        STT | Trang thiết bị | Số lượng
        1 | Máy tính | 26
        2 | Máy in | 25
        3 | Máy quét | 2
        """,
        ["SL"],
    ),
}


def matrix(annex_id: str) -> Annex:
    annex = load_annex(annex_id)
    assert isinstance(annex, Annex)
    return annex


class DescribeFindingAnAnnex:
    @pytest.mark.parametrize("annex", PRINTED)
    def it_takes_a_table_without_the_optional_columns(self, annex: str) -> None:
        text, columns = PRINTED[annex]

        layout = find_annex(SheetWords(grid(text)), matrix(annex))

        assert layout is not None
        assert [*layout.columns] == columns
        assert layout.strange == layout.disputed == ()

    def but_it_needs_most_of_the_others(self) -> None:
        text = """
            STT | Lĩnh vực | Tổng số | Ghi chú
            1 | Hộ tịch | 723 |
            2 | Chứng thực | 2381 |
            3 | Đất đai | 0 |
        """

        assert find_annex(SheetWords(grid(text)), matrix("tthc")) is None
