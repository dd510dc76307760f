"""The checklist finds personal data as people write it, and leaves other numbers alone."""

from __future__ import annotations

import unicodedata

import pytest

from stories.pages.checklist.personal import findings

FOUND = [
    ("phone", "Liên hệ chị Lan: 0912345678.", "0912345678"),
    ("phone", "ĐT 0912 345 678", "0912 345 678"),
    ("phone", "gọi 0912.345.678, gặp chị Hà", "0912.345.678"),
    ("phone", "số 09 12 34 56 78 nhé", "09 12 34 56 78"),
    ("phone", "(+84) 912 345 678", "(+84) 912 345 678"),
    ("phone", "+84912345678", "+84912345678"),
    ("phone", "Zalo 84912345678", "84912345678"),
    ("phone", "máy bàn 0210 3846 123", "0210 3846 123"),
    ("phone", "máy bàn (0210) 3.846.123", "(0210) 3.846.123"),
    ("citizen_id", "CCCD số 025190001234", "025190001234"),
    ("citizen_id", "sinh năm 1990, 025190001234, ở khu 5", "025190001234"),
    ("citizen_id", "căn cước 025 190 001 234", "025 190 001 234"),
    ("citizen_id", "0251 9000 1234", "0251 9000 1234"),
    ("citizen_id", "số CMND: 131 234 567 cấp năm 2010", "131 234 567"),
    ("citizen_id", "mang số 131234567 cấp năm 2010", "131234567"),
    ("bank_account", "Mọi đóng góp gửi số tài khoản 2700205123456 Agribank", "2700205123456"),
    ("bank_account", "STK: 0691 0003 12345", "0691 0003 12345"),
    ("bank_account", "Agribank: 2700205123456", "2700205123456"),
    ("email", "viết về lan.nguyen+hoi@gmail.com.", "lan.nguyen+hoi@gmail.com"),
    ("minor", "Cháu Nguyễn Thị Mai, 8 tuổi, mồ côi cha.", "Nguyễn Thị Mai, 8 tuổi"),
    ("minor", "cháu ngoại là Nguyễn Mai năm nay mới 8 tuổi", "Nguyễn Mai năm nay mới 8 tuổi"),
    ("minor", "Nguyễn Minh Anh (12 tuổi) được nhận xe đạp.", "Nguyễn Minh Anh (12 tuổi"),
    ("minor", "Em Trần Văn Nam, học sinh lớp 5A, vượt khó.", "Trần Văn Nam, học sinh lớp 5"),
    ("minor", "Trần Bảo Ngọc, lớp 9B", "Trần Bảo Ngọc, lớp 9"),
    (
        "minor_address",
        "Cháu Mai, 8 tuổi, ở số nhà 12 đường Hùng Vương.",
        "số nhà 12 đường Hùng Vương",
    ),
    ("minor_address", "Bé Ngọc trú tại khu 3 xã Lâm Thao.", "trú tại khu 3 xã Lâm Thao"),
]


@pytest.mark.parametrize(("kind", "text", "found"), FOUND)
def test_personal_data_is_found(kind, text, found) -> None:
    assert list(findings(text)) == [(kind, found)]


@pytest.mark.parametrize(("kind", "text", "found"), FOUND)
def test_personal_data_is_found_in_decomposed_text_too(kind, text, found) -> None:
    assert kind in {kind for kind, _found in findings(unicodedata.normalize("NFD", text))}


@pytest.mark.parametrize(
    "text",
    [
        "Giai đoạn 2015-2020, 2021 - 2025 và 2026.",
        "Từ 01.01.2020 đến 31.12.2025, ngày 08-03-2019 15 chị em dự.",
        "Ngày 08/3/2019, 20.10.2024, 8.3.2026.",
        "Quyết định số 1234567890/QĐ-UBND, số 091234567/QĐ-HPN ngày 05/6/2021.",
        "Kế hoạch số 0123456789-KH/TU.",
        "Doanh thu 1.200.000.000 đồng, vay Agribank 150.000.000 đồng.",
        "Vay Agribank 150000000 đồng, lãi 120 000 000 đồng.",
        "Tiết kiệm 150000000đ một năm.",
        "Tài khoản TikTok của chị có 12.000.000 lượt xem.",
        "Hội mở tài khoản cho 1.200 chị từ năm 2019.",
        "Gọi tổng đài 1900 1234 hoặc 111.",
        "Trồng 3.500 gốc bưởi trên 12.000 m2, cách nhà 1,25 km.",
        "Từ 08.30 đến 11.30, lúc 14 giờ 45.",
        "Tọa độ 21.3227123456, 105.4019123456.",
        "Mã lô 0912345678A, ISBN 978-604-0-12345-6.",
        "Thư gửi hoilhpn@phutho.gov.vn.",
        "Chị Nguyễn Thị Lan, 45 tuổi, ở khu 5.",
        "Chị Nguyễn Thị Lan, 15 tuổi đã theo nghề.",
        "Bà Trần Thị Hòa, 15 tuổi Đảng, vẫn dạy nghề.",
        "Đảng viên Trần Thị Hòa 10 tuổi Đảng.",
        "Nguyễn Thị Lan mồ côi từ năm 8 tuổi.",
        "Chị Lan có hai con, 8 tuổi và 5 tuổi.",
        "Chị em Hội Phụ nữ góp quỹ cho trẻ 5 tuổi.",
        "Cô giáo Nguyễn Thị Hà chủ nhiệm lớp 5A.",
        "Các cháu Trường Mầm non Lâm Thao được khám.",
        "Chị Nguyễn Thị Lan học hết lớp 7/10.",
        "Chị Lan ở số nhà 12 đường Hùng Vương nhận nuôi hai cháu.",
        "Chi hội Phụ nữ khu 5, 12 năm liền là điển hình.",
    ],
)
def test_other_numbers_and_names_are_left_alone(text) -> None:
    assert list(findings(text)) == []
