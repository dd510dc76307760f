"""Payloads as the ledger stores them: one of each type and kind, with fixed ids and dates."""

from __future__ import annotations

import copy
import json

BASE = "http://testserver"
STORY = "7d9c5f0e-3b1a-4c8e-9f65-0a2b4c6d8e10"
EXEMPLAR = "1f0e5f0e-3b1a-4c8e-9f65-0a2b4c6d8e11"
PICTURE = "2a1b5f0e-3b1a-4c8e-9f65-0a2b4c6d8e12"
SECOND_PICTURE = "3c2d5f0e-3b1a-4c8e-9f65-0a2b4c6d8e13"

PURPOSES = ["bulletin", "central", "newspaper", "radio_tv", "website"]


def rendition(name: str, width: int, height: int, mimetype: str, size: int) -> dict:
    ending = mimetype.removeprefix("image/").replace("jpeg", "jpg")
    return {
        "name": name,
        "href": f"/tep/anh/non-la.{name}.{ending}",
        "width": width,
        "height": height,
        "mimetype": mimetype,
        "size": size,
    }


def picture_part(uuid: str = PICTURE, **changes: object) -> dict:
    part = {
        "uuid": uuid,
        "title": "Chị Lan bên khung nón",
        "caption": "Chị Nguyễn Thị Lan chằm nón tại nhà văn hoá khu 5.",
        "credit": "Thu Hà",
        "alt": "Một phụ nữ ngồi chằm nón lá",
        "terms": "Chỉ dùng kèm bài viết này.",
        "width": 4000,
        "height": 3000,
        "renditions": [
            rendition("w720", 720, 540, "image/webp", 41_000),
            rendition("press", 2400, 1800, "image/jpeg", 812_345),
            rendition("avif720", 720, 540, "image/avif", 28_000),
        ],
    }
    return part | changes


def common(uuid: str, kind: str, version: int = 1, **changes: object) -> dict:
    pubstatus = kind if kind in {"withheld", "canceled"} else "usable"
    payload = {
        "uuid": uuid,
        "uri": f"{BASE}/id/{uuid}",
        "type": kind,
        "version": version,
        "kind": kind,
        "pubstatus": pubstatus,
        "language": "vi",
        "released_at": "2026-11-20T03:00:00Z",
        "first_released_at": "2026-11-20T03:00:00Z",
        "date": "2026-11-20",
        "is_news": True,
        "source_id": None,
        "note": "",
    }
    return payload | changes


def story(**changes: object) -> dict:
    payload = common(STORY, "usable") | {
        "type": "story",
        "source_id": "bai-0001",
        "href": "/phu-nu-dat-to/chi-lan-giu-nghe-non/",
        "title": "Chị Lan giữ nghề nón lá & dạy nghề cho “chị em” <khu 5>",
        "lead": "Hai mươi năm, chị Lan giữ lấy nghề nón của làng;\nba mươi hộ theo chị làm nghề.",
        "byline": "Thu Hà",
        "body": [
            {
                "type": "paragraph",
                "html": "<p>Sáng nào chị Lan cũng <b>ra sân</b> phơi lá, 5 &lt; 6 giờ.</p>"
                '<p>Xem <a href="/dien-hinh/chi-lan/">hồ sơ</a>, '
                '<a href="https://example.vn/a">báo bạn</a>.</p>',
            },
            {"type": "heading", "text": "Ba mươi hộ theo nghề"},
            {"type": "picture", "picture": PICTURE},
            {"type": "quote", "text": "Nghề này nuôi cả nhà tôi.", "attribution": "Chị Lan"},
            {"type": "figures", "items": [{"value": "30", "label": "hộ có thu nhập đều"}]},
            {"type": "video", "url": "https://example.vn/v/1", "title": "Phóng sự truyền hình"},
            {"type": "picture", "picture": SECOND_PICTURE},
        ],
        "text": "Sáng nào chị Lan cũng ra sân phơi lá, 5 < 6 giờ.\nXem hồ sơ, báo bạn.\n"
        "Ba mươi hộ theo nghề\nNghề này nuôi cả nhà tôi.\nChị Lan\n30 hộ có thu nhập đều\n"
        "Phóng sự truyền hình",
        "unit": {"code": "08494", "name": "Xã Lâm Thao", "level": "commune"},
        "group": {"code": "nong-dan", "name": "Nữ nông dân"},
        "contents": [{"code": "lao-dong-sang-tao", "name": "Lao động sáng tạo"}],
        "movement": {"code": "phong-trao-2022", "name": "Phụ nữ tích cực học tập"},
        "campaigns": [{"code": "5-khong-3-sach", "name": "Gia đình 5 không, 3 sạch"}],
        "exemplar_kind": {"code": "individual", "name": "Cá nhân"},
        "tags": ["làng nghề", "nón lá"],
        "exemplars": [
            {
                "uuid": EXEMPLAR,
                "title": "Nguyễn Thị Lan",
                "href": "/dien-hinh/chi-lan/",
                "exemplar_kind": {"code": "individual", "name": "Cá nhân"},
            }
        ],
        "pictures": [picture_part(), picture_part(SECOND_PICTURE, title="Lá phơi", caption="")],
        "lead_picture": PICTURE,
        "purposes": PURPOSES,
    }
    return payload | changes


def correction(**changes: object) -> dict:
    fields = {
        "kind": "correction",
        "version": 2,
        "released_at": "2026-11-21T03:00:00Z",
        "note": "Sửa số hộ: 30, không phải 13.",
    }
    return story(**(fields | changes))


def exemplar(**changes: object) -> dict:
    payload = story()
    del payload["exemplars"]
    payload |= common(EXEMPLAR, "usable") | {
        "type": "exemplar",
        "href": "/dien-hinh/chi-lan/",
        "title": "Nguyễn Thị Lan",
        "direct_labour": True,
        "stage": {"code": "summed_up", "name": "Tổng kết"},
        "role": "Tổ trưởng tổ nón lá khu 5",
        "awards": [
            {
                "title": "Bằng khen của Chủ tịch UBND tỉnh",
                "year": 2025,
                "decision_number": "123/QĐ-UBND",
                "awarded_by": "UBND tỉnh Phú Thọ",
            }
        ],
    }
    return payload | changes


def picture(**changes: object) -> dict:
    payload = common(PICTURE, "usable") | {
        "type": "picture",
        "purposes": PURPOSES,
        "href": f"/anh/{PICTURE}/",
    }
    return payload | picture_part() | {"of": [STORY]} | changes


def withdrawn(payload: dict, kind: str = "canceled", **changes: object) -> dict:
    """What the ledger writes when this one is taken back: the notice, nothing of the old text."""
    kept = ("uuid", "uri", "type", "language", "first_released_at", "is_news", "source_id", "href")
    word = "THU HỒI" if kind == "canceled" else "TẠM GỠ"
    notice = f"{word}: nội dung này không còn được đăng. Đề nghị gỡ khỏi các ấn phẩm."
    result = {key: payload[key] for key in kept} | {
        "date": payload["date"],
        "version": payload["version"] + 1,
        "kind": kind,
        "pubstatus": kind,
        "released_at": "2026-11-22T03:00:00Z",
        "note": "Nhân vật rút đồng ý.",
        "reason": "suspension" if kind == "withheld" else "consent",
        "title": f"{word} bài đã phát",
        "lead": notice,
        "body": [],
        "text": notice,
        "pictures": [],
    }
    return result | changes


def canonical(payload: dict) -> str:
    """The text that the ledger stores: keys sorted, no spaces, UTF-8."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def all_samples() -> dict[str, dict]:
    """Name → payload, one for each type and kind that occurs."""
    samples = {
        "story": story(),
        "story-correction": correction(),
        "story-withheld": withdrawn(story(), "withheld"),
        "story-canceled": withdrawn(correction()),
        "exemplar": exemplar(),
        "exemplar-canceled": withdrawn(exemplar()),
        "picture": picture(),
        "picture-canceled": withdrawn(picture()),
        "story-bare": story(
            byline="",
            lead="",
            note="",
            body=[],
            text="Một câu.",
            group=None,
            contents=[],
            movement=None,
            campaigns=[],
            exemplar_kind=None,
            tags=[],
            exemplars=[],
            pictures=[],
            lead_picture=None,
            unit=None,
            source_id=None,
        ),
    }
    return copy.deepcopy(samples)
