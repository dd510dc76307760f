"""What the style guide shows: parts of the design with texts that nobody wrote about anybody."""

from __future__ import annotations

from typing import Any

from stories.units.tiles import PLACES, tiles
from stories.website import presenters
from stories.website.presenters import Card

COLOURS = (
    ("brand", "Sơn then: nền"),
    ("tea", "Đồi chè: nền"),
    ("gold", "Vàng nhũ: đường kẻ"),
    ("ivory", "Giấy: nền trang"),
    ("cream", "Giấy ngả: nền khối"),
    ("ink", "Mực: chữ"),
    ("soft", "Mực nhạt: chữ phụ"),
)
TITLE = "Nghề không phụ người: tổ nón lá giữ lửa quanh năm"
LEAD = "Đủ dấu tiếng Việt: Ằ ẵ Ặ Ễ ệ Ỗ ộ Ỡ ợ Ữ ự Ỹ ỵ, ươm mầm, thuở ấy, khuỷu tay, nghiêng ngả."


def card(**changes: Any) -> Card:
    values: dict[str, Any] = {
        "uuid": "",
        "href": "#",
        "title": TITLE,
        "lead": LEAD,
        "date": "2026-03-08",
        "unit": {"name": "Xã Mẫu"},
        "group": None,
        "kind": {"name": "Mô hình"},
        "role": "Tổ liên kết sản xuất",
        "picture": None,
        "corrected": False,
    }
    return Card(**values | changes)


def context() -> dict[str, Any]:
    counts = {code: number * number for number, code in enumerate(PLACES)}
    units = [{"code": code, "short": f"Nơi {n}"} for n, code in enumerate(PLACES, start=1)]
    history = [{"stage": {"code": "found"}, "released_at": "2026-01-05T03:00:00Z"}]
    history += [{"stage": {"code": "nurtured"}, "released_at": "2026-03-08T03:00:00Z"}]
    return {
        "colours": COLOURS,
        "card": card(),
        "corrected": card(corrected=True),
        "lead": LEAD,
        "tiles": tiles(units, lambda unit: "#", counts, ["237"]),
        "stages": presenters.stages({"stage": {"code": "nurtured"}}, history),
        "blocks": [
            {
                "type": "paragraph",
                "html": f"<p>{LEAD} <strong>Chữ đậm</strong>, <a href='#'>liên kết</a>.</p>",
            },
            {"type": "heading", "text": "Tít phụ trong bài"},
            {
                "type": "quote",
                "text": "Mình chỉ sợ mình bỏ nghề trước.",
                "attribution": "Một hội viên",
            },
            {
                "type": "figures",
                "items": [
                    {"value": "42", "label": "hội viên"},
                    {"value": "6,5 triệu", "label": "đồng mỗi tháng"},
                ],
            },
        ],
        "correction": {
            "kind": "correction",
            "note": "Bản trước ghi nhầm năm.",
            "released_at": "2026-03-09T03:00:00Z",
        },
        "share_links": [{"name": "Zalo", "href": "#"}, {"name": "Facebook", "href": "#"}],
    }
