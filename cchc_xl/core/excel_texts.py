"""What VBA says to people: it keeps no Vietnamese letters, so its texts stand in a hidden sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

VBA_TEXTS: Mapping[str, str] = {
    "busy.check": "Đang kiểm tra…",
    "busy.ratios": "Đang tính tỷ lệ…",
    "busy.roll_up": "Đang tổng hợp…",
    "busy.return_slips": "Đang làm phiếu đề nghị chỉnh sửa…",
    "busy.draft": "Đang soạn báo cáo…",
    "busy.proofread": "Đang soát lỗi…",
    "busy.check_figures": "Đang soát số liệu…",
    "busy.export_word": "Đang xuất Word…",
    "busy.undo": "Đang hoàn tác…",
    "busy.check_machine": "Đang kiểm tra máy…",
    "absent": "Chưa gọi được Python nên nút này chưa chạy. Số liệu, tỷ lệ và phần tự kiểm tra trên "
    "trang tính vẫn dùng được.\n\nĐề nghị cài cchc-xl rồi chạy lệnh: cchc-xl install. Bấm Kiểm tra "
    "máy để biết thêm.",
    "not_ours": "Tệp đang mở không phải tệp của cchc-xl.\n\nĐề nghị mở cchc-master.xlsm hoặc tệp "
    "theo mẫu cchc-commune.xlsx rồi bấm lại.",
    "only_master": "Việc này làm trong tệp cchc-master.xlsm.\n\nĐề nghị mở tệp đó rồi bấm lại.",
    "choose_folder": "Chọn thư mục chứa tệp báo cáo của các đơn vị",
}


@dataclass(frozen=True, slots=True)
class MachineFact:
    """A line of `Kiểm tra máy`: what is asked, and the words for each answer.

    `found`, `fine` and `advice` are Excel formulas; in them {f} stands for the cell of the fact.
    `fine` gives 1 (well), 0 (not) or 2 (worth knowing).
    """

    key: str
    label: str
    found: str
    fine: str
    advice: str


MACHINE_FACTS = (
    MachineFact(
        "macros", "Macro",
        '"chạy được"', "1",
        '""',
    ),
    MachineFact(
        "python", "Python và cchc-xl",
        'IF({f}="","chưa gọi được",{f})', 'IF({f}="",0,1)',
        '"Cài Python và cchc-xl, rồi chạy lệnh: cchc-xl install. Nếu vẫn không được, chạy: '
        'cchc-xl doctor."',
    ),
    MachineFact(
        "settings", "Tệp cấu hình xlwings.conf",
        'IF({f}="1","có","không có")', 'IF({f}="1",1,IF({python}="",0,2))',
        '"Chạy lệnh: cchc-xl install để ghi đường dẫn Python."',
    ),
    MachineFact(
        "trusted", "Thư mục tin cậy",
        'IF({f}="1","tệp nằm trong thư mục tin cậy","tệp không nằm trong thư mục tin cậy")',
        'IF({f}="1",1,2)',
        '"Nếu macro bị chặn: chạy lệnh cchc-xl install --trust, hoặc thêm thư mục này vào Trusted '
        'Locations."',
    ),
    MachineFact(
        "web", "Nơi lưu tệp",
        'IF({f}="1","trên OneDrive hoặc SharePoint","trên máy")', 'IF({f}="1",0,1)',
        '"Lưu tệp vào một thư mục trên máy; nút Xuất Word và Tổng hợp cần thư mục thật."',
    ),
    MachineFact(
        "bits", "Excel",
        '{f}&" bit"&IF({version}="","",", phiên bản "&MID({version},2,20))', "1",
        '""',
    ),
    MachineFact(
        "decimal", "Dấu thập phân",
        'IF({f}="x,","dấu phẩy",IF({f}="x.","dấu chấm",MID({f},2,5)))',
        'IF(OR({f}="x,",{f}="x."),1,2)',
        '"Nhập số nguyên không có dấu ngăn cách; tỷ lệ nhập theo dấu thập phân của máy."',
    ),
    MachineFact(
        "country", "Quốc gia trong cài đặt vùng",
        'IF({f}="84","Việt Nam","mã "&{f})', 'IF({f}="84",1,2)',
        '"Không bắt buộc; số trong báo cáo luôn in theo kiểu Việt Nam."',
    ),
)  # fmt: skip
# Gathered with the others, told beside one of them.
SILENT_FACTS = ("version",)

NOT_RUN = (
    "Chưa kiểm tra trên máy này. Bấm nút Kiểm tra máy ở trang Bắt đầu; nếu bấm mà không có gì xảy "
    "ra thì macro đang bị chặn: đóng tệp, bấm chuột phải vào tệp, chọn Properties, đánh dấu "
    "Unblock, rồi mở lại và chọn Enable Content."
)
ALL_WELL = "Máy này dùng được đầy đủ các nút và hàm của cchc-xl."
NOT_WELL = "Máy này còn việc cần làm để các nút chạy được:"
