"""Sample payloads in the ledger's native format, for tests of what the reader shows.

Every function returns a fresh dict; keyword arguments replace keys of it.
"""

from __future__ import annotations

import uuid
from typing import Any

BASE_URL = "http://127.0.0.1:8000"

LAM_THAO = {"code": "08494", "name": "Xã Lâm Thao", "level": "commune"}
FARMERS = {"code": "nong-dan", "name": "Nữ nông dân"}
CREATIVE_WORK = {"code": "lao-dong-sang-tao", "name": "Lao động sáng tạo"}
FAMILY = {"code": "gia-dinh-hanh-phuc", "name": "Xây dựng gia đình hạnh phúc"}
MOVEMENT = {
    "code": "phong-trao-thi-dua",
    "name": "Phụ nữ tích cực học tập, lao động sáng tạo, xây dựng gia đình hạnh phúc",
}
KINDS = {
    "individual": "Cá nhân",
    "collective": "Tập thể",
    "model": "Mô hình",
    "practice": "Cách làm hay",
}
WITHDRAWN_TITLE = "THU HỒI"
NOTICE = "Bài này đã được thu hồi và không còn được sử dụng."


def kind(code: str) -> dict[str, str]:
    return {"code": code, "name": KINDS[code]}


def picture(**changes: Any) -> dict[str, Any]:
    ident = str(changes.get("uuid") or uuid.uuid4())
    widths = {"thumb": (240, 160), "w360": (360, 240), "w720": (720, 480), "w1200": (1200, 800)}
    renditions = [
        {
            "name": name,
            "href": f"/media/renditions/{ident}.{name}.webp",
            "width": width,
            "height": height,
            "mimetype": "image/webp",
            "size": width * 60,
        }
        for name, (width, height) in widths.items()
    ]
    renditions += [
        one
        | {
            "name": one["name"].replace("w", "avif"),
            "href": one["href"].replace("webp", "avif"),
            "mimetype": "image/avif",
            "size": one["width"] * 40,
        }
        for one in renditions[1:]
    ]
    renditions.append(
        {
            "name": "jpeg720",
            "href": f"/media/renditions/{ident}.jpeg720.jpg",
            "width": 720,
            "height": 480,
            "mimetype": "image/jpeg",
            "size": 70_000,
        }
    )
    renditions.append(
        {
            "name": "press",
            "href": f"/media/renditions/{ident}.press.jpg",
            "width": 2400,
            "height": 1600,
            "mimetype": "image/jpeg",
            "size": 640_000,
        }
    )
    return {
        "uuid": ident,
        "title": "Bên khung chằm nón",
        "caption": "Chị Lan hướng dẫn hội viên trẻ chằm những vòng lá đầu tiên.",
        "credit": "Thu Hà",
        "alt": "Một phụ nữ trung niên ngồi bên hiên nhà, tay cầm vành nón lá",
        "terms": "Được dùng lại, ghi rõ nguồn.",
        "width": 3000,
        "height": 2000,
        "renditions": renditions,
        **changes,
    }


def _common(kind_of_item: str, **changes: Any) -> dict[str, Any]:
    ident = str(changes.get("uuid") or uuid.uuid4())
    return {
        "uuid": ident,
        "uri": f"{BASE_URL}/id/{ident}",
        "type": kind_of_item,
        "version": 1,
        "kind": "usable",
        "pubstatus": "usable",
        "language": "vi",
        "released_at": "2026-11-20T03:00:00Z",
        "first_released_at": "2026-11-20T03:00:00Z",
        "date": "2026-11-20",
        "is_news": True,
        "source_id": None,
        "note": "",
        "byline": "Thu Hà",
        "text": "",
        "unit": dict(LAM_THAO),
        "group": dict(FARMERS),
        "contents": [dict(CREATIVE_WORK)],
        "movement": dict(MOVEMENT),
        "campaigns": [],
        "exemplar_kind": kind("individual"),
        "tags": ["làng nghề"],
        "pictures": [],
        "lead_picture": None,
    }


def story(**changes: Any) -> dict[str, Any]:
    """A story with every kind of block."""
    ident = str(changes.get("uuid") or uuid.uuid4())
    shot, second = picture(), picture(caption="Nón thành phẩm phơi trước sân đình.", credit="")
    return {
        **_common("story", uuid=ident),
        "href": f"/phu-nu-dat-to/chi-lan-{ident[:8]}/",
        "title": "Chị Lan giữ nghề nón lá",
        "lead": (
            "Ba mươi năm chằm nón, chị Nguyễn Thị Lan vẫn dậy từ bốn giờ sáng ủi lá. "
            "Nay tổ liên kết của chị có 42 hội viên và đơn hàng đều quanh năm."
        ),
        "body": [
            {
                "type": "paragraph",
                "html": "<p>Ở xóm Đình, ai cũng biết <strong>tổ nón chị Lan</strong>.</p>",
            },
            {"type": "heading", "text": "Từ chiếc nón của mẹ"},
            {
                "type": "paragraph",
                "html": "<p>Chị kể, ngày ấy cả làng chỉ còn bảy nhà làm nghề.</p>"
                "<ul><li>Góp vốn mua lá chung</li><li>Chia việc theo tuổi</li></ul>",
            },
            {"type": "picture", "picture": second["uuid"]},
            {
                "type": "quote",
                "text": "Nghề không phụ người, mình chỉ sợ mình bỏ nghề trước.",
                "attribution": "Chị Nguyễn Thị Lan",
            },
            {
                "type": "figures",
                "items": [
                    {"value": "42", "label": "hội viên trong tổ liên kết"},
                    {"value": "6,5 triệu", "label": "đồng thu nhập mỗi tháng"},
                ],
            },
            {
                "type": "video",
                "url": "https://www.youtube.com/watch?v=abc123",
                "title": "Một ngày ở xóm nón",
            },
        ],
        "text": "Ở xóm Đình, ai cũng biết tổ nón chị Lan.",
        "pictures": [shot, second],
        "lead_picture": shot["uuid"],
        "exemplars": [],
        **changes,
    }


def exemplar(**changes: Any) -> dict[str, Any]:
    """A profile with awards and figures."""
    ident = str(changes.get("uuid") or uuid.uuid4())
    shot = picture(title="Chân dung")
    return {
        **_common("exemplar", uuid=ident),
        "href": f"/dien-hinh/nguyen-thi-lan-{ident[:8]}/",
        "title": "Nguyễn Thị Lan",
        "lead": "Người giữ nghề nón và mở lớp dạy nghề miễn phí cho hội viên trẻ.",
        "role": "Tổ trưởng Tổ liên kết nón lá xóm Đình",
        "body": [
            {"type": "paragraph", "html": "<p>Sinh năm 1974, chị Lan theo nghề từ thuở nhỏ.</p>"},
            {"type": "figures", "items": [{"value": "42", "label": "hội viên có việc làm"}]},
        ],
        "text": "Sinh năm 1974, chị Lan theo nghề từ thuở nhỏ.",
        "direct_labour": True,
        "stage": {"code": "replicated", "name": "Nhân điển hình"},
        "awards": [
            {
                "title": "Bằng khen phong trào thi đua",
                "year": 2025,
                "decision_number": "12/QĐ-BTV",
                "awarded_by": "Ban Thường vụ Hội LHPN tỉnh",
            }
        ],
        "pictures": [shot],
        "lead_picture": shot["uuid"],
        **changes,
    }


def withdrawn(payload: dict[str, Any], *, release_kind: str = "canceled") -> dict[str, Any]:
    """What the ledger keeps of `payload` when it is taken down: nothing of the old text."""
    kept = ("uuid", "uri", "type", "language", "first_released_at", "is_news", "source_id")
    return {
        **{key: payload[key] for key in kept},
        "href": payload["href"],
        "date": payload["date"],
        "version": payload["version"] + 1,
        "kind": release_kind,
        "pubstatus": release_kind,
        "released_at": "2026-11-22T03:00:00Z",
        "note": "Nhân vật rút lại sự đồng ý",
        "title": WITHDRAWN_TITLE,
        "lead": NOTICE,
        "body": [],
        "text": NOTICE,
        "pictures": [],
    }


def told(person: dict[str, Any]) -> dict[str, Any]:
    """How a story's payload names an exemplar."""
    return {key: person[key] for key in ("uuid", "title", "href", "exemplar_kind")}
