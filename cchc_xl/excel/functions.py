"""The worksheet functions. Each takes blocks of cells and gives a block back.

A function that cannot answer raises: the VBA wrapper then puts #VALUE! into the cell, never a text
that a total would skip. A block fails as a whole, because an array from Python cannot hold an
error value in one of its places (pywin32 would make it a number).
"""

from __future__ import annotations

from cchc_xl.core.sheet_numbers import as_float, percent, printed, read_number
from cchc_xl.core.sheet_values import Answers, Block, paired, single, text_of
from cchc_xl.excel.declared import worksheet_function
from cchc_xl.usecases.explained_total import explained_total
from cchc_xl.usecases.proofread_sheet import proofread_cells
from cchc_xl.usecases.sheet_functions import described, drafted_sentences, findings_table

_DECIMALS = 2


@worksheet_function(
    "CCHC_SO",
    "Đổi số ghi kiểu Việt Nam (1.234; 04; 189....; 98,87; KPS) thành số; ô trống và KAD vẫn trống. "
    "Có ô không phải số, hoặc hiểu được hai cách (1,234; 98%; số có ba chữ số lẻ), thì cả vùng báo "
    "lỗi #VALUE!.",
    vung="Ô hoặc vùng cần đổi",
)
def numbers(vung: Block) -> Answers:
    """Numbers as officials write them, as numbers of Excel."""
    return [[as_float(read_number(cell)) for cell in row] for row in vung]


@worksheet_function(
    "CCHC_VIET",
    "Ghi số theo kiểu Việt Nam: 1.234; 98,87. Kết quả là chữ, để đưa vào câu; ô trống vẫn trống, "
    "KPS và KAD giữ nguyên.",
    so="Số hoặc vùng số",
    so_le="Nhiều nhất bao nhiêu chữ số thập phân, từ 0 đến 10; bỏ qua là 2",
)
def written(so: Block, so_le: Block = ()) -> Answers:
    """Numbers printed the Vietnamese way."""
    places = read_number(single(so_le))
    if places.number != int(places.number):
        raise ValueError("Số chữ số thập phân phải là số nguyên.")
    wanted = int(places.number) if places.is_numeric else _DECIMALS
    return [[printed(cell, wanted) for cell in row] for row in so]


@worksheet_function(
    "CCHC_TYLE",
    "Tỷ lệ phần trăm, làm tròn hai chữ số thập phân. Để trống nếu mẫu số bằng 0 hoặc một trong hai "
    "số còn trống hay là KAD; có ô không phải số, hoặc có ba chữ số lẻ (1,234 có thể là 1.234), "
    "thì cả vùng báo lỗi #VALUE!.",
    tu_so="Tử số: ô hoặc vùng",
    mau_so="Mẫu số: vùng cùng cỡ, hoặc một ô dùng chung",
)
def percents(tu_so: Block, mau_so: Block) -> Answers:
    """Percents, place by place."""
    return [[percent(*parts) for parts in row] for row in paired(tu_so, mau_so)]


@worksheet_function(
    "CCHC_CHITIEU",
    "Nhãn, đơn vị tính hoặc các quy tắc của chỉ tiêu theo mã. Có mã lạ thì báo lỗi #VALUE!.",
    ma="Mã chỉ tiêu, hoặc vùng mã",
    gi='"nhãn", "đơn vị tính" hoặc "quy tắc"; bỏ qua là "nhãn"',
)
def indicators(ma: Block, gi: Block = ()) -> Answers:
    """The label, unit or rules of indicators."""
    return described(ma, text_of(single(gi)))


@worksheet_function(
    "CCHC_KIEMTRA",
    "Bảng các vấn đề của một vùng số liệu. Quy tắc chỉ được xét khi vùng có đủ các chỉ tiêu của "
    "nó; không xét kỳ trước. Mã lạ hoặc trùng thì báo lỗi #VALUE!.",
    ma="Vùng mã chỉ tiêu",
    so_lieu="Vùng số liệu, cùng cỡ với vùng mã",
    bieu="Tên hoặc mã biểu mẫu; bỏ qua là biểu có đủ các mã này",
)
def findings(ma: Block, so_lieu: Block, bieu: Block = ()) -> Answers:
    """The findings of a range, as a table with a head."""
    return findings_table(ma, so_lieu, text_of(single(bieu)))


@worksheet_function(
    "CCHC_GIAITHICH",
    "Cho biết một số tổng hợp được tính thế nào: số toàn đơn vị, cách tổng hợp, rồi số liệu của "
    'từng đơn vị với tệp, trang, ô. Ví dụ: =CCHC_GIAITHICH("1.1.1";CCHC_TONGHOP;CCHC_NGUON)',
    ma="Mã chỉ tiêu",
    tong_hop="CCHC_TONGHOP: bảng của trang Tổng hợp, kể cả dòng tiêu đề",
    nguon="CCHC_NGUON: vùng cùng cỡ, ghi mỗi số lấy từ đâu",
)
def explanation(ma: Block, tong_hop: Block, nguon: Block) -> Answers:
    """How a consolidated figure was made."""
    return explained_total(text_of(single(ma)), tong_hop, nguon)


@worksheet_function(
    "CCHC_CAU",
    "Các câu báo cáo soạn từ số liệu của một đơn vị, mỗi câu một dòng; chỗ chưa có số liệu được "
    "đánh dấu trong câu.",
    muc='Mục của đề cương, ví dụ "I.1"; "I" là cả phần I',
    ma="Vùng mã chỉ tiêu",
    so_lieu="Vùng số liệu, cùng cỡ với vùng mã",
    don_vi='Tên đơn vị, ví dụ "Xã Tân Hải"',
    ky='Kỳ báo cáo, ví dụ "Quý I năm 2022"',
)
def sentences(muc: Block, ma: Block, so_lieu: Block, don_vi: Block, ky: Block) -> Answers:
    """The drafted sentences of a section."""
    section, unit, period = (text_of(single(block)) for block in (muc, don_vi, ky))
    return drafted_sentences(section, ma, so_lieu, unit, period)


@worksheet_function(
    "CCHC_SOATLOI",
    "Soát lỗi câu chữ trong ô: kỳ báo cáo, ngày tháng, số và ký hiệu văn bản, đánh số mục, ký tự "
    "lạ, phép tính trong câu. Mỗi ô cho một ô kết quả; không có lỗi thì để trống.",
    vung="Ô hoặc vùng có chữ; cả vùng được đọc như một văn bản",
)
def faults(vung: Block) -> Answers:
    """What is not right in the text of each cell."""
    return proofread_cells(vung)
