"""Statements of own reports with figures: right ones, and wrong ones."""

from __future__ import annotations

RIGHT = [
    "Có 90 thủ tục, trong đó 80 thủ tục một cửa, 15 thủ tục liên thông cùng cấp.",
    "Bộ phận một cửa trực 24/24 giờ, 100% cán bộ đạt chuẩn; hệ thống mở 24/7, đạt 99%.",
    "Tiếp nhận 615 hồ sơ (cấp huyện 110, cấp xã 505); trong đó trực tuyến 492 hồ sơ, đạt 80%.",
    "27/36 nhiệm vụ chưa hoàn thành (75%), hoàn thành 25%.",
    "Không phát sinh sáng kiến được công nhận, 01 sáng kiến đang dự thảo.",
    "Hoàn thành 5/5 chỉ tiêu còn lại; tỷ lệ văn bản ký số đạt từ 95% trở lên.",
    "Nộp trực tuyến 300/400 lượt, đạt 75%, với số tiền 9.000.000 đồng trên tổng số 10.000.000 "
    "đồng (90%).",
    "Có 17/19 đồng chí (trên 85%) đạt chuẩn; 19/20 hộ, chiếm gần 96%, đã đăng ký.",
    "Đã hoàn thành 07/28 nhiệm vụ, đạt 25% kế hoạch năm.",
    "Có 17/19 đồng chí đạt chuẩn kỹ năng số, chiếm tỷ lệ 89,47%.",
    "89.47 % (17/19 đồng chí) đạt chuẩn kỹ năng số.",
    "Tiếp nhận 1.250 hồ sơ, trong đó trực tuyến 1.200 hồ sơ (đạt 96%), trực tiếp 50 hồ sơ (4%).",
    "Nộp phí qua mạng 1249/2842 lượt đạt mức độ 43.95%.",
    "Tổng số hồ sơ tiếp nhận: 3.278 hồ sơ (trực tuyến: 3.241 hồ sơ; trực tiếp: 37 hồ sơ).",
    "Năm 2023 đạt 85,5/100 điểm, tương ứng 85,5%, xếp thứ 5/12 xã.",
    "Tỷ lệ hồ sơ đúng hạn đạt 99,97% (3.296/3.297 hồ sơ).",
    "Chấm điểm đạt 20/20 điểm.",
    "9/9 xã, thị trấn (100%) đã ban hành kế hoạch.",
    "Tổng số hồ sơ là 6.015 hồ sơ, trong đó cấp huyện 710 hồ sơ, cấp xã 5.305 hồ sơ.",
    "Tiếp nhận 6.015 hồ sơ (710 hồ sơ cấp huyện + 5.305 hồ sơ cấp xã).",
    "Số hồ sơ đã giải quyết: 770 hồ sơ; trong đó trước hạn 751 hồ sơ, đúng hạn 19 hồ sơ, quá "
    "hạn 0 hồ sơ.",
    "UBND xã đã ban hành 03 văn bản (Kế hoạch số 12/KH-UBND ngày 05/01/2024; Quyết định số "
    "15/QĐ-UBND ngày 06/01/2024; Công văn số 20/UBND ngày 07/02/2024).",
    "Thu ngân sách đạt 112% dự toán giao, tăng 5% so với cùng kỳ.",
    "Tỷ lệ hài lòng đạt 95,2%, vượt chỉ tiêu đề ra (90%).",
    "Tổng số cán bộ, công chức là 21 người, trong đó nam 12 người, nữ 9 người.",
    "Trong tổng số 245 phiếu khảo sát có 240 phiếu hài lòng, đạt 97,96%.",
    "Đã giải quyết 45 trên tổng số 60 hồ sơ, đạt 75%.",
    "Có 15 nhiệm vụ được giao; hoàn thành đúng hạn 12 nhiệm vụ (80%), đang thực hiện 3 nhiệm "
    "vụ (20%).",
    "Trong quý đã tổ chức 03 hội nghị với 245 lượt người tham gia; phát 12 tin, bài.",
    "Tiếp nhận 50 hồ sơ, trong đó có 12 hồ sơ trực tuyến.",
    "Đã tiếp nhận 120 hồ sơ, quá hạn 2 hồ sơ, trong đó trực tuyến 80 hồ sơ.",
    "Tỷ lệ giải ngân đạt 104% kế hoạch.",
    "Từ ngày 15/12/2023 đến 14/3/2024 giải quyết 98/100 hồ sơ, đạt 98%.",
    "Đầu tư 1,25 tỷ đồng, đạt 62,5% kế hoạch vốn (2 tỷ đồng).",
    "Số hồ sơ trực tuyến là 2.345/2.500 hồ sơ tiếp nhận, đạt tỷ lệ 93,8%, tăng 10% so với "
    "cùng kỳ năm 2023.",
    "Kết quả 25/28 chỉ tiêu đạt và vượt kế hoạch (đạt 89,29%).",
    "Có 23 công chức, trong đó trình độ đại học 21 người (91,3%), trung cấp 02 người (8,7%).",
    "Hoàn thành 10/15 nhiệm vụ (66,67%), còn 5 nhiệm vụ đang triển khai (33,33%).",
    "Gửi 512/514 văn bản điện tử ký số, đạt 99,61%; văn bản giấy 02 văn bản, chiếm 0,39%.",
    "Có 12 xã, thị trấn gồm 10 xã và 2 thị trấn.",
    "Đến nay 100% cán bộ, công chức sử dụng hộp thư công vụ.",
    "Số hóa 3.184/3.215 hồ sơ (99,04%), kết quả 3.221/3.234 hồ sơ (99,6%).",
    "UBND xã ban hành 05 kế hoạch, 12 quyết định, 8 công văn.",
    "Tiếp nhận trong kỳ 100 hồ sơ, trong đó trực tuyến 90 hồ sơ; giải quyết trước hạn 80 hồ "
    "sơ, đúng hạn 25 hồ sơ.",
    "Phát ra 100 phiếu, thu về 98 phiếu, có 95 phiếu hài lòng (đạt 96,94%).",
    "Đạt 45,5 điểm/50 điểm (91%).",
    "Kỳ này xử lý 09/10 phản ánh (90%); 01 phản ánh còn lại (10%) đang xử lý.",
    "Trên địa bàn có 8 thôn với 2.150 hộ, 7.890 nhân khẩu; 1.980 hộ có Internet, chiếm 92,09%.",
    "Trong 6 tháng đầu năm có 12/13 thủ tục (92,31%) được cung cấp trực tuyến toàn trình.",
    "Chỉ số CCHC đạt 88,12/100 điểm, tăng 3,2 điểm so với năm 2022.",
    "Tổng số TTHC là 193 thủ tục, trong đó 111 thủ tục một cửa và 82 thủ tục một cửa liên thông.",
    "II. KẾT QUẢ\n"
    "Tổng số hồ sơ tiếp nhận trong kỳ: 1.520 hồ sơ. Trong đó:\n"
    "- Trực tiếp: 320 hồ sơ;\n"
    "- Trực tuyến: 1.180 hồ sơ;\n"
    "- Kỳ trước chuyển sang: 20 hồ sơ.\n"
    "Đã giải quyết 1.500 hồ sơ (trước hạn 1.400 hồ sơ, đúng hạn 98 hồ sơ, quá hạn 02 "
    "hồ sơ); đang giải quyết 20 hồ sơ.\n"
    "Tỷ lệ giải quyết trước và đúng hạn đạt 99,87% (1.498/1.500 hồ sơ).\n"
    "Tỷ lệ hồ sơ trực tuyến đạt 78,67% (1.180/1.500 hồ sơ tiếp nhận mới).",
    "Về trình độ: tổng số 46 cán bộ, công chức; trong đó: thạc sĩ 03 người (6,52%), đại học "
    "40 người (86,96%), cao đẳng 01 người (2,17%), trung cấp 02 người (4,35%). Lý luận chính "
    "trị: cao cấp 05 người, trung cấp 38 người, sơ cấp 03 người.",
    "Trong 6 tháng, toàn huyện tiếp nhận 6.015 hồ sơ, trong đó cấp huyện 710 hồ sơ, cấp xã "
    "5.305 hồ sơ; đã giải quyết 5.900 hồ sơ, trong đó cấp huyện 690 hồ sơ, cấp xã 5.210 hồ "
    "sơ; quá hạn 43 hồ sơ, chiếm 0,73%.",
    "Đã thực hiện 28/31 nhiệm vụ (đạt 90,32%); 03 nhiệm vụ chưa đến hạn.\n"
    "Chủ tịch UBND huyện giao 12 nhiệm vụ, 100% hoàn thành đúng hạn.\n"
    "Có 08 nhiệm vụ, trong đó 07 nhiệm vụ hoàn thành (87,5%), 01 nhiệm vụ đang thực "
    "hiện (12,5%).",
    "Tiếp nhận 120 hồ sơ; trong đó: tiếp nhận trực tuyến 100 hồ sơ (toàn trình 60 hồ sơ, một "
    "phần 40 hồ sơ), trực tiếp 20 hồ sơ.",
    "Tổng số cán bộ, công chức, người hoạt động không chuyên trách: 45 người. Trong đó cán "
    "bộ 10 người, công chức 11 người, người hoạt động không chuyên trách 14 người, còn lại "
    "là hợp đồng.",
    "Năm 2022 tiếp nhận 3.200 hồ sơ; năm 2023 tiếp nhận 3.680 hồ sơ (tăng 15%).",
    "Tổ chức 12 hội nghị, trong đó có 5 hội nghị trực tuyến; 35 buổi phát thanh.",
    "Tổng số có 20 đơn vị, gồm 12 phòng, 8 trường học.",
    "Trong tổng số 15.230 hộ dân, có 14.011 hộ cài đặt ứng dụng, đạt 92%; cấp 9.876 tài "
    "khoản định danh.",
    "Kết quả giải ngân: 12,5/15 tỷ đồng, đạt 83,3% kế hoạch vốn.",
    "Giao 23 biên chế, có mặt 21 người (thiếu 02 người), đạt 91,3%.",
    "- Kế hoạch số 12/KH-UBND ngày 05/01/2024 về CCHC, đề ra 30 nhiệm vụ, đến nay hoàn thành "
    "12 nhiệm vụ đạt 40%.",
    "Kết quả đánh giá: hoàn thành xuất sắc 5 đồng chí (21,7%), hoàn thành tốt 17 đồng chí "
    "(73,9%), hoàn thành nhiệm vụ 01 đồng chí (4,3%) trên tổng số 23 đồng chí.",
    "Phát 200 phiếu khảo sát, thu về 198 phiếu (99%); mức độ hài lòng 97,98% (194/198 "
    "phiếu), không hài lòng 04 phiếu (2,02%).",
    "Tổng số văn bản đi: 1.245 văn bản, trong đó 1.240 văn bản ký số, đạt 99,6%; văn bản đến "
    "2.310 văn bản.",
    "Trong quý có 03 trường hợp nộp hồ sơ quá hạn; không có cán bộ, công chức bị xử lý kỷ luật.",
    "Hiện có 8/8 thôn (đạt tỷ lệ 100%) có tổ công nghệ số cộng đồng với 64 thành viên.",
    "Số tiền thu phí trực tuyến 12.500.000 đồng/45 giao dịch.",
    "Lĩnh vực đất đai: tiếp nhận 45 hồ sơ, giải quyết 50 hồ sơ (trong đó có 08 hồ sơ kỳ "
    "trước chuyển sang), đúng hạn 48 hồ sơ, đạt 96%.",
    "Đã tiếp nhận 29 hồ sơ, giải quyết trước hạn 23 hồ sơ đạt 85,2%.",
    "UBND xã ban hành 53 văn bản chỉ đạo, điều hành, trong đó có: 10 kế hoạch, 25 quyết "
    "định, 15 công văn, 3 báo cáo.",
    "Có 193 TTHC, trong đó: 137 TTHC cấp xã; 27 TTHC ngành dọc (công an 13, quân sự 14).",
    "Tổng số hồ sơ: 100 hồ sơ; trực tuyến: 80 hồ sơ; trực tiếp: 15 hồ sơ; BCCI: 5 hồ sơ; "
    "trước hạn: 90 hồ sơ; đúng hạn: 10 hồ sơ.",
    "Chỉ số hài lòng năm 2023 đạt 92,5%, cao hơn 1,2% so với năm 2022 (91,3%).",
    "Kế hoạch năm giao thu 2.500 triệu đồng, thực hiện 3.000 triệu đồng, đạt 120%.",
    "Tiếp nhận 12/12 phản ánh, kiến nghị; đã xử lý 12/12 (100%).\n"
    "Trong kỳ không có hồ sơ quá hạn.\n"
    "Hồ sơ quá hạn: 0 hồ sơ.",
    "Quý I/2024 không có phản ánh, kiến nghị; quý IV/2023 tiếp nhận 02 phản ánh, kiến nghị.",
    "Đa số người dân hài lòng; 100% cán bộ tham gia tập huấn.",
    "Phấn đấu tỷ lệ hồ sơ trực tuyến đạt trên 95%, hồ sơ đúng hạn đạt 100%.",
    "Tỷ lệ số hóa hồ sơ đạt 95,4%, không đạt chỉ tiêu đề ra (100%).",
    "Từ ngày 15/12/2022 đến ngày 14/12/2023 có 1/3 số thôn đạt chuẩn; 2/3 đại biểu tán thành.",
    "Trung bình mỗi ngày tiếp nhận 12 hồ sơ, cao nhất 25 hồ sơ (chiếm 3%).",
    "Kết quả xếp loại: 15/20 đơn vị đạt loại tốt (75%), 4/20 đơn vị loại khá (20%), 1/20 đơn "
    "vị trung bình (5%).",
    "UBND xã ban hành 02 kế hoạch (Kế hoạch số 05/KH-UBND ngày 10/01/2024 thực hiện Nghị "
    "quyết số 76/NQ-CP ngày 15/7/2021; Kế hoạch số 08/KH-UBND ngày 12/01/2024).",
    "Đã ban hành 15 văn bản như: Kế hoạch số 05/KH-UBND ngày 10/01/2024; Kế hoạch số "
    "08/KH-UBND ngày 12/01/2024.",
    "Có 3 nội dung sau:\n- Rà soát TTHC.\n- Niêm yết công khai.\n- Tuyên truyền.\nII. KẾT QUẢ",
    "Bố trí 05 công chức (gồm: 02 công chức Tư pháp - hộ tịch, 01 công chức Địa chính, 02 "
    "công chức Văn phòng - thống kê) trực tại Bộ phận Một cửa.",
    "Số lượng hồ sơ: 720 hồ sơ (100%), trước hạn 500 hồ sơ (69,4%), đúng hạn 220 hồ sơ (30,6%).",
    "Tổng số 45 hồ sơ (30 hồ sơ trực tuyến, 10 hồ sơ quá hạn).",
    "Đã cấp 1.205 chứng thư số; 100% (45/45) công chức được cấp.",
    "Trong đó có 5/7 chỉ tiêu hoàn thành vượt kế hoạch, đạt 71,4%.",
    "I. KẾT QUẢ\n"
    "1. Công tác chỉ đạo\n"
    "UBND phường ban hành 45 văn bản chỉ đạo, trong đó: 12 Kế hoạch, 08 Quyết định, 20 Công "
    "văn, 05 Báo cáo.\n"
    "2. Tuyên truyền\n"
    "Đăng 56 tin, bài trên Trang TTĐT; phát thanh 120 lượt; tổ chức 03 buổi tọa đàm với 150 "
    "người tham dự (100% cán bộ, công chức).",
    "Tổng số TTHC: 245 TTHC (trong đó DVCTT toàn trình 98 TTHC, một phần 102 TTHC, cung cấp "
    "thông tin 45 TTHC).",
    "Tiếp nhận 2.145 hồ sơ (trực tuyến 2.100 hồ sơ, đạt 97,9%; trực tiếp 45 hồ sơ, chiếm "
    "2,1%). Đã giải quyết 2.140 hồ sơ: trước hạn 2.000 hồ sơ (93,46%), đúng hạn 140 hồ sơ "
    "(6,54%), quá hạn 0 hồ sơ.",
    "Số hồ sơ mới tiếp nhận trong kỳ: 500 hồ sơ; số kỳ trước chuyển qua: 12 hồ sơ; đã giải "
    "quyết 505 hồ sơ, đang giải quyết 7 hồ sơ.",
    "Số lượng PAKN: tiếp nhận 05 PAKN (kỳ trước chuyển qua 01 PAKN, mới trong kỳ 04 PAKN), "
    "đã xử lý 04/05 PAKN (80%).",
    "Đến ngày 14/3/2025, UBND phường đã hoàn thành 08/28 nhiệm vụ, đạt 28,57%; so với cùng "
    "kỳ năm 2024 (07/28 nhiệm vụ, đạt 25%) tăng 3,57%.",
    "Trong 05 năm 2016 - 2020 đã tinh giản 02 người, đạt 8,7% so với biên chế năm 2015 (23 người).",
    "Điểm Chỉ số 766: minh bạch 18/18 điểm; tiến độ 19,5/20 điểm; dịch vụ công 10,2/12 điểm; "
    "tổng 88,4/100 điểm.",
    "Kết quả: 17 tiêu chí đạt/19 tiêu chí, chiếm 89,5%.",
    "Có 3/3 (100%) đơn vị trực thuộc, 9/9 (100%) trường học áp dụng ISO.",
    "Tỷ lệ hồ sơ nộp trực tuyến: 01/2024: 85%; 02/2024: 87%; 03/2024: 91%.",
    "Giảm 15/30 thủ tục (50%) so với năm 2022; thời gian giải quyết giảm 20%.",
    "Trong đó: cán bộ 10/10 người đạt chuẩn (100%), công chức 22/23 người đạt chuẩn (95,65%).",
    "- Tổng số hồ sơ: 300 hồ sơ\n"
    " + Trực tuyến: 280 hồ sơ (93,33%)\n"
    " + Trực tiếp: 20 hồ sơ (6,67%)\n"
    " + Quá hạn: 5 hồ sơ (1,67%)",
    "- Tổng số hồ sơ đã tiếp nhận: 300 hồ sơ, trong đó:\n"
    " + Trực tuyến: 280 hồ sơ\n"
    " + Đúng hạn: 290 hồ sơ",
    "Toàn xã có 6 thôn: thôn 1 có 120 hộ, thôn 2 có 135 hộ, thôn 3 có 98 hộ.",
    "Tổng số hộ nghèo 35 hộ (2,1%), cận nghèo 50 hộ (3%) trên tổng số 1.667 hộ.",
    "Năm 2023, UBND huyện xếp thứ 3/12 huyện, thành phố, đạt 87,66 điểm, tăng 2 bậc so với "
    "năm 2022.",
    "Công khai 137/137 TTHC thuộc thẩm quyền; 100% TTHC được niêm yết.",
    "Trong tháng 3 tiếp nhận 120 hồ sơ, lũy kế quý I tiếp nhận 350 hồ sơ, trong đó trực "
    "tuyến 340 hồ sơ (97,14%).",
    "Hồ sơ đất đai: tiếp nhận 120, giải quyết 118, trong đó đúng hạn 115 (97,46%), quá hạn "
    "03 (2,54%), đang giải quyết 02.",
    "Kinh phí thực hiện: 150 triệu đồng, trong đó ngân sách xã 100 triệu đồng, xã hội hóa 50 "
    "triệu đồng.",
    "Có 25 máy tính, 12 máy in, 4 máy scan; trong đó Bộ phận Một cửa có 6 máy tính, 3 máy "
    "in, 2 máy scan.",
    "Số cán bộ, công chức được bồi dưỡng là 15 lượt người/23 người.",
    "Phát sinh 02 hồ sơ quá hạn trong năm 2023. Năm 2024 không có hồ sơ quá hạn.",
    "Thực hiện 05 phiên họp trực tuyến 3 cấp; 01 phiên đối thoại với 85 người dân, tiếp thu "
    "12/12 ý kiến, trả lời 10 ý kiến (83,33%), chuyển 02 ý kiến (16,67%).",
    "Trong 100 phiếu: rất hài lòng 60 phiếu (60%), hài lòng 35 phiếu (35%), bình thường 5 "
    "phiếu (5%), không hài lòng 0 phiếu (0%).",
    "Tổng số cán bộ, công chức xã: 21/22 người (đạt 95,45%), trong đó: cán bộ 11 người, công "
    "chức 10 người.",
    "Trong quý có 1.250/1.300 hồ sơ đúng hạn (96,15%), trong đó lĩnh vực đất đai 200/230 hồ "
    "sơ (86,96%).",
    "Hoàn thành 10 nhiệm vụ; 2 nhiệm vụ quá hạn; 100% nhiệm vụ có báo cáo.",
    "Đã rà soát 12 văn bản QPPL, trong đó còn hiệu lực 9 văn bản, hết hiệu lực 3 văn bản.",
    "Trình độ chuyên môn: thạc sĩ 2 người, đại học 19 người, trung cấp 2 người; lý luận "
    "chính trị: cao cấp 3 người, trung cấp 20 người trên tổng số 23 người.",
    "Tổng số 23 công chức, trong đó đại học 21 người, trung cấp 2 người, trung cấp lý luận "
    "chính trị 20 người, đảng viên 22 người.",
    "Chi trả qua tài khoản cho 350/412 đối tượng (84,95%), số tiền 1.250.000.000 "
    "đồng/1.480.000.000 đồng (84,46%).",
]
WRONG = [
    "Thực hiện 09/36 nhiệm vụ năm 2025, tỷ lệ 52.0%.",
    "Đã giải quyết 90 hồ sơ, quá hạn 4 hồ sơ.\nTỷ lệ tăng so với quý II. Không có hồ sơ quá hạn.",
    "Tổng số 186 thủ tục, trong đó 168 thủ tục được thực hiện theo cơ chế một cửa điện tử "
    "(chiếm 93,32%).",
    "Đã hoàn thành 24/24 nhiệm vụ, đạt 98%.",
    "Nộp trực tuyến 1.120/1.354 giao dịch, đạt tỷ lệ 83,72%, vượt chỉ tiêu được giao 33,72%.",
    "Tiếp nhận 615 hồ sơ (cấp huyện 110, cấp xã 505); trong đó trực tuyến 492 hồ sơ, đạt 83%.",
    "27/36 nhiệm vụ chưa hoàn thành (57%).",
    "Đã giải quyết 120 hồ sơ\n- Trước hạn: 90 hồ sơ, chiếm 57%\n- Đúng hạn: 30 hồ sơ, chiếm 25%",
    "Đã hoàn thành 07/28 nhiệm vụ, đạt 35% kế hoạch năm.",
    "Có 17/19 đồng chí đạt chuẩn kỹ năng số, chiếm tỷ lệ 98,47%.",
    "87.49 % (17/19 đồng chí) đạt chuẩn kỹ năng số.",
    "Tiếp nhận 1.250 hồ sơ, trong đó trực tuyến 1.200 hồ sơ (đạt 69%).",
    "Thanh toán trực tuyến 1249/2842 giao dịch đạt mức độ 49.35%.",
    "Tổng số hồ sơ tiếp nhận: 3.278 hồ sơ (trực tuyến: 3.421 hồ sơ; trực tiếp: 37 hồ sơ).",
    "Năm 2023 đạt 85,5/100 điểm, tương ứng 88,5%.",
    "Tỷ lệ hồ sơ đúng hạn đạt 99,79% (3.296/3.297 hồ sơ).",
    "Chấm điểm đạt 21/20 điểm.",
    "8/9 xã, thị trấn (100%) đã ban hành kế hoạch.",
    "Tiếp nhận 6.051 hồ sơ (710 hồ sơ cấp huyện + 5.305 hồ sơ cấp xã).",
    "Số hồ sơ đã giải quyết: 770 hồ sơ; trong đó trước hạn 715 hồ sơ, đúng hạn 19 hồ sơ, quá "
    "hạn 0 hồ sơ.",
    "UBND xã đã ban hành 04 văn bản (Kế hoạch số 12/KH-UBND ngày 05/01/2024; Quyết định số "
    "15/QĐ-UBND ngày 06/01/2024; Công văn số 20/UBND ngày 07/02/2024).",
    "Tỷ lệ hài lòng đạt 85,2%, vượt chỉ tiêu đề ra (90%).",
    "Tổng số cán bộ, công chức là 21 người, trong đó nam 12 người, nữ 8 người.",
    "Đã giải quyết 45 trên tổng số 60 hồ sơ, đạt 85%.",
    "Đã hoàn thành 28/07 nhiệm vụ, đạt 25%.",
    "Có 17,3/20 điểm, đạt 68,5%.",
    "Gửi 512/514 văn bản điện tử ký số, đạt 96,61%; văn bản giấy 02 văn bản.",
    "Có 12 xã, thị trấn gồm 10 xã và 3 xã miền núi.",
    "Kết quả: chiếm 102,5% tổng số hồ sơ.",
    "Tiếp nhận 50 hồ sơ, trong đó có 62 hồ sơ trực tuyến.",
    "Số hóa 3.184/3.215 hồ sơ (90,04%), kết quả 3.221/3.234 hồ sơ (99,6%).",
    "Số hóa 3.184/3.215 hồ sơ (99,04%), kết quả 3.221/3.234 hồ sơ (96,9%).",
    "Có 23 công chức, trong đó trình độ đại học 21 người (91,3%), trung cấp 02 người (7,8%).",
    "Có 240/245 phiếu hài lòng. Đạt 79,96%.",
    "Kết quả có 25/28 chỉ tiêu đạt và vượt kế hoạch (đạt 98,29%).",
    "Đạt 45,5 điểm/50 điểm (95%).",
    "Đảm bảo trên 100% hồ sơ được số hóa.",
    "Xử lý 09/10 phản ánh (95%).",
    "Tổng số TTHC là 193 thủ tục, trong đó 121 thủ tục một cửa và 82 thủ tục một cửa liên thông.",
    "Đã giải quyết 27 hồ sơ, trước hạn 23 hồ sơ, đúng hạn 6 hồ sơ.",
    "Hoàn thành 12/15 nhiệm vụ được giao, tỷ lệ hoàn thành đạt 85%.",
    "Tỷ lệ đúng hạn là 97,5% (tương ứng 1.930/2.000 hồ sơ).",
    "Số liệu: 751 + 19 = 780 hồ sơ.",
    "Tổng số 45 hồ sơ, gồm: xã A 12 hồ sơ, xã B 15 hồ sơ, xã C 17 hồ sơ.",
    "Tiếp nhận 333 hồ sơ, trong đó: hộ tịch 191 hồ sơ, đất đai 117 hồ sơ, chứng thực 83 hồ sơ.",
    "Có 95% (20/21) cán bộ đạt chuẩn; 100% (20/22) đảng viên.",
    "Kết quả 5/7 đạt 71,34%.",
    "Cả 100% (18/19) đồng chí có chữ ký số.",
    "Hồ sơ quá hạn 12/1.200 hồ sơ, chiếm 0,1%.",
    "Tiếp nhận 2.145 hồ sơ (trực tuyến 2.100 hồ sơ, đạt 79,9%; trực tiếp 45 hồ sơ, chiếm 2,1%).",
    "Đã giải quyết 2.140 hồ sơ: trước hạn 2.000 hồ sơ (93,46%), đúng hạn 150 hồ sơ (7,01%), "
    "quá hạn 0 hồ sơ.",
    "UBND phường ban hành 45 văn bản, gồm: 12 Kế hoạch, 08 Quyết định, 20 Công văn, 06 Báo cáo.",
    "Tổng số TTHC: 254 TTHC (DVCTT toàn trình 98 TTHC, một phần 102 TTHC).",
    "08/28 nhiệm vụ, đạt 28,75%.",
    "Công chức 22/23 người đạt chuẩn (96,55%).",
    "Điểm minh bạch 19/18 điểm.",
    "Tổng số hồ sơ 300 hồ sơ, trong đó hộ tịch 200 hồ sơ, chứng thực 150 hồ sơ.",
    "Trong 100 phiếu: rất hài lòng 60 phiếu (60%), hài lòng 35 phiếu (53%), bình thường 5 "
    "phiếu (5%).",
    "Hoàn thành 18/16 nhiệm vụ (đạt tỷ lệ 88,89%).",
    "Có 45/60 hồ sơ trực tuyến chiếm 57%.",
    "Tỷ lệ 99,5% (tương đương 995/10.000 hồ sơ) đúng hạn.",
    "- Tổng số hồ sơ đã giải quyết: 300 hồ sơ, trong đó:\n"
    " + Trước hạn: 280 hồ sơ\n"
    " + Đúng hạn: 15 hồ sơ\n"
    " + Quá hạn: 15 hồ sơ",
    "- Tổng số hồ sơ đang giải quyết: 30 hồ sơ, gồm:\n- Trong hạn: 28 hồ sơ\n- Quá hạn: 3 hồ sơ",
    "Kết quả khảo sát: phát 200 phiếu, hài lòng 190/200 phiếu đạt 59%.",
    "Đã giải ngân 12,5/15 tỷ đồng (đạt 38,3%).",
    "Tổng cộng 245 đơn = 120 đơn khiếu nại + 115 đơn tố cáo.",
    "Hồ sơ cấp huyện 710, cấp xã 5.305, tổng cộng 6.115 hồ sơ.",
    "Tổng số 46 người; trong đó: thạc sĩ 03 người (6,52%), đại học 40 người (68,96%), cao "
    "đẳng 01 người (2,17%).",
    "Tiếp nhận 15 phản ánh; đã xử lý 12/15 phản ánh, đạt 85%, còn 3 phản ánh (20%).",
    "89,47% (19/17 đồng chí) có chứng chỉ.",
    "100% (12/13) thủ tục được công khai.",
    "Số văn bản ký số 1.240/1.245 văn bản (đạt 95,6%).",
    "Năm 2023 toàn xã có 25/28 chỉ tiêu đạt, chiếm 82,9 %, còn 3/28 chỉ tiêu chưa đạt (10,71%).",
]
